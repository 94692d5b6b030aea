"""The pages of the municipalities: one for each in the register, and the list of all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from docket.domain.docket import Docket
from docket.domain.instants import day_of
from docket.domain.lifecycle import is_held
from docket.domain.nouns import Submission
from docket.domain.spelling import danish
from docket.site.pages.page import Site, make, words
from docket.views.answers import tell
from docket.views.events import Event, EventKind
from docket.views.offers import later, offers
from docket.views.round import is_stopped


def municipality_pages(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The list, and a page for each municipality of the register."""
    events: dict[str, list[Event]] = defaultdict(list)
    for event in site.events:
        events[event.municipality].append(event)
    register = sorted(site.docket.register.values(), key=lambda one: danish(one.name))
    today = day_of(site.docket.now, site.docket.organiser.zone)
    listed = {"register": register, "words": words, "agreement": _agreements(site)}
    yield f"{lang}/kommuner/index.md", make(site, lang, "municipalities.md", 1, listed)
    for one in register:
        context: dict[str, object] = {
            "municipality": one,
            "events": events[one.slug],
            "answers": _answers(events[one.slug]),
            "own": own_of(site.docket, lang),
            "offers": [
                *offers(site.docket, one.slug, site.rounds),
                *later(one.slug, site.rounds),
            ],
            "desk": site.setting.desk,
            "stopped": lambda decision: is_stopped(site.docket, decision),
            "unkept": any(not view.round.register for view in site.rounds),
            "in_force": lambda event: event.until >= today,
        }
        yield f"{lang}/kommuner/{one.slug}.md", make(site, lang, "municipality.md", 2, context)


def own_of(docket: Docket, lang: str) -> Callable[[Submission], list[tuple[str, str, str]]]:
    """What tells of a submission's published answers to the register's own fields.

    Of each: what kind it is, what it is called, and the answer in words.
    """
    return lambda entry: [
        (one.kind, one.label.of(lang), tell(one, value, lang))
        for one, value in docket.organiser.asked.shown(entry.own, private=False)
    ]


def _answers(events: Iterable[Event]) -> list[Event]:
    """The latest answer to each round."""
    found: dict[str, Event] = {}
    for event in events:
        if event.kind == EventKind.RECEIVED:
            found.setdefault(event.round.slug, event)
    return list(found.values())


def _agreements(site: Site) -> dict[str, str]:
    """The area of each municipality's agreement in force."""
    now, zone = site.docket.now, site.docket.organiser.zone
    return {
        one.municipality: one.area
        for view in site.rounds
        if view.decision and not view.round.rehearsal
        for one in view.decision.designated
        if is_held(view.decision, one, now, zone)
    }
