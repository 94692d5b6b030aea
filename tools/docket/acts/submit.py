"""A submission on a branch of its own: judged, and kept without checking anything out.

The desk's receipt is the commit's trailers, so that a receipt that was given is in Git,
whatever happens next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from docket.acts import accept, receipts, sealing
from docket.acts.receipts import Arrival
from docket.acts.receive import municipality_of
from docket.domain.docket import Docket
from docket.domain.nouns import Touch
from docket.domain.paths import branch_of, file_name, submission_path
from docket.domain.states import Party, Way
from docket.git import locking, objects
from docket.git.history import read_history
from docket.git.objects import blob_id
from docket.git.store import ZERO, Store
from docket.loading import yamlfile
from docket.loading.loader import Reading, reading
from docket.loading.schemas import Schemas
from docket.loading.trees import Overlay, snapshot
from docket.loading.yamlfile import Document
from docket.rules.review import Review, review

NAMELESS = "navn"
"""What a file is called that does not name its municipality."""


@dataclass(frozen=True, slots=True)
class Base:
    """The register at the checked-out commit, read once: what submissions are judged against."""

    store: Store
    commit: str
    tree: Mapping[str, bytes]
    reading: Reading

    @property
    def docket(self) -> Docket:
        """Everything read."""
        return self.reading.docket

    @property
    def schemas(self) -> Schemas:
        """The schemas of the commit."""
        return self.reading.schemas


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent to a round, read once as the submission of `slug`."""

    round: str
    slug: str
    content: bytes
    document: Document

    @property
    def branch(self) -> str:
        """The branch on which it waits."""
        return branch_of(self.round, self.slug)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps: when it was received, under which reference; the bytes, Git's id."""

    received: datetime
    reference: str
    path: str
    blob: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Offer:
    """A submission judged against a commit: `base`, as if it lay at `path`.

    `content` is what may be kept: its contact is sealed, if the round has a seal.
    `tip` is the latest commit of its branch, "" where there is none yet.
    """

    base: str
    path: str
    round: str
    slug: str
    content: bytes
    found: Review
    branch: str
    tip: str

    @property
    def title(self) -> str:
        """How its commit is called."""
        return f"Submission of {self.found.docket.register[self.slug].full}, {self.round}"


def base_of(store: Store, now: datetime) -> Base:
    """The register at the checked-out commit. Raises `NoHistory`, `NoRegister`."""
    commit = store.commit()
    tree = snapshot(store, commit)
    return Base(store, commit, tree, reading(tree, now, read_history(store, commit)))


def sent_file(round_: str, content: bytes) -> SentFile:
    """A file that was sent to a round. Never raises for what `content` holds."""
    document = yamlfile.read("", content)
    slug = municipality_of(document)
    path = submission_path(round_, slug or NAMELESS)
    return SentFile(round_, slug, content, document.moved(path))


def judge(base: Base, sent: SentFile) -> Offer:
    """Judge a submission against the register, with the receipts of its own branch."""
    path, docket = sent.document.path, base.docket
    branch = f"refs/heads/{sent.branch}"
    tip = (base.store.attempt("rev-parse", "--verify", "--quiet", branch) or "").strip()
    known = accept.receipts_on(base.store, base.commit, tip) if tip else []

    def parse(path: str, content: bytes) -> Document:
        return sent.document if content is sent.content else yamlfile.read(path, content)

    def reviewed(content: bytes) -> Review:
        lines = [*known, receipts.Line(path, blob_id(content), Arrival(docket.now, Way.FORM))]
        kept = [line for line in lines if receipts.has_place(line, base.tree, docket.register)]
        files = {path: content}
        files |= receipts.written(Overlay(base.tree, files), kept).files
        after = base.reading.amended(files, [line.blob for line in kept], parse)
        return review(docket, after, [Touch(path, deleted=False)], (), Party.SUBMITTER)

    found, content = sealing.judged(reviewed, sent.document, sent.content)
    return Offer(
        base=base.commit,
        path=path,
        round=sent.round,
        slug=sent.slug,
        content=content,
        found=found,
        branch=branch,
        tip=tip,
    )


def offer(store: Store, round_: str, content: bytes, now: datetime) -> Offer:
    """Judge a submission against the checked-out branch. Raises as `base_of` does."""
    return judge(base_of(store, now), sent_file(round_, content))


def keep(store: Store, made: Offer, trailers: str = "") -> None:
    """Put a submission on its branch, after what is there. Raises `Busy`."""
    blobs = {made.path: objects.put(store, made.content)}
    parent = made.tip or made.base
    text = f"{made.title}\n\n{trailers}"
    commit = objects.put_commit(store, objects.put_tree(store, parent, blobs), (parent,), text)
    if not objects.move(store, made.branch, commit, made.tip or ZERO):
        raise locking.Busy


def deposit(base: Base, sent: SentFile) -> Receipt | Review:
    """Judge a submission, and keep it with its receipt if nothing is wrong.

    The same bytes once more get the receipt they have. Raises `Busy`.
    """
    made = judge(base, sent)
    if made.found.findings:
        return made.found
    if known := _known(base.store, made):
        return known
    blob, received = blob_id(made.content), base.docket.now
    receipt = Receipt(received, f"F-{blob[:8]}", made.path, blob, made.content)
    trailers = f"Received: {received.isoformat()}\nVia: {Way.FORM}\nReference: {receipt.reference}"
    keep(base.store, made, trailers)
    return receipt


def waiting(store: Store, round_: str) -> frozenset[str]:
    """The municipalities of which a branch waits in a round: it is not in the register yet."""
    under = f"refs/heads/{branch_of(round_, '')}"
    refs = store.run("for-each-ref", "--format=%(refname)", "--no-merged=HEAD", under)
    return frozenset(file_name(name) for name in refs.split())


def _known(store: Store, made: Offer) -> Receipt | None:
    """The receipt that these bytes already have on the branch, if they have one."""
    blob = blob_id(made.content)
    commits = store.run("rev-list", made.tip, f"^{made.base}").split() if made.tip else []
    for commit in commits:
        if store.blob_at(commit, made.path) == blob:
            arrival = accept.arrival_in(objects.message(store, commit))
            if arrival:
                return Receipt(arrival.received, arrival.reference, made.path, blob, made.content)
    return None
