"""What a desk keeps of a round is deleted when the round's retention is over: never its log.

The log names no bytes, so the chain stays whole, and whoever has a receipt can still prove it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from docket.acts import evidence
from docket.acts.inbox import InboxKind, RoundItem, is_over
from docket.acts.outbox import Outbox
from docket.domain.docket import Docket
from docket.domain.nouns import Round
from docket.domain.paths import BRANCH
from docket.git import log, pack
from docket.git.locking import Busy
from docket.git.store import ZERO, Store
from docket.text.errors import CommandError

SAFE = "1.hour.ago"
"""What is newer may be a desk's that is at work: Git leaves it until the next time."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a desk keeps of a round: refs and their ids; Git's ids of the bytes; its branches."""

    refs: dict[str, str]
    blobs: tuple[str, ...]
    branches: tuple[str, ...]


def holding(store: Store, docket: Docket, round_: Round) -> Holding:
    """What is to be deleted of a round whose retention is over. Raises `CommandError`."""
    if round_.retention is None:
        raise CommandError("errors.erase.unset", round=round_.slug)
    if not is_over(docket, round_):
        raise CommandError("errors.erase.early", round=round_.slug, when=round_.retention)
    kept = dict(_kept(store, docket, round_.slug))
    names = {ref: store.resolve(ref) for ref in (f"{log.RECEIVED}{one}" for one in kept)}
    branches = dict(_branches(store, round_.slug))
    blobs = tuple(dict.fromkeys(one.blob for one in kept.values()))
    return Holding({**names, **branches}, blobs, tuple(branches))


def due(store: Store, docket: Docket) -> Iterator[RoundItem]:
    """Rounds whose retention is over, and of which the desk still keeps what it received."""
    for round_ in docket.rounds.values():
        if round_.retention and is_over(docket, round_):
            count = len(dict(_kept(store, docket, round_.slug)))
            if count:
                yield RoundItem(InboxKind.RETAINED, round_.slug, round_.retention, kept=count)


def erase(store: Store, found: Holding) -> int:
    """Delete it from this repository; answer how many of the bytes Git still has elsewhere.

    Raises `Busy`, `GitError`.
    """
    if not pack.move_all(store, {ref: (ZERO, old) for ref, old in found.refs.items()}):
        raise Busy
    references = [one.removeprefix(log.RECEIVED) for one in found.refs if log.RECEIVED in one]
    Outbox.of(store).erase(references)
    store.run("gc", "--quiet", f"--prune={SAFE}")
    store.close()  # a helper of Git's could still see what is gone
    return sum(bool(store.resolve(one)) for one in found.blobs)


def _kept(store: Store, docket: Docket, round_: str) -> Iterator[tuple[str, evidence.Kept]]:
    for entry in evidence.entries(store, docket.organiser):
        kept = evidence.kept_of(store, entry.reference) if entry.round == round_ else None
        if kept:
            yield entry.reference, kept


def _branches(store: Store, round_: str) -> Iterator[tuple[str, str]]:
    """The desk's branches of a round, and what is remembered of their sending."""
    own = store.attempt("symbolic-ref", "--quiet", "HEAD") or ""
    name = f"{BRANCH}{round_}/"
    form = "--format=%(refname) %(objectname)"
    text = store.run("for-each-ref", form, f"refs/heads/{name}", f"refs/docket/sent/{name}")
    for line in text.splitlines():
        ref, commit = line.split()
        if ref != own.strip():
            yield ref, commit
