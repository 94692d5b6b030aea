"""The site on disk: write what differs, remove what no longer belongs, build all languages."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from docket.domain.docket import NOBODY, Docket
from docket.domain.nouns import Organiser
from docket.git.log import read_chain
from docket.git.store import Store
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.site import ADDRESS, MEMORY
from docket.site.generated import pages, shared
from docket.site.links import config_of, dead_links
from docket.site.look import write_theme
from docket.site.menu import menu_faults
from docket.site.pages.form import Setting
from docket.site.swap import STAGE, swap
from docket.text.errors import CommandError, Faulty

PAGES = ("runder", "kommuner", "meld-interesse", "mit-svar", "bekraeft", "kvittering.md")
GENERATED = (*PAGES, "data", "regler.md")
PUBLIC = "public"
REMEMBERED = "docket-site"
"""In the Git folder: what pages became, where nobody can commit it."""
TOLD = ("INFO", "Aborted")
"""How lines begin in which MkDocs says nothing of what is wrong."""


def write(site: Path, files: Mapping[str, str | bytes], organiser: Organiser = NOBODY) -> list[str]:
    """Make the generated files below `site` be `files`. Answers the paths that changed.

    Files that are right already stay untouched: a rebuild must not set off another.
    """
    changed = [path for path, made in files.items() if _put(site / path, made)]
    for path in _generated(site, organiser):
        if path not in files:
            (site / path).unlink()
            changed.append(path)
    return changed


def build(
    root: Path, organiser: Organiser, place: str = PUBLIC, memory: Path | None = None
) -> None:
    """Build all languages at once: all, with no dead link, or what was there stays.

    `place` is the name of the site's folder in `root`, `memory` where it is kept what pages became
    the last time. The pages are written already. Raises `CommandError`.
    """
    first, *others = organiser.languages
    with tempfile.TemporaryDirectory(dir=root, prefix=STAGE, ignore_cleanup_errors=True) as folder:
        stage = Path(folder)
        wrong = _wrong(root, organiser, stage, memory)
        if all((stage / lang / "index.html").is_file() for lang in organiser.languages):
            for lang in others:
                (stage / lang).rename(stage / first / lang)
            # what MkDocs warns of is a link or the menu most often: here it is told in our words
            faults = [
                fault
                for lang, said in zip(organiser.languages, wrong, strict=True)
                for fault in menu_faults(said, lang, config_of(organiser, lang))
            ]
            if faults := [*faults, *dead_links(stage / first, organiser, root / "site")]:
                raise Faulty("errors.build.faulty", faults)
        if any(wrong):
            raise CommandError(
                "errors.build.failed", said="\n".join(dict.fromkeys(filter(None, wrong)))
            )
        swap(stage / first, root / place, stage / "old")
        if memory:
            _keep(stage, memory)


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
    findings = check(docket)
    files = pages(setting, findings, store.head(), logs)
    write_theme(root)
    write(root / "site", {**files, **shared(docket, findings)}, docket.organiser)


def build_whole(
    root: Path, docket: Docket, *, place: str = PUBLIC, with_desk: bool = False, clock: bool = False
) -> None:
    """Write the pages of the register in `root` and build them into `place` there.

    Whoever calls has the turn. Raises `CommandError`.
    """
    write_pages(root, docket, with_desk=with_desk, clock=clock)
    build(root, docket.organiser, place, Store(root).own / REMEMBERED)


def _wrong(root: Path, organiser: Organiser, stage: Path, memory: Path | None) -> list[str]:
    """What MkDocs says is wrong with each language, when all are done; "" where nothing is."""
    jobs = [(config_of(organiser, lang), str(stage / lang)) for lang in organiser.languages]
    settings = {ADDRESS: organiser.site, MEMORY: str(memory or ""), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(  # noqa: S603 - our own interpreter and files
        [sys.executable, "-m", "docket.site.builder", *chain(*jobs)],
        cwd=root,
        env={**os.environ, **settings},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    told = [stage / f"{lang}.said" for lang in organiser.languages]
    # of one that did not come to its end, what is said of that, be it a number
    ended = done.stderr or f"MkDocs: {done.returncode}"
    return [_reason(one.read_text("utf-8") if one.is_file() else ended) for one in told]


def _keep(stage: Path, memory: Path) -> None:
    with suppress(OSError):  # it only saves time
        memory.mkdir(exist_ok=True)
        for made in stage.glob("*.json"):
            made.replace(memory / made.name)


def _reason(said: str) -> str:
    lines = [line for line in said.splitlines() if line and not line.startswith(TOLD)]
    frames = [line.strip() for line in lines if line.startswith("  File ")]
    # of a template that breaks: in which file, and what
    return "\n".join([frames[-1], lines[-1]] if frames else lines) or said


def _put(path: Path, made: str | bytes) -> bool:
    content = made.encode() if isinstance(made, str) else made
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _generated(site: Path, organiser: Organiser) -> Iterator[str]:
    named = organiser.addresses
    for lang in organiser.languages:
        for name in GENERATED:
            place = site / lang / named.of(name)
            for path in [place] if place.is_file() else sorted(place.rglob("*")):
                if path.is_file():
                    yield path.relative_to(site).as_posix()
