"""What the desk does with a submission: judge it, and keep it on a branch with its receipt.

Nothing is checked out. The receipt is the commit's trailers, so that a receipt that
was given is in Git, whatever happens next.
"""

from dataclasses import dataclass
from datetime import datetime

from docket import intake, ledger, writing
from docket.history import read_history
from docket.model import Touch
from docket.read import blob_id, read
from docket.review import Review, review
from docket.store import ZERO, Store
from docket.trees import Overlay, snapshot


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps: when it was received, and under which reference."""

    received: datetime
    reference: str
    path: str


def deposit(
    store: Store, call: str, content: bytes, now: datetime
) -> tuple[Review, Receipt | None]:
    """Judge a submission against the checked-out branch; keep it if nothing is wrong.

    The same bytes once more get the receipt they have. Raises `Busy`, `NoHistory`, `NoRegister`.
    """
    base = store.commit()
    slug = intake.municipality_of(content)
    path = f"submissions/{call}/{slug or 'kommune'}.yml"
    tree, history = snapshot(store, base), read_history(store, base)
    before, after = (read(one, now, history) for one in (tree, Overlay(tree, {path: content})))
    found = review(before, after, [Touch(path, deleted=False)], (), "submitter")
    if found.findings:
        return found, None
    branch = f"refs/heads/submission/{call}/{slug}"
    tip = (store.attempt("rev-parse", "--verify", "--quiet", branch) or "").strip()
    if known := _known(store, base, tip, path, content):
        return found, known
    receipt = Receipt(now, f"F-{blob_id(content)[:8]}", path)
    blobs = {path: ledger.put(store, content)}
    parent = tip or base
    name = before.register[slug].full
    commit = ledger.put_commit(
        store,
        ledger.put_tree(store, parent, blobs),
        (parent,),
        f"Submission of {name}, {call}\n\n"
        f"Received: {now.isoformat()}\nVia: form\nReference: {receipt.reference}",
    )
    if not ledger.move(store, branch, commit, tip or ZERO):
        raise writing.Busy
    return found, receipt


def waiting(store: Store, call: str) -> frozenset[str]:
    """The municipalities that have a branch of their own in a round."""
    refs = store.run("for-each-ref", "--format=%(refname)", f"refs/heads/submission/{call}/")
    return frozenset(name.rpartition("/")[2] for name in refs.split())


def _known(store: Store, base: str, tip: str, path: str, content: bytes) -> Receipt | None:
    """The receipt that these bytes already have on the branch, if they have one."""
    commits = store.run("rev-list", tip, f"^{base}").split() if tip else []
    for commit in commits:
        if store.blob_at(commit, path) == blob_id(content):
            arrival = intake.arrival_in(ledger.message(store, commit))
            if arrival:
                return Receipt(arrival.received, arrival.reference, path)
    return None
