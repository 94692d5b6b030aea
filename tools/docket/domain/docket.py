"""The docket: everything read, as one frozen value."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from docket.domain.languages import Texts
from docket.domain.mail import Confirmation
from docket.domain.nouns import (
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
from docket.domain.paths import OwnFile, folders, is_submission, own_path, submission_path

Item = TypeVar("Item")
Key = TypeVar("Key")


NOBODY = Organiser(ZoneInfo("UTC"), "", has_zone=False)
"""The organiser of no register."""


class _Docket(NamedTuple):
    organiser: Organiser
    register: Mapping[str, Municipality]
    areas: Mapping[str, Texts]
    now: datetime
    rounds: Mapping[str, Round] = {}
    submissions: tuple[Submission, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    decisions: Mapping[str, Decision] = {}
    versions: Mapping[str, tuple[Version, ...]] = {}
    blobs: Mapping[str, str] = {}
    held: frozenset[str] | None = None
    refused: Mapping[str, tuple[Finding, ...]] = {}
    places: Mapping[str, Mapping[str, Place]] = {}
    revised: Mapping[str, datetime] = {}
    past: bool = False


class Docket(_Docket):
    """Everything read, at one instant.

    `refused` holds what reading found wrong, file by file: such a file may be here
    in part, and no rule about another file leans on it. `places` has the place of
    every value, by path and pointer. `versions` are what a submission was, in the order received,
    `blobs` Git's id of what each file is now, `held` the ids that receipts may name (None:
    unknown), `revised` when the organiser's files were last changed. `past`: it is as it stood
    at `now`, by its evidence.
    """

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

    @cached_property
    def organisers(self) -> frozenset[str]:
        """Where there is anything but a submission: the organiser's files, and strays."""
        return frozenset(path for path in self.places if not is_submission(path))

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """Every folder that holds anything, whether its round could be read or not."""
        return tuple(folders(self.places))

    def only(self, slug: str) -> "Docket":
        """What concerns one municipality: its submissions and receipts, all rounds and decisions.

        A rule that speaks of it finds here what it finds in the whole, at no greater cost.
        """
        submissions = self.submissions_by.get(slug, ())
        paths = {submission_path(round_, slug) for round_ in self.folders}
        paths |= {*self.organisers, *(one.path for one in submissions)}
        return self._replace(
            submissions=submissions,
            receipts=tuple(
                one for round_ in self.rounds for one in self.receipts_by.get((round_, slug), ())
            ),
            blobs={path: self.blobs[path] for path in paths if path in self.blobs},
            refused={path: self.refused[path] for path in paths if path in self.refused},
            places={path: self.places[path] for path in paths if path in self.places},
        )

    @property
    def mails(self) -> bool:
        """Whether addresses are proved by e-mail in this register, or were."""
        return bool(self.organiser.mail or self.confirmations)

    def submission_at(self, path: str) -> Submission | None:
        """The submission in the file at `path`, if it could be read."""
        return self._submissions_at.get(path)

    @cached_property
    def _submissions_at(self) -> Mapping[str, Submission]:
        return {one.path: one for one in self.submissions}

    def is_whole(self, path: str) -> bool:
        """Whether the file at `path` was read without a finding."""
        return path not in self.refused

    def is_timed(self, round_: str) -> bool:
        """Whether the receipts of a round can be read: else nobody knows what came when."""
        return self.is_whole(own_path(round_, OwnFile.RECEIPTS))

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
