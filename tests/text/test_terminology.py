"""A register is spoken of in its own words."""

import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from docket.cli.main import main
from docket.domain.nouns import Organiser
from docket.text.catalogue import entries, say
from docket.text.terminology import neutral
from support.worlds import ROOT, commit, world

SOURCES = [
    path
    for path in sorted((ROOT / "tools/docket").rglob("*"))
    if path.suffix in {".py", ".toml", ".md", ".html"} and "starter" not in path.parts
] + sorted((ROOT / "site/theme").rglob("*.js"))
OWN = re.compile(
    r"kommun|byråd|danmark|besk(ae|æ)ftigelse|folkeskole|dagtilbud|(?-i:\bKL\b)"
    r"|\b(a|the|many|no) municipalit",
    re.IGNORECASE,
)
APART = re.compile(r'kommuner\b(?=["/])|\?kommune=|"kommune"|# .*|"""(?:.|\n)*?"""|// .*')
"""Addresses, and what no reader of the site sees: comments and docstrings."""
BOARD = {
    "a": {"da": "et nævn", "en": "a board"},
    "one": {"da": "nævn", "en": "board"},
    "the": {"da": "nævnet", "en": "the board"},
    "many": {"da": "nævn", "en": "boards"},
    "them": {"da": "nævnene", "en": "the boards"},
    "council": {"da": "formanden", "en": "the chair"},
}


def test_holes() -> None:
    """A hole takes its word, with a capital where the hole has one, or its fact."""
    own = Organiser(ZoneInfo("UTC"), "", words={"da": {"the": "nævnet", "one": "nævn"}})
    told = say("form.script.list", "da", own, found="x")
    assert told == "»x« er ikke på listen. Vælg nævnet på listen."
    assert say("form.blank.municipality", "da", own, m1="a", m5="b").startswith("Nævnets korte")


def test_words_of_the_script() -> None:
    """Every sentence that the form's script says is in the table of the catalogue that it gets."""
    scripts = (path.read_text("utf-8") for path in (ROOT / "site/theme/assets/form").glob("*.js"))
    words = {word for text in scripts for word in re.findall(r"\bwords\.(\w+)", text)}
    assert "sealless" in words
    assert {f"form.script.{word}" for word in words} <= entries("form").keys()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_word_of_one_register(path: Path) -> None:
    """What is said to readers names no municipality, no council, no country and no organiser."""
    text = APART.sub("", path.read_text("utf-8"))
    assert [line.strip() for line in text.splitlines() if OWN.search(line)] == []


def test_of_the_other_gender(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Messages, rules and overview speak of a register of boards as boards."""
    root = world(tmp_path / "register")
    path = root / "schema/municipality.json"
    schema = json.loads(path.read_text("utf-8"))
    assert schema["x-words"].keys() == neutral().keys()
    schema["x-words"] = BOARD
    path.write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
    commit(root, "Boards", "2031-02-04T12:00:00+01:00")
    here = ["-C", str(root)]
    assert main([*here, "explain", "M03"]) == 0
    assert "Et nævn, der allerede har en aftale, kan ikke melde sig" in capsys.readouterr().out
    assert main([*here, "explain", "M03", "--lang", "en"]) == 0
    assert "A board that already holds an agreement" in capsys.readouterr().out
    assert main([*here, "summary", "2031-skole", "--at", "2031-03-01"]) == 0
    told = capsys.readouterr().out
    assert "nævn** har meldt sig" in told
    assert not re.search(r"kommunen|kommuner", told)


def test_without_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no register, a rule is explained in general words."""
    assert main(["-C", str(tmp_path), "explain", "M03"]) == 0
    assert "En deltager, der allerede har en aftale" in capsys.readouterr().out
