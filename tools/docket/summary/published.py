"""What may be published of all rounds, as one table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from docket.domain.asked import Asked
from docket.domain.docket import Docket
from docket.domain.paths import file_name
from docket.domain.states import Status
from docket.summary import columns
from docket.summary.columns import area_name
from docket.summary.lines import Line, Summary
from docket.summary.table import Cell, Field, Table
from docket.text.catalogue import say
from docket.text.escape import show_path
from docket.views.round import RoundView


def published(docket: Docket, summaries: Sequence[Summary], lang: str) -> Table:
    """A row for each submission, for each who was designated without one, for each bad file."""
    return Table(
        say("summary.columns.heading", lang),
        (
            *(field.column(lang) for field in ROUND),
            *(field.column(lang, docket.organiser) for field in _fields(docket.organiser.asked)),
        ),
        tuple(
            (*(field.fill(one, one.view) for field in ROUND), *cells)
            for one in summaries
            for cells in _rows(one)
        ),
    )


def _rows(summary: Summary) -> Iterator[tuple[Cell, ...]]:
    fields = _fields(summary.asked)
    for line in summary.lines:
        yield tuple(field.fill(summary, line) for field in fields)
    for facts in (*_chosen(summary), *_unread(summary)):
        yield tuple(facts.get(field.name) for field in fields)


def _chosen(summary: Summary) -> Iterator[dict[str, str]]:
    answered = {line.municipality.slug for line in summary.lines}
    for one in summary.view.designated:
        if one.municipality not in answered:
            municipality = summary.docket.register[one.municipality]
            yield {
                "municipality": municipality.name,
                "code": municipality.code,
                "region": municipality.region,
                "status": summary.say(f"words.status.{Status.DESIGNATED}"),
                "designated": area_name(summary, one.area),
            }


def _unread(summary: Summary) -> Iterator[dict[str, str]]:
    for path, codes in summary.unread:
        name = show_path(file_name(path))
        yield {"municipality": name, "corrections": ", ".join(codes)}


def _areas(summary: Summary, line: Line) -> Cell:
    return ", ".join(area_name(summary, slug) for slug in line.areas)


def _fields(asked: Asked) -> list[Field[Line]]:
    given = [
        replace(field, fill=_areas) if field.name == "area" else field
        for field in columns.fields_of(asked)
        if field.name not in ("reference", "latest")  # they can be the addresses of e-mails
    ]
    return [*given, *map(columns.own_field, asked.published)]


ROUND: tuple[Field[RoundView], ...] = (
    Field("summary.published.round", lambda _, view: view.round.slug),
    Field("summary.published.title", lambda summary, view: view.round.title.of(summary.lang)),
)
