"""The columns of a round's submissions; what they are called and mean is in terms.toml."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from docket.domain.docket import Docket
from docket.domain.nouns import Bilingual, Contact
from docket.loading.schemas import both
from docket.summary.lines import Line, Summary
from docket.summary.table import Cell, Column, Table, without
from docket.text.pairs import pair
from docket.views.figures import APPROVALS, WAYS
from docket.views.round import STATUSES

Fill = Callable[[Summary, Line], Cell]
LONG = ("motivation",)
OPTIONAL = ("region", "code")
"""What a register need not know."""
YES, NO = Bilingual("Ja", "Yes"), Bilingual("Nej", "No")


def submissions(summary: Summary, *, long: bool = True) -> Table:
    """The submissions as a table; contacts only in the organiser's own copy.

    Without `long` texts each submission is one line of a sheet.
    """
    wanted = [key for key in FILLS if long or key not in LONG]
    columns = tuple(_columns(summary, wanted, contacts=True))
    return Table(
        summary.say("Tilkendegivelser", "Submissions"),
        tuple(column for column, _ in columns),
        tuple(tuple(fill(summary, line) for _, fill in columns) for line in summary.lines),
    )


def motivations(summary: Summary) -> Table:
    """The municipalities' own words, where they gave any."""
    columns = tuple(_columns(summary, ["municipality", "region", "area", "motivation"]))
    rows = [
        [fill(summary, line) for _, fill in columns] for line in summary.lines if line.motivation
    ]
    named = [column for column, _ in columns]
    return Table(
        summary.say("Motivationer", "Motivations"),
        (*named[:-1], replace(named[-1], width=110)),
        tuple(map(tuple, rows)),
    )


def terms(summary: Summary) -> Table:
    """What each column and each status means."""
    heads = (summary.say("Kolonne", "Column"), summary.say("Status", "Status"))
    rows = [
        (heads[0], column.title, column.told)
        for column, _ in _columns(summary, FILLS, contacts=True)
    ]
    rows += [
        (heads[1], STATUSES[code].of(summary.lang), summary.say(**told))
        for code, told in _words()["statuses"].items()
    ]
    columns = (
        Column(summary.say("Hvad", "What"), width=12),
        Column(summary.say("Ord", "Word"), width=26),
        Column(summary.say("Betydning", "Meaning"), width=100),
    )
    return Table(summary.say("Ordforklaring", "Terms"), columns, tuple(rows))


def titles(docket: Docket, keys: Iterable[str], lang: str) -> tuple[Column, ...]:
    """The columns called `keys` in `FILLS`."""
    return tuple(_column(docket, _words()["columns"][key], lang) for key in keys)


def area_name(summary: Summary, slug: str) -> str:
    """What an area is called; "" stays empty."""
    return summary.docket.areas[slug].of(summary.lang) if slug else ""


def name_of(summary: Summary, contact: Contact) -> str:
    """The contact's name, or that it is sealed."""
    return contact.name or (summary.say("(forseglet)", "(sealed)") if contact.sealed else "")


def _columns(
    summary: Summary, wanted: Iterable[str], *, contacts: bool = False
) -> Iterator[tuple[Column, Fill]]:
    """The `wanted` columns, each with what fills it."""
    words = _words()
    for key in filter(partial(_is_known, summary), wanted):
        fill = FILLS[key]
        if key == "area" and summary.view.round.wishes > 1:
            most = max((len(line.areas) for line in summary.lines), default=1)
            for rank in range(1, most + 1):
                yield (
                    _column(summary.docket, words["columns"]["wish"], summary.lang, rank),
                    partial(_wish, rank),
                )
        else:
            yield _column(summary.docket, words["columns"][key], summary.lang), fill
    if contacts and summary.contacts:
        for key, fill in _CONTACTS.items():
            yield _column(summary.docket, words["contacts"][key], summary.lang), fill


def _column(docket: Docket, word: Mapping[str, Any], lang: str, rank: int = 0) -> Column:
    title, told = (pair(docket.organiser, both(one), lang) for one in (word, word["told"]))
    return Column(title.format(rank=rank), told.format(rank=rank), word["width"])


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(
        (Path(__file__).parents[1] / "text" / "summary.toml").read_text(encoding="utf-8")
    )


def _wish(rank: int, summary: Summary, line: Line) -> Cell:
    return area_name(summary, line.areas[rank - 1] if rank <= len(line.areas) else "")


def _received(summary: Summary, line: Line) -> Cell:
    return summary.local(line.received) if line.received else None


def _in_time(summary: Summary, line: Line) -> Cell:
    return "" if line.in_time is None else (YES if line.in_time else NO).of(summary.lang)


def _is_known(summary: Summary, key: str) -> bool:
    """Whether a column can say anything: a register need not have regions or codes."""
    return key not in OPTIONAL or any(map(attrgetter(key), summary.docket.register.values()))


def located(summary: Summary, table: Table) -> Table:
    """`table` without its second column, the regions, where the register has none."""
    return table if summary.figures.regions else without(table, 1)


FILLS: Mapping[str, Fill] = {
    "municipality": lambda _, line: line.municipality.name,
    "code": lambda _, line: line.municipality.code,
    "region": lambda _, line: line.municipality.region,
    "area": partial(_wish, 1),
    "received": _received,
    "in_time": _in_time,
    "via": lambda summary, line: WAYS[line.via].of(summary.lang) if line.via else "",
    "reference": lambda _, line: line.reference,
    "approval": lambda summary, line: APPROVALS[line.approval].of(summary.lang),
    "body": lambda _, line: line.council.body,
    "meeting": lambda _, line: line.council.date,
    "minutes": lambda _, line: line.council.minutes,
    "status": lambda summary, line: STATUSES[line.status].of(summary.lang),
    "designated": lambda summary, line: area_name(summary, line.designated),
    "withdrawn": lambda _, line: line.withdrawn,
    "corrections": lambda _, line: ", ".join(line.corrections),
    "motivation": lambda _, line: line.motivation,
}
_CONTACTS: Mapping[str, Fill] = {
    "name": lambda summary, line: name_of(summary, line.contact),
    "title": lambda _, line: line.contact.title,
    "email": lambda _, line: line.contact.email,
    "phone": lambda _, line: line.contact.phone,
}
