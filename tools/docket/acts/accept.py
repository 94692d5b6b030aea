"""A branch taken in with its receipts, in one commit; and receipts of what the forge merged."""

import re
from collections.abc import Iterable
from datetime import datetime

from docket.acts import receipts
from docket.acts.examine import Given, examine
from docket.acts.receipts import Arrival, Line
from docket.domain.paths import BRANCH, is_submission
from docket.git import objects
from docket.git.locking import keep, writing
from docket.git.store import Step, Store
from docket.loading.loader import load_schemas
from docket.loading.trees import snapshot
from docket.rules.review import Review
from docket.text.errors import CommandError
from docket.text.escape import show_path

OURS = re.compile(rf"refs/(heads|remotes/[^/]+)/{BRANCH}[^/]+/[^/]+")
"""The desk's branches: only there are receipts in messages the organiser's own word."""


class NothingNew(CommandError):
    """The branch brings nothing that the register does not have."""

    def __init__(self, name: str) -> None:
        """Say which branch."""
        super().__init__("errors.take.nothing_new", name=show_path(name))


class NoArrival(CommandError):
    """Nothing tells when the branch came."""

    def __init__(self) -> None:
        """Say how to tell it."""
        super().__init__("errors.take.no_time")


def accept(store: Store, name: str, arrival: Arrival | None) -> Review:
    """Merge a branch that is routine, with its receipts.

    Raises as `receive` does, `NothingNew`, and `NoArrival`.
    """
    with writing(store) as base:
        change = store.commit(name)
        if not any(store.changes(store.merge_base(base, change), change)):
            raise NothingNew(name)
        told = receipts_on(store, base, change) if _is_ours(store, name) else []
        if arrival is None and not told:
            raise NoArrival
        received = arrival.received if arrival else told[-1][2].received
        lines = told + (brought(store, base, change, arrival) if arrival else [])
        found = examine(store, base, change, Given(received, lines=lines))
        if found.is_routine:
            (touch,) = found.touched
            content = store.blob(store.blob_at(change, touch.path)) or b""
            files = {touch.path: content, **receipts.written(snapshot(store, base), lines)}
            (entry,) = found.submissions
            where = f"{found.docket.register[entry.municipality].full}, {entry.round}"
            keep(store, base, (base, change), files, f"Accept {where}")
        return found


def _is_ours(store: Store, name: str) -> bool:
    full = store.attempt("rev-parse", "--symbolic-full-name", "--end-of-options", name) or ""
    return any(OURS.fullmatch(line) for line in full.splitlines())


def brought(store: Store, base: str, change: str, arrival: Arrival) -> list[Line]:
    """The submissions that a change brings, all come in the same way."""
    steps = store.changes(store.merge_base(base, change), change)
    return [(step.path, step.blob, arrival) for step in steps if _brings(step)]


def _brings(step: Step) -> bool:
    return is_submission(step.path) and step.status != "D"


def receipts_on(store: Store, base: str, change: str) -> list[Line]:
    """The receipts that the desk wrote under the commits of a branch, oldest first."""
    lines = []
    for commit in store.run("rev-list", "--reverse", change, f"^{base}").split():
        arrival = arrival_in(objects.message(store, commit))
        if arrival:
            steps = store.changes(f"{commit}^1", commit)
            lines += [(step.path, step.blob, arrival) for step in steps if _brings(step)]
    return lines


def journal_merged(store: Store, lines: Iterable[Line]) -> int:
    """Write receipts that are not written yet, in one commit; how many.

    Bytes that the branch never held get no receipt. Raises as `receive` does.
    """
    with writing(store) as base:
        tree, held = snapshot(store, base), store.objects(base)
        register = load_schemas(tree).terms("municipality.json")
        kept = [
            line for line in lines if line[1] in held and receipts.has_place(line, tree, register)
        ]
        files = receipts.written(tree, kept)
        mark = b"{municipality: "
        count = sum(
            new.count(mark) - tree.get(path, b"").count(mark) for path, new in files.items()
        )
        if files:
            told = f"Journal {count} receipts of merged pull requests"
            keep(store, base, (base,), files, told)
        return count


def arrival_in(message: str) -> Arrival | None:
    """What the desk wrote under its commit, if it wrote it."""
    received = objects.trailer(message, "Received")
    if not received:
        return None
    via = objects.trailer(message, "Via") or "form"
    return Arrival(datetime.fromisoformat(received), via, objects.trailer(message, "Reference"))
