"""The course of a round: what is done, what is now, what is to come, each with its date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from docket.domain.docket import Docket
from docket.domain.instants import Moment, day_of
from docket.domain.states import RoundState
from docket.views.round import RoundView, is_stopped


class Mark(StrEnum):
    """How a step is drawn."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to-come"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `what` is a word of the catalogue's `round.course`; `when` is not always known."""

    what: str
    mark: Mark
    when: Moment | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def course(docket: Docket, view: RoundView) -> tuple[Step, ...]:
    """The steps of a round, in their order; none where nothing of it is known."""
    return () if view.is_unknown else tuple(_steps(docket, view))


def _steps(docket: Docket, view: RoundView) -> Iterator[Step]:
    round_, state = view.round, view.state
    counted = {"count": view.count} if view.count is not None else {}
    is_past = state not in (RoundState.ANNOUNCED, RoundState.OPEN)
    today = Step("now", Mark.NOW, day_of(docket.now, docket.organiser.zone), counted)
    if round_.opens:
        soon = state == RoundState.ANNOUNCED
        what, mark = ("opens", Mark.TO_COME) if soon else ("opened", Mark.DONE)
        yield Step(what, mark, round_.opens)
    if state == RoundState.OPEN and counted:
        yield today
    if round_.deadline and is_past:
        yield Step("closed", Mark.DONE, round_.deadline, counted)
    elif round_.deadline:
        yield Step("deadline", Mark.TO_COME, round_.deadline)
    yield from _ends(docket, view)


def _ends(docket: Docket, view: RoundView) -> Iterator[Step]:
    decision, round_ = view.decision, view.round
    stop = decision.stopped if decision and is_stopped(docket, decision) else None
    if view.decided:
        yield Step("decided", Mark.DONE, view.decided, {"count": len(view.designated)})
    elif round_.decides and not round_.rehearsal and not stop:
        yield Step("decides", Mark.TO_COME, None, {"who": round_.decides})
    if stop:
        yield Step("stopped", Mark.STOP, stop.date)
    elif view.until:
        mark = Mark.DONE if view.state == RoundState.ENDED else Mark.TO_COME
        yield Step("until", mark, view.until)
