"""From a tree to a docket: every file is read, and none hides another."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from docket.called import words
from docket.docket import Docket
from docket.model import (
    Both,
    Decision,
    Finding,
    Organiser,
    Place,
    Receipt,
    Round,
    Submission,
    Version,
)
from docket.paths import Unreadable
from docket.reading import nouns, schemas, shape, yamlfile
from docket.reading.trees import LIMIT
from docket.reading.yamlfile import MOST, Document
from docket.record.history import History
from docket.spelling import fold

OWN = {"round.yml": "round.json", "receipts.yml": "receipts.json", "decision.yml": "decision.json"}
ORGANISER = "submissions/organiser.yml"
FOLDER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


Parse = Callable[[str, bytes], Document]


class NoRegister(Exception):
    """The tree is no register of calls: it has no schemas, or no submissions."""


@dataclass
class _Read:
    """What has been read so far, and what reads one file."""

    parse: Parse
    organiser: Organiser
    rounds: dict[str, Round] = field(default_factory=dict)
    submissions: list[Submission] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)
    refused: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    places: dict[str, Mapping[str, Place]] = field(default_factory=dict)
    blobs: dict[str, str] = field(default_factory=dict)


def read(
    tree: Mapping[str, bytes],
    now: datetime,
    history: History | None = None,
    parse: Parse = yamlfile.read,
) -> Docket:
    """The docket of `tree` at `now`, with what `history` tells. Raises `NoRegister`.

    Whoever reads many trees that are nearly the same can let `parse` remember.
    """
    shapes = load_schemas(tree)
    found = _Read(parse, nouns.organiser({}, words(shapes.by_name)))
    for path in tree:
        if path.startswith("submissions/"):
            _take(found, shapes, tree, path)
    versions = _versions(found, shapes, history) if history else {}
    return Docket(
        found.organiser,
        {
            slug: nouns.municipality(slug, words)
            for slug, words in shapes.terms("municipality.json").items()
        },
        {slug: Both(words["da"], words["en"]) for slug, words in shapes.terms("area.json").items()},
        now,
        found.rounds,
        tuple(found.submissions),
        tuple(found.receipts),
        found.decisions,
        refused=found.refused,
        places=found.places,
        versions=versions,
        blobs=found.blobs,
        held=_held(found, history) if history else None,
    )


def blob_id(content: bytes) -> str:
    """Git's id of `content` (SHA-1, as all forges have it)."""
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content)).hexdigest()  # noqa: S324


def _held(found: _Read, history: History) -> frozenset[str]:
    """The bytes that this history holds; where those that landed suffice, the rest is not read."""
    landed = {change.blob for changes in history.changes.values() for change in changes}
    known = landed | set(found.blobs.values())
    missing = {one.blob for one in found.receipts} - known
    return frozenset(known | history.held if missing else known)


def _versions(
    found: _Read, shapes: schemas.Schemas, history: History
) -> dict[str, tuple[Version, ...]]:
    """The versions of each submission that this history or a receipt knows of."""
    received: dict[tuple[str, str], dict[str, None]] = {}
    for one in found.receipts:
        received.setdefault((one.round, one.municipality), {})[one.blob] = None
    by_path: dict[str, list[Version]] = {}
    for entry in found.submissions:
        changes = history.changes.get(entry.path, ())
        landed = {change.blob for change in changes}
        known = [Version(change.landed, change.blob) for change in changes]
        known += [
            Version(None, blob)
            for blob in received.get((entry.round, entry.municipality), ())
            if blob not in landed
        ]
        here = found.blobs[entry.path]
        by_path[entry.path] = [
            replace(one, entry=entry if one.blob == here else _past(shapes, history, entry, one))
            for one in known
            if one.landed or history.content(one.blob, LIMIT) is not None
        ]
    return {path: tuple(versions) for path, versions in by_path.items()}


def _past(
    shapes: schemas.Schemas, history: History, entry: Submission, version: Version
) -> Submission | None:
    """What a past version of a submission said, if it can be read."""
    content = history.content(version.blob, LIMIT) if version.blob else None
    if content is None:
        return None
    document = yamlfile.read(entry.path, content)
    findings = _findings(shapes, "submission.json", document)
    return _submission(entry.round, entry.path, document, findings)


def load_schemas(tree: Mapping[str, bytes]) -> schemas.Schemas:
    """The schemas of `tree`. Raises `NoRegister`."""
    try:
        files = {
            path.removeprefix("schema/"): tree[path]
            for path in tree
            if path.startswith("schema/") and path.endswith(".json")
        }
        shapes = schemas.load(files)
    except (Unreadable, ValueError) as error:
        raise NoRegister from error
    wanted = {*OWN.values(), "submission.json", "organiser.json", "municipality.json", "area.json"}
    if not wanted <= shapes.by_name.keys() or not any(p.startswith("submissions/") for p in tree):
        raise NoRegister
    return shapes


def schema_of(path: str) -> str:
    """Which schema a path under `submissions/` answers to; "" where nothing has its place."""
    parts = path.split("/")
    if path == ORGANISER:
        return "organiser.json"
    if len(parts) != 3 or not FOLDER.match(parts[1]) or not path.endswith(".yml"):  # noqa: PLR2004
        return ""
    if parts[2] not in OWN and parts[2].lower() in OWN:
        return ""
    return OWN.get(parts[2], "submission.json")


def _take(found: _Read, shapes: schemas.Schemas, tree: Mapping[str, bytes], path: str) -> None:
    name = schema_of(path)
    document = _document(found, tree, path, name)
    findings = _findings(shapes, name, document) if name else document.findings
    if findings:
        found.refused[path] = tuple(findings)
    found.places[path] = document.places
    _keep(found, name, path, document, findings)


def _findings(shapes: schemas.Schemas, name: str, document: Document) -> tuple[Finding, ...]:
    """What is wrong with one file; of one value only what helps most."""
    unread = {one.place.pointer for one in document.findings if one.code == "F02"}
    of_shape = [
        one for one in shape.check(shapes, name, document) if one.place.pointer not in unread
    ]
    meant = {one.place.pointer for one in of_shape if one.code == "S04"}
    own = (one for one in document.findings if one.code != "F05" or one.place.pointer not in meant)
    return (*own, *of_shape)[:MOST]


def _keep(
    found: _Read, name: str, path: str, document: Document, findings: tuple[Finding, ...]
) -> None:
    data = nouns.sound(document, findings)
    slug = path.split("/")[1]
    if name == "round.json":
        if call := nouns.call(slug, path, data):
            found.rounds[slug] = call
    elif name == "receipts.json":
        found.receipts += nouns.receipts(slug, document, findings)
    elif name == "decision.json":
        if not findings:
            found.decisions[slug] = nouns.decision(slug, path, data)
    elif name == "submission.json":
        if entry := _submission(slug, path, document, findings):
            found.submissions.append(entry)
    elif name == "organiser.json":
        found.organiser = nouns.organiser(data, found.organiser.words)


def _submission(
    slug: str, path: str, document: Document, findings: tuple[Finding, ...]
) -> Submission | None:
    data = nouns.sound(document, findings)
    written = document.data if isinstance(document.data, dict) else {}
    known = ("withdrawn" in written) == ("withdrawn" in data)
    return nouns.submission(slug, path, data, withdrawal_known=known)


def _document(found: _Read, tree: Mapping[str, bytes], path: str, name: str) -> Document:
    if not name:
        return _stray(path)
    try:
        content = tree[path]
        found.blobs[path] = blob_id(content)
        return found.parse(path, content)
    except Unreadable as error:
        finding = Finding("F01", Place(path), error.kind)
        return Document(path, findings=(finding,), broken=True)


def _stray(path: str) -> Document:
    """A file that has no place here: why not, and what to call it instead."""
    parts = path.split("/")
    stem, _, ending = parts[-1].rpartition(".")
    variant = "ending"
    facts: dict[str, object] = {}
    if len(parts) != 3:  # noqa: PLR2004 - submissions/<round>/<file>
        variant = "depth"
    elif parts[2].lower() in OWN:
        variant, facts = "rename", {"name": parts[2], "wanted": parts[2].lower()}
    elif not FOLDER.match(parts[1]):
        variant, facts = "folder", {"wanted": fold(parts[1])}
    elif ending.lower() in ("yaml", "yml", "json"):
        variant, facts = "rename", {"name": parts[-1], "wanted": f"{stem}.yml"}
    return Document(path, findings=(Finding("F06", Place(path), variant, facts),), broken=True)
