"""When files came to the branch, and which bytes this history has held.

Git's own dates prove nothing, but the committer's date of the first commit on the
first-parent line that has a file means "not later than".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

from docket.git.refusals import Missing, NoHistory
from docket.git.store import Store

LANDING = re.compile(r"\x01(\d+)\0|:\d+ \d+ \w+ (\w+) (\w)\0([^\0]*)\0")
"""When a commit came; or the blob, what was done, and the path of a file that it changed."""


class Change(NamedTuple):
    """A version of a file and when it landed; `blob` is "" where it was deleted."""

    landed: datetime
    blob: str


class History:
    """What a branch tells of its files: by path, oldest first; and every object it holds."""

    def __init__(
        self,
        changes: Mapping[str, tuple[Change, ...]],
        objects: Callable[[], frozenset[str]],
        content: Callable[[str, int], bytes | None],
    ) -> None:
        """`content` has an object's bytes: None where it is not there or larger than the limit."""
        self.changes, self.content, self._objects = changes, content, objects

    @cached_property
    def landed(self) -> frozenset[str]:
        """Git's ids of every version that landed."""
        return frozenset(one.blob for changes in self.changes.values() for one in changes)

    @cached_property
    def held(self) -> frozenset[str]:
        """Git's ids of all that this branch has ever held."""
        return self._objects()


NOTHING = History({}, frozenset, lambda *_: None)
"""What is told where there is no history."""


def read_history(store: Store, name: str = "") -> History:
    """The history of the commit called `name`, else of the latest, by one pass.

    Raises `NoHistory`.
    """
    commit = store.commit(name)
    if store.is_shallow:
        raise NoHistory(Missing.HISTORY)
    changes: dict[str, list[Change]] = {}
    for landed, path, blob in _landings(store, commit):
        changes.setdefault(path, []).append(Change(landed, blob))
    return History(
        {path: tuple(reversed(found)) for path, found in changes.items()},
        lambda: store.objects(commit),
        store.blob,
    )


def _landings(store: Store, commit: str) -> Iterator[tuple[datetime, str, str]]:
    """What each commit on the first-parent line changed below submissions, latest first.

    When, at which path, and the blob ("" where it was deleted).
    """
    below = f"{store.prefix}submissions/"
    text = store.run(
        *("log", "--no-show-signature", "--no-color", "--no-renames"),
        *("--first-parent", "--diff-merges=first-parent"),
        *("--raw", "--no-abbrev", "-z", "--format=%x01%ct"),
        commit,
        # all of a register is read sooner than a part of it is found
        *(("--", f":(top){below}") if store.prefix else ()),
    )
    at, start = datetime.fromtimestamp(0, UTC), len(store.prefix)
    for told, blob, status, path in LANDING.findall(text):
        if told:
            at = datetime.fromtimestamp(int(told), UTC)
        elif path.startswith(below):
            yield at, path[start:], "" if status == "D" else blob
