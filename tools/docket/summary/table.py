"""What every format of the summary is made of: tables of typed cells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Generic, TypeVar

from docket.domain.asked import OwnField
from docket.domain.nouns import Organiser
from docket.summary.lines import Summary
from docket.text.catalogue import say

Cell = str | int | float | date | datetime | None
"""An instant is in the organiser's zone already, without its offset, as a sheet has it."""
OPTIONAL = ("region", "code")
"""What a register need not know."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, its width in a sheet (letters), and whether it holds numbers.

    Numbers stand to the right, whatever stands where there is none.
    """

    title: str
    width: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns, with a heading."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Field(Generic[Row]):
    """How a column is made, in any language: the key of its title, and what fills it from a row.

    `rank` is told in the title of a ranked wish; `own` is a field of the register's own, with a
    title and a key of its own.
    """

    key: str
    fill: Callable[[Summary, Row], Cell]
    width: int = 14
    counts: bool = False
    rank: int = 0
    own: OwnField | None = None

    @property
    def name(self) -> str:
        """What it is called in code: the last part of its key."""
        return self.own.pointer if self.own else self.key.rpartition(".")[2]

    def column(self, lang: str, organiser: Organiser | None = None) -> Column:
        """The column in `lang`, in the register's words."""
        own = self.own
        title = own.label.of(lang) if own else say(self.key, lang, organiser, rank=self.rank)
        return Column(title, self.width, self.counts)


def tabulate(
    summary: Summary, heading: str, fields: Iterable[Field[Row]], rows: Iterable[Row]
) -> Table:
    """A table with a column for each of `fields` that can say anything, and all of `rows`."""
    shown = known(summary, fields)
    return Table(
        summary.say(heading),
        tuple(field.column(summary.lang, summary.docket.organiser) for field in shown),
        tuple(tuple(field.fill(summary, row) for field in shown) for row in rows),
    )


def known(summary: Summary, fields: Iterable[Field[Row]]) -> list[Field[Row]]:
    """Those of `fields` that can say anything: a register need not have regions or codes."""
    register = summary.docket.register.values()
    return [
        field
        for field in fields
        if field.name not in OPTIONAL or any(map(attrgetter(field.name), register))
    ]
