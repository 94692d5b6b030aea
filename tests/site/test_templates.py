"""Templates, script and style as they are written: a thing a line, no word but the catalogue's."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from docket.site.templating import Compiled
from docket.text.catalogue import entries
from support.worlds import ROOT

THEME = ROOT / "site/theme"
PAGES = ROOT / "tools/docket/site/pages"
TEMPLATES = [path for path in sorted(THEME.rglob("*.html")) if path.parent.name != "made"]
TEMPLATES += sorted([*PAGES.glob("*.md"), *PAGES.glob("*.html")])
SCRIPTS = sorted(THEME.rglob("*.js"))
STYLES = sorted(THEME.rglob("*.css"))
LONGEST = 120

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}")
TAG = re.compile(r'<(/?)([a-z][\w-]*)(?:"[^"]*"|[^<>"])*?(/?)>')
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
ASIDE = re.compile(
    r"//.*|for \([^)]*\)|\"(?:[^\"\\]|\\.)*\"|'[^']*'|`[^`]*`|/(?:[^/\\]|\\.)+/[a-z]*"
)
"""What of a line of script is no statement: a comment, the head of a loop, a text, a pattern."""


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_lines_are_short(path: Path) -> None:
    """No line is longer than a reader takes in at once."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > LONGEST] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_tag_a_line(path: Path) -> None:
    """No element begins on the line where its sibling ended."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if _has_siblings(line)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_statement_a_line(path: Path) -> None:
    """No line of script goes on after a statement's end."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(r";\s*\S", ASIDE.sub("", line))] == []


@pytest.mark.parametrize(
    ("line", "has"),
    [
        ("<li><a href=\"x\"><strong>{{ '<b>' }}</strong></a></li>", False),
        ('<dt title="<i></i>">a</dt><dd>b</dd>', True),
        ("</li><li>", True),
        ("<p>a <em>b</em> c <em>d</em></p>", True),
        ("a<br>b<br>c", True),
        ("{% if a %}<p>{% else %}</p>{% endif %}", False),
    ],
)
def test_siblings_are_seen(line: str, has: bool) -> None:  # noqa: FBT001 - what is expected
    """What stands within another is no sibling; what follows on it is, ended by a tag or not."""
    assert _has_siblings(line) == has


def test_every_word_of_the_theme() -> None:
    """The theme's templates name each entry of its file in the catalogue, and no other."""
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES if THEME in path.parents]
    named = {name for text in texts for name in re.findall(r"\bwords\.(\w+)", text)}
    assert {f"theme.{name}" for name in named} == set(entries("theme"))


def _has_siblings(line: str) -> bool:
    depth, ended = 0, set()
    for end, name, alone in TAG.findall(JINJA.sub("", line)):
        if end:
            depth -= 1
            ended.add(depth)
        elif depth in ended:
            return True
        elif alone or name in VOID:
            ended.add(depth)
        else:
            depth += 1
    return False


@pytest.mark.parametrize("kept", [".", "not/there"])
def test_a_changed_template_is_compiled_anew(tmp_path: Path, kept: str) -> None:
    """What is compiled is kept where it can be, and used for this very source alone."""
    for text in ("first", "first", "other"):
        (tmp_path / "page.md").write_text(f"{{{{ word }}}} {text}", encoding="utf-8")
        cache = Compiled(str(tmp_path / kept))
        environment = Environment(loader=FileSystemLoader(tmp_path), bytecode_cache=cache)
        assert environment.get_template("page.md").render(word="the") == f"the {text}"
    assert len([*tmp_path.iterdir()]) == (2 if kept == "." else 1)
