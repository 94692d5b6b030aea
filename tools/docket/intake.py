"""What the organiser takes in: a file or a branch, each with its receipt, in one commit.

The branch moves last and all at once, so that a crash leaves it as it was or as it
should be; the next command brings a working copy up to date that a crash left behind.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from docket import ledger, yamlfile
from docket.examine import examine
from docket.history import read_history
from docket.model import Touch
from docket.read import blob_id, read
from docket.review import Review, review
from docket.store import Store
from docket.trees import Overlay, snapshot

HEAD_LINE = "# yaml-language-server: $schema=../../schema/receipts.json\n"
TRAILER = "Docket-Files"


class Busy(Exception):
    """Somebody else changed the branch or the files meanwhile."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """When something was received, by which way, and under which number."""

    received: datetime
    via: str
    reference: str = ""


def receive(store: Store, call: str, name: str, content: bytes, arrival: Arrival) -> Review:
    """Register a submission that came by another way. Written only if nothing is wrong.

    Raises `Busy`, `NoHistory`, `NoRegister`.
    """
    base = store.commit()
    settle(store, base)
    slug = municipality_of(content)
    path = f"submissions/{call}/{f'{slug}.yml' if slug else name}"
    tree = snapshot(store, base)
    history = read_history(store, base)
    files = {path: content, **_journal(tree, call, slug, blob_id(content), arrival)}
    before = read(tree, arrival.received, history)
    after = read(Overlay(tree, files), arrival.received, history)
    found = review(before, after, [Touch(path, deleted=False)], (), "submitter")
    if not found.findings:
        where = f"{before.register[slug].full}, {call}"
        _write(store, base, (base,), files, f"Receive {where} by {arrival.via}")
    return found


def accept(store: Store, name: str, arrival: Arrival | None) -> Review:
    """Merge a branch that is routine, with its receipt.

    Raises as `receive` does, and LookupError where nothing tells when it was received.
    """
    base = store.commit()
    settle(store, base)
    change = store.commit(name)
    arrival = arrival or arrival_in(ledger.message(store, change))
    if arrival is None:
        raise LookupError(name)
    found = examine(store, base, change, arrival.received)
    if not found.is_routine:
        return found
    (touch,) = found.touched
    _, call, file = touch.path.split("/")
    blob = store.blob_at(change, touch.path)
    content = store.blob(blob) or b""
    slug = file.removesuffix(".yml")
    files = {touch.path: content, **_journal(snapshot(store, base), call, slug, blob, arrival)}
    where = f"{found.docket.register[slug].full}, {call}"
    _write(store, base, (base, change), files, f"Accept {where}")
    return found


def journal(store: Store, arrivals: Iterable[tuple[str, str, Arrival]]) -> int:
    """Write receipts (path, blob, arrival) that are not written yet, in one commit; how many.

    Bytes that the branch never held get no receipt. Raises as `receive` does.
    """
    base = store.commit()
    settle(store, base)
    tree, held = snapshot(store, base), store.objects(base)
    files: dict[str, bytes] = {}
    count = 0
    for path, blob, arrival in sorted(arrivals, key=lambda one: (one[2].received, one[0])):
        _, call, name = path.split("/")
        slug = name.removesuffix(".yml")
        lines = _journal(Overlay(tree, files), call, slug, blob, arrival) if blob in held else {}
        files |= lines
        count += len(lines)
    if count:
        _write(store, base, (base,), files, f"Journal {count} receipts of merged pull requests")
    return count


def settle(store: Store, base: str) -> None:
    """Bring a working copy up to date that a crash left at the commit before."""
    listed = _trailer(ledger.message(store, base), TRAILER)
    parents = ledger.parents(store, base)
    if listed and parents and not store.is_bare:
        paths = json.loads(listed)
        if not ledger.is_clean(store, base, paths) and ledger.is_clean(store, parents[0], paths):
            ledger.take(store, base, paths)


def _write(
    store: Store, base: str, parents: tuple[str, ...], files: Mapping[str, bytes], message: str
) -> None:
    branch = ledger.branch(store)
    paths = sorted(files)
    if not store.is_bare and not ledger.is_clean(store, base, paths):
        raise Busy
    blobs = {path: ledger.put(store, content) for path, content in files.items()}
    if len(parents) == 1 and all(store.blob_at(base, path) == blobs[path] for path in paths):
        return
    trailer = f"{TRAILER}: {json.dumps(paths)}"
    commit = ledger.put_commit(
        store, ledger.put_tree(store, base, blobs), parents, f"{message}\n\n{trailer}"
    )
    if not ledger.move(store, branch, commit, base):
        raise Busy
    if not store.is_bare:
        ledger.take(store, commit, paths)


def _journal(
    tree: Mapping[str, bytes], call: str, slug: str, blob: str, arrival: Arrival
) -> dict[str, bytes]:
    """The journal of receipts with one line more; the same bytes twice are one receipt."""
    path = f"submissions/{call}/receipts.yml"
    old = tree[path].decode() if path in tree else HEAD_LINE
    if f'"{blob}"' in old or f"blob: {blob}" in old:
        return {}
    reference = f", reference: {json.dumps(arrival.reference, ensure_ascii=False)}"
    line = (
        f"- {{municipality: {slug}, received: {arrival.received.isoformat()}, via: {arrival.via}"
        f'{reference if arrival.reference else ""}, blob: "{blob}"}}\n'
    )
    gap = "" if old.endswith("\n") else "\n"
    return {path: f"{old}{gap}{line}".encode()}


def municipality_of(content: bytes) -> str:
    """The municipality that a file names, "" where it cannot be told."""
    data = yamlfile.read("", content).data
    slug = data.get("municipality") if isinstance(data, dict) else None
    plain = isinstance(slug, str) and slug.replace("-", "").isalnum() and slug.isascii()
    return str(slug) if plain else ""


def arrival_in(message: str) -> Arrival | None:
    """What the desk wrote under its commit, if it wrote it."""
    received = _trailer(message, "Received")
    if not received:
        return None
    via = _trailer(message, "Via") or "form"
    return Arrival(datetime.fromisoformat(received), via, _trailer(message, "Reference"))


def _trailer(message: str, key: str) -> str:
    for line in reversed(message.splitlines()):
        name, found, value = line.partition(": ")
        if found and name == key:
            return value.strip()
    return ""
