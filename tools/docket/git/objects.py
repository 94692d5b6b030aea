"""Writing to Git: objects first, then the branch all at once, then the working copy."""

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from docket.git.entries import Mode
from docket.git.locks import unlocked
from docket.git.refusals import Missing, NoHistory
from docket.git.store import Store

BYTES = ("-c", "core.autocrlf=false")
"""A user may want other line ends in a working copy; what was received is evidence."""


class Refused(Exception):
    """Git would not touch the working copy."""


def blob_id(content: bytes) -> str:
    """Git's id of `content` (SHA-1, as all forges have it)."""
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content)).hexdigest()  # noqa: S324


def put(store: Store, content: bytes) -> str:
    """Keep `content` as a blob; answer its id. Nothing refers to it yet."""
    with tempfile.TemporaryFile() as file:  # without a name: a kill leaves nothing in clear
        file.write(content)
        file.seek(0)
        return store.feed(file, "hash-object", "-w", "--no-filters", "--stdin").strip()


def put_tree(store: Store, commit: str, files: Mapping[str, str]) -> str:
    """The tree of `commit` with the blobs of `files` at their paths; answer its id."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        store.run("read-tree", commit, **index)
        for path, blob in files.items():
            info = f"{Mode.FILE},{blob},{store.prefix}{path}"
            store.run("update-index", "--add", "--cacheinfo", info, **index)
        return store.run("write-tree", **index).strip()


def put_commit(store: Store, tree: str, parents: Sequence[str], message: str) -> str:
    """Keep a commit; answer its id. A name is there even where Git knows none of the user."""
    known = {
        f"GIT_{who}_{what}": os.environ.get(f"GIT_{who}_{what}") or _setting(store, key) or word
        for who in ("AUTHOR", "COMMITTER")
        for what, key, word in (
            ("NAME", "user.name", "docket"),
            ("EMAIL", "user.email", "docket@localhost"),
        )
    }
    words = [word for parent in parents for word in ("-p", parent)]
    return store.run("commit-tree", tree, *words, "-m", message, **known).strip()


def move(store: Store, ref: str, new: str, old: str) -> bool:
    """Let `ref` name the commit `new`, if it still names `old` (ZERO: nothing). Raises `Locked`."""
    return unlocked(store, lambda: store.run("update-ref", "-m", "docket", ref, new, old))


def branch(store: Store) -> str:
    """The full name of the checked-out branch. Raises `NoHistory` where there is none."""
    found = store.attempt("symbolic-ref", "--quiet", "HEAD")
    if found is None:
        raise NoHistory(Missing.BRANCH)
    return found.strip()


def message(store: Store, commit: str) -> str:
    """A commit's message."""
    return store.run("show", "--no-patch", "--format=%B", commit)


def parents(store: Store, commit: str) -> list[str]:
    """A commit's parents."""
    return store.run("rev-list", "--parents", "--max-count=1", commit).split()[1:]


def is_clean(store: Store, commit: str, paths: Sequence[str]) -> bool:
    """Whether working copy and index have `paths` just as `commit` has them."""
    full = [f":(top,literal){store.prefix}{path}" for path in paths]
    # `diff`, not `diff-index`: that one takes a file that was only touched for a changed one.
    changed = store.run("diff", "--no-ext-diff", "--name-only", commit, "--", *full)
    staged = store.run("diff-index", "--name-only", "--cached", commit, "--", *full)
    loose = store.run("ls-files", "--others", "--", *full)
    return not (changed or staged or loose).strip()


def take(store: Store, commit: str, paths: Sequence[str]) -> None:
    """Let working copy and index have `paths` as `commit` has them. Raises `Refused`."""
    full = [f":(top,literal){store.prefix}{path}" for path in paths]
    if store.attempt(*BYTES, "checkout", commit, "--", *full) is None:
        raise Refused


def laid_out(store: Store, commit: str, path: str) -> bytes:
    """What `take` writes at `path` in the working copy: Git may be told to change line ends."""
    name = f"{commit}:{store.prefix}{path}"
    found = store.attempt(*BYTES, "cat-file", "--filters", name) or ""
    return found.encode("utf-8", "surrogateescape")


def stored_as(store: Store, path: str) -> str:
    """The id under which Git would keep what the working copy has at `path`, "" where not."""
    words = ("hash-object", f"--path={store.prefix}{path}", "--", str(place(store, path)))
    return (store.attempt(*words) or "").strip()


def staged(store: Store, path: str) -> str:
    """The id of what the index has at `path`, "" where there is nothing."""
    return store.blob_at("", path)


def place(store: Store, path: str) -> Path:
    """Where `path` is in the working copy."""
    return store.top / store.prefix / path


def trailer(message: str, key: str) -> str:
    """The last value of `key` in a commit's message, "" where it has none."""
    for line in reversed(message.splitlines()):
        name, found, value = line.partition(": ")
        if found and name == key:
            return value.strip()
    return ""


def _setting(store: Store, key: str) -> str:
    return (store.attempt("config", "--get", key) or "").strip()
