"""What every format of the summary is made of: tables of typed cells."""

from dataclasses import dataclass, replace
from datetime import date, datetime

Cell = str | int | date | datetime | None
"""An instant is in the organiser's zone already, without its offset, as a sheet has it."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is called, what it means, and how wide it is in a sheet."""

    title: str
    told: str = ""
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns, with a heading."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def without(table: Table, place: int) -> Table:
    """`table` without the column at `place`."""
    return replace(
        table,
        columns=table.columns[:place] + table.columns[place + 1 :],
        rows=tuple(row[:place] + row[place + 1 :] for row in table.rows),
    )
