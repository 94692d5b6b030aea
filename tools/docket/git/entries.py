"""What Git tells of a file: in a commit's tree, and in what a commit changes."""

from enum import StrEnum
from typing import NamedTuple


class Mode(StrEnum):
    """What a path in a tree is, as Git writes it."""

    FILE = "100644"
    EXECUTABLE = "100755"
    LINK = "120000"
    OTHER = "160000"
    """Another repository, or what only a broken tree has."""
    NOTHING = "000000"


class StepKind(StrEnum):
    """What a commit does to a file, as Git writes it."""

    ADDED = "A"
    MODIFIED = "M"
    RETYPED = "T"
    DELETED = "D"


MODES: dict[str, Mode] = {one.value: one for one in Mode}
KINDS: dict[str, StepKind] = {one.value: one for one in StepKind}
"""Each by Git's letter: an enumeration asked for ten thousand times is slow."""


def mode_of(word: str) -> Mode:
    """What a path is, by Git's word."""
    return MODES.get(word, Mode.OTHER)


class Entry(NamedTuple):
    """A file in a commit's tree: what it is, the blob's id, its size in bytes."""

    mode: Mode
    blob: str
    size: int


class Step(NamedTuple):
    """One file changed by one commit; `blob` is zeros where it was deleted."""

    kind: StepKind
    path: str
    mode: Mode
    blob: str

    @property
    def is_deletion(self) -> bool:
        """Whether the file is gone."""
        return self.kind is StepKind.DELETED


class Head(NamedTuple):
    """The commit that is checked out, and whether the working copy differs from it."""

    commit: str
    changed: bool
