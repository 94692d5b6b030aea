"""From a tree to a docket: every file is read, and none hides another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from docket import nouns, schemas, shape, yamlfile
from docket.docket import Docket
from docket.model import Both, Decision, Finding, Organiser, Place, Receipt, Round, Submission
from docket.trees import Unreadable
from docket.yamlfile import Document

OWN = {"round.yml": "round.json", "receipts.yml": "receipts.json", "decision.yml": "decision.json"}
ORGANISER = "submissions/organiser.yml"
FOLDER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class NoRegister(Exception):
    """The tree is no register of calls: it has no schemas, or no submissions."""


@dataclass
class _Read:
    """What has been read so far."""

    rounds: dict[str, Round] = field(default_factory=dict)
    submissions: list[Submission] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)
    refused: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    places: dict[str, Mapping[str, Place]] = field(default_factory=dict)
    organiser: Organiser = field(default_factory=lambda: nouns.organiser({}))


def read(tree: Mapping[str, bytes], now: datetime) -> Docket:
    """The docket of `tree` at `now`. Raises `NoRegister`."""
    shapes = load_schemas(tree)
    found = _Read()
    for path in tree:
        if path.startswith("submissions/"):
            _take(found, shapes, tree, path)
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
    )


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
    return OWN.get(parts[2], "submission.json")


def _take(found: _Read, shapes: schemas.Schemas, tree: Mapping[str, bytes], path: str) -> None:
    name = schema_of(path)
    document = _document(tree, path, name)
    findings = (*document.findings, *shape.check(shapes, name, document)) if name else ()
    findings = findings or document.findings
    if findings:
        found.refused[path] = tuple(findings)
    found.places[path] = document.places
    _keep(found, name, path, document, findings)


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
        known = document.broken or ("withdrawn" in document.data) == ("withdrawn" in data)
        if entry := nouns.submission(slug, path, data, withdrawal_known=known):
            found.submissions.append(entry)
    elif name == "organiser.json":
        found.organiser = nouns.organiser(data)


def _document(tree: Mapping[str, bytes], path: str, name: str) -> Document:
    if not name:
        return _refused(path, "F06", _why_no_place(path))
    try:
        return yamlfile.read(path, tree[path])
    except Unreadable as error:
        return _refused(path, "F01", error.kind)


def _refused(path: str, code: str, variant: str) -> Document:
    return Document(path, findings=(Finding(code, Place(path), variant),), broken=True)


def _why_no_place(path: str) -> str:
    parts = path.split("/")
    if len(parts) != 3:  # noqa: PLR2004 - submissions/<round>/<file>
        return "depth"
    if not FOLDER.match(parts[1]):
        return "folder"
    return "ending"
