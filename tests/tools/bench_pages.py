"""How fast the pages of a large register are made, and how fast this register's site is built.

`pages()` as a ratio of processor time, which says the same on every machine: twice as many
municipalities take about twice as long.
"""

import json
import os
import tempfile
import time
from datetime import datetime
from pathlib import Path

from docket.loading.loader import read
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.site.generated import pages
from docket.site.pages.form import Setting
from support.built import build, copy
from support.crowd import WINTER, crowd
from support.worlds import world

LATER = datetime(2036, 1, 1, tzinfo=WINTER)
CROWDS = (500, 1_000)


def main() -> None:
    """Print the table and the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        _pages(Path(folder))
        _build(Path(folder))


def _pages(folder: Path) -> None:
    """The generated pages of ever larger registers, each municipality in each of five rounds."""
    print("\nmunicipalities x rounds   pages()        each, against the first")
    first = 0.0
    for size in CROWDS:
        root = world(folder / f"crowd-{size}")
        _invent(root, size)
        tree = Folder(root)
        docket = read(tree, LATER)
        setting, findings = Setting(docket, load_schemas(tree)), check(docket)
        start = time.process_time()
        pages(setting, findings, None)
        seconds = time.process_time() - start
        first = first or seconds / size
        print(f"{size:>14} x 5  {seconds:10.2f} s  {seconds / size / first:16.2f} x")


def _invent(root: Path, size: int) -> None:
    """Add `size` invented municipalities, and five rounds that all of them answer."""
    path = root / "schema/municipality.json"
    schema = json.loads(path.read_text("utf-8"))
    names = [f"by{number:04}" for number in range(size)]
    schema["enum"] = sorted([*schema["enum"], *names])
    for number, name in enumerate(names):
        schema["x-terms"][name] = {
            "name": name.title(),
            "full": f"{name.title()} Kommune",
            "region": "Opdigtet",
            "code": str(5000 + number),
            "tile": [20 + number % 40, number // 40],
        }
    path.write_text(json.dumps(schema), encoding="utf-8")
    for year in range(2031, 2036):
        crowd(root, f"{year}-opdigtet", names, datetime(year, 1, 1, tzinfo=WINTER), now=LATER)


def _build(folder: Path) -> None:
    """Both languages of the site with all 98, on this machine as it is now."""
    root = copy(folder / "site")
    start, before = time.monotonic(), os.times()
    build(root)
    seconds, after = time.monotonic() - start, os.times()
    used = sum(after[:4]) - sum(before[:4])
    print(f"\nboth languages built in {seconds:.1f} s, with {used:.1f} s of processor time")


if __name__ == "__main__":
    main()
