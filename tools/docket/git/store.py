"""All that is asked of Git, and nothing else asks it: objects in, plain values out."""

import re
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path

from docket.git.entries import KINDS, Entry, Head, Step, mode_of
from docket.git.environment import quarantine
from docket.git.process import Processes
from docket.git.refusals import GitError, Missing, NoHistory

OPENING = (
    *("--git-dir", "--git-common-dir", "--is-bare-repository", "--is-shallow-repository"),
    "--show-object-format",
    "--show-cdup",  # from here on, a bare repository answers less
    "--show-prefix",
)
CLOSED = {
    "dubious ownership": Missing.OWNER,
    "safe.bareRepository": Missing.BARE,
    "not a git repository": Missing.REPOSITORY,
}
"""What Git says of a repository that it will not open."""
ZERO = "0" * 40
OBJECT = re.compile(r"[0-9a-f]{40}\Z")


class Store:
    """The repository that holds a register. Paths are relative to the register's folder."""

    def __init__(
        self,
        root: Path,
        processes: type[Processes] = Processes,
        *,
        author: str = "",
        line: str = "HEAD",
    ) -> None:
        """Open the repository at or above `root`. Raises `NoHistory`, `GitError`, OSError.

        `author`: who commits here, "" for whomever Git knows. A `line` other than what is checked
        out is a ref without a working copy.
        """
        self._kind, self.author, self.line = processes, author, line
        own, shared, bare, shallow, form, up, self.prefix = self._opened(root)
        if form == "sha256":  # its ids are longer, and no forge takes them yet
            raise NoHistory(Missing.FORMAT)
        self.is_bare, self.is_shallow = bare == "true" or line != "HEAD", shallow == "true"
        self.own, self.shared = root / own, root / shared
        self._known |= quarantine(self.shared / "objects")
        self._in(root / up)

    def _opened(self, root: Path) -> list[str]:
        """What Git answers of the repository at or above `root`."""
        self._known: dict[str, str] = {}
        self._in(root)
        try:
            answers = self.run("rev-parse", *OPENING)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NoHistory(Missing.GIT if root.is_dir() else Missing.REPOSITORY) from error
        except GitError as error:
            kind = next((kind for sign, kind in CLOSED.items() if sign in error.words), None)
            if kind is Missing.BARE and root.parts:  # -C names it
                self._known["GIT_DIR"] = str(root.resolve())
                answers = self.run("rev-parse", *OPENING)
            elif kind:
                raise NoHistory(kind) from error
            else:
                raise
        return (answers + "\n\n").split("\n")[: len(OPENING)]

    def _in(self, top: Path) -> None:
        self.top = top
        self._git = self._kind(top, self._known)
        weakref.finalize(self, self._git.end)  # also where nobody closes it

    def close(self) -> None:
        """End Git's helper processes."""
        self._git.end()

    def spec(self, *paths: str) -> list[str]:
        """How Git is given paths of the register: each as it is, wherever the register lies."""
        return [f":(top,literal){self.prefix}{path}" for path in paths]

    def run(self, *words: str, **environment: str) -> str:
        """What `git WORDS` writes. Raises `GitError`."""
        return self._execute(words, b"", environment)

    def feed(self, content: bytes, *words: str) -> str:
        """What `git WORDS` writes when it reads `content`. Raises `GitError`."""
        return self._execute(words, content, {})

    def attempt(self, *words: str) -> str | None:
        """What `git WORDS` writes, None where Git says no: not where the machine does."""
        try:
            return self.run(*words)
        except GitError as error:
            if error.is_known:
                raise
            return None

    def timed(self, seconds: float | None, *words: str, **environment: str) -> str:
        """What `git WORDS` writes in so many seconds. Raises `GitError` (`TimedOut`)."""
        return self._git.ask(words, b"", environment, seconds).decode("utf-8", "surrogateescape")

    def within(self, seconds: float, *words: str) -> bool:
        """Whether Git does `git WORDS` in so many seconds."""
        try:
            self.timed(seconds, *words)
        except GitError:
            return False
        return True

    def commit(self, name: str = "") -> str:
        """The id of the commit called `name`, else of the latest here. Raises `NoHistory`."""
        name = name or self.line
        found = self.resolve(f"{name}^{{commit}}")
        if not found:
            words = ("rev-parse", "--verify", "--quiet", "--end-of-options", name)
            named = (self.attempt(*words) or "").strip()
            if named not in ("", name) and not self.resolve(named):
                raise GitError(f"fatal: bad object {named}")
            raise NoHistory(Missing.COMMIT if name == self.line else Missing.NAMED_COMMIT, name)
        return found

    def head(self) -> Head:
        """The checked-out commit, and whether the working copy differs from it."""
        return Head(self.commit(), bool(self.differing("submissions", "schema")))

    def differing(self, *paths: str, ignored: bool = False) -> list[str]:
        """The files at or below `paths` that working copy or index have not as the commit has.

        `ignored`: also those that Git was told to ignore.
        """
        also = f"--ignored={'traditional' if ignored else 'no'}"
        form = ("--porcelain", "-z", "--untracked-files=all", also)
        less = ("--ignore-submodules=none", "--no-renames")
        text = self.run("status", *form, *less, "--", *self.spec(*paths))
        return [row[3:].removeprefix(self.prefix) for row in text.split("\0") if row]

    def changed(self) -> frozenset[str]:
        """The paths that the checked-out commit changes against its first parent."""
        try:
            return frozenset(step.path for step in self.changes("HEAD^1", "HEAD"))
        except GitError:
            return frozenset()

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
            if size == "BAD":  # Git has the name of the object, and nothing more
                raise GitError(f"fatal: bad object {blob}")
            found[path.removeprefix(self.prefix)] = Entry(
                mode_of(mode), blob, int(size.strip("-") or 0)
            )
        return found

    def size(self, blob: str) -> int:
        """How many bytes a blob has, 0 where it is not there."""
        found = self._git.find(blob) if OBJECT.match(blob) else None
        return found[2] if found else 0

    def blob_at(self, commit: str, path: str) -> str:
        """The id of what a commit has at `path`, "" where there is nothing."""
        name = f"{commit}:{self.prefix}{path}"
        if "\n" in name:  # the helper takes a name for each line
            return (self.attempt("rev-parse", "--verify", "--quiet", name) or "").strip()
        found = self._git.find(name)
        return found[0] if found else ""

    def blob(self, blob: str, limit: int | None = None) -> bytes | None:
        """The bytes of a blob; None where it is not there, or is larger than `limit`."""
        if limit is not None and self.size(blob) > limit:
            return None
        return self.raw(blob, "blob")

    def resolve(self, name: str) -> str:
        """The id of what `name` names, "" where there is nothing. Starts no process of its own."""
        found = self._git.read(name)
        return found[0] if found else ""

    def raw(self, name: str, kind: str) -> bytes | None:
        """The bytes of an object of a `kind` (commit, tree, blob); None where there is none.

        Only the whole id of an object is asked for.
        """
        found = self._git.read(name) if OBJECT.match(name) else None
        return found[3] if found and found[1] == kind else None

    def must(self, name: str, kind: str) -> bytes:
        """The same of an object that must be there. Raises `GitError`."""
        found = self.raw(name, kind)
        if found is None:
            raise GitError(f"fatal: bad object {name}")
        return found

    def objects(self, commit: str, *without: str) -> frozenset[str]:
        """The ids of all objects that the history of `commit` holds, and that of none `without`."""
        less = [f"^{one}" for one in without]
        return frozenset(
            self.run("rev-list", "--objects", "--no-object-names", commit, *less).split()
        )

    def _execute(self, words: tuple[str, ...], content: bytes, more: Mapping[str, str]) -> str:
        return self._git.ask(words, content, more).decode("utf-8", "surrogateescape")

    def _step(self, words: str, path: str) -> Step:
        _, mode, _, blob, status = words.split()
        return Step(KINDS[status], path.removeprefix(self.prefix), mode_of(mode), blob)
