"""Rules of time: received after the opening and by the deadline."""

from collections.abc import Iterator

from docket.docket import Docket
from docket.model import Finding
from docket.rules.municipalities import standing
from docket.standing import begins, in_effect, is_late, receipts_of, received


def t01_late(docket: Docket) -> Iterator[Finding]:
    """A submission is received by the deadline."""
    for submission, call in standing(docket):
        when = received(docket, submission)
        if call.deadline is not None and is_late(when, call.deadline, docket.organiser.zone):
            facts = {"received": when, "deadline": call.deadline, "round": call.title}
            also = tuple(receipt.place for receipt in receipts_of(docket, submission))
            also += (docket.at(call.path, "/deadline"),)
            yield Finding("T01", docket.at(submission.path), facts=facts, also=also)


def t02_early(docket: Docket) -> Iterator[Finding]:
    """A submission is not received before the round opens."""
    for submission, call in standing(docket):
        when = received(docket, submission)
        if call.opens is not None and when < begins(call.opens, docket.organiser.zone):
            facts = {"received": when, "opens": call.opens, "round": call.title}
            also = (docket.at(call.path, "/opens"),)
            yield Finding("T02", docket.at(submission.path), facts=facts, also=also)


def t05_future(docket: Docket) -> Iterator[Finding]:
    """A council's yes or no is not dated in the future."""
    for submission in docket.submissions:
        approval = submission.approval
        if approval is None or approval.status == "pending" or approval.date is None:
            continue
        if not in_effect(approval.date, docket.now, docket.organiser.zone):
            place = docket.at(submission.path, "/approval/date")
            yield Finding("T05", place, facts={"date": approval.date})
