"""What was answered to a register's own questions, on its pages and in its data."""

import csv
import io
import json
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from docket.form.blank import blank
from docket.form.fields import fields
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.text.messages import message
from support.generated import generated
from support.own import ANSWERS, ask
from support.randers import PATH, TEXT
from support.worlds import BASE, ROOT, docket_of, found_in

APPROVAL = ("godkend", "approv", "Ikke behandlet", "Not yet considered", "Byråd")
"""Words that a register without approval has no use for."""


@pytest.fixture
def asking(register: Path) -> Path:
    """A register with questions of its own, which Randers has answered."""
    ask(register)
    (register / PATH).write_text(TEXT + ANSWERS, encoding="utf-8")
    return register


def test_pages(asking: Path) -> None:
    """Every published answer stands on the municipality's page and in the round's, in words."""
    pages = generated(asking)
    for lang, told in (
        (
            "da",
            ["Åskolen", "1.250", "Til foråret", "0.-3. klasse, 7.-9. klasse", "Nej", "11. august"],
        ),
        ("en", ["Åskolen", "1,250", "In spring", "Years 0 to 3, Years 7 to 9", "No", "11 August"]),
    ):
        for page in ("kommuner/randers.md", "runder/2031-skole.md"):
            text = unescape(pages[f"{lang}/{page}"])
            for one in told:
                assert f"<dd>{one}" in text, (page, one)
            assert '<a rel="nofollow ugc" href="https://skole.example/plan">' in text
            assert "Which school?" in text if lang == "en" else "Hvilken skole?" in text
    own = pages["da/kommuner/randers.md"]
    assert "\n* mere" not in own  # what somebody wrote is no list
    assert "Svar på arrangørens spørgsmål" not in pages["da/kommuner/odder.md"]


def test_private_stays_private(asking: Path) -> None:
    """What is not published is on no page, in no data, no feed, not even what it is called."""
    (asking / PATH).write_text(TEXT + ANSWERS.replace("2.5", "987.125"), encoding="utf-8")
    for path, text in generated(asking).items():
        assert "987" not in text, path
        if "meld-interesse" not in path:
            assert "Budget" not in text, path


def test_a_wrong_private_answer_is_not_quoted(asking: Path) -> None:
    """The list of corrections on a page tells the rule, and not what was written."""
    lines = ANSWERS.replace("2.5", "0.25").replace("foraar", "sommer")
    (asking / PATH).write_text(TEXT + lines, encoding="utf-8")
    page = generated(asking)["da/runder/2031-skole.md"]
    assert "S07" in page
    assert "0,25" not in page
    assert "»sommer«" in page


def test_data(asking: Path) -> None:
    """The data have the values with their types, as their schema says; the sheet has columns."""
    pages = generated(asking)
    status = json.loads(pages["da/data/status.json"])
    schema = json.loads(pages["da/data/status.schema.json"])
    judge = Draft202012Validator(schema)
    judge.validate(status)
    rounds = {one["round"]["round"]: one["submissions"] for one in status["rounds"]}
    answers = {one["municipality"]: one["answers"] for one in rounds["2031-skole"]}
    assert answers["randers"] == {
        "skole": "Åskolen",
        "plan": "Vi vil\n\n* mere",
        "elever": 1250,
        "start": "foraar",
        "trin": ["indskoling", "udskoling"],
        "privat": False,
        "side": "https://skole.example/plan",
        "dag": "2031-08-11",
        "post": "post@skole.example",
        "telefon": "12345678",
    }
    rounds["2031-skole"][0]["answers"]["elever"] = "mange"
    assert next(one.json_path for one in judge.iter_errors(status)).endswith(".elever")
    rows = list(
        csv.DictReader(io.StringIO(pages["da/data/status.csv"].lstrip("\ufeff")), delimiter=";")
    )
    row = next(one for one in rows if one["Kommune"] == "Randers")
    assert (row["Antal elever"], row["Hvornår vil I begynde?"]) == ("1250", "Til foråret")
    columns = json.loads(pages["da/data/status.csv-metadata.json"])["tableSchema"]["columns"]
    assert [one["titles"] for one in columns] == [*row]


def test_as_given_nothing_is_other(register: Path) -> None:
    """A register without questions of its own has the schema of its data as it always was."""
    text = (ROOT / "tools/docket/site/status.schema.json").read_text(encoding="utf-8")
    assert generated(register)["da/data/status.schema.json"] == text


def test_blank_file(asking: Path) -> None:
    """The file to fill in by hand has every question; filled in, it is right."""
    docket, schemas = docket_of(asking), load_schemas(Folder(asking))
    round_ = docket.rounds["2031-skole"]
    text = blank(docket, fields(docket, schemas, round_, "da"), round_, "da")
    assert "# Antal elever\n# Et helt tal uden anførselstegn, for eksempel 1250\nelever:\n" in text
    assert "# Budget i mio. kr. (frivilligt)\n# Svaret vises ikke på siden.\n" in text
    assert "# true = Ja, false = Nej\nprivat:\n" in text
    for before, after in (
        ('municipality: ""', "municipality: randers"),
        ('areas: [""]', "areas: [folkeskole]"),
        ('  name: ""', "  name: Sekretariatet"),
        ('  email: ""', "  email: post@kommune.example"),
        ("elever:", "elever: 5"),
        ("budget:", "budget: 0.5"),
        ('start: ""', "start: senere"),
        ('trin: [""]', "trin: [udskoling]"),
        ("privat:", "privat: true"),
    ):
        assert before in text
        text = text.replace(before, after)
    kept = (row for row in text.splitlines() if not row.endswith(': ""'))
    (asking / PATH).write_text("\n".join(kept) + "\n", encoding="utf-8")
    docket = docket_of(asking)
    assert [
        message(one, docket.organiser, "da") for one in check(docket) if one.place.path == PATH
    ] == []


@pytest.fixture
def bare(register: Path) -> Path:
    """A register that asks for no approval and no reasons."""
    ask(register, {}, (), without=("approval", "motivation"))
    for path in (BASE / "submissions").rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        kept = text.partition("approval:")[0] if "municipality:" in text else text
        (register / path.relative_to(BASE)).write_text(kept, encoding="utf-8")
    (register / PATH).write_text(TEXT.partition("approval:")[0], encoding="utf-8")
    return register


def _sentences(pages: Mapping[str, str]) -> str:
    """All pages of the rounds, the municipalities and the form, and the data."""
    return "\n".join(
        text for path, text in pages.items() if "regler" not in path and not path.endswith(".svg")
    )


def test_without_approval(bare: Path) -> None:
    """No page, form, sheet or datum speaks of an approval that nobody asks for."""
    assert [one for one in found_in(bare) if "2031-skole" in one] == []
    pages = generated(bare)
    text = _sentences({path: text for path, text in pages.items() if "data/" not in path})
    found = {word: text.count(word) for word in APPROVAL if word in text}
    places = [row for row in text.splitlines() if any(word in row for word in APPROVAL)]
    assert found == {}, [row[:300] for row in places[:5]]
    status = json.loads(pages["da/data/status.json"])
    Draft202012Validator(json.loads(pages["da/data/status.schema.json"])).validate(status)
    assert "Godkendelse" not in pages["da/data/status.csv"]
    assert "Begrundelse" not in pages["da/data/status.csv"]
