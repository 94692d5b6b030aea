"""What a submission was before: the versions that a history or a receipt knows of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from docket.domain.arrival import versions
from docket.domain.docket import Docket
from docket.domain.nouns import Receipt, Submission, Version
from docket.domain.paths import RoundPath, is_submission, parse, submission_path
from docket.git.history import History
from docket.loading import parsing, validation, yamlfile
from docket.loading.places import FileKind, kind_of
from docket.loading.schemas import Schemas
from docket.loading.trees import LIMIT


def held_by(
    history: History, receipts: Iterable[Receipt], blobs: Mapping[str, str]
) -> frozenset[str]:
    """The bytes that this history holds; where those that landed suffice, the rest is not read."""
    landed = {change.blob for changes in history.changes.values() for change in changes}
    known = landed | set(blobs.values())
    missing = {one.blob for one in receipts} - known
    return frozenset(known | history.held if missing else known)


def versions_of(
    schemas: Schemas, history: History, docket: Docket, submissions: Iterable[Submission]
) -> dict[str, tuple[Version, ...]]:
    """The versions of each submission of `docket` by its path."""
    return {
        one.path: _versions(schemas, history, docket, one.path, one.municipality, one)
        for one in submissions
    }


def others_of(schemas: Schemas, history: History, docket: Docket) -> dict[str, tuple[Version, ...]]:
    """The versions of what is no submission now: deleted, not to be read, or only received."""
    paths = {path for path in history.changes if kind_of(path) is FileKind.SUBMISSION}
    paths |= {path for path in docket.places if is_submission(path)}
    places = [place for path in sorted(paths - docket.versions.keys()) if (place := parse(path))]
    found = {
        str(one): _versions(schemas, history, docket, str(one), one.slug)
        for one in places
        if one.round in docket.rounds or str(one) in docket.places
    }
    told = {(one.round, one.municipality) for one in docket.submissions}
    told |= {(one.round, one.slug) for one in places}
    for round_, slug in docket.receipts_by:
        if round_ in docket.rounds and (round_, slug) not in told:
            path = submission_path(round_, slug)
            found[path] = _versions(schemas, history, docket, path, slug)
    return found


def _versions(  # noqa: PLR0913
    schemas: Schemas,
    history: History,
    docket: Docket,
    path: str,
    municipality: str,
    entry: Submission | None = None,
) -> tuple[Version, ...]:
    place = parse(path) or RoundPath("", path)
    landings = [(change.landed, change.blob) for change in history.changes.get(path, ())]
    here = docket.blobs.get(path)
    current = [(None, here)] if here and here not in [blob for _, blob in landings[-1:]] else []
    receipts = docket.receipts_by.get((place.round, municipality), ())
    return tuple(
        replace(one, entry=entry)
        if entry and one.blob == here
        else _read(schemas, history, place, one)
        for one in versions([*landings, *current], receipts)
    )


def _read(schemas: Schemas, history: History, place: RoundPath, version: Version) -> Version:
    """A version with what its bytes said, if they are here."""
    content = history.content(version.blob, LIMIT) if version.blob else None
    if content is None:
        return version
    document = yamlfile.read(str(place), content)
    findings = validation.findings(schemas, FileKind.SUBMISSION, document)
    entry = parsing.submission_of(place.round, str(place), document, findings)
    return replace(version, entry=entry, findings=tuple(findings), places=document.places)
