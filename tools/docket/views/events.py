"""What has happened, and which dates are to come: one list for pages, feed and calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from docket.domain.docket import Docket
from docket.domain.instants import Day, Moment, begins, day_after, in_effect
from docket.domain.lifecycle import is_called_off
from docket.domain.nouns import Decision, Round
from docket.views.round import RoundView, Row, is_stopped


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a round, to all or to one municipality.

    `kind` is opened, received, withdrawn, pending, approved, rejected, closed, decided,
    designated or stopped. `moment` is None where nothing tells when a submission came.
    `until` is the last day of a designation.
    """

    kind: str
    moment: Moment | None
    round: Round
    municipality: str = ""
    area: str = ""
    row: Row | None = None
    decision: Decision | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """An opening ("opens") or a deadline ("deadline") of a round, past or to come."""

    kind: str
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
    if event.kind == "closed" and not isinstance(moment, datetime):
        return begins(day_after(moment), zone)
    return begins(moment, zone)


def dates(rounds: Sequence[RoundView]) -> tuple[Date, ...]:
    """The openings and deadlines of all rounds but the rehearsals, in order of rounds."""
    return tuple(
        Date(kind, moment, view.round)
        for view in sorted(rounds, key=lambda view: view.round.slug)
        if not view.round.rehearsal
        for kind, moment in (("opens", view.round.opens), ("deadline", view.round.deadline))
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
        yield Event("opened", round_.opens, round_)
    if round_.deadline is not None:
        closed = Event("closed", round_.deadline, round_)
        if ends(closed, zone) <= now:
            yield closed
    for row in view.rows:
        yield from _of_row(docket, view, row)
    if view.decision:
        yield from _of_decision(docket, view, view.decision)


def _of_row(docket: Docket, view: RoundView, row: Row) -> Iterator[Event]:
    entry, zone = row.submission, docket.organiser.zone
    slug = entry.municipality
    if row.received is None or row.received <= docket.now:
        yield Event("received", row.received, view.round, slug, row=row)
    if entry.withdrawn and in_effect(entry.withdrawn.date, docket.now, zone):
        yield Event("withdrawn", entry.withdrawn.date, view.round, slug, row=row)
    approval = entry.approval
    if approval and approval.date and in_effect(approval.date, docket.now, zone):
        yield Event(approval.status, approval.date, view.round, slug, row=row)


def _of_decision(docket: Docket, view: RoundView, decision: Decision) -> Iterator[Event]:
    if not is_called_off(decision):
        yield Event("decided", decision.decided, view.round, decision=decision)
    stop = decision.stopped if is_stopped(docket, decision) else None
    if stop:
        yield Event("stopped", stop.date, view.round, decision=decision)
    for one in decision.designated:
        told = (view.round, one.municipality, one.area)
        until = one.until or view.until
        yield Event("designated", decision.decided, *told, decision=decision, until=until)
        if stop:
            yield Event("stopped", stop.date, *told, decision=decision)
