"""Trees with one file changed, made without a process: what a commit on top of another needs."""

from collections.abc import Iterator

from docket.git.entries import Mode
from docket.git.pack import Object, id_of
from docket.git.store import Store

FOLDER = "40000"
"""How a tree writes the mode of a folder."""
Rows = dict[str, tuple[str, str]]
"""A tree's entries: mode and id, by name."""


def tree_with(store: Store, commit: str, path: str, blob: str) -> tuple[str, list[Object]]:
    """The tree of `commit` with `blob` at `path`: its id, and the trees that are new."""
    made: list[Object] = []
    whole = f"{store.prefix}{path}".split("/")
    top = _with(store, _tree_of(store, commit), whole, blob, made)
    return top, made


def _with(store: Store, tree: str, parts: list[str], blob: str, made: list[Object]) -> str:
    rows: Rows = dict(_rows(store.raw(tree, "tree") or b"", len(tree) // 2)) if tree else {}
    name, rest = parts[0], parts[1:]
    if rest:
        mode, below = rows.get(name, (FOLDER, ""))
        rows[name] = (FOLDER, _with(store, below if mode == FOLDER else "", rest, blob, made))
    else:
        rows[name] = (Mode.FILE, blob)
    content = b"".join(_written(rows))
    made.append(("tree", content))
    return id_of("tree", content)


def _tree_of(store: Store, commit: str) -> str:
    head = store.raw(commit, "commit") or b""
    return head.partition(b"\n")[0].removeprefix(b"tree ").decode()


def _rows(content: bytes, width: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """The entries of a tree; an id has `width` bytes."""
    at = 0
    while at < len(content):
        end = content.index(b"\0", at)
        mode, _, name = content[at:end].partition(b" ")
        at = end + 1 + width
        yield name.decode("utf-8", "surrogateescape"), (mode.decode(), content[end + 1 : at].hex())


def _written(rows: Rows) -> Iterator[bytes]:
    """A tree as Git keeps it: in order of names, a folder's as if a stroke ended it."""

    def order(name: str) -> bytes:
        end = "/" if rows[name][0] == FOLDER else ""
        return f"{name}{end}".encode("utf-8", "surrogateescape")

    for name in sorted(rows, key=order):
        mode, blob = rows[name]
        yield f"{mode} {name}".encode("utf-8", "surrogateescape") + b"\0" + bytes.fromhex(blob)
