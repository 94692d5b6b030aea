"""What has happened, and which dates are to come: one list for pages, feed and calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo

from docket.domain.docket import Docket
from docket.domain.instants import Day, Moment, begins, day_after, in_effect
from docket.domain.lifecycle import is_called_off
from docket.domain.nouns import Decision, Designation, Round
from docket.views.round import RoundView, Row, is_stopped


class EventKind(StrEnum):
    """What can happen in a round, to all or to one municipality."""

    OPENED = "opened"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"
    DECIDED = "decided"
    DESIGNATED = "designated"
    STOPPED = "stopped"


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
    """What happened to a submission; `moment` is None where nothing tells when it came."""

    kind: EventKind
    moment: Moment | None
    round: Round
    row: Row

    @property
    def municipality(self) -> str:
        """Whose submission it is."""
        return self.row.submission.municipality


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

    def when(event: Event) -> tuple[datetime, str, str]:
        at = docket.now if event.moment is None else ends(event, zone)
        return at, event.kind, event.municipality

    return tuple(sorted(found, key=when, reverse=True))


def ends(event: Event, zone: ZoneInfo) -> datetime:
    """The instant of an event: a deadline that is a day closes when that day has ended."""
    moment = event.moment
    if moment is None:
        raise ValueError(event.kind)
    if event.kind == EventKind.CLOSED and not isinstance(moment, datetime):
        return begins(day_after(moment), zone)
    return begins(moment, zone)


def dates(rounds: Sequence[RoundView]) -> tuple[Date, ...]:
    """The openings and deadlines of all rounds but the rehearsals, in order of rounds."""
    return tuple(
        Date(kind, moment, view.round)
        for view in sorted(rounds, key=lambda view: view.round.slug)
        if not view.round.rehearsal
        for kind, moment in (
            (DateKind.OPENS, view.round.opens),
            (DateKind.DEADLINE, view.round.deadline),
        )
        if moment is not None
    )


def coming(docket: Docket, rounds: Sequence[RoundView]) -> tuple[Date, ...]:
    """The dates that are not over yet, the next first."""
    zone = docket.organiser.zone

    def over(one: Date) -> datetime:
        day = one.moment if isinstance(one.moment, datetime) else day_after(one.moment)
        return begins(day, zone)

    return tuple(sorted((one for one in dates(rounds) if over(one) > docket.now), key=over))


def _in_round(docket: Docket, view: RoundView) -> Iterator[Event]:
    round_, zone, now = view.round, docket.organiser.zone, docket.now
    if round_.opens is not None and begins(round_.opens, zone) <= now:
        yield RoundEvent(EventKind.OPENED, round_.opens, round_)
    if round_.deadline is not None:
        closed = RoundEvent(EventKind.CLOSED, round_.deadline, round_)
        if ends(closed, zone) <= now:
            yield closed
    for row in view.rows:
        yield from _of_row(docket, view, row)
    if view.decision:
        yield from _of_decision(docket, view, view.decision)


def _of_row(docket: Docket, view: RoundView, row: Row) -> Iterator[Event]:
    entry, zone = row.submission, docket.organiser.zone
    if row.received is None or row.received <= docket.now:
        yield SubmissionEvent(EventKind.RECEIVED, row.received, view.round, row)
    if entry.withdrawn and in_effect(entry.withdrawn.date, docket.now, zone):
        yield SubmissionEvent(EventKind.WITHDRAWN, entry.withdrawn.date, view.round, row)
    approval = entry.approval
    if approval and approval.date and in_effect(approval.date, docket.now, zone):
        yield SubmissionEvent(EventKind(approval.status), approval.date, view.round, row)


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
