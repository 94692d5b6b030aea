"""The pages of the rounds: one for each, the calendar of all, and the cards of the front page."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from docket.domain.docket import Docket
from docket.domain.nouns import Finding, Round
from docket.domain.paths import folder_of, parse
from docket.domain.spelling import danish
from docket.domain.states import ApprovalStatus, Status
from docket.site.pages import cards
from docket.site.pages.municipalities import own_of
from docket.site.pages.page import Site, address, broken, make, recent, words
from docket.text.catalogue import say
from docket.views.course import course
from docket.views.figures import approval, figures, in_time
from docket.views.map import SILENT, UNKNOWN, curve, land, tile_map
from docket.views.round import REFUSED, RoundView, Row, is_stopped

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


def round_pages(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The calendar, a page for each round, and one for each whose file cannot be read."""
    page = partial(make, site, lang)
    yield f"{lang}/runder/index.md", page("calendar.md", 1, _calendar(site))
    for view in site.rounds:
        yield f"{lang}/runder/{view.round.slug}.md", page("round.md", 2, _round(site, view, lang))
    for slug in broken(site):
        context = {"slug": slug, "findings": _inside(site, slug)}
        yield f"{lang}/runder/{slug}.md", page("broken.md", 2, context)
    yield f"{lang}/runder/.now.md", page("now.md", 0, _now(site))


def _kinds(site: Site) -> dict[str, list[RoundView]]:
    """The rounds by how they are told of: open, not open, and those for practice."""
    real = [view for view in site.rounds if not view.round.rehearsal]
    return {
        "open": [view for view in real if view.is_open],
        "others": [view for view in real if not view.is_open],
        "rehearsals": [view for view in site.rounds if view.round.rehearsal],
    }


def _now(site: Site) -> dict[str, object]:
    """What the front page says: the map is that of the nearest deadline, else of all designated."""
    kinds = _kinds(site)
    drawn = next((view for view in kinds["open"] if view.stands), None)
    real = [*kinds["open"], *kinds["others"]]
    chosen = (
        {row.municipality.slug for row in drawn.live}
        if drawn
        else {one.municipality for view in real for one in view.designated}
    )
    return {
        **kinds,
        "practice": [view for view in kinds["rehearsals"] if view.is_open],
        "tiles": land(site.docket),
        "drawn": drawn,
        "chosen": chosen,
        "recent": recent(site, *real),
    }


def _calendar(site: Site) -> dict[str, object]:
    strays = [one for one in site.findings if parse(one.place.path) is None]
    return {**_kinds(site), "broken": list(broken(site)), "strays": strays}


def _round(site: Site, view: RoundView, lang: str) -> dict[str, object]:
    docket, decision, round_ = site.docket, view.decision, view.round
    numbers, stands = figures(docket, view), view.stands
    areas = list(round_.seats)
    silent = [one for slug, one in docket.register.items() if slug not in stands]
    sources = [*round_.sources, *(decision.sources if decision else ())]
    return {
        "view": view,
        "card": docket.organiser.addresses.of(cards.path_of(view))
        if cards.has_card(docket, view, lang)
        else "",
        "card_says": cards.alt(docket, view, lang),
        "figures": numbers,
        "course": course(docket, view),
        "seats": _seats(round_),
        "by_area": _by_area(docket, round_, lang),
        "desk": site.setting.desk,
        "address": address(docket, lang, f"runder/{round_.slug}/"),
        "calendar": f"webcal://{address(docket, lang, 'data/frister.ics').partition('://')[2]}",
        "recent": recent(site, view) if view.is_open else [],
        "is_stopped": decision is not None and is_stopped(docket, decision),
        "designated": sorted(
            view.designated,
            key=lambda one: areas.index(one.area) if one.area in areas else len(areas),
        ),
        "map": tile_map(docket, view),
        "legend": _legend(view, len(silent)),
        "sign": lambda status: say(f"round.map.mark.{status}", lang),
        "order": ORDER,
        "words": words,
        "own": own_of(docket, lang),
        "has_own": any(map(own_of(docket, lang), (row.submission for row in view.rows))),
        "late": lambda row: in_time(docket, view, row) is False,
        "mark": lambda row: _standing(docket, row),
        "standing": lambda row: _standing_words(docket, row, lang),
        "silent": sorted(silent, key=lambda one: danish(one.name)),
        "curve": curve(docket, view, numbers.arrivals),
        "after": [docket.rounds[name] for name in round_.after if name in docket.rounds],
        "sources": list(dict.fromkeys(sources)),
    }


def _standing(docket: Docket, row: Row) -> str:
    """Where a submission and its council stand, as one word of the catalogue's `round.status`."""
    is_approved = approval(docket, row.submission) == ApprovalStatus.APPROVED
    return Status.APPROVED if row.status == Status.RECEIVED and is_approved else row.status


def _standing_words(docket: Docket, row: Row, lang: str) -> str:
    own = row.submission
    dated = own.withdrawn if row.status == Status.WITHDRAWN else own.approval
    day = dated.date if dated else None
    return say(f"round.status.{_standing(docket, row)}", lang, docket.organiser, day=day)


def _legend(view: RoundView, silent: int) -> list[tuple[str, int]]:
    """How many municipalities the map shows in each state."""
    counts = Counter(view.stands.values())
    found = [(status, counts[status]) for status in ORDER if counts[status]]
    return [*found, (SILENT if view.round.register else UNKNOWN, silent)] if silent else found


def _seats(round_: Round) -> int | None:
    """The seats of all areas; None where one is not limited or not known."""
    seats = [count for count in round_.seats.values() if count is not None]
    return sum(seats) if seats and len(seats) == len(round_.seats) else None


def _by_area(docket: Docket, round_: Round, lang: str) -> list[str]:
    """Each area with its places, as far as they are known."""
    return [
        say("round.numbers.by_area", lang, area=docket.areas[area].of(lang).lower(), count=count)
        if count is not None
        else docket.areas[area].of(lang).lower()
        for area, count in round_.seats.items()
    ]


def _inside(site: Site, slug: str) -> list[Finding]:
    return [one for one in site.findings if one.place.path.startswith(folder_of(slug))]
