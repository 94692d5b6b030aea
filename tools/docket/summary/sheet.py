"""CSV that a Danish Excel opens by itself: byte order mark, semicolons, CRLF.

A cell that a spreadsheet would run as a formula gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from docket.domain.docket import Docket
from docket.loading.written import plain_text
from docket.summary.calendar import rounds
from docket.summary.columns import submissions
from docket.summary.lines import Summary
from docket.summary.published import published
from docket.summary.table import Cell, Table
from docket.text.l10n import decimal_mark
from docket.views.sentences import past

FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write(summary: Summary) -> bytes:
    """The submissions of a round as CSV."""
    return _csv(submissions(summary), summary.docket, summary.lang)


def write_rounds(summaries: Sequence[Summary], lang: str) -> bytes:
    """All rounds as CSV."""
    return _csv(rounds(summaries, lang), summaries[0].docket, lang)


def write_published(docket: Docket, summaries: Sequence[Summary], lang: str) -> bytes:
    """What may be published of all rounds as CSV, a row for each municipality in each."""
    return _csv(published(docket, summaries, lang), docket, lang)


def separator(docket: Docket) -> str:
    """What parts two cells, as spreadsheets in the register's first language expect it."""
    return ";" if decimal_mark(docket.organiser.first) == "," else ","


def _csv(table: Table, docket: Docket, lang: str) -> bytes:
    """A table; before it that one looks at the past, if one does."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator(docket), lineterminator="\r\n")
    if first := past(docket, lang):
        writer.writerow([first])
    writer.writerow([column.title for column in table.columns])
    writer.writerows([defused(cell, lang) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def defused(cell: Cell, lang: str) -> str:
    """A cell as text that stays text; a fraction as a sheet in `lang` has it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return plain_text(cell).replace(".", decimal_mark(lang))
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) and isinstance(cell, str) else text
