"""What a municipality may do now in each open round, and what keeps it from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docket.domain.docket import Docket
from docket.domain.instants import Day
from docket.domain.lifecycle import held, waiting
from docket.domain.nouns import Decision, Round
from docket.views.round import RoundView


@dataclass(frozen=True, slots=True)
class Offer:
    """One open round to one municipality.

    `kind` is submitted (there is one to mend, approve or withdraw; `refused`: to be corrected),
    holds (it has the designation of `decision` in `area`, in force `until`), waits (its
    submission in `other` is not decided yet) or free.
    """

    view: RoundView
    kind: str
    refused: bool = False
    decision: Decision | None = None
    area: str = ""
    until: Day | None = None
    other: Round | None = None


def offers(docket: Docket, municipality: str, rounds: Sequence[RoundView]) -> Iterator[Offer]:
    """What each open round offers to a municipality."""
    for view in rounds:
        if view.takes_submissions:
            yield _offer(docket, municipality, view)


def _offer(docket: Docket, municipality: str, view: RoundView) -> Offer:
    if municipality in view.refused:
        return Offer(view, "submitted", refused=view.refused[municipality])
    for decision, index in held(docket, municipality, view.round, docket.now):
        entry = decision.designated[index]
        until = entry.until or decision.until
        return Offer(view, "holds", decision=decision, area=entry.area, until=until)
    for submission in waiting(docket, municipality, view.round, docket.now):
        return Offer(view, "waits", other=docket.rounds[submission.round])
    return Offer(view, "free")
