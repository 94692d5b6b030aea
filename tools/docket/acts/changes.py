"""What an answer changes against what was there before it: the register, or what waits.

To add a kind: a type of `Change` with its word, its line in `changes`, its sentences in
changes.toml and what fills them in `changes_text`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import ClassVar

from docket.acts.receipts import Arrival, Line
from docket.domain.arrival import receipts_of
from docket.domain.asked import Value
from docket.domain.docket import Docket
from docket.domain.nouns import Approval, Contact, Receipt, Submission, Withdrawal
from docket.domain.states import Way
from docket.rules.review import Review


@dataclass(frozen=True, slots=True)
class First:
    """Nothing was there."""

    kind: ClassVar = "first"


@dataclass(frozen=True, slots=True)
class Unread:
    """What was there cannot be read."""

    kind: ClassVar = "unread"


@dataclass(frozen=True, slots=True)
class AreasChange:
    """Other areas, or another order of them."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    kind: ClassVar = "areas"


@dataclass(frozen=True, slots=True)
class ContactChange:
    """Another contact. Of sealed ones nobody can see whether they differ."""

    before: Contact | None
    after: Contact | None
    kind: ClassVar = "contact"

    @property
    def sealed(self) -> bool:
        """Whether the new one cannot be read."""
        return bool(self.after and self.after.sealed)

    @property
    def fields(self) -> tuple[str, ...]:
        """What of it is another."""
        before, after = self.before or Contact(), self.after or Contact()
        names = ("name", "title", "email", "phone")
        return tuple(name for name in names if getattr(before, name) != getattr(after, name))


@dataclass(frozen=True, slots=True)
class ApprovalChange:
    """The council stands elsewhere."""

    before: Approval | None
    after: Approval | None
    kind: ClassVar = "approval"


@dataclass(frozen=True, slots=True)
class StatementChange:
    """Another motivation."""

    kind: ClassVar = "statement"


@dataclass(frozen=True, slots=True)
class OwnChange:
    """Another answer to a field of the register's own; None where there is none."""

    key: str
    before: Value | None
    after: Value | None
    kind: ClassVar = "own"


@dataclass(frozen=True, slots=True)
class WithdrawalChange:
    """Withdrawn, from another day or for another reason; or (None) no longer withdrawn."""

    after: Withdrawal | None
    kind: ClassVar = "withdrawn"


Change = (
    First
    | Unread
    | AreasChange
    | ContactChange
    | ApprovalChange
    | StatementChange
    | OwnChange
    | WithdrawalChange
)
"""One thing that an answer changes."""
ALTERING = (Unread, AreasChange, ContactChange, WithdrawalChange)
"""What turns an answer into another: only who sent it may ask for that."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """How the answer before came: its reference ("": it has none), its time and its way."""

    reference: str
    received: datetime
    via: Way

    @classmethod
    def of(cls, receipt: Receipt | Arrival) -> "Earlier":
        """The answer that was received so."""
        return cls(receipt.reference, receipt.received, receipt.via)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `entry` changes; `earlier` is what it follows, None where nothing tells.

    `waits`: against an answer that waits too, and not against the register; `rival`: which
    somebody else sent, and which waits on that branch.
    """

    entry: Submission
    changes: tuple[Change, ...]
    earlier: Earlier | None = None
    waits: bool = False
    rival: str = ""

    @property
    def alters(self) -> bool:
        """Whether it turns the answer into another, and is to be looked at."""
        return any(isinstance(one, ALTERING) for one in self.changes)


def changes(before: Submission | None, after: Submission) -> tuple[Change, ...]:
    """What `after` says otherwise than `before`; nothing where it says the same."""
    return tuple(_changes(before, after))


def _changes(before: Submission | None, after: Submission) -> Iterator[Change]:
    if before is None:
        yield First()
    if after.withdrawn != (before.withdrawn if before else None):
        yield WithdrawalChange(after.withdrawn)
    if before is None:
        return
    if after.areas != before.areas:
        yield AreasChange(before.areas, after.areas)
    if after.contact != before.contact:
        yield ContactChange(before.contact, after.contact)
    if after.approval != before.approval:
        yield ApprovalChange(before.approval, after.approval)
    if after.motivation != before.motivation:
        yield StatementChange()
    old, new = dict(before.own), dict(after.own)
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            yield OwnChange(key, old.get(key), new.get(key))


def compared(found: Review) -> tuple[Comparison, ...]:
    """What each submission that a change brings changes in the register."""
    return tuple(_against_register(found.before, one) for one in found.submissions)


def _against_register(before: Docket, entry: Submission) -> Comparison:
    old = before.submission_at(entry.path)
    receipts = receipts_of(before, old) if old else ()
    last = max(receipts, key=lambda one: one.received, default=None)
    hidden = old is None and entry.path in before.places
    return Comparison(
        entry, (Unread(),) if hidden else changes(old, entry), Earlier.of(last) if last else None
    )


def is_routine(found: Review) -> bool:
    """Whether it is sound, and turns nobody's answer into another without showing whose it is."""
    return found.is_sound and (found.continues or not any(one.alters for one in compared(found)))


def waited(found: Review, lines: Sequence[Line]) -> Iterator[Comparison]:
    """What changed from one version that waits to the next, by the receipts of a branch."""
    for entry in found.submissions:
        known = {one.blob: one.entry for one in found.docket.versions.get(entry.path, ())}
        steps = [(line, known.get(line.blob)) for line in lines if line.path == entry.path]
        if steps and steps[-1][0].blob != found.docket.blobs[entry.path]:
            steps.append((steps[-1][0], entry))
        for (line, old), (_, new) in pairwise(steps):
            if old and new:
                yield Comparison(new, changes(old, new), Earlier.of(line.arrival), waits=True)
