"""What the organiser takes in: a file or a branch, each with its receipt, in one commit.

The branch moves last and all at once, so that a crash leaves it as it was or as it
should be; the next command brings a working copy up to date that a crash left behind.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from docket.model import Touch
from docket.reading import yamlfile
from docket.reading.read import blob_id, load_schemas, read
from docket.reading.trees import Overlay, snapshot
from docket.record import journal, ledger, sealing
from docket.record.examine import Given, examine
from docket.record.history import read_history
from docket.record.journal import Arrival, Line
from docket.record.store import Step, Store
from docket.record.writing import keep, writing
from docket.review import Review, review
from docket.rules.changes import is_submission

OURS = re.compile(r"refs/(heads|remotes/[^/]+)/submission/[^/]+/[^/]+")
"""The desk's branches: only there are receipts in messages the organiser's own word."""


class NothingNew(Exception):
    """The branch brings nothing that the register does not have."""


class NoRound(Exception):
    """There is no such round; `known` are those there are."""

    def __init__(self, known: Iterable[str]) -> None:
        """Keep the rounds there are."""
        super().__init__()
        self.known = sorted(known)


def receive(store: Store, call: str, name: str, content: bytes, arrival: Arrival) -> Review:
    """Register a submission that came by another way. Written only if nothing is wrong.

    An open contact is sealed first, if the round has a seal. Raises `Busy`,
    `NoRound`, `NoHistory`, `NoRegister`.
    """
    with writing(store) as base:
        slug = municipality_of(content)
        path = f"submissions/{call}/{f'{slug}.yml' if slug else name}"
        tree = snapshot(store, base)
        history = read_history(store, base)
        before = read(tree, arrival.received, history)
        if call not in before.rounds:
            raise NoRound(before.rounds)

        def files(content: bytes) -> dict[str, bytes]:
            line = (path, blob_id(content), arrival)
            lines = [line] if journal.has_place(line, tree, before.register) else []
            return {path: content, **journal.written(tree, lines)}

        def judge(content: bytes) -> Review:
            after = read(Overlay(tree, files(content)), arrival.received, history)
            return review(before, after, [Touch(path, deleted=False)], (), "submitter")

        found, content = sealing.judged(judge, path, content)
        if not found.findings:
            where = f"{before.register[slug].full}, {call}"
            keep(store, base, (base,), files(content), f"Receive {where} by {arrival.via}")
        return found


def accept(store: Store, name: str, arrival: Arrival | None) -> Review:
    """Merge a branch that is routine, with its receipts.

    Raises as `receive` does, `NothingNew`, and LookupError where nothing tells when it came.
    """
    with writing(store) as base:
        change = store.commit(name)
        if not any(store.changes(store.merge_base(base, change), change)):
            raise NothingNew
        told = receipts_on(store, base, change) if _is_ours(store, name) else []
        if arrival is None and not told:
            raise LookupError(name)
        received = arrival.received if arrival else told[-1][2].received
        lines = told + (brought(store, base, change, arrival) if arrival else [])
        found = examine(store, base, change, Given(received, lines=lines))
        if found.is_routine:
            (touch,) = found.touched
            content = store.blob(store.blob_at(change, touch.path)) or b""
            files = {touch.path: content, **journal.written(snapshot(store, base), lines)}
            _, call, file = touch.path.split("/")
            where = f"{found.docket.register[file.removesuffix('.yml')].full}, {call}"
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
        arrival = arrival_in(ledger.message(store, commit))
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
            line for line in lines if line[1] in held and journal.has_place(line, tree, register)
        ]
        files = journal.written(tree, kept)
        mark = b"{municipality: "
        count = sum(
            new.count(mark) - tree.get(path, b"").count(mark) for path, new in files.items()
        )
        if files:
            told = f"Journal {count} receipts of merged pull requests"
            keep(store, base, (base,), files, told)
        return count


def municipality_of(content: bytes) -> str:
    """The municipality that a file names, "" where it cannot be told."""
    data = yamlfile.read("", content).data
    slug = data.get("municipality") if isinstance(data, dict) else None
    plain = isinstance(slug, str) and slug.replace("-", "").isalnum() and slug.isascii()
    return str(slug) if plain else ""


def arrival_in(message: str) -> Arrival | None:
    """What the desk wrote under its commit, if it wrote it."""
    received = ledger.trailer(message, "Received")
    if not received:
        return None
    via = ledger.trailer(message, "Via") or "form"
    return Arrival(datetime.fromisoformat(received), via, ledger.trailer(message, "Reference"))
