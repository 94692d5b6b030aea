"""A register's copied files, brought to the version of the package that is installed."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path

from docket.domain.docket import NOBODY
from docket.domain.nouns import Organiser
from docket.domain.paths import COPIED
from docket.loading.loader import organiser_of
from docket.loading.register import NoRegister
from docket.loading.trees import Folder
from docket.scaffold.copies import (
    GITHUB,
    Home,
    copies,
    digest,
    digests,
    home_in,
    record,
    with_newer_pins,
)
from docket.text.errors import CommandError

WHOLE = "tools/docket"
"""Where a register has the package itself, if it was made when that was copied too."""


class Change(StrEnum):
    """What becomes of a copied file."""

    COMES = "comes"
    CHANGES = "changes"
    GOES = "goes"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Step:
    """One file: what becomes of it, what is there, and what the package has; b"" is nothing."""

    path: str
    change: Change
    here: bytes
    there: bytes

    def diff(self) -> str:
        """From what is there to what the package has."""
        here, there = (
            text.decode("utf-8", "replace").splitlines(keepends=True)
            for text in (self.here, self.there)
        )
        lines = unified_diff(here, there, self.path, f"{self.path} (docket)")
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What is to be done, and what the register notes afterwards."""

    steps: tuple[Step, ...]
    record: bytes

    @property
    def left(self) -> tuple[Step, ...]:
        """What its owner has changed, and has to look at."""
        return tuple(one for one in self.steps if one.change is Change.LEFT)


def upgrade_of(root: Path, home: Home | None, taken: Collection[str] = ()) -> Upgrade:
    """What there is to do in the register at `root`; nothing is written.

    `home` is where its workflows are to call the package's actions from, else where they do so
    now. Files in `taken` become the package's, whatever their owner has changed. Raises
    `CommandError`.
    """
    noted = _noted(root)
    organiser = _organiser(root)
    flows = [path.read_bytes() for path in sorted((root / GITHUB).rglob("*.yml"))]
    package = {
        path: with_newer_pins(content, flows) if path.startswith(GITHUB) else content
        for path, content in copies(
            home or home_in(flows), organiser.languages, organiser.addresses
        ).items()
    }
    if unknown := sorted(set(taken) - package.keys()):
        raise CommandError("upgrade.unknown", names=unknown)
    steps = tuple(_steps(root, package, {**noted, **dict.fromkeys(taken, "")}, taken))
    left = {one.path for one in steps if one.change is Change.LEFT}
    return Upgrade(steps, _record(package, noted, left))


def write(root: Path, upgrade: Upgrade) -> None:
    """Do it. Raises OSError. What was done is not done twice: it can be run again."""
    for step in upgrade.steps:
        place = root / step.path
        if step.change is Change.GOES:
            place.unlink()
        elif step.change is not Change.LEFT:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(step.there)
    (root / COPIED).write_bytes(upgrade.record)


def _steps(
    root: Path, package: Mapping[str, bytes], noted: Mapping[str, str], taken: Collection[str]
) -> Iterator[Step]:
    for path in sorted({*noted, *package}):
        place, there = root / path, package.get(path)
        here = place.read_bytes() if place.is_file() and not place.is_symlink() else None
        own = here is not None and digest(path, here) != noted.get(path)
        if there is None:
            if here is not None and not own:
                yield Step(path, Change.GOES, here, b"")
        elif here is None:
            if path not in noted or path in taken:  # what its owner has deleted stays away
                yield Step(path, Change.COMES, b"", there)
        elif here != there and (not own or path in taken):
            yield Step(path, Change.CHANGES, here, there)
        elif digest(path, there) not in {digest(path, here), noted.get(path)}:
            yield Step(path, Change.LEFT, here, there)


def _organiser(root: Path) -> Organiser:
    """In which languages the register is, and how its pages are called."""
    try:
        return organiser_of(Folder(root))
    except NoRegister:
        return NOBODY


def _record(package: Mapping[str, bytes], noted: Mapping[str, str], left: Collection[str]) -> bytes:
    """What was left keeps its note, so that it is shown again."""
    new = digests(package)
    kept = {path: noted.get(path) for path in left}
    return record({path: was for path, was in {**new, **kept}.items() if was})


def _noted(root: Path) -> dict[str, str]:
    """The digests that the register noted. Raises `CommandError`."""
    try:
        files = dict(json.loads((root / COPIED).read_bytes())["files"])
    except FileNotFoundError:
        whole = (root / WHOLE).is_dir()
        raise CommandError("upgrade.whole" if whole else "upgrade.none") from None
    except (ValueError, TypeError, KeyError):
        raise CommandError("upgrade.unread") from None
    if any(".." in Path(path).parts or Path(path).is_absolute() for path in files):
        raise CommandError("upgrade.unread")
    return files
