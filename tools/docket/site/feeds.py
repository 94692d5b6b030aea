"""What others subscribe to: an Atom feed of events (RFC 4287), a calendar of dates (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Timezone, TimezoneStandard
from icalendar import Event as Entry

from docket.domain.docket import Docket
from docket.domain.instants import begins, day_after, minute
from docket.site.pages.page import Site, address, host, publisher, told
from docket.text.catalogue import say
from docket.text.l10n import write_list
from docket.views import sentences
from docket.views.events import (
    Date,
    DateKind,
    Event,
    EventKind,
    RoundEvent,
    SubmissionEvent,
    dates,
    ends,
)
from docket.views.round import RoundView

ATOM = "http://www.w3.org/2005/Atom"
LONGEST = 200
"""So many events the feed keeps."""


def feed(site: Site, lang: str) -> str:
    """The events of all rounds but the rehearsals, the latest first."""
    docket, zone = site.docket, site.docket.organiser.zone
    told = [one for one in site.events if _is_told(one)][:LONGEST]
    told.sort(key=lambda one: _updated(docket, one), reverse=True)
    latest = updated(docket, told) or docket.now
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
    own = address(docket, lang, "data/haendelser.atom")
    _put(root, "id", own)
    _put(root, "title", say("feeds.news.title", lang))
    if docket.past:
        _put(root, "subtitle", sentences.past(docket, lang))
    _put(root, "updated", _stamp(latest, zone))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    _link(root, address(docket, lang, "runder/"))
    _put(ET.SubElement(root, "author"), "name", publisher(docket, lang))
    for one in told:
        root.append(_entry(site, one, lang))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def updated(docket: Docket, told: Iterable[Event]) -> datetime | None:
    """When what is told last changed; None where nothing is."""
    return max((_updated(docket, one) for one in told if one.moment), default=None)


def _is_told(event: Event) -> bool:
    """Whether the feed tells of it: of a municipality only that its submission has come."""
    own = event.kind == EventKind.RECEIVED if event.municipality else True
    return own and event.moment is not None and not event.round.rehearsal


def _entry(site: Site, event: Event, lang: str) -> ET.Element:
    docket = site.docket
    page = address(docket, lang, f"runder/{event.round.slug}/")
    title, more = told(docket, event, lang), _more(docket, event, lang)
    zone = docket.organiser.zone
    entry = ET.Element("entry")
    suffix = f"-{event.municipality}" if event.municipality else ""
    if isinstance(event, SubmissionEvent) and event.number > 1:
        suffix += f"-{event.number}"
    _put(entry, "id", f"{page}#{event.kind}{suffix}")
    _put(entry, "title", title)
    _put(entry, "published", _stamp(ends(event, zone), zone))
    _put(entry, "updated", _stamp(_updated(docket, event), zone))
    _link(entry, page)
    ET.SubElement(entry, "category", {"term": event.kind})
    if more:
        _put(entry, "summary", more)
    return entry


def _updated(docket: Docket, event: Event) -> datetime:
    """When what the entry says last changed: what it tells of, or how it is written down."""
    files = [event.round.path] if isinstance(event, RoundEvent) else []
    if isinstance(event, RoundEvent) and event.decision:
        files.append(event.decision.path)
    revised = [docket.revised[path] for path in files if path in docket.revised]
    changed = [when for when in revised if minute(when) <= docket.now]
    return max([ends(event, docket.organiser.zone), *changed])


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, href: str) -> None:
    ET.SubElement(parent, "link", {"rel": "alternate", "type": "text/html", "href": href})


def _stamp(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="seconds")


def _more(docket: Docket, event: Event, lang: str) -> str:
    """What is said below an event's title."""
    if isinstance(event, SubmissionEvent):
        areas = [docket.areas[slug].of(lang) for slug in event.areas]
        return write_list(areas, lang, "and")
    if event.decision is None:
        return ""
    stop = event.decision.stopped
    if event.kind == EventKind.STOPPED and stop:
        return stop.reason.of(lang)
    names = [docket.register[one.municipality].name for one in event.decision.designated]
    return (
        say("feeds.news.designated", lang, names=names) if names else say("feeds.news.nobody", lang)
    )


def calendar(site: Site, lang: str) -> str:
    """The openings and deadlines of all rounds but the rehearsals."""
    return _calendar(site.docket, dates(site.docket, site.rounds), lang)


def deadline(docket: Docket, view: RoundView, lang: str) -> str:
    """The deadline of one round, "" where it has none to be met."""
    found = [one for one in dates(docket, [view]) if one.kind == DateKind.DEADLINE]
    return _calendar(docket, found, lang) if found else ""


def _calendar(docket: Docket, found: Iterable[Date], lang: str) -> str:
    made = Calendar()
    made.add("prodid", f"-//{host(docket)}//docket//{lang.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", say("feeds.dates.title", lang))
    if docket.past:
        made.add("x-wr-caldesc", sentences.past(docket, lang))
    told: list[Component] = [_date(docket, one, lang) for one in found]
    for one in told or [_nothing()]:
        made.add_component(one)
    text: str = made.to_ical(sorted=False).decode()
    return text


def _nothing() -> Timezone:
    """What a calendar without dates holds: one that is empty is none (RFC 5545, 3.6)."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - by the rule, a local time
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone


def _date(docket: Docket, one: Date, lang: str) -> Entry:
    zone = docket.organiser.zone
    entry = Entry()
    entry.add("uid", f"{one.round.slug}-{one.kind}@{host(docket)}")
    # No clock: when the date was set is not known, but it was before the date itself.
    entry.add("dtstamp", min(begins(one.moment, zone), docket.now).astimezone(UTC))
    if isinstance(one.moment, datetime):
        entry.add("dtstart", one.moment.astimezone(UTC))
    else:
        entry.add("dtstart", one.moment)
        entry.add("dtend", day_after(one.moment))
    entry.add("summary", say(f"feeds.dates.{one.kind}", lang, round=one.round.title))
    entry.add("url", address(docket, lang, f"runder/{one.round.slug}/"))
    entry.add("transp", "TRANSPARENT")
    return entry
