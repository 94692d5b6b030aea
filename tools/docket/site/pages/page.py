"""What all generated pages are made from, and how one is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from docket.domain.docket import Docket
from docket.domain.licences import name_of
from docket.domain.nouns import Finding, Municipality
from docket.domain.spelling import fold
from docket.git.entries import Head
from docket.git.log import Chain
from docket.site.pages.form import Setting
from docket.site.templating import page
from docket.text.catalogue import say
from docket.text.escape import show_path
from docket.text.messages import message, rule_text
from docket.views.events import DesignationEvent, Event, EventKind
from docket.views.round import RoundView

PUBLIC = frozenset(
    "municipality areas approval title seats wishes opens deadline after decided until".split()
)
"""Top-level fields whose values may be quoted on a page."""
MOST = 5
"""So many events are news."""


@dataclass(frozen=True)
class Site:
    """What all pages are made from."""

    setting: Setting
    findings: Sequence[Finding]
    rounds: Sequence[RoundView]
    events: Sequence[Event]
    head: Head | None
    logs: Sequence[Chain] = ()

    @property
    def docket(self) -> Docket:
        """Everything read."""
        return self.setting.docket


def make(site: Site, lang: str, template: str, depth: int, context: Mapping[str, object]) -> str:
    """One page; `depth` is how many folders its address is below the language's root."""
    shared = {
        "shown": show_path,
        "message": lambda finding: public_message(site, finding, lang),
        "told": lambda event: told(site.docket, event, lang),
        "publisher": publisher(site.docket, lang),
        "licence_name": name_of(site.docket.organiser.licence),
        "bare": lambda address: address.partition("://")[2].rstrip("/"),
    }
    return page(template, site.docket, lang, depth, {**shared, **context})


def told(docket: Docket, event: Event, lang: str) -> str:
    """What happened, in one line."""
    facts: dict[str, object] = {"round": event.round.title}
    if event.municipality:
        facts["name"] = docket.register[event.municipality].name
    return say(f"feeds.news.{event.kind}", lang, docket.organiser, **facts)


def recent(site: Site, *rounds: RoundView) -> list[Event]:
    """The latest events of `rounds` whose day is known."""
    own = {view.round.slug for view in rounds}
    found = (one for one in site.events if one.round.slug in own and _is_news(one))
    return list(islice(found, MOST))


def _is_news(event: Event) -> bool:
    """Whether it has a day, and is not said already of the round itself."""
    is_own = isinstance(event, DesignationEvent) or event.kind == EventKind.PENDING
    return event.moment is not None and not is_own


def public_message(site: Site, finding: Finding, lang: str) -> str:
    """The message; where it could quote a contact, the rule instead."""
    key = finding.place.pointer.split("/")[1:2]
    own = {one.key for one in site.docket.organiser.asked.published}
    if "found" in finding.facts and key and key[0] not in PUBLIC | own:
        return rule_text(finding.code, site.docket.organiser, lang).rule
    return message(finding, site.docket.organiser, lang)


def broken(site: Site) -> Iterator[str]:
    """Folders whose round could not be read, or that have none."""
    yield from (slug for slug in site.docket.folders if slug not in site.docket.rounds)


def words(one: Municipality) -> str:
    """What a filter finds a municipality by: every spelling, folded."""
    spelled = (one.name, one.full, one.slug, one.code, *one.also)
    return " ".join(dict.fromkeys(fold(word) for word in spelled if word))


def publisher(docket: Docket, lang: str) -> str:
    """Who is behind the site: by name, else by the host of its address."""
    known = docket.organiser.publisher
    return known.of(lang) if known else host(docket)


def host(docket: Docket) -> str:
    """Where the site is, in short."""
    return urlsplit(docket.organiser.site).hostname or "docket"


def address(docket: Docket, lang: str, path: str) -> str:
    """Where a page or a file of the site is, in full."""
    organiser = docket.organiser
    named = organiser.addresses.of(path)
    return f"{organiser.site.rstrip('/')}/{organiser.below(lang)}{named}"
