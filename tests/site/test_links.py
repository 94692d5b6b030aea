"""A site with a link that leads nowhere is not built, whoever wrote the link."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from docket.cli.main import main
from docket.domain.nouns import Organiser
from docket.site.links import dead_links
from support.built import copy

ORGANISER = Organiser(ZoneInfo("UTC"), "https://docket.example/register/")


def _told(folder: Path, **pages: str) -> list[str]:
    for name, text in pages.items():
        path = folder / "public" / name.replace("__", "/") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = dead_links(folder / "public", ORGANISER, folder / "site")
    return [one.of("da") for one in found]


@pytest.mark.parametrize(
    ("link", "word"),
    [
        ("../runder/", ""),
        ("../runder/#aaret", ""),
        ("#top", ""),
        ("mailto:post@docket.example", ""),
        ("https://elsewhere.example/runder", ""),
        ("//elsewhere.example/nope/", ""),
        ("https://docket.example/another/", ""),
        ("https://docket.example/register/runder/?find=a#aaret", ""),
        ("../nope/", "fører ingen steder hen"),
        ("../runder", "fører ingen steder hen"),
        ("../runder/#nope", "ikke er på siden"),
        ("#nope", "ikke er på siden"),
        ("../../nope/", "fører ingen steder hen"),
        ("/runder/", "fører ingen steder hen"),
        ("https://docket.example/register/nope/", "fører ingen steder hen"),
        ("http://[", "fører ingen steder hen"),
    ],
)
def test_each_link(tmp_path: Path, link: str, word: str) -> None:
    """A page or a place that is not there is told with the link as it is written."""
    page = f"<p>href='/x'</p><a title='a > b' href='{link}'>x</a>"
    told = _told(tmp_path, om=page, runder='<h2 id="aaret">')
    assert bool(told) == bool(word)
    assert all(word in one and link in one for one in told)


def test_what_is_named(tmp_path: Path) -> None:
    """The file that the page is made from; where many pages have the link, how many more."""
    (tmp_path / "site/en/runder").mkdir(parents=True)
    (tmp_path / "site/en/om.md").touch()
    (tmp_path / "site/en/runder/index.md").touch()
    link = '<a href="nope/">'
    told = _told(tmp_path, en__om=link, en__runder=link)
    assert [one.partition(":")[0] for one in told] == ["site/en/om.md", "site/en/runder/index.md"]
    same = '<link href="../../vaek.css">'
    assert "på 1 side mere" in _told(tmp_path, en__om=same, en__runder=same)[0]


def test_the_build_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of each kind, in both languages, told in one run; the site of before stays."""
    root = copy(tmp_path)
    (root / "public").mkdir()
    (root / "public/index.html").write_text("gammel", encoding="utf-8")
    _add(root / "mkdocs.yml", "  - Væk: vaek.md\n")
    _add(root / "site/da/processen.md", "\n[a](findes-ikke.md) og [b](vejledning.md#ingen)\n")
    _add(root / "site/en/processen.md", '\n<a href="../runder/1999-ingen/">c</a>\n')
    assert main(["-C", str(root), "build", "--lang", "da"]) == 2
    said = capsys.readouterr().err
    assert "site/da/processen.md: linket findes-ikke.md fører ingen steder hen." in said
    assert "site/da/processen.md: linket ../vejledning/#ingen peger på et sted" in said
    assert "site/en/processen.md: linket ../runder/1999-ingen/ fører ingen steder hen." in said
    assert "mkdocs.yml: linket" in said
    assert "WARNING" not in said
    assert (root / "public/index.html").read_text(encoding="utf-8") == "gammel"


def test_the_menu(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is not in the menu, and a menu that names what is not there, in our words."""
    root = copy(tmp_path)
    (root / "site/da/nyt.md").write_text("# Nyt", encoding="utf-8")
    config = root / "mkdocs.en.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("- index.md", "- vaek.md").replace(": index.md", ": vaek.md"))
    assert main(["-C", str(root), "build", "--lang", "da"]) == 2
    said = capsys.readouterr().err
    assert "site/da/nyt.md: siden står ikke i menuen. Skriv nyt.md under nav i mkdocs.yml" in said
    assert "mkdocs.en.yml: menuen nævner site/en/vaek.md, som ikke findes." in said
    assert "WARNING" not in said


def _add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
