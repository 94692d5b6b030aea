"""A small register to test in: the base world, with what a case lays over it."""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from docket.domain.docket import Docket
from docket.domain.nouns import Finding
from docket.loading.loader import load
from docket.rules import check

HERE = Path(__file__).parents[1]
ROOT = HERE.parent
BASE = HERE / "base"
CASES = HERE / "cases"
AT = "2031-03-01T12:00:00+01:00"
NOW = datetime.fromisoformat(AT)


def world(folder: Path, case: Path | None = None) -> Path:
    """The base world in `folder`, with the real schemas, and `case` laid over it."""
    shutil.copytree(_first(), folder, dirs_exist_ok=True)
    if case:
        shutil.copytree(
            case / "submissions", folder / "submissions", dirs_exist_ok=True, symlinks=True
        )
    else:
        git(folder, "update-index", "--refresh")  # a copy's files are new to Git
    return folder


@cache
def _first() -> Path:
    """The base world, made once: every other one is a copy."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(ROOT / "schema", folder / "schema")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "base", "2031-02-03T12:00:00+01:00")
    git(folder, "repack", "--quiet", "-a", "-d")  # one file to copy, not one for each object
    return folder


def git(folder: Path, *words: str, at: str = AT) -> str:
    """What git says in `folder`, with a clock that stands still and a name of its own."""
    fixed = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Test"), ("EMAIL", "test@example.org"), ("DATE", at))
    }
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **fixed}
    own["GIT_TEMPLATE_DIR"] = ""  # no sample hooks
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env={**neutral(), **own},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def neutral() -> dict[str, str]:
    """The environment, without what somebody has set for Git."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def commit(folder: Path, message: str, at: str = AT) -> str:
    """Commit everything in `folder` as of `at`; answer the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message, at=at)
    return git(folder, "rev-parse", "HEAD")


def objects(root: Path) -> str:
    """Everything that Git holds, reachable or not."""
    words = ["git", "-C", str(root), "cat-file", "--batch-all-objects", "--batch"]
    done = subprocess.run(words, env=neutral(), capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def docket_of(root: Path, at: str = AT, *, past: bool = False) -> Docket:
    """The docket of the register in `root`."""
    return load(root, datetime.now(UTC), at, past=past)


def found_in(root: Path, at: str = AT) -> list[str]:
    """Every finding as "path:line:column CODE"."""
    return places(check(docket_of(root, at)))


def places(findings: Iterable[Finding]) -> list[str]:
    """Each finding as "path:line:column CODE"."""
    return [f"{one.place.path}:{one.place.line}:{one.place.column} {one.code}" for one in findings]
