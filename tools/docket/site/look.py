"""The theme on disk: `site/theme`, which MkDocs' `custom_dir` names, also where it is installed.

It is a plain folder that Git ignores, so that any builder of the same `mkdocs.yml` finds it.
"""

from pathlib import Path

from docket.domain.paths import COPIED
from docket.loading.packaged import files_at, packaged

THEME, OWN = "site/theme", "site/own"
MADE = "partials/languages/"
"""Is made with the pages, for a language that the search's theme does not know."""
KEPT = ".gitignore"
"""Is Git's: it keeps the folder, so that `mkdocs serve` works in a fresh clone."""


def write_theme(root: Path) -> None:
    """Let the theme of the register in `root` be the package's, with `site/own` laid over it.

    Only what differs is written, or a rebuild would set off the next. Raises OSError. In a
    repository without copied files the theme is source, and stays as it is.
    """
    if not (root / COPIED).is_file():
        return
    files = dict(files_at(packaged(THEME))) | dict(files_at(root / OWN))
    there = dict(files_at(root / THEME))
    for path, content in files.items():
        if there.get(path) != content:
            (root / THEME / path).parent.mkdir(parents=True, exist_ok=True)
            (root / THEME / path).write_bytes(content)
    for path in there.keys() - files.keys() - {KEPT}:
        if not path.startswith(MADE):
            (root / THEME / path).unlink()
