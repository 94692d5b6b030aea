"""The site on disk: write what differs, remove what no longer belongs, build both languages."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from docket.domain.docket import Docket
from docket.git.log import read_chain
from docket.git.store import Store
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.site import csp
from docket.site.generated import LANGUAGES, pages
from docket.site.pages.form import Setting

PAGES = ("runder", "kommuner", "meld-interesse", "mit-svar", "bekraeft", "kvittering.md")
GENERATED = (*PAGES, "data", "regler.md")
CONFIGS = {"da": "mkdocs.yml", "en": "mkdocs.en.yml"}
ADDRESS = "DOCKET_SITE"
"""In the environment of MkDocs: the address of a site whose pages are written already."""


STAYS = (errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM)
"""Why a folder cannot be moved though it may be written: a mount, another disk, whose it is."""


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
        swap(stage / "da", root / "public", stage / "old")


def swap(made: Path, place: Path, old: Path) -> None:
    """Let `place` be what `made` is, and `old` what it was. Raises OSError, and all is as before.

    A mount, or a folder elsewhere that `place` links to, stays where it is: its content changes.
    """
    if place.is_symlink():
        place = place.resolve()
        place.mkdir(parents=True, exist_ok=True)
    try:
        if place.exists():
            place.rename(old)
        made.rename(place)
    except OSError as error:
        if old.exists():
            old.rename(place)
        if error.errno not in STAYS or not place.is_dir():
            raise
        _fill(made, place)


def _fill(made: Path, place: Path) -> None:
    """Let `place` hold what `made` does; the site is copied there first, then the names change."""
    with tempfile.TemporaryDirectory(
        dir=place, prefix=".building-", ignore_cleanup_errors=True
    ) as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        shutil.copytree(made, new)
        old.mkdir()
        moved: list[tuple[Path, Path]] = []
        here = [one for one in place.iterdir() if one.name not in (Path(folder).name, "lost+found")]
        steps = [(one, old / one.name) for one in here]
        steps += [(one, place / one.name) for one in new.iterdir()]
        try:
            for source, target in steps:
                source.rename(target)
                moved.append((source, target))
        except OSError:
            for source, target in reversed(moved):
                target.rename(source)
            raise


def write_pages(
    root: Path, docket: Docket, *, with_desk: bool = False, clock: bool = False
) -> None:
    """Write the generated pages of the register in `root`, read as `docket`.

    `clock`: its instant was asked for, so the form goes by it and not by the reader's clock.
    Raises `Forged`.
    """
    setting = Setting(docket, load_schemas(Folder(root)), desk=with_desk, clock=clock)
    store = Store(root)
    logs = [read_chain(store, one.key, one.last) for one in docket.organiser.signers]
    write(root / "site", pages(setting, check(docket), store.head(), logs))


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
        encoding="utf-8",
        errors="replace",
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
