"""All rounds, one line each."""

from collections.abc import Sequence
from datetime import datetime

from docket.domain.instants import Moment
from docket.summary.lines import Summary
from docket.summary.table import Cell, Column, Table
from docket.views.round import STATES, is_stopped


def rounds(summaries: Sequence[Summary], lang: str) -> Table:
    """The rounds as a table."""
    da = "Runde Titel Stand Åbner Frist Udpeget Stoppet Pladser Tilkendegivelser Udpegede"
    en = "Round Title State Opens Deadline Decided Stopped Seats Submissions Designated"
    widths = (30, 60, 18, 20, 20, 12, 12, 10, 18, 12)
    words = (en if lang == "en" else da).split()
    columns = tuple(Column(word, width=width) for word, width in zip(words, widths, strict=True))
    name = "Rounds" if lang == "en" else "Runder"
    return Table(name, columns, tuple(_row(one) for one in summaries))


def _row(summary: Summary) -> tuple[Cell, ...]:
    round_, decision, lang = summary.view.round, summary.view.decision, summary.lang
    stop = decision.stopped if decision and is_stopped(summary.docket, decision) else None
    seats = [one for one in round_.seats.values() if one is not None]
    return (
        round_.slug,
        round_.title.of(lang),
        STATES[summary.view.state].of(lang),
        _moment(summary, round_.opens),
        _moment(summary, round_.deadline),
        summary.view.decided,
        stop.date if stop else None,
        sum(seats) if len(seats) == len(round_.seats) else None,
        summary.figures.count,
        summary.figures.designated if decision else None,
    )


def _moment(summary: Summary, moment: Moment | None) -> Cell:
    return summary.local(moment) if isinstance(moment, datetime) else moment
