"""Trees: read-only mappings from path to bytes, from a folder, a commit, or one over another.

Paths are relative, with "/". A path that is no ordinary file, or is too large to
be one of ours, is listed too, and reading it raises `Unreadable`.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from docket.domain.paths import ENDING, SUBMISSIONS
from docket.git.entries import Entry, Mode
from docket.git.place import converted, is_left, left_over
from docket.git.refusals import NoHistory
from docket.git.store import Store
from docket.loading.limits import limits_of

KEPT = ("schema", "submissions", "text")


class Oddity(StrEnum):
    """Why what lies at a path is no file of ours; a variant of F01."""

    LINK = "link"
    FOLDER = "folder"
    EXECUTABLE = "executable"
    SPECIAL = "special"
    LARGE = "large"
    DENIED = "denied"


MODES = {Mode.FILE: None, Mode.EXECUTABLE: Oddity.EXECUTABLE, Mode.LINK: Oddity.LINK}


class Unreadable(Exception):
    """What lies at a path is no file of ours: `kind` says why."""

    def __init__(self, kind: Oddity) -> None:
        """Keep the kind."""
        super().__init__(kind)
        self.kind = kind


class Folder(Mapping[str, bytes]):
    """The files of a folder on disk: those under `schema/`, `submissions/` and `text/`.

    Links are never followed. Where Git has changed line ends, they are as Git keeps them.
    """

    def __init__(self, root: Path) -> None:
        """Nothing is listed nor read yet."""
        self.root = root
        self._converted: frozenset[str] | None = None

    @cached_property
    def _oddities(self) -> Mapping[str, Oddity | None]:
        """Each path, and why what lies there is no file of ours, if it is none."""
        found = dict(one for top in KEPT for one in _walk(self.root, top))
        if not found:
            return {}
        try:
            gone = left_over(self.store)
        except NoHistory:
            gone = frozenset(one for one in found if any(map(is_left, one.split("/"))))
        return {path: kind for path, kind in found.items() if path not in gone}

    @cached_property
    def store(self) -> Store:
        """The repository that it lies in. Raises `NoHistory`."""
        return Store(self.root)

    def __iter__(self) -> Iterator[str]:
        """All paths, sorted."""
        return iter(sorted(self._oddities))

    def __len__(self) -> int:
        """How many paths there are."""
        return len(self._oddities)

    def __getitem__(self, path: str) -> bytes:
        """The bytes at `path`. Raises KeyError or `Unreadable`."""
        if kind := self._oddities[path]:
            raise Unreadable(kind)
        content = _read(f"{self.root}/{path}", limits_of(path).size)
        if b"\r\n" in content and path.startswith(SUBMISSIONS) and self._is_converted(path):
            return content.replace(b"\r\n", b"\n")
        return content

    def _is_converted(self, path: str) -> bool:
        if self._converted is None:
            self._converted = converted(self.store)
        return path in self._converted


class Snapshot(Mapping[str, bytes]):
    """The files of a commit, straight from Git's objects: nothing is checked out.

    A link, a submodule or an executable is no submission.
    """

    def __init__(self, store: Store, entries: Mapping[str, Entry]) -> None:
        """Keep where each path's bytes are; nothing is read yet."""
        self.store = store
        self.entries = entries

    def __iter__(self) -> Iterator[str]:
        """All paths, sorted."""
        return iter(sorted(self.entries))

    def __len__(self) -> int:
        """How many paths there are."""
        return len(self.entries)

    def __getitem__(self, path: str) -> bytes:
        """The bytes at `path`. Raises KeyError, `Unreadable` or `GitError`."""
        entry = self.entries[path]
        if kind := MODES.get(entry.mode, Oddity.SPECIAL):
            raise Unreadable(kind)
        if entry.size > limits_of(path).size:
            raise Unreadable(Oddity.LARGE)
        return self.store.must(entry.blob, "blob")


class Overlay(Mapping[str, bytes]):
    """One tree laid over another: what `over` holds counts, and what is in `gone` is not there."""

    def __init__(
        self, base: Mapping[str, bytes], over: Mapping[str, bytes], gone: Iterable[str] = ()
    ) -> None:
        """Keep both trees."""
        self.base, self.over, self.gone = base, over, frozenset(gone)

    def __iter__(self) -> Iterator[str]:
        """All paths, sorted."""
        return iter(sorted((set(self.base) | set(self.over)) - self.gone))

    def __len__(self) -> int:
        """How many paths there are."""
        return sum(1 for _ in self)

    def __getitem__(self, path: str) -> bytes:
        """The bytes at `path`. Raises KeyError or `Unreadable`."""
        if path in self.gone:
            raise KeyError(path)
        return self.over[path] if path in self.over else self.base[path]


def snapshot(store: Store, commit: str) -> Snapshot:
    """The register in a commit."""
    return Snapshot(store, store.tree(commit, *KEPT))


def _walk(root: Path, under: str) -> Iterator[tuple[str, Oddity | None]]:
    """The paths below a folder, and why what lies there is no file of ours, if it is none."""
    try:
        entries = list(os.scandir(root / under))
    except OSError:
        return
    for entry in entries:
        path = f"{under}/{entry.name}"
        if entry.is_symlink():
            yield path, Oddity.LINK
        elif entry.is_dir(follow_symlinks=False):
            if entry.name.endswith((ENDING, ".yaml")):
                yield path, Oddity.FOLDER
            else:
                yield from _walk(root, path)
        else:
            yield path, None if entry.is_file(follow_symlinks=False) else Oddity.SPECIAL


def _read(path: str, limit: int) -> bytes:
    # O_NONBLOCK and O_NOFOLLOW: what was a file when it was listed may be a pipe or a link by now.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise Unreadable(Oddity.DENIED) from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(Oddity.SPECIAL)
        if found.st_size > limit:
            raise Unreadable(Oddity.LARGE)
        return b"".join(iter(lambda: os.read(handle, found.st_size + 1), b""))
    finally:
        os.close(handle)
