"""A desk at work: a submission judged, logged, kept and flushed, before anybody is told.

The register is read again only where its branch has moved, and of a submission only what
concerns its municipality is judged: a post costs the same however much lies there already.
"""

import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from docket.acts import evidence
from docket.acts.evidence import Kept, line_of
from docket.acts.receipts import Line
from docket.acts.submit import Base, Offer, SentFile, judge
from docket.domain.states import Way
from docket.git import locking, log, pack
from docket.git.history import read_history
from docket.git.objects import blob_id, branch
from docket.git.pack import Object, id_of
from docket.git.signing import Signer
from docket.git.store import ZERO, Missing, NoHistory, Store
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
            self.seen = Base(self.store, commit, tree, found)
        return self.seen.at(now) if now else self.seen

    def deposit(self, base: Base, sent: SentFile, logged: datetime) -> Receipt | Review:
        """Judge a submission, and keep it with its receipt if nothing is wrong.

        It was received at `base.docket.now`. The same bytes once more get the receipt they
        have. Raises `Busy`, `GitError`, OSError; then nothing is kept.
        """
        known = self._lines(sent.round, sent.slug)
        made = judge(base, sent, known)
        if made.found.findings:
            return made.found
        blob = blob_id(made.content)
        for one in self.sent[sent.round, sent.slug]:
            if one.kept and one.kept.blob == blob:
                return _receipt(one.entry, made, blob)
        return self._keep(made, base.docket.now, logged)

    def waiting(self, round_: str) -> list[str]:
        """The municipalities whose latest bytes in a round are not on the branch, sorted."""
        landed = self.base().reading.history.landed
        return sorted(
            slug
            for (one, slug), found in self.sent.items()
            if one == round_ and found and found[-1].kept and found[-1].kept.blob not in landed
        )

    def _lines(self, round_: str, slug: str) -> list[Line]:
        found = self.sent[round_, slug]
        return [line_of(one.entry, one.kept.blob) for one in found if one.kept]

    def _keep(self, made: Offer, received: datetime, logged: datetime) -> Receipt:
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
        receipt = log.commit_of(entry, self.head, self.signer)
        submission, trees = self._submission(made, logged, evidence.naming(reference, kept))
        commits: list[Object] = [("tree", b""), ("commit", receipt), ("commit", submission)]
        ids = pack.put_all(self.store, [*bytes_, *trees, *commits])
        head, tip = id_of("commit", receipt), id_of("commit", submission)
        ref = log.log_of(self.signer.public)
        moves = {
            ref: (head, self.head or ZERO),
            f"{log.RECEIVED}{reference}": (id_of("tree", kept.tree), ZERO),
            made.branch: (tip, made.tip or ZERO),
        }
        if not pack.move_all(self.store, moves):
            self.head = self.store.resolve(ref)
            raise locking.Busy
        pack.flush(self.store, ids, moves)
        self.head = head
        self._remember(entry, kept)
        return _receipt(entry, made, kept.blob)

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
