"""The pages of the rounds: one for each, the calendar of all, and the cards of the front page."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from docket.domain.nouns import Finding, Round
from docket.domain.paths import folder_of, parse
from docket.domain.spelling import danish
from docket.domain.states import ApprovalStatus, Status
from docket.site.pages.page import Site, broken, make, words
from docket.text.catalogue import say
from docket.views import sentences
from docket.views.events import coming
from docket.views.figures import approval, figures, in_time
from docket.views.map import SILENT, curve, land, tile_map
from docket.views.round import REFUSED, RoundView, is_stopped

ORDER = (
    Status.DESIGNATED,
    Status.APPROVED,
    Status.RECEIVED,
    Status.PASSED_OVER,
    Status.REJECTED,
    Status.WITHDRAWN,
    REFUSED,
)
"""How the map's legend and the table put the states in order."""
PATTERNED = frozenset(ORDER) - {Status.DESIGNATED, Status.WITHDRAWN}
"""The states that the map fills with a pattern; the others have a frame."""


def round_pages(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The calendar, a page for each round, and one for each whose file cannot be read."""
    page = partial(make, site, lang)
    yield f"{lang}/runder/index.md", page("calendar.md", 1, _calendar(site))
    for view in site.rounds:
        yield f"{lang}/runder/{view.round.slug}.md", page("round.md", 2, _round(site, view, lang))
    for slug in broken(site):
        context = {"slug": slug, "findings": _inside(site, slug)}
        yield f"{lang}/runder/{slug}.md", page("broken.md", 2, context)
    yield f"{lang}/runder/.now.md", page("now.md", 0, _now(site, lang))


def _now(site: Site, lang: str) -> dict[str, object]:
    """What the front page says: practice rounds are told apart from the real ones."""
    leads = [(view, sentences.lead(site.docket, view, lang)) for view in site.rounds]
    opened = [(view, lead) for view, lead in leads if view.is_open]
    real = [view for view in site.rounds if not view.round.rehearsal]
    return {
        "rounds": leads,
        "next": lambda view: sentences.next_step(site.docket, view, lang),
        "open": [(view, lead) for view, lead in opened if not view.round.rehearsal],
        "practice": [(view, lead) for view, lead in opened if view.round.rehearsal],
        "coming": coming(site.docket, real)[:3],
        "tiles": land(site.docket),
        "chosen": {one.municipality for view in real for one in view.designated},
    }


def _calendar(site: Site) -> dict[str, object]:
    real = [view for view in site.rounds if not view.round.rehearsal]
    rehearsals = [view for view in site.rounds if view.round.rehearsal]
    strays = [one for one in site.findings if parse(one.place.path) is None]
    return {
        "tables": {"real": real, "rehearsals": rehearsals},
        "coming": coming(site.docket, site.rounds),
        "broken": list(broken(site)),
        "strays": strays,
    }


def _round(site: Site, view: RoundView, lang: str) -> dict[str, object]:
    docket, decision, round_ = site.docket, view.decision, view.round
    numbers, stands = figures(docket, view), view.stands
    areas = list(round_.seats)
    silent = [one for slug, one in docket.register.items() if slug not in stands]
    sources = [*round_.sources, *(decision.sources if decision else ())]
    return {
        "view": view,
        "lead": sentences.lead(docket, view, lang),
        "next": sentences.next_step(docket, view, lang),
        "figures": numbers,
        "seats": _seats(round_),
        "is_stopped": decision is not None and is_stopped(docket, decision),
        "designated": sorted(
            view.designated,
            key=lambda one: areas.index(one.area) if one.area in areas else len(areas),
        ),
        "map": tile_map(docket, view),
        "legend": _legend(view, len(silent)),
        "patterned": PATTERNED,
        "letter": lambda status: say(f"round.map.letter.{status}", lang),
        "order": ORDER,
        "words": words,
        "late": lambda row: in_time(docket, view, row) is False,
        "approval": lambda row: approval(docket, row.submission),
        "approvals": tuple(ApprovalStatus),
        "silent": sorted(silent, key=lambda one: danish(one.name)),
        "curve": curve(docket, view, numbers.arrivals),
        "after": [docket.rounds[name] for name in round_.after if name in docket.rounds],
        "sources": list(dict.fromkeys(sources)),
    }


def _legend(view: RoundView, silent: int) -> list[tuple[str, int]]:
    """How many municipalities the map shows in each state."""
    counts = Counter(view.stands.values())
    found = [(status, counts[status]) for status in ORDER if counts[status]]
    return [*found, (SILENT, silent)] if silent else found


def _seats(round_: Round) -> int | None:
    """The seats of all areas; None where one is not limited or not known."""
    seats = [count for count in round_.seats.values() if count is not None]
    return sum(seats) if seats and len(seats) == len(round_.seats) else None


def _inside(site: Site, slug: str) -> list[Finding]:
    return [one for one in site.findings if one.place.path.startswith(folder_of(slug))]
