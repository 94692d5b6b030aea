"""Files that are kept beside the tests: what is made now must be these, byte for byte."""

from collections.abc import Callable, Iterable, Mapping
from difflib import unified_diff
from pathlib import Path

import pytest

from support.worlds import ROOT

Blessed = Callable[[Mapping[Path, str], Iterable[Path]], None]


def compare(made: Mapping[Path, str], kept: Iterable[Path], *, bless: bool) -> None:
    """Fail unless the files `kept` are those `made`, and say what differs.

    With `bless` they are made so, and it fails all the same, once: the difference is to be read.
    """
    there = {path: path.read_bytes().decode() for path in kept if path.is_file()}
    changed = [path for path in sorted({*there, *made}) if there.get(path) != made.get(path)]
    if not changed:
        return
    if bless:
        for path in changed:
            _write(path, made.get(path))
    heading = "written; the next run is green" if bless else "not as kept; --bless would write"
    difference = "".join(_difference(path, there.get(path), made.get(path)) for path in changed)
    pytest.fail(f"{heading}\n{difference}", pytrace=False)


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def _difference(path: Path, old: str | None, new: str | None) -> str:
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    before, after = ("/dev/null" if text is None else name for text in (old, new))
    was, becomes = ((text or "").split("\n") for text in (old, new))
    return "\n".join(unified_diff(was, becomes, before, after, lineterm=""))
