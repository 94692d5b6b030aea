"""Receipts from before the log: in the messages of a desk's branches, taken over once.

A message proves nothing by itself, so the organiser looks at each, and says yes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from docket.acts import evidence
from docket.domain.instants import instant
from docket.domain.paths import BRANCH, RoundPath, parse
from docket.domain.states import Way
from docket.git import log, objects
from docket.git.pack import id_of
from docket.git.store import ZERO, Store


@dataclass(frozen=True, slots=True)
class Claim:
    """What a branch's message says was received: whose bytes, when, under which reference."""

    place: RoundPath
    content: bytes
    received: datetime
    reference: str


def claims(store: Store, known: Sequence[log.Entry]) -> tuple[Claim, ...]:
    """What the desk's branches here claim, and no log has yet, in the order received."""
    had = {one.reference for one in known}
    refs = store.run(
        "for-each-ref", "--format=%(refname)", "--no-merged=HEAD", f"refs/heads/{BRANCH}"
    )
    found = [claim for ref in refs.split() for claim in _on(store, ref)]
    return tuple(sorted((one for one in found if one.reference not in had), key=_when))


def adopt(store: Store, found: Sequence[Claim], now: datetime) -> int:
    """Write claims into the log of this repository's desk, on the disk; answer how many.

    Raises `Busy`, `GitError`, OSError.
    """
    signer = evidence.signer_of(store) or evidence.new_signer(store)
    ref = log.log_of(signer.public)
    for one in found:
        kept, digest, bytes_ = evidence.keep(one.content)
        entry = log.Entry(
            round=one.place.round,
            municipality=one.place.slug,
            digest=digest,
            received=one.received,
            logged=now,
            via=Way.FORM,
            reference=one.reference,
        )
        moves = {f"{log.RECEIVED}{one.reference}": (id_of("tree", kept.tree), ZERO)}
        log.append(store, signer, store.resolve(ref), [entry], (bytes_, moves))
    return len(found)


def _on(store: Store, ref: str) -> Iterator[Claim]:
    for commit in store.run("rev-list", "--reverse", ref, "^HEAD").split():
        message = objects.message(store, commit)
        reference = objects.trailer(message, "Reference")
        try:
            received = instant(objects.trailer(message, "Received"))
        except ValueError:
            continue
        for step in store.changes(f"{commit}^1", commit):
            place = parse(step.path)
            content = store.blob(step.blob)
            if place and place.is_submission and reference and content is not None:
                yield Claim(place, content, received, reference)


def _when(claim: Claim) -> tuple[datetime, str]:
    return claim.received, claim.reference
