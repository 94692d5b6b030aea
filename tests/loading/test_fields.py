"""What a register may ask: each kind of field, what is made of what it leaves out, and what not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from docket.cli.main import main
from docket.domain.asked import Kind
from docket.loading.loader import load
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.text.messages import message
from support.own import ANSWERS, FIELDS, REQUIRED, Schema, ask
from support.randers import PATH, TEXT
from support.worlds import NOW, ROOT, commit, docket_of, found_in

DECIMALS = "with a full stop before its decimals, such as 1250 or 1250.5"
KINDS = ["line", "text", "number", "number", "choice", "choices", "yes-no", "address", "date"]


def _said(root: Path, lines: str, lang: str = "en") -> list[str]:
    """What check says of the submission of Randers with these lines in it, but not where."""
    (root / PATH).write_text(TEXT + lines, encoding="utf-8")
    docket = docket_of(root)
    found = [one for one in check(docket) if one.place.path == PATH]
    return [f"{one.code} {message(one, docket.organiser, lang)}" for one in found]


def test_kinds(register: Path) -> None:
    """Each kind is known from plain JSON Schema, and the fields keep the order of the schema."""
    ask(register)
    asked = load_schemas(Folder(register)).asked
    assert [one.kind for one in asked.own] == [*KINDS, "email", "phone"]
    assert [one.key for one in asked.own] == [*FIELDS]
    assert {one.key for one in asked.own if one.required} == {*REQUIRED}
    assert {one.key for one in asked.own if not one.published} == {"budget"}
    assert asked.pointers[-2:] == ("/withdrawn/date", "/withdrawn/reason")
    late = dict(asked.by_pointer["/start"].choices)["senere"]
    assert late.of("da") == late.of("en") == "senere"  # a word without a name is its own


def test_long_or_not(register: Path) -> None:
    """A text has many lines where it may be longer than 200 characters, or where it says so."""
    more: tuple[Schema, ...] = ({"maxLength": 200}, {"maxLength": 201}, {}, {"x-long": True})
    said: tuple[Schema, ...] = (*more, {"maxLength": 900, "x-long": False})
    fields = {f"felt{at}": {"type": "string", **one} for at, one in enumerate(said)}
    ask(register, fields, ())
    own = load_schemas(Folder(register)).asked.own
    assert [one.kind is Kind.TEXT for one in own] == [False, True, False, True, False]


def test_typed_values(register: Path) -> None:
    """A file with every field is right, and its values have their types."""
    ask(register)
    assert _said(register, ANSWERS) == []
    entry = docket_of(register).submission_at(PATH)
    assert entry
    own = dict(entry.own)
    assert own["elever"] == 1250
    assert own["privat"] is False
    assert own["trin"] == ("indskoling", "udskoling")
    assert own["plan"] == "Vi vil\n\n* mere"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("start: senere", "S01 Fill in the number of pupils. The field “elever” is missing."),
        (
            "elever: 5\nstart: forar",
            "S04 “forar” is not on the list. Did you mean “foraar”? Write foraar",
        ),
        (
            "elever: 5\nstart: Til efteråret",
            "S04 “Til efteråret” is not on the list. Did you mean “efteraar”? Write efteraar",
        ),
        ("elever: 5\nstart: x", "S04 “x” cannot stand here. Write foraar, efteraar or senere."),
        (
            "elever: 20001\nstart: senere",
            "S07 20,001 in the field “Antal elever” is too much. Write at most 20,000.",
        ),
        (
            'elever: "1.250"\nstart: senere',
            "S03 This should be a number. Write it like this, without quotation marks: 1250",
        ),
        ("elever: mange\nstart: senere", "S03 This should be a whole number, such as 4."),
        (
            "elever: 5\nstart: senere\nbudget: 2,5",
            "S03 This should be a number. Write it like this, without quotation marks: 2.5",
        ),
        ("elever: 5\nstart: senere\nbudget: meget", f"S03 This should be a number {DECIMALS}"),
        (
            "elever: 5\nstart: senere\nbudget: 0.25",
            "S07 0.25 in the field “Budget in DKK million” is too little. Write at least 0.5.",
        ),
        ("elever: 5\nstart: senere\nprivat: ja", "S03 This should be true (yes) or false (no)."),
        (
            "elever: 5\nstart: senere\ntrin: [indskoling, mellemtrin, udskoling]",
            "S07 3 are chosen in the field “Hvilke klassetrin?”. Choose at most 2.",
        ),
        (
            "elever: 5\nstart: senere\neleve: 3",
            "S02 The field “eleve” is not known. Did you mean “elever”?",
        ),
    ],
)
def test_what_is_wrong(register: Path, lines: str, told: str) -> None:
    """Each rule of shape speaks of such a field as of any other, and says what to write."""
    words = {"da": "Indtast", "en": "Fill in the number of pupils"}
    ask(register, {**FIELDS, "elever": {**FIELDS["elever"], "x-ask": words}})
    assert _said(register, lines + "\n") == [told]


def test_too_few(register: Path) -> None:
    """A list that may not be so short says how many it takes."""
    trin = {**FIELDS["trin"], "minItems": 2}
    ask(register, {"trin": trin}, ())
    told = "S07 Der er valgt 1 i feltet »Hvilke klassetrin?«. Vælg mindst 2."
    assert _said(register, "trin: [udskoling]\n", "da") == [told]


def test_what_is_left_out(register: Path) -> None:
    """Without title, x-ask, x-terms or x-pattern the words are made of what is there."""
    bare = {"antal": {"type": "integer"}, "kode": {"type": "string", "pattern": "^[0-9]$"}}
    ask(register, bare, ("antal",))
    assert _said(register, "kode: abc\n", "da") == [
        "S01 Indtast et tal i feltet »antal«. Feltet »antal« mangler.",
        "S05 »abc« er ikke skrevet rigtigt: teksten skal følge mønstret ^[0-9]$.",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"adresse": {"type": "object", "properties": {}}}, "feltet »adresse« er af en slags"),
        ({"tal": {"title": "Et tal"}}, "feltet »tal« er af en slags"),
        ({"tal": {"enum": [1, 2]}}, "feltet »tal« er af en slags"),
        ({"tal": {"type": ["integer", "null"]}}, "feltet »tal« er af en slags"),
        (
            {"liste": {"type": "array", "items": {"type": "string"}}},
            "feltet »liste« er af en slags",
        ),
        ({"tid": {"type": "string", "format": "date-time"}}, "feltet »tid« er af en slags"),
        ({"tal": {"type": "number", "multipleOf": 5}}, "bruger »multipleOf«"),
        ({"tal": True}, "feltet »tal« er af en slags"),
        ({"tal": {"$ref": "tal.json"}}, "feltet »tal« er af en slags"),
        ({"no": {"type": "string"}}, "kan ikke hedde »no«"),
        ({"antal børn": {"type": "string"}}, "kan ikke hedde »antal børn«"),
        ({"kode": {"type": "string", "pattern": "["}}, "mønstret (pattern) i feltet »kode«"),
        ({"kode": {"type": "string", "minLength": 3}}, "minLength over 1"),
        ({"kode": {"type": "string", "maxLength": "ti"}}, "feltet »kode« har ved »maxLength«"),
    ],
)
def test_what_nobody_can_fill_in(
    register: Path, capsys: pytest.CaptureFixture[str], fields: dict[str, Any], said: str
) -> None:
    """A field of no such kind is told in a sentence, by every command, before anything is read."""
    ask(register, fields, ())
    for words in (["check"], ["pages"], ["summary"]):
        assert main(["-C", str(register), "--lang", "da", *words]) == 2
        _, err = capsys.readouterr()
        assert said in err
        assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"required": ["municipality", "andet"]}, "»andet« står under required"),
        ({"minProperties": 3}, "bruger »minProperties« om hele tilkendegivelsen"),
        ({"properties": {"municipality": {}}}, "feltet »areas« mangler"),
    ],
)
def test_what_does_not_fit_together(
    register: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], said: str
) -> None:
    """What rules live by is there, and what is required is a field."""
    path = register / "schema/submission.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(schema | change), encoding="utf-8")
    assert main(["-C", str(register), "--lang", "da", "check"]) == 2
    assert said in capsys.readouterr().err


def test_locked_after_the_deadline(register: Path) -> None:
    """After the deadline what was answered to the register's own questions stands."""
    ask(register)
    (register / PATH).write_text(TEXT + ANSWERS, encoding="utf-8")
    before = docket_of(register)
    entry = before.submission_at(PATH)
    assert entry
    receipts = register / "submissions/2031-skole/receipts.yml"
    line = (
        "- {municipality: randers, received: 2031-03-05T10:00:00+01:00, via: e-mail,"
        f' blob: "{before.blobs[PATH]}"}}\n'
    )
    receipts.write_text(receipts.read_text(encoding="utf-8") + line, encoding="utf-8")
    commit(register, "received")
    changed = ANSWERS.replace("elever: 1250", "elever: 1251").replace("privat: false\n", "")
    (register / PATH).write_text(TEXT + changed, encoding="utf-8")
    docket = docket_of(register, "2031-07-15T12:00:00+02:00")
    found = [one for one in check(docket) if one.place.path == PATH]
    assert {(one.code, one.place.pointer) for one in found} == {
        ("T03", "/elever"),
        ("T03", "/privat"),
    }
    assert "Feltet »Antal elever« er ændret" in " ".join(
        message(one, docket.organiser, "da") for one in found
    )


def test_a_register_without_approval(register: Path) -> None:
    """Where no approval and no reasons are asked for, none is missing and none is looked for."""
    ask(register, {}, (), without=("approval", "motivation"))
    for path in (register / "submissions").rglob("*.yml"):
        text = path.read_text(encoding="utf-8").split("approval:")[0].split("motivation:")[0]
        path.write_text(text, encoding="utf-8")
    (register / PATH).write_text(TEXT.split("approval:")[0], encoding="utf-8")
    docket = docket_of(register)
    assert not docket.organiser.asked.approval
    entry = docket.submission_at(PATH)
    assert entry
    assert entry.approval is None
    assert [one for one in found_in(register) if "randers" in one] == []
    assert docket._replace(now=NOW).organiser.asked == load(register, NOW).organiser.asked


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("folder", ["site", "tools/docket/scaffold/starter/site"])
def test_examples_of_the_guide(register: Path, folder: str, lang: str) -> None:
    """What the guide gives to copy is a field of each kind, as it stands there."""
    text = (ROOT / folder / lang / "arrangoer.md").read_text(encoding="utf-8")
    example = re.findall(r"```json\n(.*?)```", text, re.DOTALL)[-1]
    ask(register, json.loads(f"{{{example}}}"), ())
    assert [one.kind.value for one in load_schemas(Folder(register)).asked.own] == KINDS
