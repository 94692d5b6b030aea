"""How fast the pages of a large register are made, and how fast this register's site is built.

`pages()` as a ratio of processor time, which says the same on every machine: twice as many
municipalities take about twice as long.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from docket.loading.loader import read
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.rules import check
from docket.site.build import REMEMBERED
from docket.site.generated import pages
from docket.site.pages.form import Setting
from support.built import FOREIGN, build, copy
from support.crowd import WINTER, crowd
from support.worlds import world

LATER = datetime(2036, 1, 1, tzinfo=WINTER)
CROWDS = (500, 1_000)
BIN = Path(sys.executable).parent
TURNS = 3
KINDS = {"front": "", "round": "runder/2031-skole", "form": "meld-interesse/2031-skole"}
FETCHED = {".css", ".js", ".svg", ".png", ".ico"}


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
    """Both languages of the site with all 98, on this machine as it is now; the best of three."""
    root = copy(folder / "site")
    command = partial(subprocess.run, [BIN / "docket", "-C", root, "build"], check=True)
    print("\nboth languages                        processor    clock")
    _print("docket build, the first time", root, command, forget=True)
    _print("again, one answer changed", root, command)
    _print("in a server, one answer changed", root, partial(build, root))
    _weights(root / "public")


def _print(name: str, root: Path, made: Callable[[], object], *, forget: bool = False) -> None:
    """A row: how long a build takes, by the processor with MkDocs' processes, and by the clock."""
    answer, found = root / "submissions/2031-skole/randers.yml", []
    for turn in range(TURNS + 1):
        if forget:
            shutil.rmtree(root / ".git" / REMEMBERED, ignore_errors=True)
        answer.write_text(FOREIGN.replace("Overskrift", f"Overskrift {name} {turn}"), "utf-8")
        start, before = time.monotonic(), os.times()
        made()
        seconds, after = time.monotonic() - start, os.times()
        found.append((sum(after[:4]) - sum(before[:4]), seconds))
    processor, seconds = map(min, zip(*found[1:], strict=True))
    print(f"{name:<34} {processor:8.1f} s {seconds:6.1f} s")


def _weights(public: Path) -> None:
    """What a browser fetches for a page and all that the page names of the site, compressed."""
    print("\npage      compressed, with its style, scripts and pictures")
    for name, path in KINDS.items():
        page = public / path / "index.html"
        text = page.read_text("utf-8")
        named = re.findall(r'<(?:link|script|img)\b[^>]*?(?:href|src)="([^"?#]+)', text)
        found = {(page.parent / one).resolve() for one in named}
        files = [page, *(one for one in sorted(found) if one.suffix in FETCHED and one.is_file())]
        size = sum(len(gzip.compress(one.read_bytes(), 6)) for one in files)
        print(f"{name:<8}  {size / 1000:6.1f} kB in {len(files)} files")


if __name__ == "__main__":
    main()
