"""Where a register's files lie: the one place that knows the grammar of its paths.

`submissions/organiser.yml`, and `submissions/<round>/<name>`: a folder is a round, and a file in
it is the organiser's own or one municipality's submission, `<slug>.yml`.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

SCHEMA, SUBMISSIONS, TEXT = "schema/", "submissions/", "text/"
ORGANISER = f"{SUBMISSIONS}organiser.yml"
COPIED = ".docket.json"
"""Which files a register has from the package, and from which version of it."""
ENDING = ".yml"
PRACTICE = "proeve"
"""How the folder of a round for practice begins, where the register has no word of its own."""
GITS_OWN = frozenset({".gitkeep", ".gitignore", ".gitattributes"})
"""Files that speak to Git alone, wherever they lie."""
BRANCH = "submission/"
"""The branches on which submissions wait: `submission/<round>/<slug>`, a rival's `<slug>.2`."""
PROPOSAL = "proposal/"
"""The branches on which the organiser's own acts wait: `proposal/<round>`, one for each round."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
"""How a round's folder and a municipality's file are called."""


def text_path(lang: str) -> str:
    """Where a register has its own sentences in a language."""
    return f"{TEXT}{lang}.toml"


class OwnFile(StrEnum):
    """The organiser's own files in a round's folder."""

    ROUND = "round.yml"
    RECEIPTS = "receipts.yml"
    DECISION = "decision.yml"


OWN = frozenset(OwnFile)


class RoundPath(NamedTuple):
    """A file in a round's folder. Printed, it is the path below the register's root."""

    round: str
    name: str

    def __str__(self) -> str:
        """`submissions/<round>/<name>`."""
        return f"{SUBMISSIONS}{self.round}/{self.name}"

    @property
    def slug(self) -> str:
        """Whose submission it is, by the file's name."""
        return self.name.removesuffix(ENDING)

    @property
    def is_submission(self) -> bool:
        """Whether it is where a submission lies, and not one of the organiser's own files."""
        return self.name not in OWN


@lru_cache(2**16)  # each of a register's files is asked for by many rules
def parse(path: str) -> RoundPath | None:
    """What `path` is in a round's folder; None where it lies anywhere else."""
    top, _, rest = path.partition("/")
    round_, _, name = rest.partition("/")
    inside = f"{top}/" == SUBMISSIONS and round_ and name and "/" not in name
    return RoundPath(round_, name) if inside else None


def is_submission(path: str) -> bool:
    """Whether `path` is where one municipality's submission lies."""
    found = parse(path)
    return found is not None and found.is_submission


def submission_path(round_: str, slug: str) -> str:
    """Where a municipality's submission lies."""
    return str(RoundPath(round_, f"{slug}{ENDING}"))


@lru_cache(2**12)
def own_path(round_: str, name: OwnFile) -> str:
    """Where one of the organiser's own files of a round lies."""
    return str(RoundPath(round_, name))


def branch_of(round_: str, slug: str, number: int = 1) -> str:
    """The branch on which a municipality's submission waits: its first, or a rival's."""
    return f"{BRANCH}{round_}/{slug}" + (f".{number}" if number > 1 else "")


def parse_branch(branch: str) -> tuple[str, str, str]:
    """A branch's round, municipality, and the number of a rival's ("" for the first)."""
    round_, _, name = branch.removeprefix(BRANCH).partition("/")
    slug, _, number = name.partition(".")
    return round_, slug, number


def folder_of(round_: str) -> str:
    """A round's folder, with the stroke at its end."""
    return f"{SUBMISSIONS}{round_}/"


def folders(paths: Iterable[str]) -> list[str]:
    """The folders below `submissions/` that hold any of `paths`, sorted."""
    inside = (path.removeprefix(SUBMISSIONS) for path in paths if path.startswith(SUBMISSIONS))
    return sorted({path.partition("/")[0] for path in inside if "/" in path})


def file_name(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


class Touch(NamedTuple):
    """A file that a change touches."""

    path: str
    deleted: bool
