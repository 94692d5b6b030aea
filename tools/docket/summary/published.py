"""What may be published of all rounds, as one table."""

from collections.abc import Iterator, Mapping, Sequence

from docket.domain.docket import Docket
from docket.domain.nouns import Bilingual
from docket.domain.paths import file_name
from docket.domain.states import Status
from docket.summary.columns import FILLS, Fill, area_name, titles
from docket.summary.lines import Line, Summary
from docket.summary.table import Cell, Column, Table
from docket.text.escape import show_path
from docket.views.round import STATUSES


def published(docket: Docket, summaries: Sequence[Summary], lang: str) -> Table:
    """A row for each submission, for each who was designated without one, for each bad file."""
    fills = {**FILLS, "area": _areas}
    del fills["reference"]  # it can be the address of an e-mail
    heads = (Bilingual("Runde", "Round"), Bilingual("Rundens navn", "Name of the round"))
    return Table(
        Bilingual("Tilkendegivelser", "Submissions").of(lang),
        (*(Column(head.of(lang)) for head in heads), *titles(docket, fills, lang)),
        tuple(
            (one.view.round.slug, one.view.round.title.of(lang), *cells)
            for one in summaries
            for cells in _rows(one, fills)
        ),
    )


def _rows(summary: Summary, fills: Mapping[str, Fill]) -> Iterator[tuple[Cell, ...]]:
    for line in summary.lines:
        yield tuple(fill(summary, line) for fill in fills.values())
    for known in (*_chosen(summary), *_unread(summary)):
        yield tuple(known.get(key) for key in fills)


def _chosen(summary: Summary) -> Iterator[dict[str, str]]:
    told = {line.municipality.slug for line in summary.lines}
    for one in summary.view.designated:
        if one.municipality not in told:
            municipality = summary.docket.register[one.municipality]
            yield {
                "municipality": municipality.name,
                "code": municipality.code,
                "region": municipality.region,
                "status": STATUSES[Status.DESIGNATED].of(summary.lang),
                "designated": area_name(summary, one.area),
            }


def _unread(summary: Summary) -> Iterator[dict[str, str]]:
    for path, codes in summary.unread:
        name = show_path(file_name(path))
        yield {"municipality": name, "corrections": ", ".join(codes)}


def _areas(summary: Summary, line: Line) -> Cell:
    return ", ".join(area_name(summary, slug) for slug in line.areas)
