"""Trees with some files changed, made without a process: what a commit on another needs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from docket.git.entries import Mode
from docket.git.pack import Object, id_of
from docket.git.store import Store

FOLDER = "40000"
"""How a tree writes the mode of a folder."""
WIDTH = 20
"""How many bytes an id has."""
Rows = dict[str, tuple[str, str]]
"""A tree's entries: mode and id, by name."""


def tree_with(store: Store, tree: str, files: Mapping[str, str]) -> tuple[str, list[Object]]:
    """`tree` ("": an empty one) with blobs at paths: its id, and the trees that are new."""
    made: list[Object] = []
    whole = {f"{store.prefix}{path}": blob for path, blob in files.items()}
    return _with(store, tree, whole, made), made


def _with(store: Store, tree: str, files: Mapping[str, str], made: list[Object]) -> str:
    rows: Rows = dict(_rows(store.must(tree, "tree"))) if tree else {}
    below: dict[str, dict[str, str]] = defaultdict(dict)
    for path, blob in files.items():
        name, _, rest = path.partition("/")
        if rest:
            below[name][rest] = blob
        else:
            rows[name] = (Mode.FILE, blob)
    for name, more in below.items():
        mode, old = rows.get(name, (FOLDER, ""))
        rows[name] = (FOLDER, _with(store, old if mode == FOLDER else "", more, made))
    content = b"".join(_written(rows))
    made.append(("tree", content))
    return id_of("tree", content)


def _rows(content: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    at = 0
    while at < len(content):
        end = content.index(b"\0", at)
        mode, _, name = content[at:end].partition(b" ")
        at = end + 1 + WIDTH
        yield name.decode("utf-8", "surrogateescape"), (mode.decode(), content[end + 1 : at].hex())


def _written(rows: Rows) -> Iterator[bytes]:
    """A tree as Git keeps it: in order of names, a folder's as if a stroke ended it."""

    def order(name: str) -> bytes:
        end = "/" if rows[name][0] == FOLDER else ""
        return f"{name}{end}".encode("utf-8", "surrogateescape")

    for name in sorted(rows, key=order):
        mode, blob = rows[name]
        yield f"{mode} {name}".encode("utf-8", "surrogateescape") + b"\0" + bytes.fromhex(blob)
