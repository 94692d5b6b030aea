"""What a municipality may do now in each open round, and what keeps it from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from docket.domain.docket import Docket
from docket.domain.instants import Day
from docket.domain.lifecycle import held, waiting
from docket.domain.nouns import Round
from docket.domain.states import RoundState, Status
from docket.views.round import RoundView


@dataclass(frozen=True, slots=True)
class Submitted:
    """It has a submission to mend, approve or withdraw; `refused`: one to be corrected."""

    kind: ClassVar[str] = "submitted"
    view: RoundView
    refused: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """It holds a designation in `area`, in force until a day, and can have no other."""

    kind: ClassVar[str] = "holds"
    view: RoundView
    area: str
    until: Day | None


@dataclass(frozen=True, slots=True)
class Waits:
    """Its submission in the round `other` is not decided yet."""

    kind: ClassVar[str] = "waits"
    view: RoundView
    other: Round


@dataclass(frozen=True, slots=True)
class Free:
    """It can submit."""

    kind: ClassVar[str] = "free"
    view: RoundView


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The round is not kept here: an answer is sent to its receiver."""

    kind: ClassVar[str] = "elsewhere"
    view: RoundView


@dataclass(frozen=True, slots=True)
class Later:
    """The deadline has passed: it can mend contact and approval, or withdraw; it is `status`."""

    kind: ClassVar[str] = "later"
    view: RoundView
    status: Status


Offer = Submitted | Holds | Waits | Free | Elsewhere


def offers(docket: Docket, municipality: str, rounds: Sequence[RoundView]) -> Iterator[Offer]:
    """What each open round offers to a municipality."""
    for view in rounds:
        if view.is_open:
            yield _offer(docket, municipality, view)


def later(municipality: str, rounds: Sequence[RoundView]) -> Iterator[Later]:
    """The rounds in which a municipality can still mend something after the deadline."""
    for view in rounds:
        if view.state in (RoundState.CLOSED, RoundState.DECIDED):
            own = (row for row in view.live if row.municipality.slug == municipality)
            yield from (Later(view, row.status) for row in own)


def _offer(docket: Docket, municipality: str, view: RoundView) -> Offer:
    if municipality in view.refused:
        return Submitted(view, view.refused[municipality])
    for decision, index in held(docket, municipality, view.round, docket.now):
        entry = decision.designated[index]
        return Holds(view, entry.area, entry.until or decision.until)
    for submission in waiting(docket, municipality, view.round, docket.now):
        return Waits(view, docket.rounds[submission.round])
    return Free(view) if view.takes_submissions else Elsewhere(view)
