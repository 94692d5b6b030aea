"""A workbook (ECMA-376): typed cells, filters, print set-up, and always the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Place
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from docket.summary.table import Cell, Table

BOLD, LARGE = Font("Calibri", 11, bold=True), Font("Calibri", 14, bold=True)
HEAD = PatternFill("solid", fgColor="DDE5EC")
LEFT, RIGHT = (Alignment(side, "top", wrap_text=True) for side in ("left", "right"))
DAYS = {"da": "dd-mm-yyyy", "en": "yyyy-mm-dd"}
NUMBER = "#,##0"
BIRTH = (1980, 1, 1, 0, 0, 0)
"""The first date a ZIP archive can hold."""
LINE = 15
"""Points of height that one line of text takes."""
ACROSS = 280
"""Letters that a page of A3 takes across and can still be read."""

Fact = tuple[str, Cell]


class Book:
    """A workbook in the making. The same sheets give the same bytes."""

    def __init__(self, lang: str, now: datetime, *, title: str, notice: str = "") -> None:
        """Begin a workbook as of `now`; `notice` stands at the top of every printed page."""
        self.lang, self.title, self.notice = lang, title, notice
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        made = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self.book.properties.created = self.book.properties.modified = made
        self.book.properties.creator = "docket"
        self.book.properties.title = title

    def add_list(self, table: Table) -> None:
        """A sheet that is one table: header frozen, with filters."""
        sheet = self._sheet(table.name)
        self._table(sheet, table, 1)
        sheet.freeze_panes = "B2"
        last = get_column_letter(len(table.columns))
        sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
        sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
        across = sum(column.width for column in table.columns)
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
        sheet.page_setup.fitToWidth = -(-across // ACROSS)
        for number, column in enumerate(table.columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width

    def add_totals(self, name: str, facts: Sequence[Fact], tables: Sequence[Table]) -> None:
        """A sheet of facts with small tables below them."""
        sheet = self._sheet(name)
        for row, (word, value) in enumerate(facts, start=1):
            self._put(sheet, row, 1, word).font = BOLD
            self._put(sheet, row, 2, value).alignment = Alignment("left")
        row = len(facts) + 2
        for table in tables:
            self._put(sheet, row, 1, table.name).font = LARGE
            self._table(sheet, table, row + 1)
            row += len(table.rows) + 3
        widths = [column.width for table in tables for column in table.columns[:1]]
        sheet.column_dimensions["A"].width = max(widths, default=34)
        for letter in "BCDEF":
            sheet.column_dimensions[letter].width = 22

    def bytes(self) -> bytes:
        """The file. No clock is in it: neither in its properties nor in its archive."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            ExcelWriter(self.book, archive).save()
        still = io.BytesIO()
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(still, "w") as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, BIRTH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(name))
        return still.getvalue()

    def _sheet(self, name: str) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(name)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.oddHeader = _margin(_printed(self.title), _printed(self.notice))
        sheet.oddFooter = _margin("", "&P / &N")
        return sheet

    def _table(self, sheet: Worksheet, table: Table, top: int) -> None:
        counts = [isinstance(value, int) for value in table.rows[-1]] if table.rows else []
        for number, column in enumerate(table.columns, start=1):
            head = self._put(sheet, top, number, column.title)
            head.font, head.fill = BOLD, HEAD
            head.alignment = RIGHT if counts and counts[number - 1] else LEFT
        for row, cells in enumerate(table.rows, start=top + 1):
            for number, value in enumerate(cells, start=1):
                cell = self._put(sheet, row, number, value)
                cell.alignment = RIGHT if counts[number - 1] else LEFT
            sheet.row_dimensions[row].height = LINE * _lines(table, cells)

    def _put(self, sheet: Worksheet, row: int, column: int, value: Cell) -> Place:
        """Write a value with its type; text stays text, whatever it begins with."""
        cell = cast("Place", sheet.cell(row, column))
        if value is None or value == "":
            return cell
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        elif isinstance(value, datetime):
            cell.number_format = f"{DAYS[self.lang]} hh:mm:ss"
        elif isinstance(value, date):
            cell.number_format = DAYS[self.lang]
        else:
            cell.number_format = NUMBER
        return cell


def _lines(table: Table, cells: tuple[Cell, ...]) -> int:
    """How many lines the tallest text of a row takes, as wide as its column is."""
    taken = [
        sum(1 + len(line) // column.width for line in str(cell).splitlines())
        for column, cell in zip(table.columns, cells, strict=True)
        if isinstance(cell, str)
    ]
    return min(max(taken, default=1) or 1, 27)  # Excel's tallest row is 409 points


def _margin(left: str, right: str) -> HeaderFooterItem:
    """What is printed at the head or foot of each page."""
    item = HeaderFooterItem()
    item.left.text, item.right.text = left, right
    return item


def _printed(text: str) -> str:
    """`text` for a page's head, where & begins a code."""
    return text.replace("&", "&&")
