"""What the package brings beside its code: schemas, theme, workflows, pins.

In a wheel it lies below the package; where the package runs from its own repository it is that.
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
MADE = "made"
"""The folder of the theme that a build writes: it belongs to one register."""


def packaged(path: str) -> Path:
    """Where `path` of the package's repository ("schema", "site/theme") is on this machine."""
    shipped = PACKAGE / "shipped"
    return (shipped if shipped.is_dir() else PACKAGE.parents[1]) / path


def files_at(place: Path) -> Iterator[tuple[str, bytes]]:
    """The files at or below `place`, each with its path from there ("" of a file itself)."""
    for path in sorted([place, *place.rglob("*")]):
        inside = path.relative_to(place)
        if path.is_file() and not {MADE, "__pycache__", ".DS_Store"} & set(inside.parts):
            yield ("" if path == place else inside.as_posix()), path.read_bytes()


@cache
def schema_files() -> dict[str, bytes]:
    """The package's schemas, by name ("round.json")."""
    return dict(files_at(packaged("schema")))


if __name__ == "__main__":  # the register's Makefile asks where the pins are
    sys.stdout.write(f"{packaged(sys.argv[1])}\n")
