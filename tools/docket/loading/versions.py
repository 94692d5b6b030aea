"""What a submission was before: the versions that a history or a receipt knows of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from docket.domain.arrival import versions
from docket.domain.docket import Docket
from docket.domain.nouns import Receipt, Submission, Version
from docket.domain.paths import RoundPath, is_submission, parse, submission_path
from docket.git.history import History
from docket.loading import parsing, validation, yamlfile
from docket.loading.limits import LIMIT
from docket.loading.places import FileKind, kind_of
from docket.loading.schemas import Schemas
from docket.loading.written import rewritten


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


def revised_in(history: History) -> dict[str, datetime]:
    """When the organiser's own files were last changed, for those that were."""
    return {
        path: changes[-1].landed
        for path, changes in history.changes.items()
        if len(changes) > 1 and not is_submission(path)
    }


class Sources(NamedTuple):
    """What tells of versions: the branch, the receipts in `docket`, and how a file is read."""

    schemas: Schemas
    history: History
    docket: Docket


def versions_of(
    sources: Sources, submissions: Iterable[Submission]
) -> dict[str, tuple[Version, ...]]:
    """The versions of each submission by its path."""
    return {one.path: _versions(sources, one.path, one.municipality, one) for one in submissions}


def all_versions(sources: Sources) -> dict[str, tuple[Version, ...]]:
    """Those of `docket`, and of what is no submission now: deleted, unreadable, only received."""
    history, docket = sources.history, sources.docket
    paths = {path for path in history.changes if kind_of(path) is FileKind.SUBMISSION}
    paths |= {path for path in docket.places if is_submission(path)}
    places = [place for path in sorted(paths - docket.versions.keys()) if (place := parse(path))]
    found = {
        str(one): _versions(sources, str(one), one.slug)
        for one in places
        if one.round in docket.rounds or str(one) in docket.places
    }
    told = {(one.round, one.municipality) for one in docket.submissions}
    told |= {(one.round, one.slug) for one in places}
    for round_, slug in docket.receipts_by:
        if round_ in docket.rounds and (round_, slug) not in told:
            path = submission_path(round_, slug)
            found[path] = _versions(sources, path, slug)
    return {**docket.versions, **found}


def _versions(
    sources: Sources, path: str, municipality: str, entry: Submission | None = None
) -> tuple[Version, ...]:
    history, docket = sources.history, sources.docket
    place = parse(path) or RoundPath("", path)
    landings: Sequence[tuple[datetime | None, str]] = history.changes.get(path, ())
    here = docket.blobs.get(path)
    if here and not (landings and landings[-1][1] == here):
        landings = (*landings, (None, here))
    receipts = docket.receipts_by.get((place.round, municipality), ())
    return tuple(
        one._replace(entry=entry) if entry and one.blob == here else _read(sources, place, one)
        for one in versions(landings, receipts)
    )


def _read(sources: Sources, place: RoundPath, version: Version) -> Version:
    """A version with what its bytes said, if they are here."""
    content = sources.history.content(version.blob, LIMIT) if version.blob else None
    if content is None:
        return version
    document = yamlfile.read(str(place), content)
    document = rewritten(sources.schemas, FileKind.SUBMISSION, document)
    findings = validation.findings(sources.schemas, FileKind.SUBMISSION, document)
    entry = parsing.submission_of(sources.schemas.asked, str(place), document, findings)
    return version._replace(entry=entry, findings=tuple(findings), places=document.places)
