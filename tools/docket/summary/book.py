"""A workbook (ECMA-376): typed cells, filters, print set-up, and always the same bytes."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from docket.summary.table import Cell, Table

Style = Mapping[str, object]
"""How a cell looks, in the names of XlsxWriter."""
BOLD: Style = {"bold": True}
LARGE: Style = {"bold": True, "font_size": 14}
HEAD: Style = {"bold": True, "bg_color": "#DDE5EC"}
FACT: Style = {"align": "left"}
LEFT, RIGHT = ({"align": side, "valign": "top", "text_wrap": True} for side in ("left", "right"))
DAYS, ISO, NUMBER = {"da": "dd-mm-yyyy"}, "yyyy-mm-dd", "#,##0"
A3, A4 = 8, 9
LINE = 15
"""Points of height that one line of text takes."""
ACROSS = 280
"""Letters that a page of A3 takes across and can still be read."""
LIMIT = 255
"""What Excel takes at the head of a page, codes too; it mends a file that has more."""
DOUBTFUL = re.compile(r"<r>.*</r>|.*_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_.*", re.DOTALL)
"""XlsxWriter takes <r>…</r> for markup that is ready, and of two escapes like _x0041_ that share
an underscore it makes only the first harmless: such a text is written in pieces."""
PIECES = re.compile("(?=[_<])")

Fact = tuple[str, Cell]


class Book:
    """A workbook in the making. The same sheets give the same bytes."""

    def __init__(
        self, lang: str, now: datetime, *, title: str, notice: str = "", first: str = ""
    ) -> None:
        """Begin a workbook as of `now`; `notice` stands at the top of every printed page.

        `first` is the first line of every sheet, if it says anything.
        """
        self.lang, self.head, self.first = lang, head(title, notice), first
        self.content = io.BytesIO()
        as_text = {"strings_to_formulas": False, "strings_to_urls": False}
        self.book = Workbook(self.content, {"in_memory": True, **as_text})
        created = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self.book.set_properties({"title": title, "author": "docket", "created": created})
        self.formats: dict[str, Format] = {}

    def add_list(self, table: Table, above: Sequence[str] = ()) -> None:
        """A sheet that is one table, with lines `above` it: header frozen, with filters."""
        sheet, top = self._sheet(table.name), self._top() + len(above)
        for row, line in enumerate(above, start=self._top()):
            self._put(sheet, (row, 0), line, LARGE if row == self._top() else BOLD)
        self._table(sheet, table, top)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
        sheet.repeat_rows(0, top)
        sheet.repeat_columns(0, 0)
        sheet.set_paper(A3)
        sheet.fit_to_pages(-(-sum(column.width for column in table.columns) // ACROSS), 0)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)

    def add_totals(self, name: str, facts: Sequence[Fact], tables: Sequence[Table]) -> None:
        """A sheet of facts with small tables below them."""
        sheet, top = self._sheet(name), self._top()
        for row, (word, value) in enumerate(facts, start=top):
            self._put(sheet, (row, 0), word, BOLD)
            self._put(sheet, (row, 1), value, FACT)
        row = top + len(facts) + 1
        for table in tables:
            self._put(sheet, (row, 0), table.name, LARGE)
            self._table(sheet, table, row + 1)
            row += len(table.rows) + 3
        widths = [table.columns[0].width for table in tables]
        sheet.set_column("A:A", max(widths, default=34))
        sheet.set_column("B:F", 22)

    def bytes(self) -> bytes:
        """The file. No clock is in it: neither in its properties nor in its archive."""
        self.book.close()
        return self.content.getvalue()

    def _sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P / &N")
        sheet.header = self.head  # set_header would look for a picture at the "&G" of "B&&G"
        if self.first:
            self._put(sheet, (0, 0), self.first, BOLD)
        return sheet

    def _top(self) -> int:
        """The row at which a sheet's own content begins."""
        return 1 if self.first else 0

    def _table(self, sheet: Worksheet, table: Table, top: int) -> None:
        styles = [RIGHT if column.counts else LEFT for column in table.columns]
        for number, (column, style) in enumerate(zip(table.columns, styles, strict=True)):
            self._put(sheet, (top, number), column.title, {**HEAD, **style})
        for row, cells in enumerate(table.rows, start=top + 1):
            for number, (value, style) in enumerate(zip(cells, styles, strict=True)):
                self._put(sheet, (row, number), value, style)
            sheet.set_row(row, LINE * _lines(table, cells))

    def _put(self, sheet: Worksheet, place: tuple[int, int], value: Cell, style: Style) -> None:
        """Write a value with its type; text stays text, whatever it begins with."""
        look = self._format({**style, **self._typed(value)})
        if isinstance(value, str) and DOUBTFUL.fullmatch(value):
            pieces = filter(None, PIECES.split(value))
            sheet.write_rich_string(*place, self._format({}), *pieces, look)
        else:
            sheet.write(*place, value, look)

    def _typed(self, value: Cell) -> Style:
        """How a value looks because of what it is."""
        if isinstance(value, str):
            return {"quote_prefix": True} if value.startswith(("=", "+", "-", "@")) else {}
        if isinstance(value, datetime):
            return {"num_format": f"{DAYS.get(self.lang, ISO)} hh:mm:ss"}
        if isinstance(value, date):
            return {"num_format": DAYS.get(self.lang, ISO)}
        return {"num_format": NUMBER} if isinstance(value, int) else {}

    def _format(self, style: Style) -> Format:
        name = repr(style)
        if name not in self.formats:
            self.formats[name] = self.book.add_format(dict(style))
        return self.formats[name]


def head(title: str, notice: str) -> str:
    """What is printed at the head of each page; a title that is too long ends at a word."""
    right = f"&R{_doubled(notice)}" if notice else ""
    room = LIMIT - _length("&L" + right)
    text, more = title, ""
    while text and _length(_doubled(text) + more) > room:
        text, more = text.rpartition(" ")[0] or text[:-1], "…"
    return f"&L{_doubled(text)}{more}{right}"


def _lines(table: Table, cells: tuple[Cell, ...]) -> int:
    """How many lines the tallest text of a row takes, as wide as its column is."""
    taken = [
        sum(1 + len(line) // column.width for line in str(cell).splitlines())
        for column, cell in zip(table.columns, cells, strict=True)
        if isinstance(cell, str)
    ]
    return min(max(taken, default=1) or 1, 27)  # Excel's tallest row is 409 points


def _doubled(text: str) -> str:
    """`text` for a page's head, where & begins a code."""
    return text.replace("&", "&&")


def _length(text: str) -> int:
    """As Excel counts: a character beyond the first plane is two."""
    return len(text.encode("utf-16-le")) // 2
