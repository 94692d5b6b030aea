"""The site on disk: write what differs, remove what no longer belongs, build both languages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

GENERATED = ("runder", "kommuner", "meld-interesse", "regler.md")
LANGUAGES = ("da", "en")
CONFIGS = {"da": "mkdocs.yml", "en": "mkdocs.en.yml"}


class BuildFailed(Exception):
    """MkDocs could not build the site; its own words are the message."""


def write(site: Path, pages: Mapping[str, str]) -> list[str]:
    """Make the generated files below `site` be `pages`. Answers the paths that changed.

    Files that are right already stay untouched: a rebuild must not set off another.
    """
    changed = [path for path, text in pages.items() if _put(site / path, text)]
    for path in _generated(site):
        if path not in pages:
            (site / path).unlink()
            changed.append(path)
    return changed


def build(root: Path, environment: Mapping[str, str]) -> None:
    """Build both languages into `public/`. Raises `BuildFailed`."""
    public = root / "public"
    for lang in LANGUAGES:  # Danish first: building it empties the folder that holds the English
        done = subprocess.run(  # noqa: S603 - our own interpreter and files
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", CONFIGS[lang]],
            cwd=root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(public, ignore_errors=True)
            raise BuildFailed(done.stderr or done.stdout)


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
