"""Rules of time: received after the opening and by the deadline."""

from collections.abc import Iterator

from docket.domain.arrival import counted, receipts_of, received
from docket.domain.asked import Asked
from docket.domain.docket import Docket
from docket.domain.instants import begins, in_effect, is_late
from docket.domain.languages import Texts
from docket.domain.nouns import Finding, Submission
from docket.domain.states import ApprovalStatus
from docket.rules.municipalities import timed

LOCKED = ("municipality", "areas", "motivation")


def t01_late(docket: Docket) -> Iterator[Finding]:
    """A submission is received by the deadline."""
    for submission, round_ in timed(docket):
        when = received(docket, submission)
        if round_.deadline is not None and is_late(when, round_.deadline, docket.organiser.zone):
            facts = {"received": when, "deadline": round_.deadline, "round": round_.title}
            also = tuple(receipt.place for receipt in receipts_of(docket, submission))
            also += (docket.at(round_.path, "/deadline"),)
            yield Finding("T01", docket.at(submission.path), facts=facts, also=also)


def t02_early(docket: Docket) -> Iterator[Finding]:
    """A submission is not received before the round opens."""
    for submission, round_ in timed(docket):
        when = received(docket, submission)
        if round_.opens is not None and when < begins(round_.opens, docket.organiser.zone):
            facts = {"received": when, "opens": round_.opens, "round": round_.title}
            also = (docket.at(round_.path, "/opens"),)
            yield Finding("T02", docket.at(submission.path), facts=facts, also=also)


def t03_locked(docket: Docket) -> Iterator[Finding]:
    """After the deadline only the contact, the approval and a withdrawal may change."""
    for submission, round_ in timed(docket):
        version = counted(docket, submission)
        if version is None or not docket.is_whole(submission.path):
            continue
        facts = {"deadline": round_.deadline, "round": round_.title, "blob": version.blob[:10]}
        if version.entry is None:
            yield Finding("T03", docket.at(submission.path), "unread", facts)
            continue
        for field, name in _changed(docket.organiser.asked, version.entry, submission):
            place = docket.at(submission.path, f"/{field}")
            yield Finding("T03", place, facts={**facts, "field": name})


def _changed(
    asked: Asked, before: Submission, after: Submission
) -> Iterator[tuple[str, str | Texts]]:
    """The locked fields that are another, each with what it is called."""
    for one in LOCKED:
        if getattr(before, one) != getattr(after, one):
            yield one, asked.labels.get(one, one)
    old, new = dict(before.own), dict(after.own)
    yield from ((one.key, one.label) for one in asked.own if old.get(one.key) != new.get(one.key))


def t04_unknown(docket: Docket) -> Iterator[Finding]:
    """A receipt is of bytes that this history holds."""
    held = docket.held
    for receipt in docket.receipts:
        if held is not None and receipt.blob not in held:
            place = docket.at(receipt.place.path, f"{receipt.place.pointer}/blob")
            name = docket.register[receipt.municipality].name
            facts = {"municipality": name, "blob": receipt.blob[:10]}
            yield Finding("T04", place, facts=facts)


def t05_future(docket: Docket) -> Iterator[Finding]:
    """A council's yes or no is not dated in the future."""
    for submission in docket.submissions:
        approval = submission.approval
        if approval is None or approval.status is ApprovalStatus.PENDING or approval.date is None:
            continue
        if not in_effect(approval.date, docket.now, docket.organiser.zone):
            place = docket.at(submission.path, "/approval/date")
            yield Finding("T05", place, facts={"date": approval.date})
