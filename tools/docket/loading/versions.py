"""What a submission was before: the versions that a history or a receipt knows of."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from docket.domain.nouns import Receipt, Submission, Version
from docket.git.history import History
from docket.loading import parsing, validation, yamlfile
from docket.loading.limits import LIMIT
from docket.loading.places import FileKind
from docket.loading.schemas import Schemas


def held_by(
    history: History,
    receipts: Iterable[Receipt],
    blobs: Mapping[str, str],
    given: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Those bytes of `receipts` that are `given`, or this history holds; what landed first."""
    named = {one.blob for one in receipts}
    known = (named & history.landed) | (named & given) | (named & set(blobs.values()))
    return frozenset(known if known == named else named & history.held | known)


def versions_of(
    schemas: Schemas,
    history: History,
    submissions: Iterable[Submission],
    receipts: Iterable[Receipt],
    blobs: Mapping[str, str],
) -> dict[str, tuple[Version, ...]]:
    """The versions of each submission by its path; `blobs` are Git's ids of what each is now."""
    received: dict[tuple[str, str], dict[str, None]] = {}
    for one in receipts:
        received.setdefault((one.round, one.municipality), {})[one.blob] = None
    by_path: dict[str, list[Version]] = {}
    for entry in submissions:
        changes = history.changes.get(entry.path, ())
        landed = {change.blob for change in changes}
        known = [Version(change.landed, change.blob) for change in changes]
        known += [
            Version(None, blob)
            for blob in received.get((entry.round, entry.municipality), ())
            if blob not in landed
        ]
        here = blobs[entry.path]
        by_path[entry.path] = [
            replace(one, entry=entry if one.blob == here else _past(schemas, history, entry, one))
            for one in known
            if one.landed or history.content(one.blob, LIMIT) is not None
        ]
    return {path: tuple(versions) for path, versions in by_path.items()}


def _past(
    schemas: Schemas, history: History, entry: Submission, version: Version
) -> Submission | None:
    """What a past version of a submission said, if it can be read."""
    content = history.content(version.blob, LIMIT) if version.blob else None
    if content is None:
        return None
    document = yamlfile.read(entry.path, content)
    findings = validation.findings(schemas, FileKind.SUBMISSION, document)
    return parsing.submission_of(entry.round, entry.path, document, findings)
