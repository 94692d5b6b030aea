"""One writer at a time; and whatever a crash left half done, the next one mends first.

The branch moves last and all at once, so that a crash leaves it as it was or as it
should be; only the working copy, and Git's own lock files, can be left behind.
"""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from docket.git import objects, pack
from docket.git.locks import PATIENCE, TURNS, Busy, Locked, index_lock, locks
from docket.git.refusals import GitError
from docket.git.store import Store
from docket.git.trees import tree_with
from docket.text.escape import show_path

try:
    import fcntl
except ImportError:  # Windows has no flock: there a second writer is told to try again
    fcntl = None  # type: ignore[assignment]

__all__ = ["TRAILER", "Busy", "Locked", "keep", "writing"]

TRAILER = "Docket-Files"


@contextmanager
def writing(store: Store) -> Iterator[str]:
    """The turn to write, and the commit to write on. Raises `Locked`, `NoHistory`."""
    mark = store.shared / "docket-writer"
    with mark.open("a+b") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        if mark.stat().st_size:
            _unlock(store, mark.stat().st_mtime)
        if index_lock(store).exists():
            raise Locked(index_lock(store))
        base = store.commit()
        file.truncate(0)
        file.write(b"writing\n")
        file.flush()
        try:
            _settle(store, base)
            yield base
        finally:
            file.truncate(0)  # whoever is killed does not come here


def keep(
    store: Store, base: str, parents: tuple[str, ...], files: Mapping[str, bytes], message: str
) -> None:
    """Commit `files` on the branch. Raises `Busy`, and `NoHistory` where none is checked out."""
    branch = objects.branch(store)
    paths = sorted(files)
    if not store.is_bare and (unsaved := store.differing(*paths, ignored=True)):
        raise Busy("errors.unsaved", names=list(map(show_path, unsaved)))
    before = objects.tree_of(store, base)
    blobs = {path: objects.blob_id(content) for path, content in files.items()}
    tree, trees = tree_with(store, before, blobs)
    if len(parents) == 1 and tree == before:
        return
    whole = f"{message}\n\n{TRAILER}: {json.dumps(paths)}"
    written = objects.commit_of(store, tree, parents, whole)
    contents = [("blob", content) for content in files.values()]
    *_, commit = pack.put_all(store, [*contents, *trees, ("commit", written)])
    if not objects.move(store, branch, commit, base):
        raise Busy
    with suppress(GitError, OSError):  # it is kept: the next writer mends the working copy
        _settle(store, commit)


def _settle(store: Store, base: str) -> None:
    """Bring the working copy to the commit `base` that a writer made, and maybe died over.

    Only where it holds nothing of the user's own: each file is as before, or on its way.
    """
    listed = objects.trailer(objects.message(store, base), TRAILER)
    parents = objects.parents(store, base)
    if store.is_bare or not (listed and parents):
        return
    paths = json.loads(listed)
    if not store.differing(*paths, ignored=True):
        return
    staged = objects.staged(store, paths)
    if all(_is_on_its_way(store, (base, parents[0]), path, staged.get(path, "")) for path in paths):
        with suppress(objects.Refused):  # Git is busy with the index: the next writer mends it
            objects.take(store, base, paths)


def _is_on_its_way(store: Store, commits: tuple[str, str], path: str, staged: str) -> bool:
    new, old = (store.blob_at(commit, path) for commit in commits)
    if staged not in (new, old):
        return False
    try:
        content = objects.place(store, path).read_bytes()
    except FileNotFoundError:
        return True
    if objects.blob_id(content) in (new, old) or objects.stored_as(store, path) in (new, old):
        return True
    return objects.laid_out(store, commits[0], path).startswith(content)


def _unlock(store: Store, died: float) -> None:
    """Remove the lock files that Git left when it died with a writer, and no others."""
    for _ in range(TURNS):
        left = list(locks(store))
        if not left:
            return
        time.sleep(PATIENCE)
    for lock in left:
        with suppress(FileNotFoundError):
            if lock.stat().st_mtime >= died - 1:
                lock.unlink()
