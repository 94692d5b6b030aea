"""The summary as a workbook that a ministry takes as it is: list, totals, terms."""

from collections.abc import Sequence

from docket.summary.book import Book
from docket.summary.calendar import rounds
from docket.summary.columns import motivations, submissions, terms
from docket.summary.lines import Summary
from docket.summary.totals import above, designated, facts, totals
from docket.views.sentences import past


def write(summary: Summary) -> bytes:
    """One round."""
    title = summary.view.round.title.of(summary.lang)
    notice = summary.say("summary.private") if summary.contacts else ""
    first = past(summary.docket, summary.lang)
    book = Book(summary.lang, summary.docket.now, title=title, notice=notice, first=first)
    book.add_list(submissions(summary, long=False), above(summary))
    words = motivations(summary)
    if words.rows:
        book.add_list(words)
    tables = totals(summary)
    if summary.view.decision:
        tables += (designated(summary),)
    book.add_totals(summary.say("summary.facts.heading"), facts(summary), tables)
    book.add_list(terms(summary))
    return book.bytes()


def write_rounds(summaries: Sequence[Summary], lang: str) -> bytes:
    """All rounds."""
    table, docket = rounds(summaries, lang), summaries[0].docket
    book = Book(lang, docket.now, title=table.name, first=past(docket, lang))
    book.add_list(table)
    return book.bytes()
