"""Who builds, and the new site in the place of the old one: in one step, where that can be."""

import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no flock: there nobody waits
    fcntl = None  # type: ignore[assignment]

STAGE = ".building-"
"""How the folders are called in which a site is built."""

STAYS = (errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM)
"""Why a folder cannot be moved though it may be written: a mount, another disk, whose it is."""
HERE, EXCHANGE = -100, 2
"""What Linux calls paths from the folder one is in, and the change of two names."""


@contextmanager
def turn(root: Path) -> Iterator[None]:
    """The turn to write the pages of the register in `root` and to build: who comes next waits.

    It ends with its process, whatever ends that; what a dead one left behind is taken away.
    """
    if fcntl is None:
        yield
        return
    folder = os.open(root, os.O_RDONLY)
    try:
        with suppress(OSError):  # a disk of the network may know no such lock
            fcntl.flock(folder, fcntl.LOCK_EX)
            for left in root.glob(f"{STAGE}*"):
                shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(folder)


def swap(made: Path, place: Path, old: Path) -> None:
    """Let `place` be what `made` is; what it was is moved away. Raises OSError: all is as before.

    A mount, or a folder elsewhere that `place` links to, stays where it is: its content changes.
    Where two names cannot change places in one step, `old` is where the old site lies meanwhile.
    """
    if place.is_symlink():
        place = place.resolve()
        place.mkdir(parents=True, exist_ok=True)
    if place.is_dir() and exchange(made, place):
        return
    try:
        if place.exists():
            place.rename(old)
        made.rename(place)
    except OSError as error:
        if old.exists():
            old.rename(place)
        if error.errno not in STAYS or not place.is_dir():
            raise
        _fill(made, place)


def exchange(one: Path, other: Path) -> bool:
    """Whether two folders have changed names in one step: nobody finds a name without a folder."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    names = (os.fsencode(one), os.fsencode(other))
    return rename is not None and rename(HERE, names[0], HERE, names[1], EXCHANGE) == 0


def _fill(made: Path, place: Path) -> None:
    """Let `place` hold what `made` does; the site is copied there first, then the names change."""
    with tempfile.TemporaryDirectory(
        dir=place, prefix=".building-", ignore_cleanup_errors=True
    ) as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        shutil.copytree(made, new)
        old.mkdir()
        moved: list[tuple[Path, Path]] = []
        here = [one for one in place.iterdir() if one.name not in (Path(folder).name, "lost+found")]
        steps = [(one, old / one.name) for one in here]
        steps += [(one, place / one.name) for one in new.iterdir()]
        try:
            for source, target in steps:
                source.rename(target)
                moved.append((source, target))
        except OSError:
            for source, target in reversed(moved):
                target.rename(source)
            raise
