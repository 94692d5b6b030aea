"""The columns of a round's submissions: what fills each, and how wide it is in a sheet."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from docket.domain.asked import Asked, Kind, OwnField
from docket.domain.instants import day
from docket.domain.nouns import Contact
from docket.domain.states import Status
from docket.summary.lines import Line, Summary
from docket.summary.table import Cell, Field, Table, known, tabulate
from docket.views.answers import tell
from docket.views.sentences import confirmed

LONG = "motivation"
"""The column whose texts are too long for a row of a sheet."""
WHOSE = ("municipality", "region", "area", "wish")
"""Whose words they are."""
COUNCIL = ("approval", "body", "meeting", "minutes")
"""What is told of a council."""
WIDTHS = {Kind.TEXT: 60, Kind.NUMBER: 14, Kind.DATE: 12, Kind.YES_NO: 12}
"""Letters that a field of the register's own takes; 24 where nothing is said."""


def submissions(summary: Summary, *, long: bool = True) -> Table:
    """The submissions as a table; contacts only in the organiser's own copy.

    Without `long` texts each submission is one line of a sheet.
    """
    fields = [field for field in _fields(summary) if long or not _is_long(field)]
    return tabulate(summary, "summary.columns.heading", fields, summary.lines)


def motivations(summary: Summary) -> Table:
    """The municipalities' own words, where they gave any."""
    fields = [field for field in _ranked(summary) if field.name in WHOSE]
    words = [replace(field, width=110) for field in _ranked(summary) if _is_long(field)]
    lines = [line for line in summary.lines if any(one.fill(summary, line) for one in words)]
    return tabulate(summary, "summary.motivations.heading", (*fields, *words), lines)


def terms(summary: Summary) -> Table:
    """What each column and each status means."""
    column, status = (summary.say(f"summary.terms.{word}") for word in ("column", "status"))
    organiser = summary.docket.organiser
    columns = (
        (column, field.column(summary.lang, organiser).title, _explained(summary, field))
        for field in known(summary, _fields(summary))
    )
    statuses = (
        (status, summary.say(f"words.status.{one}"), summary.say(f"summary.statuses.{one}"))
        for one in Status
        if summary.asked.approval or one not in (Status.APPROVED, Status.REJECTED)
    )
    return tabulate(summary, "summary.terms.heading", TERMS, (*columns, *statuses))


def area_name(summary: Summary, slug: str) -> str:
    """What an area is called; "" stays empty."""
    return summary.docket.areas[slug].of(summary.lang) if slug else ""


def name_of(summary: Summary, contact: Contact) -> str:
    """The contact's name, or that it is sealed."""
    return contact.name or (summary.say("summary.list.sealed") if contact.sealed else "")


def _fields(summary: Summary) -> Iterator[Field[Line]]:
    yield from _ranked(summary)
    yield from CONTACT if summary.contacts else ()
    yield from (CONFIRMED,) if summary.contacts and summary.docket.mails else ()


def _ranked(summary: Summary) -> Iterator[Field[Line]]:
    """The columns without contacts; where wishes are ranked, as many as the longest list has."""
    most = max((len(line.areas) for line in summary.lines), default=1)
    for field in fields_of(summary.asked):
        if field.name != "area" or summary.view.round.wishes == 1:
            yield field
            continue
        for rank in range(1, most + 1):
            wish = partial(_wish, rank)
            yield replace(field, key="summary.columns.wish", fill=wish, rank=rank)
    yield from map(own_field, summary.own)


def fields_of(asked: Asked) -> list[Field[Line]]:
    """The package's own columns, for what a register asks."""
    left = (*(() if asked.approval else COUNCIL), *(() if asked.motivation else (LONG,)))
    return [field for field in FIELDS if field.name not in left]


def own_field(own: OwnField) -> Field[Line]:
    """The column of a field of the register's own."""
    counts = own.kind is Kind.NUMBER
    return Field("", partial(_answer, own), WIDTHS.get(own.kind, 24), counts=counts, own=own)


def _answer(own: OwnField, summary: Summary, line: Line) -> Cell:
    value = dict(line.own).get(own.key)
    if isinstance(value, str) and own.kind is Kind.DATE:
        return day(value)
    if value is None or (own.kind is Kind.NUMBER and not isinstance(value, tuple)):
        return value
    return tell(own, value, summary.lang)


def _is_long(field: Field[Line]) -> bool:
    return field.name == LONG or (field.own is not None and field.own.kind is Kind.TEXT)


def _explained(summary: Summary, field: Field[Line]) -> str:
    if field.own:
        return field.own.help.of(summary.lang)
    name = "contact" if field in CONTACT else field.name
    return summary.say(f"summary.explained.{name}", rank=field.rank)


def _wish(rank: int, summary: Summary, line: Line) -> Cell:
    return area_name(summary, line.areas[rank - 1] if rank <= len(line.areas) else "")


def _in_time(summary: Summary, line: Line) -> Cell:
    if line.in_time is None:
        return ""
    return summary.say(f"summary.columns.{'yes' if line.in_time else 'no'}")


def _via(summary: Summary, line: Line) -> Cell:
    return summary.say(f"words.way.{line.via}") if line.via else ""


def _approval(summary: Summary, line: Line) -> Cell:
    return summary.say(f"words.approval.{line.approval}")


def _status(summary: Summary, line: Line) -> Cell:
    return summary.say(f"words.status.{line.status}")


def _designated(summary: Summary, line: Line) -> Cell:
    return area_name(summary, line.designated)


def _confirmed(summary: Summary, line: Line) -> Cell:
    return confirmed(summary.docket, line.municipality.slug, line.confirmed, summary.lang)


FIELDS: tuple[Field[Line], ...] = (
    Field("summary.columns.municipality", lambda _, line: line.municipality.name, 20),
    Field("summary.columns.code", lambda _, line: line.municipality.code, 8),
    Field("summary.columns.region", lambda _, line: line.municipality.region),
    Field("summary.columns.area", partial(_wish, 1), 18),
    Field("summary.columns.received", lambda summary, line: summary.local(line.received), 20),
    Field("summary.columns.in_time", _in_time, 8),
    Field("summary.columns.via", _via),
    Field("summary.columns.reference", lambda _, line: line.reference),
    Field("summary.columns.latest", lambda _, line: line.latest),
    Field("summary.columns.approval", _approval, 22),
    Field("summary.columns.body", lambda _, line: line.council.body, 22),
    Field("summary.columns.meeting", lambda _, line: line.council.date, 12),
    Field("summary.columns.minutes", lambda _, line: line.council.minutes, 30),
    Field("summary.columns.status", _status, 20),
    Field("summary.columns.designated", _designated, 18),
    Field("summary.columns.withdrawn", lambda _, line: line.withdrawn),
    Field("summary.columns.corrections", lambda _, line: ", ".join(line.corrections)),
    Field("summary.columns.motivation", lambda _, line: line.motivation, 60),
)
CONTACT: tuple[Field[Line], ...] = (
    Field("summary.contact.name", lambda summary, line: name_of(summary, line.contact), 26),
    Field("summary.contact.title", lambda _, line: line.contact.title, 22),
    Field("summary.contact.email", lambda _, line: line.contact.email, 32),
    Field("summary.contact.phone", lambda _, line: line.contact.phone, 18),
)
CONFIRMED: Field[Line] = Field("summary.contact.confirmed", _confirmed, 34)
TERMS: tuple[Field[tuple[str, str, str]], ...] = (
    Field("summary.terms.what", lambda _, term: term[0], 12),
    Field("summary.terms.word", lambda _, term: term[1], 26),
    Field("summary.terms.meaning", lambda _, term: term[2], 100),
)
