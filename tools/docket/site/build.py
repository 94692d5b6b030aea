"""The site on disk: write what differs, remove what no longer belongs, build both languages."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from docket.domain.docket import Docket
from docket.git.store import Store
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.site import csp
from docket.site.generated import LANGUAGES, pages
from docket.site.pages.form import Setting

GENERATED = ("runder", "kommuner", "meld-interesse", "mit-svar", "bekraeft", "data", "regler.md")
CONFIGS = {"da": "mkdocs.yml", "en": "mkdocs.en.yml"}
ADDRESS = "DOCKET_SITE"
"""In the environment of MkDocs: the address of a site whose pages are written already."""


class BuildFailed(Exception):
    """MkDocs could not build the site; its own words are the message."""


def write(site: Path, files: Mapping[str, str]) -> list[str]:
    """Make the generated files below `site` be `files`. Answers the paths that changed.

    Files that are right already stay untouched: a rebuild must not set off another.
    """
    changed = [path for path, text in files.items() if _put(site / path, text)]
    for path in _generated(site):
        if path not in files:
            (site / path).unlink()
            changed.append(path)
    return changed


def build(root: Path, address: str) -> None:
    """Build both languages at once into `public/`: both, or what was there stays.

    `address` is the site's. The pages are written already. Raises `BuildFailed`.
    """
    with tempfile.TemporaryDirectory(dir=root, prefix=".building-") as folder:
        stage = Path(folder)
        builders = [_start(root, lang, address, stage / lang) for lang in LANGUAGES]
        ended = [(*builder.communicate(), builder.returncode) for builder in builders]
        for output, errors, code in ended:
            if code:
                raise BuildFailed(errors or output)
        for lang in LANGUAGES:
            _guard(stage / lang)
        (stage / "en").rename(stage / "da" / "en")
        if (root / "public").exists():
            (root / "public").rename(stage / "old")
        (stage / "da").rename(root / "public")


def write_pages(
    root: Path, docket: Docket, *, with_desk: bool = False, clock: bool = False
) -> None:
    """Write the generated pages of the register in `root`, read as `docket`.

    `clock`: its instant was asked for, so the form goes by it and not by the reader's clock.
    """
    setting = Setting(docket, load_schemas(Folder(root)), desk=with_desk, clock=clock)
    write(root / "site", pages(setting, check(docket), Store(root).head()))


def build_whole(
    root: Path, docket: Docket, *, with_desk: bool = False, clock: bool = False
) -> None:
    """Write the pages of the register in `root` and build them. Raises `BuildFailed`."""
    write_pages(root, docket, with_desk=with_desk, clock=clock)
    build(root, docket.organiser.site)


def _start(root: Path, lang: str, address: str, target: Path) -> subprocess.Popen[str]:
    arguments = ["build", "--strict", "--quiet", "-f", CONFIGS[lang], "-d", str(target)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and files
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env={**os.environ, ADDRESS: address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _guard(folder: Path) -> None:
    """Put every page below `folder` under the policy; the theme alone is on the 404 page."""
    empty = folder / "404.html"
    known = csp.own(empty.read_text(encoding="utf-8")) if empty.is_file() else frozenset()
    for path in folder.rglob("*.html"):
        page = path.read_bytes().decode()
        path.write_bytes(csp.guarded(page, known).encode())


def _put(path: Path, text: str) -> bool:
    content = text.encode()
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _generated(site: Path) -> Iterator[str]:
    for lang in LANGUAGES:
        for name in GENERATED:
            place = site / lang / name
            for path in [place] if place.is_file() else sorted(place.rglob("*")):
                if path.is_file():
                    yield path.relative_to(site).as_posix()
