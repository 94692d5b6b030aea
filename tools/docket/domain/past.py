"""The register as it stood at an instant, by its evidence.

A submission is there in the version last received by then. The organiser's own files are read as
they stand now, because rounds are often written down afterwards; what they date later has not
happened.
"""

from collections.abc import Container, Iterator, Mapping
from typing import TypeVar

from docket.domain.docket import Docket
from docket.domain.instants import in_effect
from docket.domain.nouns import Decision, Submission, Version
from docket.domain.paths import parse
from docket.domain.states import ApprovalStatus

Value = TypeVar("Value")


def stood(docket: Docket, versions: Mapping[str, tuple[Version, ...]]) -> Docket:
    """`docket` as it stood at its own `now`; `versions` tells of deleted files too.

    What neither Git nor a receipt knows of stays.
    """
    then = {path: _by_then(docket, known) for path, known in versions.items()}
    gone = {path for path, known in then.items() if not known or not known[-1].blob}
    last = {path: known[-1] for path, known in then.items() if path not in gone}
    old = {
        path: one
        for path, one in last.items()
        if path not in docket.places or docket.blobs.get(path, one.blob) != one.blob
    }
    moved = gone | old.keys()
    submissions = [one for one in docket.submissions if one.path not in moved]
    submissions += [entry for path, one in old.items() for entry in _said(docket, path, one)]
    findings = {path: one.findings for path, one in old.items() if one.findings}
    return docket._replace(
        past=True,
        submissions=tuple(
            _by_now(docket, one) for one in sorted(submissions, key=lambda one: one.path)
        ),
        receipts=tuple(one for one in docket.receipts if one.received <= docket.now),
        confirmations=tuple(one for one in docket.confirmations if one.at <= docket.now),
        decisions={
            slug: _in_force(docket, one)
            for slug, one in docket.decisions.items()
            if in_effect(one.decided, docket.now, docket.organiser.zone)
        },
        versions={path: known for path, known in then.items() if path not in gone},
        blobs=_without(docket.blobs, moved) | {path: one.blob for path, one in old.items()},
        refused=_without(docket.refused, moved) | findings,
        places=_without(docket.places, moved) | {path: one.places for path, one in old.items()},
    )


def _by_then(docket: Docket, known: tuple[Version, ...]) -> tuple[Version, ...]:
    """The versions received by then; the one here, where nothing tells when it came."""
    if not any(one.received for one in known):
        return known
    return tuple(one for one in known if one.received and one.received <= docket.now)


def _said(docket: Docket, path: str, version: Version) -> Iterator[Submission]:
    """What a version said; of bytes that are gone only that they were received."""
    place = parse(path)
    if version.entry:
        yield version.entry
    elif place and place.slug in docket.register and version.blob not in (docket.held or ()):
        yield Submission(place.round, path, place.slug, areas=(), contact=None, approval=None)


def _by_now(docket: Docket, entry: Submission) -> Submission:
    """`entry` without what it dates later: a withdrawal, and a council's yes or no."""
    zone, approval = docket.organiser.zone, entry.approval
    if entry.withdrawn and not in_effect(entry.withdrawn.date, docket.now, zone):
        entry = entry._replace(withdrawn=None)
    if approval and approval.date and not in_effect(approval.date, docket.now, zone):
        pending = approval._replace(status=ApprovalStatus.PENDING, minutes="")
        entry = entry._replace(approval=pending)
    return entry


def _in_force(docket: Docket, decision: Decision) -> Decision:
    """`decision` without a stop that it dates later."""
    stop = decision.stopped
    later = stop and not in_effect(stop.date, docket.now, docket.organiser.zone)
    return decision._replace(stopped=None) if later else decision


def _without(items: Mapping[str, Value], moved: Container[str]) -> dict[str, Value]:
    return {path: value for path, value in items.items() if path not in moved}
