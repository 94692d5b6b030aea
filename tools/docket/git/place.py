"""Working copies: what would lie in one, whether it is whole, what Git writes differently there."""

from contextlib import closing
from pathlib import Path

from docket.git.refusals import Missing, NoHistory
from docket.git.store import Store


def is_shared(path: Path) -> bool:
    """Whether a file at `path` would lie in a repository, and Git would not ignore it."""
    place = path.resolve()
    try:
        store = Store(next(one for one in place.parents if one.is_dir()))
    except NoHistory as error:
        return error.kind not in (Missing.REPOSITORY, Missing.GIT)
    if store.is_bare:
        return True
    return store.attempt("check-ignore", "--quiet", "--", str(place)) is None


def whole(root: Path) -> Store:
    """The repository of a working copy, where Git leaves none of its files out.

    Raises `NoHistory`.
    """
    store = Store(root)
    if (store.own / "info" / "sparse-checkout").exists():
        rows = store.run("ls-files", "-t", "-z", "--", *store.spec("submissions", "schema"))
        if any(row.startswith("S ") for row in rows.split("\0")):
            raise NoHistory(Missing.FILES)
    return store


def converted(root: Path) -> frozenset[str]:
    """The files below `root` that differ from what Git keeps only by the line ends it writes."""
    with closing(Store(root)) as store:
        under = ("-z", "--", f":(top){store.prefix}submissions")
        changed = set(store.run("diff", "--no-ext-diff", "--name-only", *under).split("\0"))
        rows = store.run("ls-files", "--full-name", "--eol", *under).split("\0")
        same = (path for row in rows if row.startswith("i/lf") for path in row.split("\t")[1:])
        return frozenset(path.removeprefix(store.prefix) for path in same if path not in changed)
