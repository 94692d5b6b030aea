"""Whether Zensical builds every page that MkDocs builds, from the same tree.

Not one of the tests: Zensical is young. It judges by the count; what Zensical warns of is shown.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from support.built import build, copy
from support.worlds import ROOT

ZENSICAL = ROOT / ".venv/zensical/bin/zensical"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
WARNING = re.compile(r"(?:Warning|Error): (.*)\n.*\[ (\S+) \]")


def main() -> None:
    """Print how many pages there are, and exit with 1 where one is missing."""
    with tempfile.TemporaryDirectory() as name:
        root = copy(Path(name))
        expected = _pages(build(root))
        shutil.rmtree(root / "public")
        for lang, config in (("da", "mkdocs.yml"), ("en", "mkdocs.en.yml")):
            _build(root, lang, config)
        missing = sorted(expected - _pages(root / "public"))
    print(f"{len(expected) - len(missing)} of {len(expected)} pages")
    for page in missing:
        print(f"missing: {page}")
    raise SystemExit(1 if missing else 0)


def _pages(public: Path) -> set[str]:
    return {path.relative_to(public).as_posix() for path in public.rglob("*.html")}


def _build(root: Path, lang: str, config: str) -> None:
    done = subprocess.run(
        [str(ZENSICAL), "build", "--config-file", config],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    said = COLOUR.sub("", done.stdout + done.stderr)
    warnings = WARNING.findall(said)
    for what, where in warnings:
        print(f"{lang} {where}: {what}")
    if done.returncode and not warnings:
        print(said)


if __name__ == "__main__":
    main()
