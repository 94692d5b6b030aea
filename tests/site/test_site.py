"""The built site: whole, in both languages, and inert whatever somebody wrote."""

import re
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest

from docket.domain.nouns import Organiser
from docket.site import build
from docket.text.errors import CommandError
from support.built import unstyled
from support.worlds import ROOT

BASE = "https://docket.example/"


class _Page(HTMLParser):
    """What a page links to and is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[str] = []
        self.lang = ""
        self.meta: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids.add(found.get("id", ""))
        if tag == "html":
            self.lang = found.get("lang", "")
        if tag == "meta" and "name" in found:
            self.meta[found["name"]] = found.get("content", "")
        self.links += [found[name] for name in ("href", "src") if name in found]


@cache
def _pages(public: Path) -> dict[str, _Page]:
    return {
        path.relative_to(public).as_posix(): _Page(path.read_text(encoding="utf-8"))
        for path in sorted(public.rglob("*.html"))
    }


def test_every_part_has_a_name(public: Path) -> None:
    """A table has a name, and a landmark of navigation has one and somewhere to go."""
    for path in sorted(public.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for head, body in re.findall(r"(?s)<table([^>]*)>(.*?)</table>", text):
            assert "aria-label" in head or "<caption" in body, path
        for head, body in re.findall(r"(?s)<nav([^>]*)>(.*?)</nav>", text):
            assert "aria-label" in head, path
            assert "href=" in body, path


def test_every_link_leads_somewhere(public: Path) -> None:
    """Every link within the site names a page that is there, and a place that is on it."""
    pages = _pages(public)
    for name, page in pages.items():
        address = urljoin(BASE, name.removesuffix("index.html"))
        for link in page.links:
            target = urlsplit(urljoin(address, link))
            if f"{target.scheme}://{target.netloc}/" != BASE:
                continue
            path = unquote(target.path).lstrip("/")
            path = f"{path}index.html" if path.endswith("/") or not path else path
            assert (public / path).is_file(), (name, link)
            fragment = unquote(target.fragment)
            if fragment:
                assert fragment in pages[path].ids, (name, link)


def test_every_page_is_complete(public: Path) -> None:
    """Each page has its language, one h1, a description, and says as of when it is."""
    pages = _pages(public)
    assert len(pages) > 50
    for name, page in pages.items():
        assert page.lang == ("en" if name.startswith("en/") else "da"), name
        assert page.tags.count("h1") == 1, name
        assert page.meta["description"], name
        assert "time" in page.tags, name


def test_every_class_has_a_style(public: Path) -> None:
    """No page has a part that the style sheet does not know."""
    assert unstyled(public) == {}


@pytest.mark.parametrize("below", ["", "en/"])
def test_only_our_own_files(public: Path, below: str) -> None:
    """What lies beside the pages is the theme's own: of Material's files no page asks for any."""
    theme, assets = ROOT / "site/theme/assets", public / below / "assets"
    found = {one.relative_to(assets) for one in assets.rglob("*") if one.is_file()}
    assert found == {one.relative_to(theme) for one in theme.rglob("*") if one.is_file()}


def test_languages_are_the_same(public: Path) -> None:
    """Each Danish page has an English one at the same path below /en/, and the other way."""
    names = set(_pages(public))
    english = {name.removeprefix("en/") for name in names if name.startswith("en/")}
    assert english == {name for name in names if not name.startswith("en/")}


def test_nothing_from_elsewhere(public: Path) -> None:
    """No page fetches anything from another host."""
    for path in public.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for tag in re.findall(r"<(?:script|img|link|iframe)\b[^>]*>", text):
            if "canonical" not in tag and "alternate" not in tag:
                assert "//" not in tag, (path, tag)


def test_what_somebody_wrote_is_inert(public: Path) -> None:
    """A submission's text is shown as text: no markup, no include, no contact."""
    for name in ("kommuner/randers", "runder/2031-skole"):
        text = (public / name / "index.html").read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text
        assert "docs_dir" not in text
        for secret in ("hemmelig@kommune.example", "Kontakt</b>", "12345678", "bo.hansen"):
            assert secret not in text
    page = (public / "kommuner/randers/index.html").read_text(encoding="utf-8")
    assert "Æblegrød" in page
    search = (public / "search/search_index.json").read_text(encoding="utf-8")
    assert "hemmelig@kommune.example" not in search


def test_a_bad_file_is_a_row(public: Path) -> None:
    """A file that cannot be read is named on its round's page, and the rest is there."""
    text = (public / "runder/2031-skole/index.html").read_text(encoding="utf-8")
    plain = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)
    assert "skive.yml, linje 1" in plain
    assert "regler/#f02" in plain
    assert "Viborg" in plain


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/en/", 200),
        ("/runder/", 200),
        ("/nope/", 404),
        ("/assets/", 404),
        ("/%2e%2e/mkdocs.yml", 404),
        ("/..%2fmkdocs.yml", 404),
    ],
)
def test_served(address: str, path: str, status: int) -> None:
    """Pages are served; folders are not listed, and nothing outside the site is."""
    try:
        with urlopen(address + path) as answer:
            found = answer.status
    except OSError as error:
        found = error.code  # type: ignore[attr-defined]
        error.close()  # type: ignore[attr-defined]
    assert found == status


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A site of one page in Danish, built once, whose theme is one line."""
    (tmp_path / "site/da").mkdir(parents=True)
    (tmp_path / "site/da/index.md").write_text("# Ny\n", encoding="utf-8")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/main.html").write_text("{{ page.content }}", encoding="utf-8")
    head = "site_name: Prøve\nplugins: []\ntheme: {name: null, custom_dir: theme}\n"
    (tmp_path / "mkdocs.yml").write_text(f"{head}docs_dir: site/da\n", encoding="utf-8")
    (tmp_path / "mkdocs.en.yml").write_text(f"{head}docs_dir: site/en\n", encoding="utf-8")
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("gammel", encoding="utf-8")
    return tmp_path


def _refused(bare: Path) -> str:
    """Why it is not built; what was built before stays, and nothing else is left."""
    with pytest.raises(CommandError) as failed:
        build.build(bare, Organiser(ZoneInfo("UTC"), "https://docket.example/"))
    assert (bare / "public/index.html").read_text(encoding="utf-8") == "gammel"
    assert [path.name for path in bare.glob(".*")] == []
    return failed.value.of("da")


def test_both_languages_or_none(bare: Path) -> None:
    """Where one language cannot be built, what was built before stays."""
    assert "site/en" in _refused(bare)


def test_a_build_that_is_killed(bare: Path) -> None:
    """Where all of MkDocs is killed at the last moment, what was built before stays."""
    (bare / "site/en").mkdir()
    (bare / "site/en/index.md").write_text("# New\n", encoding="utf-8")
    kill = "    [os.kill(one, 9) for one in (os.getppid(), os.getpid())]\n"
    (bare / "kill.py").write_text(f"import os\n\ndef on_post_build(**_):\n{kill}", "utf-8")
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        with (bare / name).open("a", encoding="utf-8") as settings:
            settings.write("hooks: [kill.py]\n")
    assert "MkDocs" in _refused(bare)


@pytest.mark.parametrize("below", ["", "en/"])
def test_the_site_map(public: Path, below: str) -> None:
    """Every page of a language is in its map, with the page that says the same in the other."""
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    tree = ET.parse(public / below / "sitemap.xml")
    for url in tree.getroot().iterfind("s:url", names):
        pairs = {one.get("hreflang"): one.get("href", "") for one in url.iterfind("x:link", names)}
        assert set(pairs) == {"da", "en"}
        assert url.findtext("s:loc", "", names) in pairs.values()
        for address in pairs.values():
            assert (public / address.removeprefix(BASE) / "index.html").is_file(), address
    assert len(tree.getroot()) > 100
