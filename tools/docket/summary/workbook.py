"""The summary as a workbook that a ministry takes as it is: list, totals, terms."""

from collections.abc import Sequence

from docket.summary.book import Book
from docket.summary.calendar import rounds
from docket.summary.columns import motivations, submissions, terms
from docket.summary.lines import Summary
from docket.summary.totals import designated, facts, totals


def write(summary: Summary) -> bytes:
    """One round."""
    title = summary.view.round.title.of(summary.lang)
    notice = summary.say("summary.private") if summary.contacts else ""
    book = Book(summary.lang, summary.docket.now, title=title, notice=notice)
    book.add_list(submissions(summary, long=False))
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
    table = rounds(summaries, lang)
    book = Book(lang, summaries[0].docket.now, title=table.name)
    book.add_list(table)
    return book.bytes()
