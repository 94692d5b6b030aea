"""A branch taken in with its receipts, in one commit; and receipts of what the forge merged."""

import re
from collections.abc import Iterable

from docket.acts import receipts
from docket.acts.examine import Given, examine
from docket.acts.receipts import Arrival, Line
from docket.domain.paths import BRANCH, is_submission
from docket.domain.states import Way
from docket.git import objects
from docket.git.entries import Step
from docket.git.locking import keep, writing
from docket.git.store import Store
from docket.loading.loader import load_schemas
from docket.loading.trees import snapshot
from docket.rules.review import Review
from docket.text.catalogue import say
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
    """Merge a branch that is sound, with its receipts.

    Raises as `receive` does, `NothingNew`, and `NoArrival`.
    """
    with writing(store) as base:
        change = store.commit(name)
        if not any(store.changes(store.merge_base(base, change), change)):
            raise NothingNew(name)
        lines = receipts_on(store, base, change) if _is_ours(store, name) else []
        latest = arrival or (lines[-1].arrival if lines else None)
        if latest is None:
            raise NoArrival
        lines += brought(store, base, change, arrival) if arrival else []
        found = examine(store, base, change, Given(latest.received, lines=lines))
        if found.is_sound:
            (touch,) = found.touched
            content = store.blob(store.blob_at(change, touch.path)) or b""
            grown = receipts.written(snapshot(store, base), lines)
            (entry,) = found.submissions
            name = found.docket.register[entry.municipality].full
            message = say("intake.log.accepted", "en", name=name, round=entry.round)
            keep(store, base, (base, change), {touch.path: content, **grown.files}, message)
        return found


def _is_ours(store: Store, name: str) -> bool:
    full = store.attempt("rev-parse", "--symbolic-full-name", "--end-of-options", name) or ""
    return any(OURS.fullmatch(line) for line in full.splitlines())


def brought(store: Store, base: str, change: str, arrival: Arrival) -> list[Line]:
    """The submissions that a change brings, all come in the same way."""
    steps = store.changes(store.merge_base(base, change), change)
    return [Line(step.path, step.blob, arrival) for step in steps if _brings(step)]


def _brings(step: Step) -> bool:
    return is_submission(step.path) and not step.is_deletion


def receipts_on(store: Store, base: str, change: str) -> list[Line]:
    """The receipts that the desk wrote under the commits of a branch, oldest first."""
    lines = []
    for commit in store.run("rev-list", "--reverse", change, f"^{base}").split():
        arrival = arrival_in(objects.message(store, commit))
        if arrival:
            steps = store.changes(f"{commit}^1", commit)
            lines += [Line(step.path, step.blob, arrival) for step in steps if _brings(step)]
    return lines


def journal_merged(store: Store, lines: Iterable[Line]) -> int:
    """Write receipts that are not written yet, in one commit; how many.

    Bytes that the branch never held get no receipt. Raises as `receive` does.
    """
    with writing(store) as base:
        tree, held = snapshot(store, base), store.objects(base)
        register = load_schemas(tree).terms("municipality.json")
        sound = [
            line for line in lines if line.blob in held and receipts.has_place(line, tree, register)
        ]
        files, added = receipts.written(tree, sound)
        if files:
            message = say("intake.log.journaled", "en", number=str(added))
            keep(store, base, (base,), files, message)
        return added


def arrival_in(message: str) -> Arrival | None:
    """What the desk wrote under its commit, if it wrote it."""
    received, way = objects.trailer(message, "Received"), objects.trailer(message, "Via")
    reference = objects.trailer(message, "Reference")
    try:
        return receipts.arrival(received, way or Way.FORM, reference)
    except ValueError:  # not the desk's words
        return None
