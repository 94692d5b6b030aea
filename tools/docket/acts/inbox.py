"""What waits for the organiser, as far as the register itself tells.

To add a kind: a word of `InboxKind`, one generator, its name in RULES, its sentences in inbox.toml.
Where nobody knows when a day begins, only what is wrong is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from docket.acts.changes import Comparison
from docket.acts.receipts import Arrival
from docket.acts.rivals import Bond
from docket.domain.arrival import receipts_of
from docket.domain.docket import Docket
from docket.domain.instants import Moment, day_after, in_effect
from docket.domain.mail import Confirmation
from docket.domain.nouns import Finding, Round, Submission
from docket.domain.paths import RoundPath, parse
from docket.domain.states import ApprovalStatus, RoundState, Status
from docket.loading.envelope import is_shut
from docket.views.round import RoundView, all_rounds

SOON = 7
"""So many days before its deadline a round is on the agenda."""
UNDER_WAY = (RoundState.OPEN, RoundState.CLOSED)


class InboxKind(StrEnum):
    """What can wait, in the order of the inbox."""

    LOCKED = "locked"
    UNSENT = "unsent"
    PROPOSED = "proposed"
    BRANCH = "branch"
    WRONG = "wrong"
    UNRECEIPTED = "unreceipted"
    CONFIRMED = "confirmed"
    SHUT = "shut"
    APPROVAL = "approval"
    DEADLINE = "deadline"
    UNDECIDED = "undecided"
    RETAINED = "retained"


@dataclass(frozen=True, slots=True)
class BranchItem:
    """A branch that is not taken in, at a `commit`; `arrival` is None where nothing proves it.

    `place` is where its submission lies, if it brings just one, and `municipality` whose it is.
    What is `sound` can be accepted; it is not `routine` where it turns an answer into another.
    `bond` is how a desk's answer goes with the register's; `confirmed`, that its contact proved
    the address by e-mail, or (`confirmed_before`) that of an earlier version did. `proposal`: the
    branch that takes it in and is not merged yet.
    """

    branch: str
    routine: bool
    sound: bool = False
    changes: tuple[Comparison, ...] = ()
    findings: tuple[Finding, ...] = ()
    arrival: Arrival | None = None
    place: RoundPath | None = None
    municipality: str = ""
    bond: Bond | None = None
    confirmed: Confirmation | None = None
    confirmed_before: Confirmation | None = None
    commit: str = ""
    proposal: str = ""
    kind: ClassVar = InboxKind.BRANCH

    @property
    def received(self) -> datetime | None:
        """When it came."""
        return self.arrival.received if self.arrival else None


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file of the register that breaks rules; `round` is "" where it lies in none."""

    round: str
    path: str
    findings: tuple[Finding, ...]
    kind: ClassVar = InboxKind.WRONG


@dataclass(frozen=True, slots=True)
class SubmissionItem:
    """Something to do about one submission; `when` is its time, None where nothing tells.

    `line` is what to paste into receipts.yml, where a pull request brought it without a receipt,
    or its contact proved the address after it was taken in.
    """

    kind: InboxKind
    round: str
    municipality: str
    path: str
    when: Moment | None
    line: str = ""


@dataclass(frozen=True, slots=True)
class RoundItem:
    """Something to do about a round, and its day; `kept`: how many files the desk has of it."""

    kind: InboxKind
    round: str
    when: Moment
    kept: int = 0


@dataclass(frozen=True, slots=True)
class LockItem:
    """A lock file that somebody who died left in Git's folder, as it is shown."""

    path: str
    kind: ClassVar = InboxKind.LOCKED


@dataclass(frozen=True, slots=True)
class MailItem:
    """A mail that was set aside: the file, to whom, what it is about, and why (`Why`), in words."""

    path: str
    to: str
    subject: str
    why: str
    words: str
    kind: ClassVar = InboxKind.UNSENT


@dataclass(frozen=True, slots=True)
class ProposalItem:
    """A branch of the organiser's own acts that somebody has to merge."""

    branch: str
    kind: ClassVar = InboxKind.PROPOSED


Item = LockItem | MailItem | ProposalItem | BranchItem | FileItem | SubmissionItem | RoundItem
"""One thing that waits."""


def agenda(docket: Docket, findings: Sequence[Finding]) -> tuple[Item, ...]:
    """Everything that waits, kind by kind."""
    views = all_rounds(docket, findings) if docket.organiser.has_zone else ()
    others = (item for rule in RULES for view in views for item in rule(docket, view))
    return (*wrong(findings), *others)


def wrong(findings: Sequence[Finding]) -> Iterator[Item]:
    """A file of the register breaks a rule."""
    for path in dict.fromkeys(one.place.path for one in findings):
        place = parse(path)
        of_file = tuple(one for one in findings if one.place.path == path)
        yield FileItem(place.round if place else "", path, of_file)


def unreceipted(docket: Docket, view: RoundView) -> Iterator[Item]:
    """A submission as it stands has no receipt."""
    looked_at = view.state in UNDER_WAY and docket.is_timed(view.round.slug)
    for row in view.rows if looked_at else ():
        entry = row.submission
        known = {one.blob for one in receipts_of(docket, entry)}
        if docket.blobs.get(entry.path) not in known:
            yield _of(entry, InboxKind.UNRECEIPTED, row.received)


def shut(_: Docket, view: RoundView) -> Iterator[Item]:
    """A contact is sealed to another key than its round's."""
    for row in view.live:
        contact = row.submission.contact
        if contact and is_shut(contact.sealed, view.round.seal):
            yield _of(row.submission, InboxKind.SHUT, row.received)


def approval_due(docket: Docket, view: RoundView) -> Iterator[Item]:
    """A council was to decide on a day that has passed, and it still matters."""
    decided = view.state == RoundState.DECIDED
    for row in view.live if decided or view.state in UNDER_WAY else ():
        approval = row.submission.approval
        if decided and row.status != Status.DESIGNATED:
            continue
        if approval is None or approval.status != ApprovalStatus.PENDING or approval.date is None:
            continue
        if in_effect(day_after(approval.date), docket.now, docket.organiser.zone):
            yield _of(row.submission, InboxKind.APPROVAL, approval.date)


def deadline_near(_: Docket, view: RoundView) -> Iterator[Item]:
    """A deadline is near."""
    deadline, left = view.round.deadline, view.days_left
    if view.state == RoundState.OPEN and deadline and left is not None and left <= SOON:
        yield RoundItem(InboxKind.DEADLINE, view.round.slug, deadline)


def undecided(_: Docket, view: RoundView) -> Iterator[Item]:
    """A round is closed and not decided."""
    if view.state == RoundState.CLOSED and view.round.deadline:
        yield RoundItem(InboxKind.UNDECIDED, view.round.slug, view.round.deadline)


def retained(docket: Docket, view: RoundView) -> Iterator[Item]:
    """Contacts are kept until a day that has passed; sealed ones go with their key."""
    round_ = view.round
    last = round_.retention
    if round_.erased or last is None or not is_over(docket, round_):
        return
    contacts = [(row.submission, row.submission.contact) for row in view.rows]
    for entry, contact in contacts:
        if contact and not contact.sealed:
            yield _of(entry, InboxKind.RETAINED, last)
    if any(contact and contact.sealed for _, contact in contacts):
        yield RoundItem(InboxKind.RETAINED, round_.slug, last)


def is_over(docket: Docket, round_: Round) -> bool:
    """Whether what is personal in a round was to be kept until a day that has passed."""
    last, zone = round_.retention, docket.organiser.zone
    return last is not None and in_effect(day_after(last), docket.now, zone)


def _of(entry: Submission, kind: InboxKind, when: Moment | None) -> Item:
    return SubmissionItem(kind, entry.round, entry.municipality, entry.path, when)


RULES = (unreceipted, shut, approval_due, deadline_near, undecided, retained)
