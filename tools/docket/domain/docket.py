"""The docket: everything read, as one frozen value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from docket.domain.nouns import (
    Bilingual,
    Decision,
    Finding,
    Municipality,
    Organiser,
    Place,
    Receipt,
    Round,
    Submission,
    Version,
)
from docket.domain.paths import folders

Item = TypeVar("Item")
Key = TypeVar("Key")


@dataclass(frozen=True)
class Docket:
    """Everything read, at one instant.

    `refused` holds what reading found wrong, file by file: such a file may be here
    in part, and no rule about another file leans on it. `places` has the place of
    every value, by path and pointer. `versions` are what a submission was, in the order received,
    `blobs` Git's id of what each file is now, `held` the ids that receipts may name (None:
    unknown), `revised` when the organiser's files were last changed. `past`: it is as it stood
    at `now`, by its evidence.
    """

    organiser: Organiser
    register: Mapping[str, Municipality]
    areas: Mapping[str, Bilingual]
    now: datetime
    rounds: Mapping[str, Round] = field(default_factory=dict)
    submissions: tuple[Submission, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    blobs: Mapping[str, str] = field(default_factory=dict)
    held: frozenset[str] | None = None
    refused: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)
    revised: Mapping[str, datetime] = field(default_factory=dict)
    past: bool = False

    @cached_property
    def submissions_by(self) -> Mapping[str, tuple[Submission, ...]]:
        """The submissions by municipality."""
        return _grouped(self.submissions, lambda one: one.municipality)

    @cached_property
    def receipts_by(self) -> Mapping[tuple[str, str], tuple[Receipt, ...]]:
        """The receipts by round and municipality, in order of recording."""
        return _grouped(self.receipts, lambda one: (one.round, one.municipality))

    @cached_property
    def designations_by(self) -> Mapping[str, tuple[tuple[Decision, int], ...]]:
        """Where each municipality is designated: the decision, and its first entry there."""
        found: dict[str, dict[str, tuple[Decision, int]]] = {}
        for decision in self.decisions.values():
            for index, entry in enumerate(decision.designated):
                found.setdefault(entry.municipality, {}).setdefault(
                    decision.round, (decision, index)
                )
        return {name: tuple(held.values()) for name, held in found.items()}

    def is_whole(self, path: str) -> bool:
        """Whether the file at `path` was read without a finding."""
        return path not in self.refused

    def folders(self) -> list[str]:
        """Every folder that holds anything, whether its round could be read or not."""
        return folders(self.places)

    def at(self, path: str, pointer: str = "") -> Place:
        """The place of `pointer` in `path`; of the nearest value around it, if it is not there."""
        places = self.places.get(path, {})
        near = pointer
        while near and near not in places:
            near = near.rpartition("/")[0]
        found = places.get(near, Place(path))
        return Place(path, found.line, found.column, pointer)


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> Mapping[Key, tuple[Item, ...]]:
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {name: tuple(group) for name, group in groups.items()}
