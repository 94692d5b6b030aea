"""What a choice would mean: seats, time, councils, regions, and what is lost elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docket.domain.docket import Docket
from docket.domain.instants import begins
from docket.domain.lifecycle import sees, state, waiting
from docket.domain.nouns import Decision, Designation, Municipality, Round
from docket.domain.states import ApprovalStatus, RoundState
from docket.views.figures import Figures, approval, figures, in_time
from docket.views.round import RoundView, Row, round_view

TO_COME = (RoundState.ANNOUNCED, RoundState.OPEN, RoundState.CLOSED)


@dataclass(frozen=True, slots=True)
class Answer:
    """The submission of one who is chosen: the rank of the wish granted, None where it is none.

    `in_time` is None where nothing tells.
    """

    row: Row
    rank: int | None
    in_time: bool | None
    approval: ApprovalStatus


@dataclass(frozen=True, slots=True)
class Chosen:
    """One who would be designated; `answer` is None where there is no submission."""

    designation: Designation
    municipality: Municipality
    answer: Answer | None
    elsewhere: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The round as it would be. `lost` are the rounds that the chosen could not answer then."""

    docket: Docket
    view: RoundView
    decision: Decision
    figures: Figures
    chosen: tuple[Chosen, ...]
    lost: tuple[Round, ...]

    @property
    def left_out(self) -> tuple[Row, ...]:
        """The live submissions that would not be designated."""
        named = {one.municipality.slug for one in self.chosen}
        return tuple(row for row in self.view.live if row.municipality.slug not in named)


def outlook(docket: Docket, decision: Decision) -> Outlook:
    """What `decision` means in a docket that holds it already, on the day it takes effect."""
    start = begins(decision.decided, docket.organiser.zone)
    docket = docket._replace(now=max(docket.now, start))
    round_ = docket.rounds[decision.round]
    view = round_view(docket, round_, ())
    rows = {row.municipality.slug: row for row in view.rows}
    return Outlook(
        docket,
        view,
        decision,
        figures=figures(docket, view),
        chosen=tuple(_chosen(docket, view, one, rows) for one in decision.designated),
        lost=tuple(to_come(docket, round_)),
    )


def _chosen(docket: Docket, view: RoundView, one: Designation, rows: Mapping[str, Row]) -> Chosen:
    row = rows.get(one.municipality)
    others = waiting(docket, one.municipality, view.round, docket.now)
    return Chosen(
        one,
        docket.register[one.municipality],
        _answer(docket, view, row, one.area) if row else None,
        tuple(docket.rounds[other.round] for other in others),
    )


def _answer(docket: Docket, view: RoundView, row: Row, area: str) -> Answer:
    areas = row.submission.areas
    rank = areas.index(area) + 1 if area in areas else None
    return Answer(row, rank, in_time(docket, view, row), approval(docket, row.submission))


def to_come(docket: Docket, round_: Round) -> Iterator[Round]:
    """The rounds that a designation in `round_` keeps a municipality from."""
    for other in docket.rounds.values():
        if sees(round_, other) and state(docket, other) in TO_COME:
            yield other
