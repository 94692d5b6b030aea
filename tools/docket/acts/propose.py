"""The organiser's acts where others have the register too: sent in the same step.

Where the branch is protected they go on the one open proposal of their round, else straight on the
branch. Everything happens beside the user's branches and working copy, on a ref of this process,
and only what was pushed is there: what did not come through leaves nothing behind.
"""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from docket.acts import receipts
from docket.domain.paths import PROPOSAL, OwnFile, RoundPath, file_name
from docket.git import objects, remote
from docket.git.entries import Step
from docket.git.locking import Busy
from docket.git.pack import put_all
from docket.git.refusals import GitError, TimedOut
from docket.git.store import ZERO, Store
from docket.git.trees import tree_with
from docket.loading.loader import organiser_of
from docket.loading.trees import snapshot
from docket.text.catalogue import say
from docket.text.errors import CommandError

OWN, THERE = "refs/docket/proposing/", "refs/remotes/origin/"
REJECTED = re.compile("^ ! .*$", re.MULTILINE)
"""How Git says that a branch was not taken; what the other side says beside it has no such line."""
STALE = re.compile(
    r"\[rejected\]|stale info|cannot lock ref|incorrect old value|failed to update ref"
)
"""What Git says where somebody pushed first."""


class Refused(CommandError):
    """The forge did not take a branch; `by_rule`: it takes nothing there that is not reviewed."""

    def __init__(self, branch: str, error: GitError, said: str) -> None:
        """Say which, in the forge's words; `said` is what Git says of the branch itself."""
        super().__init__("errors.propose.refused", branch=branch, words=error.facts["words"])
        self.by_rule = "[remote rejected]" in said


@dataclass(frozen=True, slots=True)
class Proposal:
    """A round's open proposal, or the branch itself, as `store` has it checked out, so to say.

    `there` is the branch's latest commit at the forge ("": none); `continues`: it is not merged
    yet, and goes on.
    """

    store: Store
    branch: str
    base: str
    there: str
    continues: bool


@contextmanager
def proposal(store: Store, round_: str) -> Iterator[Proposal]:
    """The proposal of a round, as the forge has it now. Raises `CommandError`."""
    if not remote.has_origin(store):
        raise CommandError("errors.propose.no_origin")
    branch, main = f"{PROPOSAL}{round_}", _main(store)
    _fetch(store, main)
    onto, there = store.commit(THERE + main), store.resolve(THERE + branch)
    continues = bool(there) and _is_open(store, onto, there)
    base = _joined(store, onto, there, branch) if continues else onto
    with _beside(store, base) as own:
        yield Proposal(own, branch, base, there, continues)


@contextmanager
def straight(store: Store) -> Iterator[Proposal]:
    """The checked-out branch, brought to what the forge has of it now. Raises `CommandError`."""
    branch = objects.branch(store).removeprefix("refs/heads/")
    _fetch(store, branch)
    ours, there = store.commit(), store.commit(THERE + branch)
    fork = store.merge_base(ours, there)
    if fork not in (ours, there):
        raise CommandError("errors.follow.parted", name=f"{remote.ORIGIN}/{branch}", branch=branch)
    with _beside(store, there if fork == ours else ours) as own:
        yield Proposal(own, branch, own.commit(), there, continues=True)


@contextmanager
def _beside(store: Store, base: str) -> Iterator[Store]:
    """The repository as if `base` were checked out, whoever else works in it."""
    ref = f"{OWN}{os.getpid()}-{threading.get_ident()}"
    if not objects.move(store, ref, base, store.resolve(ref) or ZERO):
        raise Busy
    try:
        place = Path(store.top, store.prefix)
        with closing(Store(place, author=store.author, line=ref)) as own:
            yield own
    finally:
        store.attempt("update-ref", "-d", ref)


def send(made: Proposal) -> bool:
    """Push what was written on a proposal; whether anything was. Raises `CommandError`, `Busy`.

    Where the answer is lost, it is looked whether it came through.
    """
    store, ref = made.store, f"refs/heads/{made.branch}"
    if store.commit() == made.base:
        return False
    lease = f"--force-with-lease={ref}:{made.there}"
    words = ("push", "--quiet", lease, remote.ORIGIN, f"{store.line}:{ref}")
    try:
        remote.ask(store, words, seconds=remote.SECONDS)
    except GitError as error:
        said = " ".join(REJECTED.findall(error.words))
        if not said and _came_through(made, error):
            return True
        if STALE.search(said):
            raise Busy from None
        raise Refused(made.branch, error, said) from None
    return True


def _came_through(made: Proposal, error: GitError) -> bool:
    """Whether the forge has what was pushed. Raises `CommandError` where nobody knows."""
    words = ("ls-remote", remote.ORIGIN, f"refs/heads/{made.branch}")
    try:
        told = remote.ask(made.store, words, seconds=remote.SECONDS).split()
        known = made.store.commit() in told or not isinstance(error, TimedOut)
    except GitError:
        known = False
    if not known:
        facts = {"branch": made.branch, "words": error.facts["words"]}
        raise CommandError("errors.propose.unsure", **facts) from None
    return made.store.commit() in told


def open_proposals(store: Store) -> Iterator[str]:
    """The branches of the proposals that are not merged, as the forge was seen last."""
    base = store.commit()
    form = "--format=%(refname:lstrip=3)"
    refs = store.run("for-each-ref", "--no-merged", base, form, f"{THERE}{PROPOSAL}")
    yield from (one for one in refs.split() if _is_open(store, base, store.resolve(THERE + one)))


def proposal_with(store: Store, place: RoundPath, blob: str) -> str:
    """The proposal that has these very bytes in their place, "" where none has."""
    branch = f"{PROPOSAL}{place.round}"
    return branch if store.blob_at(THERE + branch, str(place)) == blob else ""


def _main(store: Store) -> str:
    """The branch onto which proposals are merged: the forge's, else the one that is here."""
    forge = organiser_of(snapshot(store, store.commit())).forge
    return forge.branch if forge else objects.branch(store).removeprefix("refs/heads/")


def _fetch(store: Store, main: str) -> None:
    specs = [f"+refs/heads/{one}:{THERE}{one}" for one in (main, f"{PROPOSAL}*")]
    try:
        words = ("fetch", "--quiet", "--prune", "--no-tags", remote.ORIGIN, *specs)
        remote.ask(store, words, seconds=remote.SECONDS)
    except GitError as error:
        raise CommandError("errors.propose.unreachable", words=error.facts["words"]) from None


def _is_open(store: Store, onto: str, tip: str) -> bool:
    """Whether a branch brings anything that is not there, however it was merged."""
    steps = store.changes(store.merge_base(onto, tip), tip)
    return any(_differs(store, one, onto) for one in steps)


def _differs(store: Store, step: Step, onto: str) -> bool:
    return store.blob_at(onto, step.path) != ("" if step.is_deletion else step.blob)


def _joined(store: Store, onto: str, tip: str, branch: str) -> str:
    """The commit on which a proposal goes on: what it has, and what was merged since.

    The line of what was merged comes first: when files landed is read from it.
    Raises `CommandError` where both changed the same.
    """
    fork = store.merge_base(onto, tip)
    if fork == onto:
        return tip
    moved = {one.path for one in store.changes(fork, onto)}
    blobs: dict[str, str] = {}
    journals: list[bytes] = []
    for step in store.changes(fork, tip):
        if not _differs(store, step, onto):
            continue
        if step.path not in moved and not step.is_deletion:
            blobs[step.path] = step.blob
            continue
        versions = [_content(store, one, step.path) for one in (fork, onto, tip)]
        grown = receipts.joined(*versions) if file_name(step.path) == OwnFile.RECEIPTS else None
        if grown is None or step.is_deletion:
            raise CommandError("errors.propose.crossed", branch=branch, path=step.path)
        blobs[step.path] = objects.blob_id(grown)
        journals.append(grown)
    tree, trees = tree_with(store, objects.tree_of(store, onto), blobs)
    message = say("intake.log.joined", "en", branch=branch)
    written = objects.commit_of(store, tree, (onto, tip), message)
    contents = [("blob", one) for one in journals]
    return put_all(store, [*contents, *trees, ("commit", written)])[-1]


def _content(store: Store, commit: str, path: str) -> bytes:
    return store.blob(store.blob_at(commit, path)) or b""
