"""The published data: true to its schema, safe in a sheet, and without contacts."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from support.built import FOREIGN
from support.generated import generated
from support.worlds import AT, ROOT

SECRETS = ("hemmelig@kommune.example", "Kontakt</b>", "87654321", "post@kommune.example")


def _data(root: Path, at: str = AT) -> dict[str, str]:
    return {path: text for path, text in generated(root, at).items() if "/data/" in path}


@pytest.fixture
def full(register: Path) -> Path:
    """The base world with a hostile submission, one that cannot be read, and one too late."""
    skole = register / "submissions/2031-skole"
    hostile = FOREIGN.replace('"*Byrådet* <img src=x>"', "'=HYPERLINK(\"https://x.example\")'")
    hostile = hostile.replace("12345678", "87654321")
    (skole / "randers.yml").write_text(hostile, encoding="utf-8")
    (skole / "skive.yml").write_text("municipality: [\n", encoding="utf-8")
    return register


@pytest.mark.parametrize("at", [AT, "2029-01-01", "2030-02-10"])
def test_json_keeps_its_schema(full: Path, at: str) -> None:
    """status.json is valid by the schema beside it, in both languages the same."""
    data = _data(full, at)
    schema = json.loads(data["da/data/status.schema.json"])
    Draft202012Validator.check_schema(schema)
    status = json.loads(data["da/data/status.json"])
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(status)] == []
    assert data["da/data/status.json"] == data["en/data/status.json"]


def test_real_rounds_keep_the_schema() -> None:
    """The register's own rounds do too: what is not known of them is null."""
    data = _data(ROOT, "2026-11-24")
    validator = Draft202012Validator(json.loads(data["da/data/status.schema.json"]))
    status = json.loads(data["da/data/status.json"])
    assert validator.is_valid(status)
    job = next(one for one in status["rounds"] if one["round"]["round"] == "2022-beskaeftigelse")
    assert job["totals"]["count"] == 49
    assert job["totals"]["approvals"] is None
    assert job["submissions"] == []


def test_schema_tells_every_field(full: Path) -> None:
    """No field is in the data that the schema does not name."""
    data = _data(full)
    schema = json.loads(data["da/data/status.schema.json"])
    unnamed = set(_unnamed(json.loads(data["da/data/status.json"]), schema, ""))
    assert unnamed == set()


def _unnamed(value: Any, schema: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - JSON
    schema = schema.get("anyOf", [schema])[0]
    if isinstance(value, dict) and "properties" in schema:
        for key, inner in value.items():
            if key in schema["properties"]:
                yield from _unnamed(inner, schema["properties"][key], f"{path}/{key}")
            else:
                yield f"{path}/{key}"
    elif isinstance(value, list):
        for inner in value:
            yield from _unnamed(inner, schema["items"], f"{path}/-")


def test_refused_files_are_listed(full: Path) -> None:
    """A file that cannot be read is in the data with the codes of its rules."""
    data = _data(full)
    status = json.loads(data["da/data/status.json"])
    bad = {"path": "submissions/2031-skole/skive.yml", "codes": ["F02"]}
    assert bad in status["refused"]
    skole = next(one for one in status["rounds"] if one["round"]["round"] == "2031-skole")
    assert skole["unread"] == [bad]
    assert any("skive.yml" in row and "F02" in row for row in _rows(data["da/data/status.csv"]))


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize("lang", ["da", "en"])
def test_csv_opens_in_excel(full: Path, lang: str) -> None:
    """The sheet has a byte order mark, semicolons, CRLF, and no cell that is a formula."""
    text = _data(full)[f"{lang}/data/status.csv"]
    assert text.encode().startswith(b"\xef\xbb\xbf")
    head, *rows = _rows(text)
    assert head[0] == {"da": "Runde", "en": "Round"}[lang]
    assert {len(row) for row in rows} == {len(head)}
    assert text.count("\r\n") == len(rows) + 1
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]
    assert any("'=HYPERLINK" in cell for row in rows for cell in row)
    names = [row[2] for row in rows if row[0] == "2031-skole"]
    assert names == ["Odder", "Randers", "Viborg", "skive.yml"]


def test_no_contact_is_published(full: Path) -> None:
    """No contact's name, address or phone is in any generated file, nor a receipt's reference."""
    made = generated(full)
    for path, text in made.items():
        for secret in () if path.endswith("/regler.md") else SECRETS:  # its examples are invented
            assert secret not in text.replace("&#64;", "@").replace("&#46;", "."), (path, secret)
    assert "reference" not in made["da/data/status.json"]


def test_why_somebody_withdrew_is_not_published(register: Path) -> None:
    """The reason of a withdrawal is read by the organiser only: no generated file has it."""
    file = register / "submissions/2031-skole/odder.yml"
    assert "reason: Vi prøver igen næste gang" in file.read_text(encoding="utf-8")
    assert [path for path, text in generated(register).items() if "prøver igen" in text] == []
