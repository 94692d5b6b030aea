"""Coverage-guided search for bytes that break the reader. A find becomes a case."""

import sys
import tempfile
from functools import lru_cache
from pathlib import Path

import atheris

with atheris.instrument_imports():
    from docket.loading import yamlfile
    from docket.loading.decoding import lines
    from docket.loading.loader import read
    from docket.loading.scalars import resolve
    from docket.loading.trees import Folder
    from docket.report import FORMATS, write
    from docket.report.common import Report
    from docket.rules import check

from support.worlds import CASES, NOW, world

TARGET = "submissions/2031-skole/randers.yml"


def main() -> None:
    """Run until the time given is over, or a find stops it."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Folder(world(Path(folder) / "register"))
        base = {path: tree[path] for path in tree}

    parse = lru_cache(64)(yamlfile.read)  # the base world is read once

    def one_input(content: bytes) -> None:
        files = {**base, TARGET: content}
        docket = read(files, NOW, parse=parse)
        findings = check(docket)
        for finding in findings:
            text = files[finding.place.path].decode("utf-8", "replace").removeprefix("\ufeff")
            found = lines(text)
            if not 1 <= finding.place.column <= len(found[finding.place.line - 1]) + 1:
                raise AssertionError(finding)
        for name in FORMATS:
            write(name, Report(docket, findings, files, "da"))
        resolve(content.decode("utf-8", "replace"))

    corpus = tempfile.mkdtemp()
    for number, path in enumerate(sorted(CASES.rglob("*.yml"))):
        if path.is_file() and not path.is_symlink() and path.stat().st_size < 4096:
            (Path(corpus) / str(number)).write_bytes(path.read_bytes())
    atheris.Setup([*sys.argv, corpus], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
