"""The site on disk: write what differs, remove what no longer belongs, build both languages."""

import os
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
from docket.site import ADDRESS
from docket.site.generated import LANGUAGES, pages
from docket.site.links import dead_links
from docket.site.look import write_theme
from docket.site.pages.form import Setting
from docket.site.swap import STAGE, swap
from docket.text.errors import CommandError, Faulty

PAGES = ("runder", "kommuner", "meld-interesse", "mit-svar", "bekraeft", "kvittering.md")
GENERATED = (*PAGES, "data", "regler.md")
CONFIGS = {"da": "mkdocs.yml", "en": "mkdocs.en.yml"}
PUBLIC = "public"
TOLD = ("INFO", "Aborted")
"""How lines begin in which MkDocs says nothing of what is wrong."""


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


def build(root: Path, address: str, place: str = PUBLIC) -> None:
    """Build both languages at once: both, with no dead link, or what was there stays.

    `address` is the site's, `place` the name of its folder in `root`. The pages are written
    already. Raises `CommandError`.
    """
    with tempfile.TemporaryDirectory(dir=root, prefix=STAGE, ignore_cleanup_errors=True) as folder:
        stage = Path(folder)
        builders = [_start(root, lang, address, stage / lang) for lang in LANGUAGES]
        wrong = [_wrong(builder) for builder in builders]
        if all((stage / lang / "index.html").is_file() for lang in LANGUAGES):
            (stage / "en").rename(stage / "da" / "en")
            # what MkDocs warns of is a link most often: here it is told in our words
            if dead := dead_links(stage / "da", address, root / "site"):
                raise Faulty("errors.build.dead", dead)
        if any(wrong):
            raise CommandError(
                "errors.build.failed", said="\n".join(dict.fromkeys(filter(None, wrong)))
            )
        swap(stage / "da", root / place, stage / "old")


def write_pages(
    root: Path, docket: Docket, *, with_desk: bool = False, clock: bool = False
) -> None:
    """Write the theme and the generated pages of the register in `root`, read as `docket`.

    `clock`: its instant was asked for, so the form goes by it and not by the reader's clock.
    Raises `Forged`.
    """
    setting = Setting(docket, load_schemas(Folder(root)), desk=with_desk, clock=clock)
    store = Store(root)
    logs = [read_chain(store, one.key, one.last) for one in docket.organiser.signers]
    write_theme(root)
    write(root / "site", pages(setting, check(docket), store.head(), logs))


def build_whole(
    root: Path, docket: Docket, *, place: str = PUBLIC, with_desk: bool = False, clock: bool = False
) -> None:
    """Write the pages of the register in `root` and build them into `place` there.

    Whoever calls has the turn. Raises `CommandError`.
    """
    write_pages(root, docket, with_desk=with_desk, clock=clock)
    build(root, docket.organiser.site, place)


def _start(root: Path, lang: str, address: str, target: Path) -> subprocess.Popen[str]:
    arguments = ["build", "--strict", "-f", CONFIGS[lang], "-d", str(target)]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and files
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env={**os.environ, ADDRESS: address, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )


def _wrong(builder: subprocess.Popen[str]) -> str:
    """What MkDocs says is wrong, when it is done; "" where nothing is."""
    output, errors = builder.communicate()
    if not builder.returncode:
        return ""
    lines = [line for line in errors.splitlines() if line and not line.startswith(TOLD)]
    frames = [line.strip() for line in lines if line.startswith("  File ")]
    # of a template that breaks: in which file, and what
    return "\n".join([frames[-1], lines[-1]] if frames else lines) or errors or output


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
