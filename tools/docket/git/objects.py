"""Writing to Git: objects first, then the branch all at once, then the working copy."""

import hashlib
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from docket.git.locks import unlocked
from docket.git.refusals import Missing, NoHistory
from docket.git.store import Store

BYTES = ("-c", "core.autocrlf=false")
"""A user may want other line ends in a working copy; what was received is evidence."""
PROGRAM = "docket"
"""Who commits where nobody is known."""
CRUD = "".join(map(chr, range(33))) + ".,:;<>\"\\'"
"""What Git takes from both ends of a name, and may find nothing left."""


class Refused(Exception):
    """Git would not touch the working copy."""


def blob_id(content: bytes) -> str:
    """Git's id of `content` (SHA-1, as all forges have it)."""
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content)).hexdigest()  # noqa: S324


def commit_of(store: Store, tree: str, parents: Sequence[str], message: str) -> bytes:
    """A commit of now as Git keeps it, by whom Git knows; "docket" where it knows nobody.

    Its author is the store's, where that has one.
    """
    words = ("config", "-z", "--get-regexp", r"^(user|author|committer)\.(name|email)$")
    rows = (row.partition("\n") for row in (store.attempt(*words) or "").split("\0"))
    known = {key: value for key, _, value in rows}
    now = f"{int(time.time())} {time.strftime('%z')}"
    lines = [f"tree {tree}", *(f"parent {one}" for one in parents)]
    author = _named(store.author) or _person(known, "author")
    lines += [f"author {author} {now}", f"committer {_person(known, 'committer')} {now}"]
    return "\n".join([*lines, "", message, ""]).encode("utf-8", "surrogateescape")


def _person(known: Mapping[str, str], who: str) -> str:
    """Name and address of the author or committer, as a commit has them."""

    def first(what: str, otherwise: str) -> str:
        said = os.environ.get(f"GIT_{who}_{what}".upper()), known.get(f"{who}.{what}")
        clean = (_clean(one or "") for one in (*said, known.get(f"user.{what}"), otherwise))
        return next(filter(None, clean))

    return f"{first('name', PROGRAM)} <{first('email', f'{PROGRAM}@localhost')}>"


def _named(name: str) -> str:
    """Somebody of whom only one name is known, which may be an address; "" for nobody."""
    clean = _clean(name)
    return f"{clean} <{clean if '@' in clean else f'{PROGRAM}@localhost'}>" if clean else ""


def _clean(text: str) -> str:
    return "".join(one for one in text if one not in "<>\n\0").strip(CRUD)


def move(store: Store, ref: str, new: str, old: str) -> bool:
    """Let `ref` name the commit `new`, if it still names `old` (ZERO: nothing). Raises `Locked`."""
    return unlocked(store, lambda: store.run("update-ref", "-m", "docket", ref, new, old))


def branch(store: Store) -> str:
    """The full name of the checked-out branch. Raises `NoHistory` where there is none."""
    found = store.attempt("symbolic-ref", "--quiet", "HEAD")
    if found is None:
        raise NoHistory(Missing.BRANCH)
    return found.strip()


def message(store: Store, commit: str) -> str:
    """A commit's message."""
    return _parts(store, commit)[1]


def parents(store: Store, commit: str) -> list[str]:
    """A commit's parents."""
    head, _ = _parts(store, commit)
    rows = (row.partition(" ") for row in head.splitlines())
    return [value for key, _, value in rows if key == "parent"]


def tree_of(store: Store, commit: str) -> str:
    """The id of a commit's tree."""
    head, _ = _parts(store, commit)
    return head.partition("\n")[0].removeprefix("tree ")


def _parts(store: Store, commit: str) -> tuple[str, str]:
    whole = store.must(commit, "commit").decode("utf-8", "surrogateescape")
    head, _, message = whole.partition("\n\n")
    return head, message


def take(store: Store, commit: str, paths: Sequence[str]) -> None:
    """Let working copy and index have `paths` as `commit` has them. Raises `Refused`."""
    if store.attempt(*BYTES, "checkout", commit, "--", *store.spec(*paths)) is None:
        raise Refused


def laid_out(store: Store, commit: str, path: str) -> bytes:
    """What `take` writes at `path` in the working copy: Git may be told to change line ends."""
    name = f"{commit}:{store.prefix}{path}"
    found = store.attempt(*BYTES, "cat-file", "--filters", name) or ""
    return found.encode("utf-8", "surrogateescape")


def stored_as(store: Store, path: str) -> str:
    """The id under which Git would keep what the working copy has at `path`, "" where not."""
    words = ("hash-object", f"--path={store.prefix}{path}", "--", str(place(store, path)))
    return (store.attempt(*words) or "").strip()


def staged(store: Store, paths: Sequence[str]) -> dict[str, str]:
    """The ids of what the index has at `paths`, by path; of what is in conflict none."""
    words = ("ls-files", "--stage", "--full-name", "-z", "--", *store.spec(*paths))
    found = (row.partition("\t") for row in store.run(*words).split("\0") if row)
    return {
        path.removeprefix(store.prefix): words.split()[1]
        for words, _, path in found
        if words.endswith(" 0")
    }


def place(store: Store, path: str) -> Path:
    """Where `path` is in the working copy."""
    return store.top / store.prefix / path


def trailer(message: str, key: str) -> str:
    """The last value of `key` in a commit's message, "" where it has none."""
    for line in reversed(message.splitlines()):
        name, found, value = line.partition(": ")
        if found and name == key:
            return value.strip()
    return ""
