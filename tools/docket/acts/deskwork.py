"""A desk at work: a submission judged, logged, kept and flushed, before anybody is told.

The register is read again only where its branch has moved, and of a submission only what
concerns its municipality is judged: a post costs the same however much lies there already.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from docket.acts import evidence
from docket.acts.evidence import Kept, line_of
from docket.acts.follow import follow
from docket.acts.submit import Base, Offer, SentFile, judge
from docket.domain.states import Way
from docket.git import locking, log, pack
from docket.git.history import read_history
from docket.git.objects import blob_id, branch
from docket.git.pack import Object, id_of
from docket.git.refusals import Missing, NoHistory
from docket.git.signing import Signer
from docket.git.store import ZERO, Store
from docket.git.trees import tree_with
from docket.loading.loader import reading
from docket.loading.trees import snapshot
from docket.rules.review import Review

EVER = datetime.fromtimestamp(0, UTC)
"""A register is read at some instant, also where none matters."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps: when it was received, under which reference; the bytes, Git's id."""

    received: datetime
    reference: str
    path: str
    blob: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """A receipt of the log, and the bytes it is of; None where they are gone."""

    entry: log.Entry
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Pending:
    """A submission that is right, with all that is to be written before it has its receipt."""

    receipt: Receipt
    entry: log.Entry
    kept: Kept
    objects: tuple[Object, ...]
    moves: Mapping[str, tuple[str, str]]


@dataclass
class Deskwork:
    """What a desk knows of its register: the branch it serves, settled at the start; its log.

    Not for two threads at once: whoever uses it holds a lock.
    """

    store: Store
    signer: Signer
    branch: str
    head: str = ""
    sent: dict[tuple[str, str], list[Sent]] = field(default_factory=lambda: defaultdict(list))
    seen: Base | None = None

    @classmethod
    def start(cls, store: Store) -> "Deskwork":
        """The desk of a register's repository; its key is made where there is none.

        Raises `NoHistory`, `NoRegister`, `CommandError`, OSError.
        """
        signer = evidence.signer_of(store) or evidence.new_signer(store)
        follow(store, signer.public)
        made = cls(store, signer, branch(store))
        organiser = made.base().docket.organiser
        for entry in evidence.entries(store, organiser):
            made._remember(entry, evidence.kept_of(store, entry.reference))
        made.head = store.resolve(log.log_of(signer.public))
        return made

    @property
    def last(self) -> datetime | None:
        """When the latest receipt was written."""
        times = (one.entry.logged for found in self.sent.values() for one in found)
        return max(times, default=None)

    def base(self, now: datetime | None = None) -> Base:
        """The register as its branch has it now. Raises `NoHistory`, `NoRegister`."""
        commit = self.store.resolve(self.branch)
        if not commit:
            raise NoHistory(Missing.COMMIT)
        if self.seen is None or self.seen.commit != commit:
            tree = snapshot(self.store, commit)
            found = reading(tree, now or EVER, read_history(self.store, commit))
            self.seen = Base(self.store, commit, tree, found, now or EVER)
        return self.seen.at(now) if now else self.seen

    def judge(self, base: Base, sent: SentFile, logged: datetime) -> Receipt | Review | Pending:
        """What comes of a submission received at `base.docket.now`: a review says what is wrong.

        The same bytes once more get the receipt they have. What is pending is kept by `keep`,
        before the same municipality is judged again.
        """
        came = self.sent[sent.round, sent.slug]
        made = judge(base, sent, [line_of(one.entry, one.kept.blob) for one in came if one.kept])
        if made.found.findings:
            return made.found
        blob = blob_id(made.content)
        for one in came:
            if one.kept and one.kept.blob == blob:
                return _receipt(one.entry, made, blob)
        return self._pending(made, base.docket.now, logged)

    def keep(self, pending: Sequence[Pending]) -> None:
        """Put receipts and submissions on the disk, all of them or none.

        Raises `Busy`, `GitError`, OSError.
        """
        if not pending:
            return
        moves = {ref: move for one in pending for ref, move in one.moves.items()}
        written: dict[Object, None] = dict.fromkeys([("tree", b"")])
        head = self.head
        for one in pending:
            commit = log.commit_of(one.entry, head, self.signer)
            head = id_of("commit", commit)
            written |= dict.fromkeys((*one.objects, ("commit", commit)))
        moves[log.log_of(self.signer.public)] = (head, self.head or ZERO)
        ids = pack.put_all(self.store, list(written))
        if not pack.move_all(self.store, moves):
            raise locking.Busy
        pack.flush(self.store, ids, moves)
        self.head = head
        for one in pending:
            self._remember(one.entry, one.kept)

    def waiting(self, round_: str) -> list[str]:
        """The municipalities whose latest bytes in a round are not on the branch, sorted."""
        landed = self.base().reading.history.landed
        return sorted(
            slug
            for (one, slug), found in self.sent.items()
            if one == round_ and found and found[-1].kept and found[-1].kept.blob not in landed
        )

    def _pending(self, made: Offer, received: datetime, logged: datetime) -> Pending:
        reference = f"F-{secrets.token_hex(4)}"
        kept, digest, bytes_ = evidence.keep(made.content)
        entry = log.Entry(
            round=made.round,
            municipality=made.slug,
            digest=digest,
            received=received,
            logged=logged,
            via=Way.FORM,
            reference=reference,
        )
        submission, trees = self._submission(made, logged, evidence.naming(reference, kept))
        return Pending(
            receipt=_receipt(entry, made, kept.blob),
            entry=entry,
            kept=kept,
            objects=(*bytes_, *trees, ("commit", submission)),
            moves={
                f"{log.RECEIVED}{reference}": (id_of("tree", kept.tree), ZERO),
                made.branch: (id_of("commit", submission), made.tip or ZERO),
            },
        )

    def _submission(self, made: Offer, logged: datetime, named: str) -> tuple[bytes, list[Object]]:
        """The commit on the submission's branch, and its trees; it names every receipt so far."""
        parent = made.tip or made.base
        tree, trees = tree_with(self.store, parent, made.path, blob_id(made.content))
        when = f"{log.AUTHOR} {int(logged.timestamp())} +0000"
        before = [
            evidence.naming(one.entry.reference, one.kept)
            for one in self.sent[made.round, made.slug]
            if one.kept
        ]
        rows = [f"tree {tree}", f"parent {parent}", f"author {when}", f"committer {when}", ""]
        return "\n".join([*rows, made.title, "", *before, named, ""]).encode(), trees

    def _remember(self, entry: log.Entry, kept: Kept | None) -> None:
        self.sent[entry.round, entry.municipality].append(Sent(entry, kept))


def _receipt(entry: log.Entry, made: Offer, blob: str) -> Receipt:
    return Receipt(entry.received, entry.reference, made.path, blob, made.content)
