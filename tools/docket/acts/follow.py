"""A desk goes on from the log that the forge has, where that is ahead of its own.

So a desk that is set up anew, or from an older copy, never gives a receipt beside one that was
given already. Where nobody answers it goes on from its own: what it pushes later is never forced.
"""

from docket.git import locking, log, pack
from docket.git.signing import fingerprint
from docket.git.store import ZERO, Store

REMOTE, THERE = "origin", "refs/docket/there/"
"""Whose log it is, and where what it had last is kept."""
SECONDS = 5.0
FETCH = (
    *("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=5"),  # helpers, too, come to an end
    *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", REMOTE),
)


def follow(store: Store, public: str, seconds: float = SECONDS) -> None:
    """Let the log of the key `public` be the forge's, where that goes on from it.

    Raises `Parted`, `Forged`, `Busy`, `GitError`, OSError.
    """
    ref, there = log.log_of(public), f"{THERE}{fingerprint(public)}"
    remotes = (store.attempt("remote") or "").split()
    if REMOTE not in remotes or not store.within(seconds, *FETCH, f"+{ref}:{there}"):
        return
    ours, theirs = store.resolve(ref), store.resolve(there)
    if ours and log.stands(store, theirs, ours):
        return
    commit = store.raw(theirs, "commit")
    if commit is None or not log.is_signed(commit, public):
        raise log.Forged(f"{REMOTE} {ref}")
    if ours and not log.stands(store, ours, theirs):
        raise log.Parted(ref, ours, theirs)
    if not pack.move_all(store, {ref: (theirs, ours or ZERO)}):
        raise locking.Busy
    pack.flush(store, [theirs], [ref])
