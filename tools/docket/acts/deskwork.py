"""A desk at work: a submission judged, logged, kept and flushed, before anybody is told.

The register is read again only where its branch has moved, and of a submission only what
concerns its municipality is judged: a post costs the same however much lies there already.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from docket.acts import evidence
from docket.acts.confirmed import proof
from docket.acts.follow import follow
from docket.acts.senders import OtherAnswer, Sender, Senders, Sent
from docket.acts.standing import Standing, standing
from docket.acts.submit import Base, Offer, SentFile, judge
from docket.domain.states import Way
from docket.git import log
from docket.git.history import read_history
from docket.git.objects import blob_id, branch, tree_of
from docket.git.pack import Object, id_of
from docket.git.refusals import Missing, NoHistory
from docket.git.signing import Signer
from docket.git.store import ZERO, Store
from docket.git.trees import tree_with
from docket.loading.document import Document
from docket.loading.loader import reading
from docket.loading.trees import snapshot
from docket.rules.review import Review

EVER = datetime.fromtimestamp(0, UTC)
"""A register is read at some instant, also where none matters."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps: when it was received, under which reference; Git's id of the bytes.

    `branch` is where they wait, `link` the SHA-256 of the token whose holder sent them first.
    """

    received: datetime
    reference: str
    blob: str
    branch: str
    link: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A submission that is right, with all that is to be written before it has its receipt."""

    receipt: Receipt
    sent: Sent
    document: Document
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
    senders: Senders = field(default_factory=Senders)
    confirmed: dict[str, log.Entry] = field(default_factory=dict)
    """By the reference of the answer whose contact proved its address."""
    last: datetime | None = None
    """When the log was last written."""
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
        branches = evidence.named_by_branches(store)
        entries = evidence.entries(store, organiser)
        made.last = max((one.logged for one in entries), default=None)
        for entry in entries:
            if entry.confirms:
                made.confirmed[entry.confirms] = entry
            else:
                sent = Sent(entry, evidence.kept_of(store, entry.reference))
                made.senders.remember(sent, branches.get(entry.reference, ""))
        made.head = store.resolve(log.log_of(signer.public))
        return made

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

        Only with its link does it go on from an answer; without, it is a rival's. The same bytes
        once more get the receipt they have. What is pending is kept by `keep`, before the same
        municipality is judged again. Raises `OtherAnswer`.
        """
        own = self.senders.by_link.get(sent.link)
        if own and sent.slug and (own.round, own.slug) != (sent.round, sent.slug):
            raise OtherAnswer
        branch = own.branch if own and own.branch else self._free(base, sent, own)
        made = judge(base, replace(sent, branch=branch), own.lines if own else [])
        if made.found.findings:
            return made.found
        blob = blob_id(made.content)
        known = [own] if own else self.senders.of.get((sent.round, sent.slug), [])
        same = next((one for one in known if one.ends_with(blob)), None)
        if same:
            return _receipt(same.last.entry, blob, same.branch)
        sender = own or Sender(sent.round, sent.slug, sent.link)
        return self._pending(made, sender, base.docket.now, logged)

    def keep(self, pending: Sequence[Pending]) -> None:
        """Put receipts and submissions on the disk, all of them or none.

        Raises `Busy`, `GitError`, OSError.
        """
        if not pending:
            return
        moves = {ref: move for one in pending for ref, move in one.moves.items()}
        objects = dict.fromkeys(found for one in pending for found in one.objects)
        entries = [one.sent.entry for one in pending]
        logged = log.append(self.store, self.signer, self.head, entries, (list(objects), moves))
        self._wrote(logged[-1])
        for one, entry in zip(pending, logged, strict=True):
            sent = Sent(entry, one.sent.kept)
            self.senders.remember(sent, one.receipt.branch, one.document)

    def confirm(self, reference: str, received: datetime, logged: datetime) -> log.Entry | None:
        """Log, once, that the contact of an answer has the e-mail; the answer's own entry.

        None where nobody knows the answer. Raises as `keep`.
        """
        sender = self.senders.by_reference.get(reference)
        every = (one.entry for one in sender.sent) if sender else ()
        answer = next((one for one in every if one.reference == reference), None)
        if answer and reference not in self.confirmed:
            own = replace(answer, reference=f"B-{secrets.token_hex(4)}", link="", continues="")
            entry = replace(own, received=received, logged=logged, confirms=reference)
            (told,) = log.append(self.store, self.signer, self.head, [entry])
            self.confirmed[reference] = told
            self._wrote(told)
        return answer

    def look(self, link: str, now: datetime) -> Standing | None:
        """Where the answer with a link stands; None where nobody knows the link."""
        sender = self.senders.by_link.get(link)
        return self._stands(sender, now) if sender else None

    def received(self, reference: str, now: datetime) -> Standing:
        """Where the answer with a receipt stands. Raises KeyError where nobody gave it."""
        return self._stands(self.senders.by_reference[reference], now)

    def _stands(self, sender: Sender, now: datetime) -> Standing:
        found = standing(self.store, self.base(now), sender)
        proved = proof(self.store, self.confirmed.values(), sender.lines)
        return replace(found, confirmed=proved is not None)

    def waiting(self, round_: str) -> list[str]:
        """The municipalities of whose latest bytes in a round some are not on the branch."""
        landed = self.base().reading.history.landed
        return sorted(
            {
                one.slug
                for one in self.senders
                if one.round == round_ and one.last.kept and one.last.kept.blob not in landed
            }
        )

    def _wrote(self, entry: log.Entry) -> None:
        self.head = entry.commit
        self.last = max(self.last or entry.logged, entry.logged)

    def _free(self, base: Base, sent: SentFile, own: Sender | None) -> str:
        """A branch for an answer that has none: a rival's has a number."""
        there = sent.document.path in base.tree or self._has(sent.branch)
        rival = own is None and (there or (sent.round, sent.slug) in self.senders.of)
        names = self.senders.free(sent.round, sent.slug, 2 if rival else 1)
        return next(name for name in names if not self._has(name))

    def _has(self, branch: str) -> bool:
        return bool(self.store.resolve(f"refs/heads/{branch}"))

    def _pending(
        self, made: Offer, sender: Sender, received: datetime, logged: datetime
    ) -> Pending:
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
            link=sender.link,
            continues=sender.last.entry.reference if sender.sent else "",
        )
        named = [evidence.naming(one.entry.reference, one.kept) for one in sender.sent if one.kept]
        named.append(evidence.naming(reference, kept))
        submission, trees = self._submission(made, logged, named)
        return Pending(
            receipt=_receipt(entry, kept.blob, made.branch.removeprefix("refs/heads/")),
            sent=Sent(entry, kept),
            document=made.document,
            objects=(*bytes_, *trees, ("commit", submission)),
            moves={
                f"{log.RECEIVED}{reference}": (id_of("tree", kept.tree), ZERO),
                made.branch: (id_of("commit", submission), made.tip or ZERO),
            },
        )

    def _submission(
        self, made: Offer, logged: datetime, named: Sequence[str]
    ) -> tuple[bytes, list[Object]]:
        """The commit on the submission's branch, and its trees; it names every receipt so far."""
        parent = made.tip or made.base
        files = {made.path: blob_id(made.content)}
        tree, trees = tree_with(self.store, tree_of(self.store, parent), files)
        when = f"{log.AUTHOR} {int(logged.timestamp())} +0000"
        rows = [f"tree {tree}", f"parent {parent}", f"author {when}", f"committer {when}", ""]
        return "\n".join([*rows, made.title, "", *named, ""]).encode(), trees


def _receipt(entry: log.Entry, blob: str, branch: str) -> Receipt:
    return Receipt(entry.received, entry.reference, blob, branch=branch, link=entry.link)
