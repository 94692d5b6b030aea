"""A desk goes on from the log that the forge has, and its branch from the forge's.

So a desk that is set up anew, or from an older copy, never gives a receipt beside one that was
given already. Where nobody answers it goes on from its own: what it pushes later is never forced.
"""

from collections.abc import Collection
from pathlib import Path

import docket as package
from docket.domain.paths import BRANCH, PROPOSAL
from docket.git import locking, log, objects, pack
from docket.git.remote import ORIGIN, has_origin
from docket.git.signing import fingerprint
from docket.git.store import ZERO, Store
from docket.text.errors import CommandError
from docket.text.escape import show_path

THERE = "refs/docket/there/"
"""Where the log that the forge had last is kept."""
SECONDS = 5.0
FETCH = (
    *("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=5"),  # helpers, too, come to an end
    *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", ORIGIN),
)
TOLD = 3
"""So many files are named."""


def follow(store: Store, public: str, seconds: float = SECONDS) -> None:
    """Let the log of the key `public` be the forge's, where that goes on from it.

    Raises `Parted`, `Forged`, `Busy`, `GitError`, OSError.
    """
    ref, there = log.log_of(public), f"{THERE}{fingerprint(public)}"
    if not has_origin(store) or not store.within(seconds, *FETCH, f"+{ref}:{there}"):
        return
    ours, theirs = store.resolve(ref), store.resolve(there)
    if ours and log.stands(store, theirs, ours):
        return
    commit = store.raw(theirs, "commit")
    if commit is None or not log.is_signed(commit, public):
        raise log.Forged(f"{ORIGIN} {ref}")
    if ours and not log.stands(store, ours, theirs):
        raise log.Parted(ref, ours, theirs)
    if not pack.move_all(store, {ref: (theirs, ours or ZERO)}):
        raise locking.Busy
    pack.flush(store, [theirs], [ref])


def fetch(store: Store, name: str, seconds: float) -> bool:
    """Whether the forge told, in time, what the branch called `name` is there, and what waits."""
    names = (name, f"{BRANCH}*", f"{PROPOSAL}*")
    specs = [f"+refs/heads/{one}:refs/remotes/{ORIGIN}/{one}" for one in names]
    return store.within(seconds, *FETCH, "--prune", *specs)


def forward(store: Store, name: str) -> CommandError | None:
    """Bring the checked-out branch, `name`, to what was fetched, or what is in the way of that.

    Only where it goes on from what is here, and nothing here would be lost. Raises `Locked`,
    `GitError`, OSError.
    """
    there = f"{ORIGIN}/{name}"
    theirs, ours = store.resolve(f"refs/remotes/{there}"), store.commit()
    if not theirs or log.stands(store, theirs, ours):
        return None
    if not log.stands(store, ours, theirs):
        return CommandError("errors.follow.parted", name=there, branch=name)
    with locking.writing(store) as ours:
        changed = {one.path for one in store.changes(ours, theirs)}
        if unsaved := _unsaved(store, changed):
            names = list(map(show_path, unsaved[:TOLD]))
            return CommandError("errors.follow.unsaved", names=names, name=there)
        store.run(*objects.BYTES, "merge", "--ff-only", "--quiet", theirs)
    own = Path(package.__file__).resolve().parent
    places = ((store.top / store.prefix / one).resolve() for one in changed)
    if any(one.is_relative_to(own) for one in places):
        return CommandError("errors.follow.restart")
    return None


def _unsaved(store: Store, changed: Collection[str]) -> list[str]:
    """What is known to Git and differs, and what is not and stands where something is to come."""
    known = store.run("diff", "--name-only", "-z", "--no-renames", "HEAD").split("\0")
    there = {one.removeprefix(store.prefix) for one in known}.union(changed)
    return [one for one in store.differing() if one in there]
