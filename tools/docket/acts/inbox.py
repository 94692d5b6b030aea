"""What waits for the organiser, as far as the register itself tells.

To add a kind: one generator, its name in KINDS, its heading and sentence in `reminder`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docket.domain.arrival import receipts_of
from docket.domain.docket import Docket
from docket.domain.instants import Moment, day_after, in_effect
from docket.domain.nouns import Finding
from docket.views.round import RoundView, all_rounds

SOON = 7
"""So many days before its deadline a round is on the agenda."""
UNDER_WAY = ("open", "closed")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits. `kind` says what; `when` is its time, `ref` the branch it is on.

    `routine` is None for what is no branch. `findings` say what is wrong with it.
    """

    kind: str
    round: str
    municipality: str = ""
    when: Moment | None = None
    ref: str = ""
    routine: bool | None = None
    findings: tuple[Finding, ...] = ()
    path: str = ""


def agenda(docket: Docket, findings: Sequence[Finding]) -> tuple[Item, ...]:
    """Everything that waits, kind by kind."""
    views = all_rounds(docket, findings)
    return tuple(item for kind in KINDS for view in views for item in kind(docket, view))


def wrong(_: Docket, view: RoundView) -> Iterator[Item]:
    """A file of the register breaks a rule."""
    for path in dict.fromkeys(one.place.path for one in view.findings):
        found = tuple(one for one in view.findings if one.place.path == path)
        yield Item("wrong", view.round.slug, findings=found, path=path)


def unreceipted(docket: Docket, view: RoundView) -> Iterator[Item]:
    """A submission as it stands has no receipt."""
    for row in view.rows if view.state in UNDER_WAY else ():
        entry = row.submission
        known = {one.blob for one in receipts_of(docket, entry)}
        if docket.blobs.get(entry.path) not in known:
            yield Item(
                "unreceipted",
                view.round.slug,
                entry.municipality,
                row.received,
                path=entry.path,
            )


def approval_due(docket: Docket, view: RoundView) -> Iterator[Item]:
    """A council was to decide on a day that has passed, and it still matters."""
    decided = view.state == "decided"
    for row in view.live if decided or view.state in UNDER_WAY else ():
        approval = row.submission.approval
        if decided and row.status != "designated":
            continue
        if approval is None or approval.status != "pending" or approval.date is None:
            continue
        if in_effect(day_after(approval.date), docket.now, docket.organiser.zone):
            yield Item(
                "approval",
                view.round.slug,
                row.submission.municipality,
                approval.date,
                path=row.submission.path,
            )


def deadline_near(_: Docket, view: RoundView) -> Iterator[Item]:
    """A deadline is near."""
    if view.state == "open" and view.days_left is not None and view.days_left <= SOON:
        yield Item("deadline", view.round.slug, when=view.round.deadline)


def undecided(_: Docket, view: RoundView) -> Iterator[Item]:
    """A round is closed and not decided."""
    if view.state == "closed":
        yield Item("undecided", view.round.slug, when=view.round.deadline)


def retained(docket: Docket, view: RoundView) -> Iterator[Item]:
    """Contacts are kept until a day that has passed; sealed ones go with their key."""
    round_, zone = view.round, docket.organiser.zone
    last = round_.retention
    if round_.erased or last is None or not in_effect(day_after(last), docket.now, zone):
        return
    contacts = [(row.submission, row.submission.contact) for row in view.rows]
    for entry, contact in contacts:
        if contact and not contact.sealed:
            yield Item("retained", round_.slug, entry.municipality, last, path=entry.path)
    if any(contact and contact.sealed for _, contact in contacts):
        yield Item("retained", round_.slug, when=last)


KINDS = (wrong, unreceipted, approval_due, deadline_near, undecided, retained)
