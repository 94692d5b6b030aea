"""Working copies: what lies in one unmeant, or would lie there; whether it is whole."""

from fnmatch import fnmatchcase
from pathlib import Path

from docket.git.refusals import Missing, NoHistory
from docket.git.store import Store

TOPS = ("submissions", "schema")
LEFT = (
    *("[Dd]esktop.ini", "[Tt]humbs.db*", "ehthumbs*.db", "$RECYCLE.BIN"),
    *(".DS_Store", "._*", ".AppleDouble", ".localized", "Icon\r", "__MACOSX"),
    *(".directory", ".Trash-*", ".nfs*", ".fuse_hidden*", ".dropbox*", ".stfolder", ".syncthing.*"),
    *(
        "*~",
        ".*.sw[a-z]",
        "*.sw[op]",
        ".#*",
        "[#]*#",
        "*.orig",
        "*.rej",
        "*.bak",
        "*.save",
        "*.tmp",
    ),
    *("~$*", ".~lock.*", "*.part", "*.crdownload", ".idea", ".vscode", ".*.kate-swp", "4913"),
)
"""What systems, editors and office programs leave beside a file, as Git's patterns."""


def left_over(store: Store) -> frozenset[str]:
    """The files of the register that nobody meant to be there.

    They are not in Git, and it ignores them, or a program left them. What is in Git is meant.
    """
    names = [word for pattern in LEFT for word in ("-x", pattern)]
    under = [f":(top){store.prefix}{one}" for one in TOPS]
    asked = ("--others", "--ignored", "--exclude-standard", *names, "--", *under)
    found = store.run("ls-files", "-z", "--full-name", *asked).split("\0")
    return frozenset(one.removeprefix(store.prefix) for one in found)


def is_left(name: str) -> bool:
    """Whether a file is called as those that programs leave."""
    return any(fnmatchcase(name, pattern) for pattern in LEFT)


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


def whole(store: Store) -> Store:
    """The repository of a working copy, where Git leaves none of its files out.

    Raises `NoHistory`.
    """
    if (store.own / "info" / "sparse-checkout").exists():
        rows = store.run("ls-files", "-t", "-z", "--", *store.spec("submissions", "schema"))
        if any(row.startswith("S ") for row in rows.split("\0")):
            raise NoHistory(Missing.FILES)
    return store


def converted(store: Store) -> frozenset[str]:
    """The files that differ from what Git keeps only by the line ends it writes."""
    under = ("-z", "--", f":(top){store.prefix}submissions")
    changed = set(store.run("diff", "--no-ext-diff", "--name-only", *under).split("\0"))
    rows = store.run("ls-files", "--full-name", "--eol", *under).split("\0")
    same = (path for row in rows if row.startswith("i/lf") for path in row.split("\t")[1:])
    return frozenset(path.removeprefix(store.prefix) for path in same if path not in changed)
