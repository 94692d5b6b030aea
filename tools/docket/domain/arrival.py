"""When a submission was received, and which version of it counts.

By receipts, which come from a server's clock; else by the landing on the branch;
else now. A deletion or a withdrawal before the deadline begins anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

from docket.domain.docket import Docket
from docket.domain.instants import begins, is_late
from docket.domain.nouns import Receipt, Submission, Version

UNTOLD = datetime.max.replace(tzinfo=UTC)
"""After everything: what nothing tells of yet comes now."""


def versions(
    landings: Sequence[tuple[datetime | None, str]], receipts: Iterable[Receipt]
) -> tuple[Version, ...]:
    """What a file was, in the order in which it was received, landed or not.

    `landings` are its bytes on the branch, oldest first; None: not committed yet. What landed was
    received by the last receipt of its bytes before, if that is no older than what it replaced;
    by one after it only if the bytes did not land once more.
    """
    told = sorted(receipts, key=lambda one: one.received)
    if not told and len(landings) == 1:  # as most are
        return (Version(*landings[0]),)
    found: list[tuple[datetime, bool, Version]] = []
    before = datetime.min.replace(tzinfo=UTC)
    for index, (landed, blob) in enumerate(landings):
        fits = [one for one in told if one.blob == blob and one.received >= before]
        by_then = [one for one in fits if landed is None or one.received <= landed]
        once_more = any(other == blob for _, other in landings[index + 1 :])
        receipt = next(iter(by_then[-1:] or ([] if once_more else fits)), None)
        if receipt:
            told.remove(receipt)
        version = Version(receipt.received if receipt else landed, blob, receipt)
        # a clock that was set back does not turn the branch round
        before = receipt.received if receipt else max(landed or UNTOLD, before)
        found.append((before, True, version))
    found += [(one.received, False, Version(one.received, one.blob, one)) for one in told]
    ordered = (one for *_, one in sorted(found, key=lambda one: one[:2]))
    same = (list(run) for _, run in groupby(ordered, key=lambda one: one.blob))
    return tuple(next((one for one in run if one.receipt), run[0]) for run in same)


class Answer(NamedTuple):
    """A submission from when it was sent until it was withdrawn or deleted, if it was.

    `after` is when the answer before it had ended, None for the first.
    """

    versions: tuple[Version, ...]
    after: datetime | None = None


def answers(docket: Docket, submission: Submission) -> list[Answer]:
    """Each time that it was sent anew, the first first."""
    zone = docket.organiser.zone
    found: list[Answer] = []
    current: list[Version] = []
    after: datetime | None = None
    ended: datetime | None = None
    for one in docket.versions.get(submission.path, ()):
        when = one.received or docket.now
        withdrawn = one.entry.withdrawn if one.entry else None
        if not one.blob or withdrawn:
            end = max(begins(withdrawn.date, zone), when) if withdrawn else when
            ended = end if ended is None or ended > when else ended
        else:
            if ended and ended <= when:
                found.append(Answer(tuple(current), after))
                current, after = [], ended
            ended = None
        current.append(one)
    return [*found, Answer(tuple(current), after)]


def line(docket: Docket, submission: Submission) -> tuple[Version, ...]:
    """The versions by which it is judged: those since it was last sent anew in time."""
    known = docket.versions.get(submission.path, ())
    if len(known) < 2:  # noqa: PLR2004 - as most: there is nothing to choose from
        return known
    round_, zone = docket.rounds.get(submission.round), docket.organiser.zone
    deadline = round_.deadline if round_ else None
    found: list[Version] = []
    for answer in answers(docket, submission):
        if answer.after and not is_late(answer.after, deadline, zone):
            found = []
        found += answer.versions
    return tuple(found)


def arrival(docket: Docket, submission: Submission) -> Version | None:
    """The version with which it was received: by its first receipt, else by its landing."""
    return first(line(docket, submission))


def first(known: Sequence[Version]) -> Version | None:
    """The one of a line's versions that has the first receipt, else that landed first."""
    if len(known) == 1:  # as most
        (one,) = known
        return one if one.receipt or (one.blob and one.received) else None
    return next(
        (one for one in known if one.receipt),
        min(
            (one for one in known if one.blob and one.received),
            key=lambda one: one.received or UNTOLD,
            default=None,
        ),
    )


def received(docket: Docket, submission: Submission) -> datetime:
    """When it was received: by the first receipt, else the landing, else now."""
    found = arrival(docket, submission)
    return (found and found.received) or docket.now


def receipts_of(docket: Docket, submission: Submission) -> tuple[Receipt, ...]:
    """The receipts of this municipality in this round."""
    return docket.receipts_by.get((submission.round, submission.municipality), ())


def standing(docket: Docket, submission: Submission) -> Version | None:
    """The version that lies here now."""
    here = docket.blobs.get(submission.path)
    known = docket.versions.get(submission.path, ())
    return next((one for one in reversed(known) if one.blob == here), None)


def counted(docket: Docket, submission: Submission) -> Version | None:
    """The last version received in time, where another one lies here after the deadline."""
    deadline, zone = docket.rounds[submission.round].deadline, docket.organiser.zone
    if not is_late(docket.now, deadline, zone):
        return None
    in_time = [
        one
        for one in _here(docket, line(docket, submission))
        if not is_late(one.received or docket.now, deadline, zone)
    ]
    here = docket.blobs.get(submission.path, "")
    return in_time[-1] if in_time and in_time[-1].blob != here else None


def _here(docket: Docket, known: Iterable[Version]) -> Iterator[Version]:
    """Those whose bytes are here: of others only their receipt tells."""
    held = docket.held or ()
    return (one for one in known if one.blob and (one.entry or one.blob in held))
