"""The log of a desk: every receipt it gave, in order, each a signed commit after the last.

`refs/docket/log/<fingerprint>` is moved by compare-and-swap and never forced. A commit has the
empty tree; what it says stands in its trailers. The bytes lie apart, at
`refs/docket/received/<reference>`, so that they can be deleted and the chain stays whole. Since a
commit holds its parent's id, a good signature on the last one covers all before it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from docket.domain.instants import instant
from docket.git import pack
from docket.git.locks import Busy
from docket.git.pack import Object, id_of
from docket.git.signing import Signer, fingerprint, verify
from docket.git.store import ZERO, Store
from docket.text.errors import CommandError

LOGS, RECEIVED = "refs/docket/log/", "refs/docket/received/"
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
NAME = "docket@localhost"
"""As whom a desk signs: what OpenSSH calls the principal."""
AUTHOR = f"docket <{NAME}>"
TEXTS = ("Round", "Municipality", "Digest", "Received", "Logged", "Via", "Reference")
OPTIONAL = ("Link", "Continues", "Confirms")
MARK = "\x01"
Written = tuple[Sequence[Object], Mapping[str, tuple[str, str]]]
"""Objects, and the refs that name them: from which commit or object to which."""


class Forged(CommandError):
    """A log is not what the desk with its key wrote."""

    def __init__(self, ref: str) -> None:
        """Say which."""
        super().__init__("errors.log.forged", name=ref)


class Parted(CommandError):
    """The log here and the forge's went on from one commit in two ways."""

    def __init__(self, ref: str, ours: str, theirs: str) -> None:
        """Name both heads."""
        super().__init__("errors.log.parted", name=ref, ours=ours, theirs=theirs)


@dataclass(frozen=True, slots=True)
class Entry:
    """One receipt: of whose bytes (`digest`: the SHA-256 of salt and bytes), when, by which way.

    `received` is when the message had arrived, `logged` when this was written. `link` is the
    SHA-256 of the private link's token, `continues` the reference of the answer it goes on from,
    `confirms` the one whose sender proved an address. `commit` is the id of what was written.
    """

    round: str
    municipality: str
    digest: str
    received: datetime
    logged: datetime
    via: str
    reference: str
    link: str = ""
    continues: str = ""
    confirms: str = ""
    commit: str = field(default="", compare=False)


def log_of(public: str) -> str:
    """The ref of the log of the desk with the key `public`. Raises `NoKey`."""
    return f"{LOGS}{fingerprint(public)}"


def commit_of(entry: Entry, parent: str, signer: Signer) -> bytes:
    """The commit that says `entry` after `parent` ("" for the first), as Git keeps it."""
    when = f"{AUTHOR} {int(entry.logged.timestamp())} +0000"
    head = [f"tree {EMPTY_TREE}", *([f"parent {parent}"] if parent else [])]
    head += [f"author {when}", f"committer {when}"]
    message = f"Receipt {entry.reference}\n\n" + "".join(_trailers(entry))
    payload = "\n".join([*head, "", message]).encode()
    signature = signer.sign(payload).rstrip("\n").replace("\n", "\n ")
    return "\n".join([*head, f"gpgsig {signature}", "", message]).encode()


def parted(commit: bytes) -> tuple[bytes, str]:
    """What is signed of a commit, as Git keeps it, and the signature, armored ("" if none)."""
    head, _, message = commit.partition(b"\n\n")
    kept: list[bytes] = []
    signature: list[bytes] = []
    inside = False
    for line in head.split(b"\n"):
        inside = line.startswith(b"gpgsig ") or (inside and line.startswith(b" "))
        (signature if inside else kept).append(line)
    armored = b"\n".join(signature).removeprefix(b"gpgsig ").replace(b"\n ", b"\n")
    return b"\n".join(kept) + b"\n\n" + message, armored.decode("ascii", "replace")


def is_signed(commit: bytes, public: str) -> bool:
    """Whether a commit, as Git keeps it, is signed with the key `public`."""
    return verify(*parted(commit), public)


def entry_of(commit: bytes) -> Entry | None:
    """What a commit, as Git keeps it, says; None where it is no receipt."""
    return _entry(commit.partition(b"\n\n")[2].decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Chain:
    """The log of a key: its last commit ("" where there is none), and what it says, oldest first.

    `last` is the commit up to which a retired key counts.
    """

    key: str
    head: str = ""
    entries: tuple[Entry, ...] = ()
    last: str = ""


def read_chain(store: Store, public: str, last: str = "") -> Chain:
    """What the desk with the key `public` wrote, oldest first. Raises `Forged`.

    Of a retired key it counts up to the commit `last`.
    """
    ref = log_of(public)
    if not store.resolve(ref):
        return Chain(public, last=last)
    head = last or store.resolve(ref)
    commit = store.raw(head, "commit")
    if commit is None or not is_signed(commit, public):
        raise Forged(ref)
    text = store.run("rev-list", "--reverse", "--encoding=UTF-8", f"--format={MARK}%H%n%B", head)
    return Chain(public, head, tuple(_entries(text.split(MARK)[1:])), last)


def stands(store: Store, commit: str, head: str) -> bool:
    """Whether a log up to `head` has `commit`."""
    return store.attempt("merge-base", "--is-ancestor", commit, head) is not None


def read_log(store: Store, public: str, last: str = "") -> tuple[Entry, ...]:
    """The entries alone. Raises `Forged`."""
    return read_chain(store, public, last).entries


def append(
    store: Store, signer: Signer, head: str, entries: Sequence[Entry], more: Written = ((), {})
) -> list[Entry]:
    """Write `entries` after the log's commit `head`, and `more` with them, on the disk.

    All of it or nothing; the entries with their commits. Raises `Busy`, `GitError`, OSError.
    """
    logged, commits, last = list[Entry](), list[Object](), head
    for entry in entries:
        commit = commit_of(entry, last, signer)
        last = id_of("commit", commit)
        logged.append(replace(entry, commit=last))
        commits.append(("commit", commit))
    objects, moves = more
    moves = {**moves, log_of(signer.public): (last, head or ZERO)}
    ids = pack.put_all(store, list(dict.fromkeys([("tree", b""), *objects, *commits])))
    if not pack.move_all(store, moves):
        raise Busy
    pack.flush(store, ids, moves)
    return logged


def _trailers(entry: Entry) -> Iterator[str]:
    for name in (*TEXTS, *OPTIONAL):
        value = getattr(entry, name.lower())
        text = value.isoformat() if isinstance(value, datetime) else value
        if text:
            yield f"{name}: {text}\n"


def _entries(parts: Iterable[str]) -> Iterator[Entry]:
    for part in parts:
        commit, _, message = (part.rpartition("\ncommit ")[0] or part).partition("\n")
        if entry := _entry(message):
            yield replace(entry, commit=commit)


def _entry(message: str) -> Entry | None:
    said = dict(_said(message.split("\n")))
    try:
        received, logged = (instant(said[name]) for name in ("Received", "Logged"))
        return Entry(
            round=said["Round"],
            municipality=said["Municipality"],
            digest=said["Digest"],
            received=received,
            logged=logged,
            via=said["Via"],
            reference=said["Reference"],
            **{name.lower(): said.get(name, "") for name in OPTIONAL},
        )
    except (KeyError, ValueError):
        return None


def _said(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, found, value = line.partition(": ")
        if found:
            yield name, value.strip()
