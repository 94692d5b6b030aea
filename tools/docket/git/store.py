"""All that is asked of Git, and nothing else asks it: objects in, plain values out."""

import os
import re
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from docket.git.refusals import GitError, Missing, NoHistory

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # where Git is missing, we say so ourselves

from git.cmd import Git
from git.exc import GitCommandError, GitCommandNotFound

from docket.git.entries import Entry, Head, Mode, Step, StepKind

OPENING = (
    "--git-dir",
    "--git-common-dir",
    "--is-bare-repository",
    "--is-shallow-repository",
    "--show-cdup",  # from here on, a bare repository answers less
    "--show-prefix",
)
LOG = (
    *("log", "--no-show-signature", "--no-color", "--first-parent", "--no-renames", "--raw"),
    *("--diff-merges=first-parent", "--no-abbrev", "-z", "--format=%x01%ct"),
)
ZERO = "0" * 40
ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.fsync",
    "GIT_CONFIG_VALUE_0": "committed",
}
"""Nothing is asked, nothing is replaced, and what is written is on the disk."""
OBJECT = re.compile(r"[0-9a-f]{40,64}\Z")


class Store:
    """The repository that holds a register. Paths are relative to the register's folder."""

    def __init__(self, root: Path) -> None:
        """Open the repository at or above `root`. Raises `NoHistory`."""
        self._open(root)
        try:
            answers = self.run("rev-parse", *OPENING)
        except GitCommandNotFound as error:
            raise NoHistory(Missing.GIT if root.is_dir() else Missing.REPOSITORY) from error
        except (GitError, OSError) as error:
            foreign = "dubious ownership" in str(error)
            raise NoHistory(Missing.OWNER if foreign else Missing.REPOSITORY) from error
        own, shared, bare, shallow, up, self.prefix = (answers + "\n\n").split("\n")[:6]
        self.is_bare, self.is_shallow = bare == "true", shallow == "true"
        self.own, self.shared = root / own, root / shared
        self._open(root / up)

    def _open(self, top: Path) -> None:
        self.top = top
        self._git = Git(top)
        self._git.update_environment(**ENVIRONMENT)
        weakref.finalize(self, self._git.clear_cache)  # also where nobody closes it

    def close(self) -> None:
        """End Git's helper processes."""
        self._git.clear_cache()

    def run(self, *words: str, **environment: str) -> str:
        """What `git WORDS` writes. Raises `GitError`."""
        return self._execute(words, None, environment)

    def feed(self, file: BinaryIO, *words: str) -> str:
        """What `git WORDS` writes when it reads `file`. Raises `GitError`."""
        return self._execute(words, file, {})

    def attempt(self, *words: str) -> str | None:
        """What `git WORDS` writes, None where Git says no: not where the machine does."""
        try:
            return self.run(*words)
        except GitError as error:
            if error.is_known:
                raise
            return None

    def fetch(self, remote: str, *refs: str, seconds: float) -> bool:
        """Whether `refs` came from a remote within so many seconds; nobody is asked anything."""
        words = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote, *refs]
        try:
            self._git.execute(["git", *words], env=ENVIRONMENT, kill_after_timeout=seconds)
        except GitCommandError:
            return False
        return True

    def commit(self, name: str = "HEAD") -> str:
        """The id of the commit called `name`. Raises `NoHistory`."""
        found = self.attempt(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
        if found is None:
            raise NoHistory(Missing.COMMIT if name == "HEAD" else Missing.NAMED_COMMIT, name)
        return found.strip()

    def head(self) -> Head:
        """The checked-out commit, and whether the working copy differs from it."""
        changed = self.run("status", "--porcelain", "--", "submissions", "schema")
        return Head(self.commit(), bool(changed.strip()))

    def changed(self) -> frozenset[str]:
        """The paths that the checked-out commit changes against its first parent."""
        try:
            return frozenset(step.path for step in self.changes("HEAD^1", "HEAD"))
        except GitError:
            return frozenset()

    def landings(self, commit: str) -> Iterator[tuple[datetime, Step]]:
        """What each commit on the first-parent line changed below submissions, latest first."""
        text = self.run(
            "-c",
            "log.showRoot=true",  # what a user has set for the own eyes must not hide anything
            *LOG,
            commit,
            "--",
            f":(top){self.prefix}submissions",
        )
        at = datetime.fromtimestamp(0, UTC)
        parts = iter(text.split("\0"))
        for part in parts:
            word = part.lstrip("\n")
            if word.startswith("\x01"):
                at = datetime.fromtimestamp(int(word[1:]), UTC)
            elif word.startswith(":"):
                yield at, self._step(word, next(parts))

    def changes(self, old: str, new: str) -> Iterator[Step]:
        """The files that differ between two commits. Paths outside the register keep "../"."""
        text = self.run("diff-tree", "-r", "-z", "--no-renames", "--raw", "--no-abbrev", old, new)
        parts = iter(text.split("\0"))
        for part in parts:
            if part.startswith(":"):
                yield self._step(part, next(parts))

    def merge_base(self, one: str, other: str) -> str:
        """The commit at which two lines parted. Raises `NoHistory` where they never met."""
        found = self.attempt("merge-base", one, other)
        if found is None:
            raise NoHistory(Missing.NAMED_COMMIT, other)
        return found.split()[0]

    def tree(self, commit: str, *under: str) -> dict[str, Entry]:
        """The files below the folders `under` of the register in a commit."""
        paths = [f"{self.prefix}{one}/" for one in under]
        text = self.run("ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *paths)
        found = {}
        for line in filter(None, text.split("\0")):
            words, _, path = line.partition("\t")
            mode, _, blob, size = words.split()
            found[path.removeprefix(self.prefix)] = Entry(
                Mode(mode), blob, int(size.strip("-") or 0)
            )
        return found

    def size(self, blob: str) -> int:
        """How many bytes a blob has, 0 where it is not there."""
        try:
            _, _, size = self._git.get_object_header(_sure(blob))
        except (ValueError, OSError):  # GitPython says ValueError where it is not there
            return 0
        return size

    def blob_at(self, commit: str, path: str) -> str:
        """The id of what a commit has at `path`, "" where there is nothing."""
        name = f"{commit}:{self.prefix}{path}"
        return (self.attempt("rev-parse", "--verify", "--quiet", name) or "").strip()

    def blob(self, blob: str, limit: int | None = None) -> bytes | None:
        """The bytes of a blob; None where it is not there, or is larger than `limit`."""
        if limit is not None and self.size(blob) > limit:
            return None
        try:
            _, kind, _, content = self._git.get_object_data(_sure(blob))
        except (ValueError, OSError):  # GitPython says ValueError where it is not there
            return None
        return bytes(content) if kind in ("blob", b"blob") else None  # GitPython says bytes

    def resolve(self, name: str) -> str:
        """The id of what `name` names, "" where there is nothing. Starts no process of its own."""
        try:
            found, _, _ = self._git.get_object_header(name)
        except (ValueError, OSError):  # GitPython says ValueError where it is not there
            return ""
        return found.decode() if isinstance(found, bytes) else str(found)

    def raw(self, name: str, kind: str) -> bytes | None:
        """The bytes of an object of a `kind` (commit, tree, blob); None where there is none."""
        try:
            _, known, _, content = self._git.get_object_data(_sure(name))
        except (ValueError, OSError):
            return None
        return bytes(content) if known in (kind, kind.encode()) else None

    def objects(self, commit: str, *without: str) -> frozenset[str]:
        """The ids of all objects that the history of `commit` holds, and that of none `without`."""
        less = [f"^{one}" for one in without]
        return frozenset(
            self.run("rev-list", "--objects", "--no-object-names", commit, *less).split()
        )

    def _execute(
        self, words: tuple[str, ...], file: BinaryIO | None, environment: dict[str, str]
    ) -> str:
        try:
            done = self._git.execute(
                ["git", *words],
                istream=file,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                env={**ENVIRONMENT, **environment},
            )
        except GitCommandError as error:
            raise GitError(error.stderr) from None  # the words may hold what is not to be shown
        if not isinstance(done, bytes):
            raise TypeError(done)
        return done.decode("utf-8", "surrogateescape")

    def _step(self, words: str, path: str) -> Step:
        _, mode, _, blob, status = words.split()
        return Step(StepKind(status), path.removeprefix(self.prefix), Mode(mode), blob)


def _sure(name: str) -> str:
    """`name` if it is the whole id of an object: nothing else is asked for. Raises ValueError."""
    if not OBJECT.match(name):
        raise ValueError(name)
    return name


def begin(root: Path) -> None:
    """Make a new repository in `root`. Raises `NoHistory`."""
    try:
        Git(root).execute(["git", "init", "--quiet", "--initial-branch=main"], env=ENVIRONMENT)
    except GitCommandNotFound as error:
        raise NoHistory(Missing.GIT) from error
    except GitCommandError as error:
        raise GitError(error.stderr) from None
