"""The schemas: valid, sayable in both languages, and named by every file."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docket.domain.spelling import danish
from docket.loading.loader import load
from support.worlds import ROOT

SCHEMAS = sorted((ROOT / "schema").glob("*.json"))
FILES = sorted((ROOT / "submissions").rglob("*.yml"))


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _parts(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if not key.startswith("x-"):
                yield from _parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _parts(value)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_schema_is_valid(path: Path) -> None:
    """Each schema is right by the meta-schema; its name is its file's, for every tool."""
    schema = _read(path)
    Draft202012Validator.check_schema(schema)
    assert "$id" not in schema  # a relative one would hide the file that $ref is seen from


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_errors_can_be_said(path: Path) -> None:
    """No oneOf or anyOf; each title, help and pattern is there in both languages."""
    for part in _parts(_read(path)):
        assert not part.keys() & {"oneOf", "anyOf", "not"}
        if isinstance(part.get("title"), str):
            assert part["x-en"]["title"]
        if isinstance(part.get("description"), str):
            assert part["x-en"]["description"]
        if isinstance(part.get("pattern"), str):
            assert set(part["x-pattern"]) == {"da", "en"}


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_required_fields_can_be_asked_for(path: Path) -> None:
    """Each field that must be there says in both languages what to enter."""
    for part in _parts(_read(path)):
        for name in part.get("required", ()) if "type" in part else ():
            field = part["properties"][name]
            if field.get("$ref") == "municipality.json":  # the register says what to enter
                field = {**_read(ROOT / "schema/municipality.json"), **field}
            assert set(field.get("x-ask", {})) == {"da", "en"}, name


def test_register() -> None:
    """98 municipalities, in five regions, each with its own code, slug and tile."""
    schema = _read(ROOT / "schema/municipality.json")
    terms = schema["x-terms"]
    assert schema["enum"] == sorted(terms)
    assert len(terms) == 98
    assert len({term["code"] for term in terms.values()}) == 98
    assert len({tuple(term["tile"]) for term in terms.values()}) == 98
    assert len({term["region"] for term in terms.values()}) == 5
    docket = load(ROOT, datetime.now(UTC))
    assert docket.register["hoeje-taastrup"].full == "Høje-Taastrup Kommune"
    assert docket.register["bornholm"].full == "Bornholms Regionskommune"


def test_areas() -> None:
    """Each area has its name in both languages."""
    schema = _read(ROOT / "schema/area.json")
    assert schema["enum"] == list(schema["x-terms"])
    assert all(set(names) == {"da", "en"} for names in schema["x-terms"].values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_files_name_their_schema(path: Path) -> None:
    """Each file's first line names its schema, so that editors complete it."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    _, found, schema = first.partition("# yaml-language-server: $schema=")
    assert found
    assert (path.parent / schema).resolve() in SCHEMAS


def test_no_invented_submission() -> None:
    """The real folders hold what organisers wrote, and no municipality's file."""
    own = {"round.yml", "decision.yml", "receipts.yml", "organiser.yml"}
    assert {path.name for path in FILES} <= own


def test_danish_order() -> None:
    """Æ, ø, å come last, and aa is å."""
    names = ["Aabenraa", "Ærø", "Odense", "Ølgod", "Århus", "Assens", "Faaborg", "Faxe"]
    expected = ["Assens", "Faxe", "Faaborg", "Odense", "Ærø", "Ølgod", "Aabenraa", "Århus"]
    assert sorted(names, key=danish) == expected
