"""What follows from the nouns and the time: states, deadlines, what is in force.

Every day begins and ends in the organiser's zone.
"""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from docket.domain.docket import Docket
from docket.domain.instants import begins, day_after, in_effect, is_late
from docket.domain.nouns import Decision, Designation, Round, Submission
from docket.domain.states import ApprovalStatus, RoundState, Status


def in_force(decision: Decision, instant: datetime, zone: ZoneInfo) -> bool:
    """Whether the designations of `decision` are in force at `instant`."""
    stopped = decision.stopped and in_effect(decision.stopped.date, instant, zone)
    return in_effect(decision.decided, instant, zone) and not (
        stopped or _is_over(decision.until, instant, zone)
    )


def is_held(decision: Decision, entry: Designation, instant: datetime, zone: ZoneInfo) -> bool:
    """Whether one designation of `decision` is in force: it may end before the others."""
    return in_force(decision, instant, zone) and not _is_over(entry.until, instant, zone)


def is_called_off(decision: Decision) -> bool:
    """Whether the round was stopped before anybody was designated."""
    return decision.stopped is not None and not decision.designated


def _is_over(until: date | None, instant: datetime, zone: ZoneInfo) -> bool:
    return until is not None and instant >= begins(day_after(until), zone)


def state(docket: Docket, round_: Round) -> RoundState:
    """The state of a round at `docket.now`."""
    zone, now = docket.organiser.zone, docket.now
    decision = docket.decisions.get(round_.slug)
    if decision and in_effect(decision.decided, now, zone):
        if decision.stopped and in_effect(decision.stopped.date, now, zone):
            return RoundState.STOPPED
        return RoundState.DECIDED if in_force(decision, now, zone) else RoundState.ENDED
    if round_.opens is None and round_.deadline is None:
        return RoundState.ANNOUNCED
    if round_.opens is not None and now < begins(round_.opens, zone):
        return RoundState.ANNOUNCED
    return RoundState.CLOSED if is_late(now, round_.deadline, zone) else RoundState.OPEN


def is_live(docket: Docket, submission: Submission, instant: datetime) -> bool:
    """Whether the submission is neither withdrawn nor refused by its council at `instant`."""
    zone = docket.organiser.zone
    if submission.withdrawn and in_effect(submission.withdrawn.date, instant, zone):
        return False
    return not is_rejected(docket, submission, instant)


def is_rejected(docket: Docket, submission: Submission, instant: datetime) -> bool:
    """Whether its council has said no by `instant`."""
    approval = submission.approval
    return (
        approval is not None
        and approval.status == ApprovalStatus.REJECTED
        and in_effect(approval.date, instant, docket.organiser.zone)
    )


def held(
    docket: Docket, municipality: str, round_: Round, instant: datetime
) -> Iterator[tuple[Decision, int]]:
    """What keeps a municipality from `round_`: its designations in force at `instant` elsewhere.

    Each with its place among the decision's designations.
    """
    for decision, index in docket.designations_by.get(municipality, ()):
        other = docket.rounds.get(decision.round)
        seen = other and docket.is_whole(other.path) and sees(round_, other)
        entry = decision.designated[index]
        if seen and is_held(decision, entry, instant, docket.organiser.zone):
            yield decision, index


def waiting(
    docket: Docket, municipality: str, round_: Round, instant: datetime
) -> Iterator[Submission]:
    """What keeps it too: its live submissions elsewhere, in rounds not decided by `instant`."""
    for submission in docket.submissions_by.get(municipality, ()):
        other = docket.rounds.get(submission.round)
        if other and sees(round_, other) and is_waiting(docket, submission, instant):
            yield submission


def is_waiting(docket: Docket, submission: Submission, instant: datetime) -> bool:
    """Whether the submission is live at `instant` and its round not decided. Once no, ever no."""
    decision = docket.decisions.get(submission.round)
    if decision and in_effect(decision.decided, instant, docket.organiser.zone):
        return False
    return is_live(docket, submission, instant)


def sees(one: Round, other: Round) -> bool:
    """Whether two rounds know of each other: rehearsals and real ones never do."""
    return one.slug != other.slug and one.rehearsal == other.rehearsal


def status(docket: Docket, submission: Submission) -> Status:
    """Where a submission stands now."""
    zone, now = docket.organiser.zone, docket.now
    if is_rejected(docket, submission, now):
        return Status.REJECTED
    if not is_live(docket, submission, now):
        return Status.WITHDRAWN
    decision = docket.decisions.get(submission.round)
    known = decision and in_effect(decision.decided, now, zone)
    if decision and known and not is_called_off(decision):
        chosen = {entry.municipality for entry in decision.designated}
        return Status.DESIGNATED if submission.municipality in chosen else Status.PASSED_OVER
    approval = submission.approval
    approved = (
        approval
        and approval.status == ApprovalStatus.APPROVED
        and in_effect(approval.date, now, zone)
    )
    return Status.APPROVED if approved else Status.RECEIVED
