"""When a submission was received, and which version of it counts.

By receipts, which come from a server's clock; else by the landing on the branch;
else now. A deletion or a withdrawal before the deadline begins anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from docket.domain.docket import Docket
from docket.domain.instants import begins, is_late
from docket.domain.nouns import Receipt, Submission, Version


def received(docket: Docket, submission: Submission) -> datetime:
    """When it was received: by the first receipt, else the landing, else now."""
    return docket.arrivals.get((submission.path, submission.municipality), docket.now)


def arrivals(docket: Docket) -> Mapping[tuple[str, str], datetime]:
    """When each submission was received, by path and municipality, where there is evidence."""
    found = ((one, _evidence(docket, one)) for one in docket.submissions)
    return {(one.path, one.municipality): when for one, when in found if when}


def _evidence(docket: Docket, submission: Submission) -> datetime | None:
    start = _begun(docket, submission)
    times = [
        one.received
        for one in receipts_of(docket, submission)
        if start is None or one.received > start
    ]
    landed = (
        one.landed
        for one in docket.versions.get(submission.path, ())
        if one.blob and one.landed and (start is None or one.landed > start)
    )
    return min(times) if times else min(landed, default=None)


def has_evidence(docket: Docket, submission: Submission) -> bool:
    """Whether a receipt or the branch tells when it came, and not only the clock of this run."""
    landed = any(one.landed for one in docket.versions.get(submission.path, ()))
    return landed or bool(receipts_of(docket, submission))


def receipts_of(docket: Docket, submission: Submission) -> tuple[Receipt, ...]:
    """The receipts of this municipality in this round."""
    return docket.receipts_by.get((submission.round, submission.municipality), ())


def counted(docket: Docket, submission: Submission) -> Version | None:
    """The last version received in time; None where none was, or where it is the one here."""
    round_ = docket.rounds[submission.round]
    start = _begun(docket, submission)
    here = docket.blobs.get(submission.path, "")
    known = list(docket.versions.get(submission.path, ()))
    landed = [one.blob for one in known if one.landed]
    if landed[-1:] != [here]:
        known.append(Version(docket.now, here, submission))
    in_time = [
        (when, number)
        for number, when in enumerate(_times(docket, submission, known))
        if known[number].blob
        and not is_late(when, round_.deadline, docket.organiser.zone)
        and (start is None or when > start)
    ]
    if not in_time:
        return None
    last = known[max(in_time)[1]]
    return None if last.blob == here else last


def _times(
    docket: Docket, submission: Submission, versions: Sequence[Version]
) -> Iterator[datetime]:
    """When each version was received: by the receipt of its bytes, else its landing.

    Bytes that came back after others had come are received anew: their second version
    is told by their second receipt.
    """
    told = sorted(receipts_of(docket, submission), key=lambda one: one.received)
    runs = [next(same) for _, same in groupby(told, key=lambda one: one.blob)]
    seen: dict[str, int] = {}
    for one in versions:
        number = seen[one.blob] = seen.get(one.blob, -1) + 1
        times = [run.received for run in runs if run.blob == one.blob][number:]
        yield times[0] if times else one.landed or docket.now


def _begun(docket: Docket, submission: Submission) -> datetime | None:
    """The last deletion or withdrawal before the deadline, after which it was sent anew."""
    round_ = docket.rounds.get(submission.round)
    versions = docket.versions.get(submission.path, ())
    zone = docket.organiser.zone
    ends = []
    for index, (one, when) in enumerate(
        zip(versions, _times(docket, submission, versions), strict=True)
    ):
        withdrawn = one.entry.withdrawn if one.entry else None
        if one.blob == "" and one.landed:
            ends.append(one.landed)
        elif withdrawn and index + 1 < len(versions):
            ends.append(max(begins(withdrawn.date, zone), when))
    deadline = round_.deadline if round_ else None
    return max((end for end in ends if not is_late(end, deadline, zone)), default=None)
