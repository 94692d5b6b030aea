"""A small register to test in: the base world, with what a case lays over it."""

import shutil
from datetime import datetime
from pathlib import Path

from docket.cli import load
from docket.docket import Docket
from docket.rules import check

HERE = Path(__file__).parent
ROOT = HERE.parent
BASE = HERE / "base"
CASES = HERE / "cases"
AT = "2031-03-01T12:00:00+01:00"
NOW = datetime.fromisoformat(AT)


def world(folder: Path, case: Path | None = None) -> Path:
    """The base world in `folder`, with the real schemas, and `case` laid over it."""
    shutil.copytree(ROOT / "schema", folder / "schema")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    if case:
        shutil.copytree(
            case / "submissions", folder / "submissions", dirs_exist_ok=True, symlinks=True
        )
    return folder


def docket_of(root: Path, at: str = AT) -> Docket:
    """The docket of the register in `root`."""
    return load(root, at)


def found_in(root: Path, at: str = AT) -> list[str]:
    """Every finding as "path:line:column CODE"."""
    return [
        f"{one.place.path}:{one.place.line}:{one.place.column} {one.code}"
        for one in check(docket_of(root, at))
    ]
