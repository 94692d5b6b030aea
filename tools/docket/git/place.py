"""Where a repository is: whether a file would lie in one."""

from pathlib import Path

from docket.git.store import NoHistory, Store


def is_shared(path: Path) -> bool:
    """Whether a file at `path` would lie in a repository, and Git would not ignore it."""
    place = path.resolve()
    try:
        store = Store(next(one for one in place.parents if one.is_dir()))
    except NoHistory:
        return False
    if store.is_bare:
        return True
    return store.attempt("check-ignore", "--quiet", "--", str(place)) is None
