"""All rounds, one line each."""

from collections.abc import Sequence

from docket.summary.lines import Summary
from docket.summary.table import Cell, Field, Table
from docket.text.catalogue import say
from docket.views.round import RoundView


def rounds(summaries: Sequence[Summary], lang: str) -> Table:
    """The rounds as a table."""
    return Table(
        say("summary.rounds.heading", lang),
        tuple(field.column(lang) for field in FIELDS),
        tuple(tuple(field.fill(one, one.view) for field in FIELDS) for one in summaries),
    )


def _stopped(summary: Summary, _: RoundView) -> Cell:
    return summary.stop.date if summary.stop else None


def _seats(_: Summary, view: RoundView) -> Cell:
    """All seats, where every area has a number of them."""
    seats = [one for one in view.round.seats.values() if one is not None]
    return sum(seats) if len(seats) == len(view.round.seats) else None


def _designated(summary: Summary, view: RoundView) -> Cell:
    return summary.figures.designated if view.decision else None


FIELDS: tuple[Field[RoundView], ...] = (
    Field("summary.rounds.round", lambda _, view: view.round.slug, 30),
    Field("summary.rounds.title", lambda summary, view: view.round.title.of(summary.lang), 60),
    Field(
        "summary.rounds.state", lambda summary, view: summary.say(f"words.state.{view.state}"), 18
    ),
    Field("summary.rounds.opens", lambda summary, view: summary.local(view.round.opens), 20),
    Field("summary.rounds.deadline", lambda summary, view: summary.local(view.round.deadline), 20),
    Field("summary.rounds.decided", lambda _, view: view.decided, 12),
    Field("summary.rounds.stopped", _stopped, 12),
    Field("summary.rounds.seats", _seats, 10, counts=True),
    Field("summary.rounds.submissions", lambda summary, _: summary.figures.count, 18, counts=True),
    Field("summary.rounds.designated", _designated, 12, counts=True),
)
