"""From a tree to a docket: every file is read, and none hides another."""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from docket.domain.arrival import receipts_of
from docket.domain.docket import Docket
from docket.domain.instants import begins
from docket.domain.mail import Confirmation
from docket.domain.nouns import (
    Decision,
    Finding,
    Organiser,
    Place,
    Receipt,
    Round,
    Submission,
    Version,
)
from docket.domain.past import stood
from docket.domain.paths import GITS_OWN, ORGANISER, SCHEMA, SUBMISSIONS, TEXT, file_name, parse
from docket.git.history import NOTHING, History, read_history
from docket.git.objects import blob_id
from docket.git.place import whole
from docket.loading import parsing, schemas, validation, yamlfile
from docket.loading.document import Document
from docket.loading.places import FileKind, kind_of, stray
from docket.loading.register import NoRegister, load_schemas, unread
from docket.loading.trees import Folder, Unreadable
from docket.loading.versions import Sources, all_versions, held_by, revised_in, versions_of
from docket.loading.written import moment_in, rewritten
from docket.text.errors import CommandError

Parse = Callable[[str, bytes], Document]


class _Read:
    """What has been read so far, and what reads one file."""

    def __init__(self, parse: Parse, organiser: Organiser) -> None:
        self.parse = parse
        self.organiser = organiser
        self.rounds: dict[str, Round] = {}
        self.submissions: list[Submission] = []
        self.receipts: list[Receipt] = []
        self.confirmations: list[Confirmation] = []
        self.decisions: dict[str, Decision] = {}
        self.refused: dict[str, tuple[Finding, ...]] = {}
        self.places: dict[str, Mapping[str, Place]] = {}
        self.blobs: dict[str, str] = {}

    def keep(self, old: Docket, files: Container[str]) -> None:
        """Take what `old` has, but nothing of `files`."""
        self.rounds = {slug: one for slug, one in old.rounds.items() if one.path not in files}
        self.submissions = [one for one in old.submissions if one.path not in files]
        self.receipts = [one for one in old.receipts if one.place.path not in files]
        self.confirmations = [one for one in old.confirmations if one.path not in files]
        self.decisions = {slug: one for slug, one in old.decisions.items() if one.path not in files}
        self.refused = {path: one for path, one in old.refused.items() if path not in files}
        self.places = {path: one for path, one in old.places.items() if path not in files}
        self.blobs = {path: one for path, one in old.blobs.items() if path not in files}


def read(
    tree: Mapping[str, bytes],
    now: datetime,
    history: History | None = None,
    parse: Parse = yamlfile.read,
) -> Docket:
    """The docket of `tree` at `now`, with what `history` tells. Raises `NoRegister`.

    Whoever reads many trees that are nearly the same can let `parse` remember.
    """
    return reading(tree, now, history, parse).docket


class Reading(NamedTuple):
    """A tree that was read, and what it takes to read a few files anew, and no others."""

    docket: Docket
    schemas: schemas.Schemas
    history: History

    def only(self, slug: str, now: datetime) -> "Reading":
        """What concerns one municipality, read at `now`."""
        return self._replace(docket=self.docket.only(slug)._replace(now=now))

    def amended(
        self,
        files: Mapping[str, bytes],
        received: Sequence[Receipt] = (),
        parse: Parse = yamlfile.read,
    ) -> Docket:
        """The docket where `files`, each in a round's folder, lie over those of the tree.

        `received` are receipts that no journal has yet, of bytes that the history need not hold.
        """
        old = self.docket
        found = _Read(parse, old.organiser)
        found.keep(old, files)
        found.receipts += received
        for path in files:
            _take(found, self.schemas, files, path)
        found.submissions.sort(key=lambda one: one.path)
        found.receipts.sort(key=lambda one: one.place.path)
        docket = _filled(old, found)
        known = {
            one.path: old.versions[one.path]
            for one in docket.submissions
            if one.path not in files and receipts_of(docket, one) == receipts_of(old, one)
        }
        given = frozenset(one.blob for one in received)
        return _dated(docket, self.schemas, self.history, known, given)


def reading(
    tree: Mapping[str, bytes], now: datetime, history: History | None, parse: Parse = yamlfile.read
) -> Reading:
    """`tree` read at `now`, with what `history` tells. Raises `NoRegister`."""
    shapes = load_schemas(tree)
    docket = _docket(tree, shapes, now, parse)._replace(revised=revised_in(history or NOTHING))
    return Reading(_dated(docket, shapes, history, {}), shapes, history or NOTHING)


def _docket(
    tree: Mapping[str, bytes], shapes: schemas.Schemas, now: datetime, parse: Parse
) -> Docket:
    """What the files of `tree` tell by themselves."""
    found = _Read(parse, unread(tree, shapes))
    for path in tree:
        if path.startswith(SUBMISSIONS) and file_name(path) not in GITS_OWN:
            _take(found, shapes, tree, path)
    register = {
        slug: parsing.municipality(slug, terms)
        for slug, terms in shapes.terms("municipality.json").items()
    }
    named = shapes.terms("area.json")
    areas = {slug: schemas.both(terms) for slug, terms in named.items()}
    return _filled(Docket(found.organiser, register, areas, now), found)


def _filled(docket: Docket, found: _Read) -> Docket:
    return docket._replace(
        organiser=found.organiser,
        rounds=found.rounds,
        submissions=tuple(found.submissions),
        receipts=tuple(found.receipts),
        confirmations=tuple(found.confirmations),
        decisions=found.decisions,
        refused=found.refused,
        places=found.places,
        blobs=found.blobs,
    )


def _dated(
    docket: Docket,
    shapes: schemas.Schemas,
    history: History | None,
    known: Mapping[str, tuple[Version, ...]],
    given: frozenset[str] = frozenset(),
) -> Docket:
    """`docket` with what `history` tells of its files; `known` has the versions of some.

    `given` are bytes that receipts may name though the history does not hold them.
    """
    others = [one for one in docket.submissions if one.path not in known]
    told = history or NOTHING
    versions = versions_of(Sources(shapes, told, docket), others)
    held = held_by(told, docket.receipts, docket.blobs, given) if history else None
    return docket._replace(versions={**known, **versions}, held=held)


def load(root: Path | Folder, now: datetime, at: str = "", *, past: bool = False) -> Docket:
    """The docket of the register in a folder, as it stands `now`.

    `at`: a date or an instant to look from; with `past`, at the register as it stood then.
    Raises `NoRegister`, `NoHistory`, and `CommandError` where `at` is neither.
    """
    tree = root if isinstance(root, Folder) else Folder(root)
    try:
        history = read_history(whole(tree.store)) if len(tree) else NOTHING
        found = reading(tree, now, history)
        docket = found.docket
        if at:
            told = moment_in(at, docket.organiser.languages)
            docket = docket._replace(now=begins(told, docket.organiser.zone))
        sources = Sources(found.schemas, history, docket)
        return stood(docket, all_versions(sources)) if at and past else docket
    except NoRegister:
        raise NoRegister(str(tree.root)) from None
    except ValueError:
        raise CommandError("errors.instant") from None


def organiser_of(tree: Mapping[str, bytes]) -> Organiser:
    """What holds for the whole register, read by itself. Raises `NoRegister`."""
    own = {
        path: tree[path] for path in tree if path.startswith((SCHEMA, TEXT)) or path == ORGANISER
    }
    shapes = load_schemas(own)
    return _docket(own, shapes, datetime.fromtimestamp(0, UTC), yamlfile.read).organiser


def _take(found: _Read, shapes: schemas.Schemas, tree: Mapping[str, bytes], path: str) -> None:
    """Read the file at `path`, and keep what it says and what is wrong with it."""
    kind = kind_of(path)
    if kind is None:
        document = stray(path)
        findings = document.findings
    else:
        document = rewritten(shapes, kind, _document(found, tree, path))
        findings = validation.findings(shapes, kind, document)
        _keep(found, kind, document, findings)
    if findings:
        found.refused[path] = tuple(findings)
    found.places[path] = document.places


def _keep(found: _Read, kind: FileKind, document: Document, findings: tuple[Finding, ...]) -> None:
    """Keep the noun that a file is, as far as it can be read."""
    data, path = parsing.sound(document, findings), document.path
    slug = place.round if (place := parse(path)) else ""
    match kind:
        case FileKind.ORGANISER:
            found.organiser = parsing.organiser(data, found.organiser)
        case FileKind.ROUND:
            if round_ := parsing.round_(slug, path, data):
                found.rounds[slug] = round_
        case FileKind.SUBMISSION:
            if entry := parsing.submission_of(found.organiser.asked, path, document, findings):
                found.submissions.append(entry)
        case FileKind.RECEIPTS:
            told = list(parsing.receipts(slug, document, findings))
            found.receipts += [one for one in told if isinstance(one, Receipt)]
            found.confirmations += [one for one in told if isinstance(one, Confirmation)]
        case FileKind.DECISION:
            if not findings:
                found.decisions[slug] = parsing.decision(slug, path, data)


def _document(found: _Read, tree: Mapping[str, bytes], path: str) -> Document:
    try:
        content = tree[path]
        found.blobs[path] = blob_id(content)
        return found.parse(path, content)
    except Unreadable as error:
        return yamlfile.unread(path, error.kind)
