"""A submission on a branch of its own: judged, and kept without checking anything out.

The desk's receipt is the commit's trailers, so that a receipt that was given is in Git,
whatever happens next.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from docket.acts import accept, receipts, receive, sealing
from docket.acts.receipts import Arrival
from docket.domain.nouns import Touch
from docket.domain.paths import branch_of, file_name, submission_path
from docket.domain.states import Party, Way
from docket.git import locking, objects
from docket.git.history import read_history
from docket.git.objects import blob_id
from docket.git.store import ZERO, Store
from docket.loading.loader import read
from docket.loading.trees import Overlay, snapshot
from docket.rules.review import Review, review

NAMELESS = "navn"
"""What a file is called that does not name its municipality."""


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


def offer(store: Store, round_: str, content: bytes, now: datetime) -> Offer:
    """Judge a submission against the checked-out branch, with the receipts of its own branch.

    Raises `NoHistory`, `NoRegister`.
    """
    base = store.commit()
    slug = receive.municipality_of(content)
    path = submission_path(round_, slug or NAMELESS)
    branch = f"refs/heads/{branch_of(round_, slug)}"
    tip = (store.attempt("rev-parse", "--verify", "--quiet", branch) or "").strip()
    tree, history = snapshot(store, base), read_history(store, base)
    before = read(tree, now, history)
    known = accept.receipts_on(store, base, tip) if tip else []

    def judge(content: bytes) -> Review:
        lines = [*known, receipts.Line(path, blob_id(content), Arrival(now, Way.FORM))]
        kept = [line for line in lines if receipts.has_place(line, tree, before.register)]
        over = Overlay(tree, {path: content})
        held = history.held | {line.blob for line in kept}
        grown = Overlay(over, receipts.written(over, kept).files)
        after = read(grown, now, replace(history, objects=lambda: held))
        return review(before, after, [Touch(path, deleted=False)], (), Party.SUBMITTER)

    found, content = sealing.judged(judge, path, content)
    return Offer(base, path, round_, slug, content, found, branch, tip)


def keep(store: Store, made: Offer, trailers: str = "") -> None:
    """Put a submission on its branch, after what is there. Raises `Busy`."""
    blobs = {made.path: objects.put(store, made.content)}
    parent = made.tip or made.base
    text = f"{made.title}\n\n{trailers}"
    commit = objects.put_commit(store, objects.put_tree(store, parent, blobs), (parent,), text)
    if not objects.move(store, made.branch, commit, made.tip or ZERO):
        raise locking.Busy


def deposit(
    store: Store, round_: str, content: bytes, now: datetime
) -> tuple[Review, Receipt | None]:
    """Judge a submission; keep it with its receipt if nothing is wrong.

    The same bytes once more get the receipt they have. Raises `Busy`, `NoHistory`, `NoRegister`.
    """
    made = offer(store, round_, content, now)
    if made.found.findings:
        return made.found, None
    if known := _known(store, made):
        return made.found, known
    blob = blob_id(made.content)
    receipt = Receipt(now, f"F-{blob[:8]}", made.path, blob, made.content)
    keep(store, made, f"Received: {now.isoformat()}\nVia: form\nReference: {receipt.reference}")
    return made.found, receipt


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
