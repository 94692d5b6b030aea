"""What has happened, and which dates are to come: one list for pages, feed and calendar."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from docket.domain.arrival import Answer, answers
from docket.domain.docket import Docket
from docket.domain.instants import Day, Moment, begins, day_after, in_effect, minute
from docket.domain.lifecycle import is_called_off
from docket.domain.nouns import Decision, Designation, Round, Submission, Version
from docket.views.round import RoundView, Row, is_stopped


class EventKind(StrEnum):
    """What can happen in a round, to all or to one municipality, in the order of its life."""

    OPENED = "opened"
    RECEIVED = "received"
    CHANGED = "changed"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    DECIDED = "decided"
    DESIGNATED = "designated"
    STOPPED = "stopped"


LIFE = tuple(EventKind)


@dataclass(frozen=True, slots=True)
class RoundEvent:
    """What happened in a round to all: opened, closed, decided or stopped."""

    municipality: ClassVar[str] = ""
    kind: EventKind
    moment: Moment
    round: Round
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class SubmissionEvent:
    """What happened to a submission; `moment` is None where nothing tells when it came.

    `version` is what it was then, `number` which of its answers: 1 the first, then those sent anew.
    """

    kind: EventKind
    moment: Moment | None
    round: Round
    row: Row
    version: Version
    number: int = 1

    @property
    def municipality(self) -> str:
        """Whose submission it is."""
        return self.row.submission.municipality

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that it named then; none where that is not known."""
        return self.version.entry.areas if self.version.entry else ()

    @property
    def stands(self) -> bool:
        """Whether it is the version that is shown now."""
        return self.version == self.row.latest


@dataclass(frozen=True, slots=True)
class DesignationEvent:
    """One was designated, or the designation stopped; `until` is its last day."""

    kind: EventKind
    moment: Day
    round: Round
    decision: Decision
    designation: Designation

    @property
    def municipality(self) -> str:
        """Who is designated."""
        return self.designation.municipality

    @property
    def until(self) -> Day | None:
        """The last day of the designation."""
        return self.designation.until or self.decision.until


Event = RoundEvent | SubmissionEvent | DesignationEvent


class DateKind(StrEnum):
    """What a date of a round is."""

    OPENS = "opens"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Date:
    """An opening or a deadline of a round, past or to come."""

    kind: DateKind
    moment: Moment
    round: Round


def events(docket: Docket, rounds: Iterable[RoundView]) -> tuple[Event, ...]:
    """Everything that has happened by now, the latest first."""
    zone = docket.organiser.zone
    found = [event for view in rounds for event in _in_round(docket, view)]

    def when(event: Event) -> tuple[datetime, int, str]:
        at = docket.now if event.moment is None else ends(event, zone)
        return at, LIFE.index(event.kind), event.municipality

    return tuple(sorted(found, key=when, reverse=True))


def ends(event: Event, zone: ZoneInfo) -> datetime:
    """The instant of an event: a deadline that is a day closes when that day has ended."""
    moment = event.moment
    if moment is None:
        raise ValueError(event.kind)
    if event.kind == EventKind.CLOSED and not isinstance(moment, datetime):
        return begins(day_after(moment), zone)
    if isinstance(event, SubmissionEvent) and event.kind == EventKind.WITHDRAWN:
        return max(begins(moment, zone), event.version.received or begins(moment, zone))
    return begins(moment, zone)


def dates(docket: Docket, rounds: Sequence[RoundView]) -> tuple[Date, ...]:
    """The openings and deadlines of all rounds but the rehearsals, in order of rounds.

    A round that was stopped before one of them has it no more.
    """
    return tuple(
        Date(kind, moment, view.round)
        for view in sorted(rounds, key=lambda view: view.round.slug)
        if not view.round.rehearsal
        for kind, moment in (
            (DateKind.OPENS, view.round.opens),
            (DateKind.DEADLINE, view.round.deadline),
        )
        if moment is not None and not _is_stopped_before(docket, view, kind, moment)
    )


def _over(moment: Moment, zone: ZoneInfo) -> datetime:
    """When a date is over: an instant at itself, a day when the next begins."""
    return begins(moment if isinstance(moment, datetime) else day_after(moment), zone)


def _is_stopped_before(docket: Docket, view: RoundView, kind: DateKind, moment: Moment) -> bool:
    """Whether the round was stopped, by now, before it would have opened or closed."""
    decision, zone = view.decision, docket.organiser.zone
    stop = decision.stopped if decision and is_stopped(docket, decision) else None
    ends = _over(moment, zone) if kind == DateKind.DEADLINE else begins(moment, zone)
    return stop is not None and begins(stop.date, zone) < ends


def _in_round(docket: Docket, view: RoundView) -> Iterator[Event]:
    round_, zone, now = view.round, docket.organiser.zone, docket.now
    for kind, event, moment in (
        (DateKind.OPENS, EventKind.OPENED, round_.opens),
        (DateKind.DEADLINE, EventKind.CLOSED, round_.deadline),
    ):
        if moment is not None and not _is_stopped_before(docket, view, kind, moment):
            happened = RoundEvent(event, moment, round_)
            if ends(happened, zone) <= now:
                yield happened
    for row in view.rows:
        yield from _of_row(docket, view, row)
    if view.decision:
        yield from _of_decision(docket, view, view.decision)


def _of_row(docket: Docket, view: RoundView, row: Row) -> Iterator[Event]:
    for number, answer in enumerate(answers(docket, row.submission), start=1):
        tell = partial(SubmissionEvent, round=view.round, row=row, number=number)
        before: Submission | None = None
        first = True
        for one in answer.versions:
            if one.received and minute(one.received) > docket.now:
                break
            if first or _differs(before, one.entry):
                yield tell(
                    EventKind.RECEIVED if first else EventKind.CHANGED, one.received, version=one
                )
            before, first = one.entry or before, False
        yield from _of_answer(docket, answer, tell)


def _differs(before: Submission | None, entry: Submission | None) -> bool:
    """Whether what all may read of an answer has changed."""
    if before is None or entry is None:
        return False
    return (before.areas, before.motivation) != (entry.areas, entry.motivation)


def _of_answer(docket: Docket, answer: Answer, tell: Callable[..., Event]) -> Iterator[Event]:
    """How an answer ended, and what its council said in the end."""
    zone, now = docket.organiser.zone, docket.now
    known = [one for one in answer.versions if one.entry]
    entry = known[-1].entry if known else None
    if entry and entry.approval and in_effect(entry.approval.date, now, zone):
        kind = EventKind(entry.approval.status)
        yield tell(kind, entry.approval.date, version=known[-1])
    if entry and entry.withdrawn and in_effect(entry.withdrawn.date, now, zone):
        yield tell(EventKind.WITHDRAWN, entry.withdrawn.date, version=known[-1])


def _of_decision(docket: Docket, view: RoundView, decision: Decision) -> Iterator[Event]:
    if not is_called_off(decision):
        yield RoundEvent(EventKind.DECIDED, decision.decided, view.round, decision)
    stop = decision.stopped if is_stopped(docket, decision) else None
    if stop:
        yield RoundEvent(EventKind.STOPPED, stop.date, view.round, decision)
    for one in decision.designated:
        yield DesignationEvent(
            EventKind.DESIGNATED, decision.decided, view.round, decision, designation=one
        )
        if stop:
            yield DesignationEvent(
                EventKind.STOPPED, stop.date, view.round, decision, designation=one
            )
