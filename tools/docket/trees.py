"""Trees: read-only mappings from path to bytes, from a folder on disk.

Paths are relative, with "/". A path that is no ordinary file, or is too large to
be one of ours, is listed too, and reading it raises `Unreadable`.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from docket.model import Unreadable

LIMIT = 64 * 1024
KEPT = ("schema", "submissions")
NOISE = frozenset({".DS_Store", ".gitkeep", "Thumbs.db"})


class Folder(Mapping[str, bytes]):
    """The files of a folder on disk, those under `schema/` and `submissions/`.

    Links are never followed. Only `schema/` may hold files over 64 KiB.
    """

    def __init__(self, root: Path) -> None:
        """List the files below `root`; nothing is read yet."""
        self.root = root
        self._kinds = {path: kind for top in KEPT for path, kind in _walk(root, top)}

    def __iter__(self) -> Iterator[str]:
        """All paths, sorted."""
        return iter(sorted(self._kinds))

    def __len__(self) -> int:
        """How many paths there are."""
        return len(self._kinds)

    def __getitem__(self, path: str) -> bytes:
        """The bytes at `path`. Raises KeyError or `Unreadable`."""
        if kind := self._kinds[path]:
            raise Unreadable(kind)
        limit = None if path.startswith("schema/") else LIMIT
        return _read(self.root / path, limit)


def _walk(root: Path, under: str) -> Iterator[tuple[str, str]]:
    try:
        entries = list(os.scandir(root / under))
    except OSError:
        return
    for entry in entries:
        path = f"{under}/{entry.name}"
        if entry.is_symlink():
            yield path, "link"
        elif entry.is_dir(follow_symlinks=False):
            if entry.name.endswith((".yml", ".yaml")):
                yield path, "folder"
            else:
                yield from _walk(root, path)
        elif entry.name not in NOISE:
            yield path, "" if entry.is_file(follow_symlinks=False) else "special"


def _read(path: Path, limit: int | None) -> bytes:
    # O_NONBLOCK and O_NOFOLLOW: what was a file when it was listed may be a pipe or a link by now.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise Unreadable("denied") from error
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("special")
        if limit is not None and found.st_size > limit:
            raise Unreadable("large")
        return file.read()
