"""What Markdown made of a page the last time is used where nothing that it goes by has changed."""

import filecmp
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from docket.domain.languages import PACKAGE
from docket.domain.nouns import Organiser
from docket.site.build import REMEMBERED, build
from docket.text.errors import CommandError
from support.built import build as build_whole
from support.built import copy
from support.worlds import ROOT

ORGANISER = Organiser(ZoneInfo("UTC"), "https://docket.example/", languages=PACKAGE[:1])
CONFIG = """site_name: Prøve
docs_dir: site/da
plugins: []
theme: {name: null, language: da, custom_dir: theme}
hooks: [tools/mkdocs_hook.py]
strict: true
validation: {anchors: warn}
markdown_extensions:
  - attr_list
  - pymdownx.snippets: {base_path: [site/da]}
"""
PAGE = """# Æbler {: #frugt }

[Pærer](om.md#sted) og [her](#frugt)
"""
OTHER = "<h2 id='sted'>Sted</h2>\n\n--8<-- \"dagen.txt\"\n"
FRAME = "{{ page.title }}|{% for one in page.toc %}{{ one.url }}{% endfor %}|{{ page.content }}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The sources of a site of two pages."""
    texts = {"mkdocs.yml": CONFIG, "theme/main.html": FRAME, "site/da/dagen.txt": "mandag"}
    texts |= {"site/da/index.md": PAGE, "site/da/om.md": OTHER}
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools/mkdocs_hook.py", tmp_path / "tools")
    return tmp_path


def _built(site: Path) -> tuple[str, str]:
    """Both pages, built with what is known of the last time."""
    build(site, ORGANISER, memory=site / "memory")
    pages = ("public/index.html", "public/om/index.html")
    first, second = ((site / one).read_text(encoding="utf-8") for one in pages)
    return first, second


def _mark(site: Path) -> None:
    """Let what is remembered be told from what is converted."""
    path = site / "memory/da.json"
    path.write_text(path.read_text("utf-8").replace("rer", "rer husket"), encoding="utf-8")


def _replace(path: str, old: str, new: str) -> Callable[[Path], object]:
    def change(site: Path) -> None:
        text = (site / path).read_text(encoding="utf-8")
        assert old in text
        (site / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def test_what_is_known_is_not_converted(site: Path) -> None:
    """A page comes from memory as it was, with its title and contents, and stays there."""
    first, _ = _built(site)
    assert first.startswith("Æbler|#frugt|")
    assert 'href="om/#sted"' in first
    assert _built(site)[0] == first
    _mark(site)
    assert _built(site)[0] == first.replace("Pærer", "Pærer husket") != first
    assert "husket" in _built(site)[0]


@pytest.mark.parametrize(
    "change",
    [
        _replace("site/da/index.md", "og", "samt"),
        _replace("mkdocs.yml", "attr_list", "attr_list: {}\n  - admonition"),
        _replace("mkdocs.yml", "[site/da]}", "[site/da], check_paths: true}"),
        _replace("mkdocs.yml", "anchors: warn", "anchors: info"),
        lambda site: (site / "site/da/ny.md").write_text("# Ny\n"),
        lambda site: (site / "memory/da.json").write_text('{"'),
        lambda site: (site / "memory/da.json").write_text("[]"),
    ],
    ids=["text", "extensions", "settings", "validation", "files", "cut", "else"],
)
def test_what_has_changed_is_converted(site: Path, change: Callable[[Path], object]) -> None:
    """Nothing is taken from memory where the text, or anything that it is converted by, is new."""
    _built(site)
    _mark(site)
    change(site)
    assert "husket" not in _built(site)[0]


@pytest.mark.parametrize(
    "setting",
    ["  - footnotes\n", "  - toc: {slugify: !!python/name:markdown.extensions.toc.slugify }\n"],
    ids=["extension", "function"],
)
def test_what_nobody_knows_is_not_remembered(site: Path, setting: str) -> None:
    """An extension that is not known, or a function, may go by more than the page."""
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(setting)
    _built(site)
    assert json.loads((site / "memory/da.json").read_text("utf-8")) == {}


def test_what_is_included_is_read_each_time(site: Path) -> None:
    """A page that includes another is converted again, whatever its own text; so where all do."""
    assert "mandag" in _built(site)[1]
    day = _replace("site/da/dagen.txt", "mandag", "tirsdag")
    day(site)
    assert "tirsdag" in _built(site)[1]
    _replace("mkdocs.yml", "[site/da]}", "[site/da], auto_append: [dagen.txt]}")(site)
    assert "tirsdag" in _built(site)[0]
    _replace("site/da/dagen.txt", "tirsdag", "onsdag")(site)
    assert "onsdag" in _built(site)[0]


def test_what_is_wrong_is_told_each_time(site: Path) -> None:
    """A page with a fault is not remembered, nor is one whose fault came from another page."""
    _built(site)
    _replace("site/da/om.md", "id='sted'", "id='andet'")(site)
    for _ in range(2):
        with pytest.raises(CommandError, match=r"errors\.build\.faulty"):
            _built(site)
    _replace("site/da/om.md", "id='andet'", "id='sted'")(site)
    _replace("site/da/index.md", "om.md#sted", "ingen.md")(site)
    for _ in range(2):
        with pytest.raises(CommandError, match=r"errors\.build\.faulty"):
            _built(site)


def test_where_it_cannot_be_kept(site: Path) -> None:
    """The site is built where what pages became cannot be written down."""
    (site / "memory").write_text("", encoding="utf-8")
    assert "mandag" in _built(site)[1]


def test_the_same_site(tmp_path: Path) -> None:
    """The site of this register has the same files, byte for byte, with memory and without."""
    root = copy(tmp_path / "site")
    first = build_whole(root).rename(tmp_path / "first")
    languages = [root / ".git" / REMEMBERED / f"{lang}.json" for lang in ("da", "en")]
    assert all(len(json.loads(one.read_text("utf-8"))) > 100 for one in languages)
    second = build_whole(root)
    assert _differing(filecmp.dircmp(first, second)) == []


def _differing(found: filecmp.dircmp[str]) -> list[str]:
    _, differing, odd = filecmp.cmpfiles(found.left, found.right, found.common_files, shallow=False)
    below = [name for one in found.subdirs.values() for name in _differing(one)]
    return [*found.left_only, *found.right_only, *differing, *odd, *below]
