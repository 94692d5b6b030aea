"""Whether every link of the built site leads somewhere, whoever wrote it and in whatever file.

MkDocs looks at the links of Markdown alone; the pages of the rounds, the menu and the theme are
HTML. What is on other hosts is not asked for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from docket.domain.nouns import Organiser
from docket.text.errors import CommandError
from docket.text.escape import one_line, show_path

TAG = re.compile(r"""<([a-z][^\s<>/]*+)(\s(?:[^<>"']++|"[^"]*"|'[^']*')*+)>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
EVERYWHERE = ("", "top", "__skip")
"""What every page has: HTML says so of the first two, the theme of the last."""


def config_of(organiser: Organiser, lang: str) -> str:
    """MkDocs' configuration of the site in `lang`: `mkdocs.yml`, `mkdocs.en.yml`."""
    return f"mkdocs{'' if lang == organiser.first else f'.{lang}'}.yml"


@dataclass(slots=True)
class _Page:
    """What a page links to, in its order, and the places on it."""

    links: dict[str, None] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)


def dead_links(folder: Path, organiser: Organiser, sources: Path) -> list[CommandError]:
    """A sentence for each address in the organiser's site, built in `folder`, that leads nowhere.

    `sources` is where its Markdown lies. One that is on many pages is told
    once: of the menu if it is there, else of the first page.
    """
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {name: _read(folder / name) for name in sorted(found) if name.endswith(".html")}
    dead: dict[tuple[str, str], dict[str, str]] = {}
    for name, page in pages.items():
        for link in page.links:
            if broken := _broken(name, link, organiser.site, pages, found):
                dead.setdefault(broken, {}).setdefault(name, link)
    return [_told(kind, where, sources, organiser) for (_, kind), where in sorted(dead.items())]


def _read(path: Path) -> _Page:
    page = _Page()
    for tag in TAG.finditer(path.read_text(encoding="utf-8")):
        for one in ATTRIBUTE.finditer(tag[2]):
            name, value = one[1].lower(), unescape(one[2] or one[3] or one[4] or "")
            if name in ("href", "src"):
                page.links[value.strip()] = None
            elif name == "id" or (name == "name" and tag[1] == "a"):
                page.places.add(value)
    return page


def _broken(
    name: str, link: str, address: str, pages: Mapping[str, _Page], found: set[str]
) -> tuple[str, str] | None:
    """Where `link` on the page `name` leads to if nothing is there, and what is missing."""
    base = f"{address.rstrip('/')}/"
    try:
        whole = urljoin(base + name.removesuffix("index.html"), link)
        is_relative = not urlsplit(link).scheme and not urlsplit(link).netloc
    except ValueError:
        return link, "page"
    if not whole.startswith(base):  # another's, unless it climbs out of the site
        return (whole, "page") if is_relative else None
    target = urlsplit(whole)
    path = unquote(target.path[len(urlsplit(base).path) :])
    path += "index.html" if path.endswith("/") or not path else ""
    if path not in found:
        return path, "page"
    place = unquote(target.fragment)
    if path not in pages or place in pages[path].places | set(EVERYWHERE) or ":~:" in place:
        return None
    return f"{path}#{place}", "place"


def _frames(organiser: Organiser) -> dict[str, str]:
    """Pages that have nothing but the menu and the theme on them, and where the menu stands."""
    return {
        f"{organiser.below(lang)}404.html": config_of(organiser, lang)
        for lang in organiser.languages
    }


def _told(kind: str, where: Mapping[str, str], sources: Path, organiser: Organiser) -> CommandError:
    frames = _frames(organiser)
    name = next((one for one in frames if one in where), next(iter(where)))
    page = frames.get(name) or _source(name, sources, organiser)
    facts = {"page": show_path(page), "link": one_line(where[name])}
    others = len(where) - 1
    return CommandError(f"errors.build.{kind}{'s' if others else ''}", **facts, count=others)


def _source(name: str, sources: Path, organiser: Organiser) -> str:
    """The file that a page is made from, as its writer knows it."""
    others = (one for one in organiser.languages[1:] if name.startswith(f"{one}/"))
    lang = next(others, organiser.first)
    path = name.removeprefix(organiser.below(lang))
    folder = path.removesuffix("index.html")
    files = (f"{lang}/{folder.rstrip('/')}.md", f"{lang}/{folder}index.md")
    made = [f"{sources.name}/{one}" for one in files if (sources / one).is_file()]
    return next(iter(made), name)
