"""What others subscribe to: an Atom feed of events (RFC 4287), a calendar of dates (RFC 5545)."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from docket.domain.docket import Docket
from docket.domain.instants import begins, day_after
from docket.domain.nouns import Bilingual
from docket.site.pages.page import Site, address
from docket.text.l10n import write_list
from docket.views.events import Date, Event, dates, ends

ATOM = "http://www.w3.org/2005/Atom"
LONGEST = 200
"""So many events the feed keeps."""


def feed(site: Site, lang: str) -> str:
    """The events of all rounds but the rehearsals, the latest first."""
    docket, zone = site.docket, site.docket.organiser.zone
    told = [one for one in site.events if _is_told(one)][:LONGEST]
    latest = max((ends(one, zone) for one in told), default=docket.now)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    own = address(docket, lang, "data/haendelser.atom")
    _put(root, "id", own)
    _put(root, "title", Bilingual("Runder: hvad der sker", "Rounds: what happens").of(lang))
    _put(root, "updated", _stamp(latest, zone))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    _link(root, address(docket, lang, "runder/"))
    _put(ET.SubElement(root, "author"), "name", _host(docket))
    for one in told:
        root.append(_entry(site, one, lang))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _is_told(event: Event) -> bool:
    """Whether the feed tells of it: of a municipality only that its submission has come."""
    own = event.kind == "received" if event.municipality else True
    return own and event.moment is not None and not event.round.rehearsal


def _entry(site: Site, event: Event, lang: str) -> ET.Element:
    docket = site.docket
    page = address(docket, lang, f"runder/{event.round.slug}/")
    title, more = (both.of(lang) for both in _WORDS[event.kind](docket, event))
    zone = docket.organiser.zone
    when = _stamp(ends(event, zone), zone)
    entry = ET.Element("entry")
    suffix = f"-{event.municipality}" if event.municipality else ""
    _put(entry, "id", f"{page}#{event.kind}{suffix}")
    _put(entry, "title", title)
    _put(entry, "published", when)
    _put(entry, "updated", when)
    _link(entry, page)
    ET.SubElement(entry, "category", {"term": event.kind})
    if more:
        _put(entry, "summary", more)
    return entry


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, href: str) -> None:
    ET.SubElement(parent, "link", {"rel": "alternate", "type": "text/html", "href": href})


def _stamp(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="seconds")


def _opened(_: Docket, event: Event) -> tuple[Bilingual, Bilingual]:
    title = event.round.title
    return Bilingual(f"»{title.da}« er åben", f"“{title.en}” is open"), Bilingual("", "")


def _received(docket: Docket, event: Event) -> tuple[Bilingual, Bilingual]:
    name, title = docket.register[event.municipality].name, event.round.title
    areas = [docket.areas[slug] for slug in (event.row.submission.areas if event.row else ())]
    said = Bilingual(
        f"{name} har meldt sig i »{title.da}«",
        f"{name} has signalled interest in “{title.en}”",
    )
    return said, Bilingual(
        write_list((area.da for area in areas), "da", "and"),
        write_list((area.en for area in areas), "en", "and"),
    )


def _closed(_: Docket, event: Event) -> tuple[Bilingual, Bilingual]:
    title = event.round.title
    said = Bilingual(
        f"Fristen for »{title.da}« er udløbet", f"The deadline of “{title.en}” has passed"
    )
    return said, Bilingual("", "")


def _decided(docket: Docket, event: Event) -> tuple[Bilingual, Bilingual]:
    title = event.round.title
    chosen = event.decision.designated if event.decision else ()
    names = [docket.register[one.municipality].name for one in chosen]
    said = Bilingual(f"»{title.da}« er afgjort", f"“{title.en}” is decided")
    if not names:
        return said, Bilingual("Ingen blev udpeget.", "Nobody was designated.")
    return said, Bilingual(
        f"Udpeget: {write_list(names, 'da', 'and')}",
        f"Designated: {write_list(names, 'en', 'and')}",
    )


def _stopped(_: Docket, event: Event) -> tuple[Bilingual, Bilingual]:
    title, stop = event.round.title, event.decision.stopped if event.decision else None
    said = Bilingual(f"»{title.da}« er stoppet", f"“{title.en}” is stopped")
    return said, stop.reason if stop else Bilingual("", "")


_WORDS: Mapping[str, Callable[[Docket, Event], tuple[Bilingual, Bilingual]]] = {
    "opened": _opened,
    "received": _received,
    "closed": _closed,
    "decided": _decided,
    "stopped": _stopped,
}


def calendar(site: Site, lang: str) -> str:
    """The openings and deadlines of all rounds but the rehearsals."""
    made = Calendar()
    made.add("prodid", f"-//{_host(site.docket)}//docket//{lang.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", Bilingual("Runder: frister", "Rounds: deadlines").of(lang))
    for one in dates(site.rounds):
        made.add_component(_date(site.docket, one, lang))
    text: str = made.to_ical(sorted=False).decode()
    return text


def _date(docket: Docket, one: Date, lang: str) -> Entry:
    title, zone = one.round.title, docket.organiser.zone
    said = {
        "opens": Bilingual(f"Åbner: {title.da}", f"Opens: {title.en}"),
        "deadline": Bilingual(f"Frist: {title.da}", f"Deadline: {title.en}"),
    }
    entry = Entry()
    entry.add("uid", f"{one.round.slug}-{one.kind}@{_host(docket)}")
    # No clock: when the date was set is not known, but it was before the date itself.
    entry.add("dtstamp", min(begins(one.moment, zone), docket.now).astimezone(UTC))
    if isinstance(one.moment, datetime):
        entry.add("dtstart", one.moment.astimezone(UTC))
    else:
        entry.add("dtstart", one.moment)
        entry.add("dtend", day_after(one.moment))
    entry.add("summary", said[one.kind].of(lang))
    entry.add("url", address(docket, lang, f"runder/{one.round.slug}/"))
    entry.add("transp", "TRANSPARENT")
    return entry


def _host(docket: Docket) -> str:
    return urlsplit(docket.organiser.site).hostname or "docket"
