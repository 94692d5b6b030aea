"""A proposed change, read from Git's objects alone: nothing of it is checked out or run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from docket.acts import receipts
from docket.domain.paths import ORGANISER, SCHEMA, SUBMISSIONS, Touch
from docket.domain.states import Party
from docket.git.entries import Entry, Step
from docket.git.history import History, read_history
from docket.git.store import Store
from docket.loading import yamlfile
from docket.loading.loader import Parse, read
from docket.loading.trees import Overlay, Snapshot, snapshot
from docket.rules.review import Review, review


@dataclass(frozen=True, slots=True)
class Given:
    """Under what a change is judged: when it came, by whom, and the receipts it comes with."""

    received: datetime
    by: Party = Party.SUBMITTER
    lines: Sequence[receipts.Line] = ()


def examine(
    store: Store, base: str, head: str, given: Given, parse: Parse = yamlfile.read
) -> Review:
    """What HEAD would change on BASE. Raises `NoHistory`, `NoRegister`."""
    onto, change = store.commit(base), store.commit(head)
    fork = store.merge_base(onto, change)
    steps = list(store.changes(fork, change))
    moved = {step.path for step in store.changes(fork, onto)}
    crossed = [step.path for step in steps if step.path in moved and _differs(store, step, onto)]
    tree = snapshot(store, onto)
    history = read_history(store, onto)
    before = read(tree, given.received, history, parse)
    over = laid_over(store, tree, steps, given.by)
    held = history.held | store.objects(change, onto)
    kept = [
        line
        for line in given.lines
        if line.blob in held and receipts.has_place(line, tree, before.register)
    ]
    after = read(
        Overlay(over, receipts.written(over, kept, parse).files),
        given.received,
        History(history.changes, lambda: held, history.content),
        parse,
    )
    touched = [Touch(step.path, step.is_deletion) for step in steps]
    return review(before, after, touched, crossed, given.by)


def laid_over(
    store: Store, tree: Mapping[str, bytes], steps: list[Step], by: Party
) -> Mapping[str, bytes]:
    """The tree with the change over it: a submitter's rules are never taken from the change."""
    tops = (SUBMISSIONS,) if by == Party.SUBMITTER else (SUBMISSIONS, SCHEMA)
    ours = [step for step in steps if step.path.startswith(tops)]
    over = {
        step.path: Entry(step.mode, step.blob, store.size(step.blob))
        for step in ours
        if not step.is_deletion
    }
    gone = {step.path for step in ours if step.is_deletion}
    if by == Party.SUBMITTER:
        gone.discard(ORGANISER)
    return Overlay(tree, Snapshot(store, over), gone)


def _differs(store: Store, step: Step, onto: str) -> bool:
    return store.blob_at(onto, step.path) != ("" if step.is_deletion else step.blob)
