"""Git's lock files: one that a dead writer left is taken away, or named; it never stays unsaid.

Git holds the lock of a ref for milliseconds, that of the index as long as somebody writes the
message of a commit: so the first is taken away when it is old, the second only named.
"""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from docket.git.refusals import GitError
from docket.git.store import Store
from docket.text.errors import CommandError
from docket.text.escape import show_path

PATIENCE, TURNS = 0.05, 20
"""How long Git may take to end what a writer had asked of it."""
OLD = 60
"""Seconds after which no living Git holds the lock of a ref."""
_NAMED = re.compile(r"Unable to create '(.+[.]lock)': File exists")


class Busy(CommandError):
    """Somebody else changed the branch or the files meanwhile."""

    def __init__(self, key: str = "errors.busy", **facts: object) -> None:
        """Say so."""
        super().__init__(key, **facts)


class Locked(Busy):
    """Git is locked by a file, which may have been left behind."""

    def __init__(self, lock: Path) -> None:
        """Say which."""
        super().__init__("errors.locked", name=show_path(str(lock)))


def unlocked(store: Store, act: Callable[[], object]) -> bool:
    """Whether Git does `act`, which moves refs; waits for who has them locked.

    Raises `Locked`, and `GitError` where it is no matter of a rival.
    """
    lock = Path()
    for _ in range(TURNS):
        try:
            act()
        except GitError as error:
            named = _NAMED.search(str(error))
            if named is None:
                if error.is_known or "cannot lock ref" not in error.words:
                    raise  # no rival: the disk is full, and Git does not always say so
                return False
            lock = store.top / named[1]
            if _is_old(lock):
                lock.unlink(missing_ok=True)
            else:
                time.sleep(PATIENCE)
        else:
            return True
    raise Locked(lock)


def locks(store: Store) -> Iterator[Path]:
    """The lock files that are there now: of the index, of HEAD, and of any ref."""
    known = (index_lock(store), store.own / "HEAD.lock", store.shared / "packed-refs.lock")
    yield from (one for one in known if one.exists())
    yield from sorted((store.shared / "refs").rglob("*.lock"))


def left_behind(store: Store) -> list[str]:
    """The lock files that nobody seems to hold any more, as they are shown."""
    return [show_path(str(one)) for one in locks(store) if _is_old(one)]


def index_lock(store: Store) -> Path:
    """The lock of what is staged."""
    return store.own / "index.lock"


def _is_old(lock: Path) -> bool:
    try:
        return lock.stat().st_mtime < time.time() - OLD
    except FileNotFoundError:
        return False
