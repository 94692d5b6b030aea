"""What Markdown made of each page the last time: one that says the same is not converted again.

A page is known by the SHA-256 of all that its conversion goes by: its text and path, the files it
may link to, the settings, the versions of what converts, and this module. Where an extension may
go by more, nothing is remembered, and a page that includes another never is.
"""

import json
import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority
from mkdocs.structure.toc import get_toc

CONVERTS = ("mkdocs", "Markdown", "pymdown-extensions", "Pygments")
SNIPPETS = "pymdownx.snippets"
KNOWN = {"admonition", "attr_list", "def_list", "fenced_code", "md_in_html", "tables", "toc"}
KNOWN |= {"pymdownx.highlight", "pymdownx.superfences", SNIPPETS}
"""Extensions that go by the text of a page and their settings alone."""
INCLUDES = re.compile("-8<-")
"""But for this, by which a page includes another."""
FIRST, LAST = 100, -100


@dataclass
class Memory:
    """A plugin of MkDocs that reads what is known from a file, and writes another.

    Whoever builds puts that in the place of the first, if nothing is wrong with the site.
    """

    known: Path
    made: Path
    _ground: str = ""
    _key: str = ""
    _pages: dict[str, Any] = field(default_factory=dict)

    @event_priority(LAST)
    def on_files(self, files: Any, *, config: Any) -> None:  # noqa: ANN401 - MkDocs'
        """Take up what all pages go by."""
        settings = config.mdx_configs
        appends = settings.get(SNIPPETS, {}).get("auto_append")
        if appends or not KNOWN.issuperset(config.markdown_extensions):
            return
        places = sorted((one.src_uri, one.url, one.inclusion.name) for one in files)
        ground = [config.markdown_extensions, settings, repr(config.validation), places]
        try:
            told = json.dumps([*ground, *map(version, CONVERTS)])
        except TypeError:  # a function, of which nobody knows what it does
            return
        self._ground = _digest(told, Path(__file__).read_text(encoding="utf-8"))

    @event_priority(LAST)
    def on_page_markdown(self, text: str, *, page: Any, **_: object) -> None:  # noqa: ANN401
        """Let a page whose text is known be what it became, in the place of converting it."""
        is_whole = self._ground and not INCLUDES.search(text)
        self._key = _digest(self._ground, page.file.src_uri, text) if is_whole else ""
        if found := self._last.get(self._key):
            page.render = partial(_recall, page, found)

    @event_priority(FIRST)
    def on_page_content(self, html: str, *, page: Any, **_: object) -> None:  # noqa: ANN401
        """Keep what a page has become."""
        if self._key:
            links = {one.src_uri: places for one, places in (page.links_to_anchors or {}).items()}
            self._pages[self._key] = {
                "content": html,
                "toc": [*map(_entry, page.toc)],
                "title": page._title_from_render,  # noqa: SLF001 - `title` may be the front matter's
                "places": sorted(page.present_anchor_ids),
                "links": links,
            }

    def on_post_build(self, **_: object) -> None:
        """Write what is known of this site, and of no older one."""
        self.made.write_text(json.dumps(self._pages), encoding="utf-8")

    @cached_property
    def _last(self) -> dict[str, Any]:
        try:
            found = json.loads(self.known.read_bytes())
        except (OSError, ValueError):  # none yet, or cut short
            return {}
        return found if isinstance(found, dict) else {}


def _recall(page: Any, found: dict[str, Any], _: object, files: Any) -> None:  # noqa: ANN401
    """What `Page.render` does, from memory."""
    page.content, page.toc = found["content"], get_toc(found["toc"])
    page._title_from_render = found["title"]  # noqa: SLF001 - as above
    page.present_anchor_ids = set(found["places"])
    page.links_to_anchors = {
        files.get_file_from_path(path): places for path, places in found["links"].items()
    }


def _entry(link: Any) -> dict[str, Any]:  # noqa: ANN401
    """An entry of the table of contents, as `get_toc` takes it."""
    children = [*map(_entry, link.children)]
    return {"name": link.title, "id": link.id, "level": link.level, "children": children}


def _digest(*parts: str) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()
