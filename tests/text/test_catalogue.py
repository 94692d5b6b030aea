"""The catalogue: whole in every language, used where it says, and the only home of sentences."""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import ascii_uppercase
from zoneinfo import ZoneInfo

import pytest

from docket.domain.nouns import Organiser
from docket.text import catalogue
from docket.text.catalogue import BARE, HOLE, entries, say
from docket.text.terminology import FILES as NAMED
from docket.text.terminology import neutral
from support.worlds import ROOT

PACKAGE = ROOT / "tools/docket"
FILES = sorted(path.stem for path in (PACKAGE / "text").glob("*.toml"))
LANGUAGES = ("da", "en")
WORDS = {name: f"<{name}>" for name in (*neutral(), *NAMED)} | {
    f"{letter}{number}": "x" for letter in "mo" for number in range(1, 7)
}
PROSE = re.compile(r"[a-zæøå]{2,},? [a-zæøå]{2,}|[a-zæøå]*[æøåÆØÅ][a-zæøå]+|[a-zæøå]+[æøå]\b")
"""What a sentence has and a name has not: two words, or a letter that only Danish has."""
MACHINE = re.compile(r"[{}<>|$=\[\]]|A-Z")
"""What is written for programs, and no reader sees."""
APART = {
    (
        "title seats wishes opens deadline after receiver letter decides rehearsal seal retention"
        " note sources"
    ),
    "timed out after ",  # told beside Git's own words
    "municipality areas approval title seats wishes opens deadline after decided until",
    "yes no on off true false",
    "Submission of ",  # the record is kept in English, for Git
    "dubious ownership",  # what Git says
    "not a git repository",
    "cannot lock ref",
    "quoted scalar",  # what libyaml says
    "cannot start any token",
    "could not find expected ':'",
    "end of stream",
    "mapping values",
}
"""Lists of words and what other programs say."""
ELSEWHERE = {
    "addresses",
    "rules",
    "commands",
    "form.script",
    "verify.script",
    "terminology",
    "theme",
}
"""Keys that are put together: from a code, a command's name, a word of script or theme."""


def _keys() -> list[str]:
    return [key for name in FILES for key in entries(name)]


def _forms(entry: catalogue.Entry, lang: str) -> list[str]:
    form = entry if isinstance(entry, str) else entry[lang]
    return [form] if isinstance(form, str) else list(form.values())


def _holes(text: str) -> set[tuple[str, str]]:
    return {(name[0].lower() + name[1:], how) for name, how in HOLE.findall(text)}


@pytest.mark.parametrize("name", FILES)
def test_both_languages_say_the_same(name: str) -> None:
    """Each entry is there in both languages, with something in it, and with the same facts."""
    for key, entry in entries(name).items():
        if isinstance(entry, str):
            continue
        assert set(entry) == set(LANGUAGES), key
        assert all(form.strip() or not form for lang in LANGUAGES for form in _forms(entry, lang))
        facts = [
            {hole for form in _forms(entry, lang) for hole in _holes(form) if hole[0] not in WORDS}
            for lang in LANGUAGES
        ]
        names = [{name for name, _ in side} - {"count"} for side in facts]
        assert names[0] == names[1], key


@cache
def _sources() -> Mapping[Path, str]:
    found = [
        path
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in {".py", ".md", ".html"} and "starter" not in path.parts
    ]
    theme = ROOT / "site/theme"  # below made/ lies what was written from the catalogue
    found += sorted(path for path in theme.rglob("*.html") if theme / "made" not in path.parents)
    return {path: path.read_text(encoding="utf-8") for path in found}


def _named() -> Iterator[str]:
    """Patterns of the keys that sources name: literal ones, and those put together."""
    for path, text in _sources().items():
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.JoinedStr):
                    parts = [
                        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r".+"
                        for part in node.values
                    ]
                    yield "".join(parts)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield re.escape(node.value)
        else:
            for first, _, more in re.findall(r"""(["'])([\w.-]+)\1( ~)?""", text) and re.findall(
                r"""["']([\w.-]+)["'](\s*)(~)?""", text
            ):
                yield re.escape(first) + (".*" if more else "")


def test_every_key_is_used() -> None:
    """No sentence stands in the catalogue that nobody says."""
    patterns = {one for one in _named() if "\\." in one and one != ".+"}
    starts = {name: [re.compile(one) for one in patterns if one.startswith(name)] for name in FILES}
    unused = [
        key
        for key in _keys()
        if not any(one.fullmatch(key.removesuffix(BARE)) for one in starts[key.partition(".")[0]])
    ]
    assert [key for key in unused if not key.startswith(tuple(ELSEWHERE))] == []


def test_every_key_named_is_there() -> None:
    """What sources call a key is one."""
    known = set(_keys())
    for path, text in _sources().items():
        for key in re.findall(r"""(?<!\w)say\(\s*["']([\w.-]+)["']\s*[,)]""", text):
            assert key in known, (path, key)


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module but docstrings and what only developers read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            silent |= {
                id(one) for one in ast.walk(node.value) if isinstance(node.value, ast.Constant)
            }
        if isinstance(node, ast.Raise):
            silent |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


def test_no_sentence_in_the_package() -> None:
    """Neither modules nor templates hold a sentence that a reader sees."""
    found = []
    for path, text in _sources().items():
        if path.suffix == ".py":
            found += [
                (path.name, line, value)
                for line, value in _texts(path)
                if PROSE.search(value) and not MACHINE.search(value) and value not in APART
            ]
        else:
            tags = r"(?s)<script>.*?</script>|\{#.*?#\}|\{[{%].*?[}%]\}|<!--.*?-->|<[^<>]*>"
            bare = re.sub(r"(?s)^\s*---\n.*?\n---", "", re.sub(tags, " ", text))
            found += [(path.name, 0, one[0]) for one in PROSE.finditer(bare)]
    assert found == []


def test_a_third_language_is_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a column more in every entry, each key answers in that language, holes filled."""
    with_column = {
        name: {
            key: entry if isinstance(entry, str) else {**entry, "sv": entry["da"]}
            for key, entry in entries(name).items()
        }
        for name in FILES
    }
    monkeypatch.setattr(catalogue, "entries", with_column.__getitem__)
    organiser = Organiser(ZoneInfo("UTC"), "", words={"sv": WORDS})
    for key in [key for name in FILES for key in with_column[name]]:
        forms = _forms(with_column[key.partition(".")[0]][key], "sv")
        facts: dict[str, object] = {
            name: date(2031, 3, 1) if how == "weekday" else 2
            for form in forms
            for name, how in _holes(form)
            if name not in WORDS
        }
        facts |= {
            name: ("a", "b") for form in forms for name, how in _holes(form) if how in {"and", "or"}
        }
        told = say(key, "sv", organiser, **{"count": 2} | facts)
        assert not HOLE.search(told) or key.startswith("rules."), key


def test_forms_follow_the_language() -> None:
    """A form for each plural category that the language has, and no other."""
    for name in FILES:
        for key, entry in entries(name).items():
            if isinstance(entry, str):
                continue
            for lang in LANGUAGES:
                form = entry[lang]
                assert isinstance(form, str) or set(form) == {"one", "other"}, key


def test_holes_are_words() -> None:
    """A hole begins with one capital at most: {Name} is {name} as a sentence begins."""
    for key in _keys():
        for lang in LANGUAGES:
            for form in _forms(catalogue.entry(key), lang):
                for name, _ in HOLE.findall(form):
                    assert not set(name[1:]) & set(ascii_uppercase) or key.startswith("form."), key
