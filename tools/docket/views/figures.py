"""The numbers of a round. Page, summary and inbox all count here, so that they never differ."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from docket.domain.docket import Docket
from docket.domain.instants import day_of, in_effect, is_late
from docket.domain.nouns import Submission
from docket.domain.spelling import danish
from docket.domain.states import ApprovalStatus, Status
from docket.views.round import RoundView, Row

COUNTED = (ApprovalStatus.PENDING, ApprovalStatus.APPROVED)
"""Where the councils of live submissions stand."""


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """One area: its seats (None: not limited), wishes among the live, and designations.

    `first` counts first wishes, `named` wishes of any rank; None where none are kept here.
    """

    area: str
    seats: int | None
    first: int | None
    named: int | None
    designated: int


@dataclass(frozen=True, slots=True)
class RegionFigures:
    """One region: its municipalities, how many of them have a live submission, are designated."""

    region: str
    municipalities: int
    live: int | None
    designated: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """One day on which something came: how many that day, and how many in all by then."""

    day: date
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted of one round; None where it is not known.

    `approvals` counts the live; `late` those of them that came after the deadline;
    `withdrawn` and `rejected` are not among the live. `arrivals` are the live by day.
    """

    count: int | None
    municipalities: int
    areas: tuple[AreaFigures, ...]
    regions: tuple[RegionFigures, ...]
    approvals: Mapping[ApprovalStatus, int] | None
    late: int | None
    withdrawn: int | None
    rejected: int | None
    designated: int
    arrivals: tuple[Arrival, ...] = ()


def figures(docket: Docket, view: RoundView) -> Figures:
    """The numbers of a round as its page has them."""
    live, kept = view.live, view.round.register
    named = Counter(area for row in live for area in row.submission.areas)
    first = Counter(area for row in live for area in row.submission.areas[:1])
    chosen = Counter(one.area for one in view.designated)
    areas = dict.fromkeys([*view.round.seats, *sorted({*named, *chosen})])
    asked = kept and docket.organiser.asked.approval
    approvals = Counter(approval(docket, row.submission) for row in live)
    ended = Counter(row.status for row in view.rows)
    return Figures(
        count=view.count,
        municipalities=len(docket.register),
        areas=tuple(
            AreaFigures(
                area,
                view.round.seats.get(area),
                first[area] if kept else None,
                named[area] if kept else None,
                chosen[area],
            )
            for area in areas
        ),
        regions=_regions(docket, view),
        approvals={status: approvals[status] for status in COUNTED} if asked else None,
        late=sum(in_time(docket, view, row) is False for row in live) if kept else None,
        withdrawn=ended[Status.WITHDRAWN] if kept else None,
        rejected=ended[Status.REJECTED] if kept else None,
        designated=len(view.designated),
        arrivals=_arrivals(docket, live),
    )


def in_time(docket: Docket, view: RoundView, row: Row) -> bool | None:
    """Whether a submission came by the deadline; None where nothing tells, or there is none."""
    if row.received is None or view.round.deadline is None:
        return None
    return not is_late(row.received, view.round.deadline, docket.organiser.zone)


def approval(docket: Docket, submission: Submission) -> ApprovalStatus:
    """Where the council stands now: a yes or no of a day to come is still pending."""
    stands = submission.approval
    if stands and in_effect(stands.date, docket.now, docket.organiser.zone):
        return stands.status
    return ApprovalStatus.PENDING


def _arrivals(docket: Docket, live: Iterable[Row]) -> tuple[Arrival, ...]:
    zone = docket.organiser.zone
    first: dict[str, date] = {}
    for row in live:
        if row.received:
            day = day_of(row.received, zone)
            slug = row.municipality.slug
            first[slug] = min(day, first.get(slug, day))
    days = sorted(Counter(first.values()).items())
    totals = accumulate(count for _, count in days)
    return tuple(
        Arrival(day, count, total) for (day, count), total in zip(days, totals, strict=True)
    )


def _regions(docket: Docket, view: RoundView) -> tuple[RegionFigures, ...]:
    total = Counter(one.region for one in docket.register.values() if one.region)
    live = {row.municipality.slug: row.municipality.region for row in view.live}
    answered = Counter(live.values())
    chosen = Counter(docket.register[one.municipality].region for one in view.designated)
    return tuple(
        RegionFigures(
            region,
            total[region],
            answered[region] if view.round.register else None,
            chosen[region],
        )
        for region in sorted(total, key=danish)
    )
