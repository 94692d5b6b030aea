"""The workbook as Excel reads it: the same bytes, text that stays text, a head that it takes."""

import io
import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from docket.summary.book import Book, head
from docket.summary.table import Cell, Column, Table

NOW = datetime(2031, 3, 1, 11, tzinfo=UTC)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ODD = ["_x0041_", "x0042_", "_", "<r>", "<t>", "</r>", "&", "=", "'", "\n", "\t", " ", "æ", "👩"]


def _book(*values: Cell, title: str = "Runde", notice: str = "") -> bytes:
    """A workbook of one column."""
    book = Book("da", NOW, title=title, notice=notice)
    book.add_list(Table("Ark", (Column("Ord", 20, counts=False),), tuple((one,) for one in values)))
    return book.bytes()


def _part(content: bytes, name: str) -> ET.Element:
    return ET.fromstring(ZipFile(io.BytesIO(content)).read(f"xl/{name}.xml"))


def _texts(content: bytes) -> list[str]:
    """The texts below the head as Excel reads them: _xHHHH_ is a character (ST_Xstring)."""
    return [
        "".join(
            re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text.text or "")
            for text in entry.iter(f"{MAIN}t")
        )
        for entry in _part(content, "sharedStrings").iter(f"{MAIN}si")
    ][1:]


def test_no_clock_is_in_it() -> None:
    """It says when the docket was read, and nothing else: another day makes the same bytes."""
    content = _book("a", 1, date(2031, 3, 1))
    book = load_workbook(io.BytesIO(content))
    assert (book.properties.created, book.properties.modified) == (NOW.replace(tzinfo=None),) * 2
    assert {entry.date_time for entry in ZipFile(io.BytesIO(content)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
    assert content == _book("a", 1, date(2031, 3, 1))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "{=1}", "https://kommune.example/r"])
def test_text_is_no_formula_and_no_link(text: str) -> None:
    """What begins like a formula is marked as text; an address is text like any other."""
    sheet = load_workbook(io.BytesIO(_book(text)))["Ark"]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert cell.quotePrefix == (text[0] in "=+-@")


@pytest.mark.parametrize("text", ["_x0041_", "a_x0041_x0042_b", "<r>&</r>"])
def test_text_is_no_markup(text: str) -> None:
    """What looks like an escape or like markup of the format reads back as it was written."""
    content = _book(text)
    assert _texts(content) == [text]
    assert load_workbook(io.BytesIO(content))["Ark"]["A2"].value == text


@given(st.lists(st.sampled_from(ODD), min_size=1).map("".join))
def test_any_text_reads_back_the_same(text: str) -> None:
    """Whatever a text is made of, Excel reads what was written."""
    assert _texts(_book(text)) == ([] if text == "Ord" else [text])


@pytest.mark.parametrize("notice", ["", "Arrangørens eget eksemplar. Må ikke sendes videre."])
@pytest.mark.parametrize(
    "title",
    ["Kort", "B&G", "&[Picture] &P", "Fælles & fri " * 40, "&" * 200, "x" * 400, "Øvelse 👩 " * 60],
)
def test_head_of_a_page(title: str, notice: str) -> None:
    """Excel takes the head, & is an & in it, and a title too long for it ends at a word."""
    content = _book("a", title=title, notice=notice)
    raw = _part(content, "worksheets/sheet1").findtext(f".//{MAIN}oddHeader", "")
    assert raw == head(title, notice)
    assert len(raw.encode("utf-16-le")) // 2 <= 255
    left, _, right = raw.removeprefix("&L").partition("&R")
    assert right == notice
    assert re.fullmatch("([^&]|&&)*", left)
    shown = left.replace("&&", "&")
    if shown != title:
        assert shown.endswith("…")
        assert title.startswith(shown[:-1])
        assert " " not in title or title[len(shown) - 1] == " "
        assert len(raw.encode("utf-16-le")) // 2 > 230


def test_numbers_stand_to_the_right() -> None:
    """A column knows that it counts, whatever is in its first row or its last."""
    book = Book("da", NOW, title="Runde")
    columns = (Column("Ord", 20, counts=False), Column("Tal", 20, counts=True))
    book.add_list(Table("Ark", columns, (("a", "ikke oplyst"), ("b", 1234), ("c", None))))
    sheet = load_workbook(io.BytesIO(book.bytes()))["Ark"]
    sides = {[cell.alignment.horizontal for cell in row][1] for row in sheet.iter_rows()}
    assert sides == {"right"}
    assert sheet["B3"].number_format == "#,##0"
