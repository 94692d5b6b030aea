"""The overview for those who decide: four formats, one set of numbers, no contact unasked."""

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docket.cli.main import main
from docket.summary import FORMATS
from support.worlds import AT, commit, git

ROUND = "submissions/2031-skole"
ODD = """municipality: randers
areas: [dagtilbud, folkeskole]
contact: {name: Hemmelig Kontakt, title: Chef, email: hemmelig@x.example, phone: "+4512345678"}
approval: {status: approved, body: "=1+1", date: 2031-02-20, minutes: https://kommune.example/r}
motivation: |
  =HYPERLINK("https://ond.example";"klik")
  Anden linje | med *tegn* og <b>mærker</b>
"""
AREAS = {"folkeskole": "Folkeskole", "dagtilbud": "Dagtilbud", "aeldre": "Ældreområdet"}
SECRETS = ("Hemmelig", "hemmelig@", "12345678", "Chef")


@pytest.fixture
def full(register: Path) -> Path:
    """The base world with a submission that is all text, one that cannot be read, no decision."""
    (register / ROUND / "randers.yml").write_text(ODD, "utf-8")
    (register / ROUND / "skive.yml").write_text("municipality: [\n", "utf-8")
    commit(register, "more", "2031-02-05T12:00:00+01:00")
    return register


def made(root: Path, *words: str, at: str = AT, name: str = "2031-skole") -> bytes:
    """What `docket summary` writes."""
    file = root.parent / "out"
    chosen = [name] if name else []
    assert main(["-C", str(root), "summary", *chosen, "--at", at, "-o", str(file), *words]) == 0
    return file.read_bytes()


STANDS = {
    "Modtaget": "Afventer godkendelse",
    "Politisk godkendt": "Godkendt 20. februar 2031",
    "Trukket tilbage": "Trukket tilbage",
}
"""How the page says what the overview's status is: with what the council said, and when."""


def test_same_numbers_as_the_page(full: Path) -> None:
    """Every row and every total of the summary is on the round's page, to the last digit."""
    assert main(["-C", str(full), "pages", "--at", AT]) == 0
    page = (full / "site/da/runder/2031-skole.md").read_text("utf-8")
    page = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), page)
    rows = [re.sub(r"<[^>]+>", " ", row) for row in re.split(r"<tr[^>]*>", page)]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    note = made(full).decode()
    data = json.loads(made(full, "--format", "json"))
    assert f"{data['totals']['count']} af {data['totals']['municipalities']} kommuner" in text
    assert "**2 af 98 kommuner** har meldt sig." in note
    lines = re.findall(
        r"^\| (\w+) \| (\w+) \| (1\. .*?) \| (.*?) \| .*? \| (.*?) \|$", note, re.MULTILINE
    )
    assert [line[0] for line in lines] == ["Odder", "Randers", "Viborg"]
    for name, region, _, received, status in lines:
        (row,) = (one for one in rows if one.strip().startswith(name))
        assert region in row
        assert received in row
        assert STANDS[status] in row
    for area in data["totals"]["areas"]:
        seats = {None: "antallet af pladser er ikke oplyst", 1: "1 plads", 2: "2 pladser"}
        assert seats[area["seats"]] in text
        assert re.search(f"{AREAS[area['area']]} {area['named']} ", text)
    for one in data["totals"]["regions"]:
        assert f"{one['region']} {one['live']} af {one['municipalities']} " in text
    for code, words in (("pending", "afventer godkendelse"), ("approved", "er godkendt politisk")):
        assert f"{data['totals']['approvals'][code]} {words}" in text
    assert f"Trukket tilbage {data['totals']['withdrawn']} " in text


def test_totals(full: Path) -> None:
    """Totals count the live ones: by area and rank, by region, by approval."""
    totals = json.loads(made(full, "--format", "json"))["totals"]
    assert (totals["count"], totals["withdrawn"], totals["late"]) == (2, 1, 0)
    assert totals["approvals"] == {"pending": 1, "approved": 1}
    areas = {one["area"]: (one["first"], one["named"]) for one in totals["areas"]}
    assert areas == {"folkeskole": (1, 2), "dagtilbud": (1, 2), "aeldre": (0, 0)}
    regions = {one["region"]: one["live"] for one in totals["regions"]}
    assert regions["Midtjylland"] == 2
    assert sum(one["municipalities"] for one in totals["regions"]) == 98


def test_what_is_not_kept_is_not_counted(full: Path) -> None:
    """A round whose submissions were never kept here has no numbers but the one with a source."""
    round_ = full / "submissions/2031-skole/round.yml"
    round_.write_text(
        round_.read_text("utf-8").replace("wishes: 2", "wishes: 2\nregister: false"), "utf-8"
    )
    for name in ("odder", "viborg", "randers", "skive", "receipts"):
        (full / ROUND / f"{name}.yml").unlink()
    data = json.loads(made(full, "--format", "json"))
    assert data["totals"]["count"] is None
    assert data["totals"]["approvals"] is None
    assert {one["live"] for one in data["totals"]["regions"]} == {None}
    assert "Vi ved ikke" in made(full).decode()


@pytest.mark.parametrize("form", FORMATS)
def test_contacts_only_when_asked(full: Path, form: str) -> None:
    """No contact is in any format unasked; the organiser's copy has them and says what it is."""

    def text(content: bytes) -> str:
        if form != "xlsx":
            return content.decode()
        book = load_workbook(io.BytesIO(content))
        cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
        heads = [sheet.oddHeader.right.text for sheet in book if sheet.oddHeader]
        return "\n".join([*cells, *map(str, heads)])

    public, private = (
        text(made(full, "--format", form, *more)) for more in ((), ("--with-contacts",))
    )
    for secret in SECRETS:
        assert secret not in public
        assert secret in private
    notice = {"json": '"contacts": true', "csv": "E-mail (fortroligt)"}
    assert notice.get(form, "Må ikke sendes videre") in private
    assert notice.get(form, "Må ikke sendes videre") not in public


def test_an_address_in_a_receipt_is_a_contact(full: Path) -> None:
    """A receipt's reference that is an e-mail's address is for the organiser alone."""
    receipts = full / ROUND / "receipts.yml"
    told = receipts.read_text("utf-8").replace("reference: S-1", 'reference: "<a@kommune.example>"')
    receipts.write_text(told, "utf-8")
    assert "a@kommune.example" not in made(full, "--format", "csv").decode()
    assert "a@kommune.example" in made(full, "--format", "csv", "--with-contacts").decode()


def test_a_file_that_cannot_be_read_is_told(full: Path) -> None:
    """A bad file is no line and no number, and every format that has room says so."""
    assert "1 fil kan ikke læses (ikke talt med)." in made(full).decode()
    unread = json.loads(made(full, "--format", "json"))["unread"]
    assert unread == [{"path": f"{ROUND}/skive.yml", "codes": ["F02"]}]


def test_csv_opens_in_a_danish_excel(full: Path) -> None:
    """Byte order mark, semicolons, CRLF; no cell is run as a formula."""
    content = made(full, "--format", "csv")
    first, rest = content.split(b"\r\n", 1)
    assert first.startswith(b"\xef\xbb\xbfHer vises registeret, som det stod den 1. marts 2031")
    assert rest.startswith(b"Kommune;Kode;")
    assert b"\r\nRanders;" in rest
    rows = list(csv.DictReader(io.StringIO(rest.decode()), delimiter=";"))
    assert [row["Kommune"] for row in rows] == ["Odder", "Randers", "Viborg"]
    assert rows[0]["Modtaget"] == "2031-02-02 11:15:00"
    assert rows[0]["Trukket tilbage"] == "2031-02-10"
    assert rows[1]["1. ønske"] == "Dagtilbud"
    assert rows[1]["Behandles af"] == "'=1+1"
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_workbook(full: Path) -> None:
    """Typed cells, Danish dates, a frozen header, filters; text stays text."""
    book = load_workbook(io.BytesIO(made(full, "--format", "xlsx")))
    assert book.sheetnames == ["Tilkendegivelser", "Begrundelser", "Tal", "Ordforklaring"]
    sheet = book["Tilkendegivelser"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B5", "A4:R7")
    assert str(sheet["A1"].value).startswith("Her vises registeret, som det stod den 1. marts 2031")
    assert sheet["A2"].value == "Runde om skole (opdigtet) (2031-skole)"
    frist = "Frist: mandag den 30. juni 2031 kl. 12.00. Opgjort lørdag den 1. marts 2031 kl. 12.00."
    assert sheet["A3"].value == frist
    heads = [str(cell.value) for cell in sheet[4]]
    odder, randers = (dict(zip(heads, sheet[row], strict=True)) for row in (5, 6))
    received = odder["Modtaget"]
    assert received.value == datetime(2031, 2, 2, 11, 15)  # noqa: DTZ001 - a sheet knows no zone
    assert received.number_format == "dd-mm-yyyy hh:mm:ss"
    assert randers["Mødedato"].data_type == "d"
    assert randers["Mødedato"].number_format == "dd-mm-yyyy"
    for cell in (randers["Behandles af"], book["Begrundelser"]["E3"]):
        assert (cell.data_type, str(cell.value)[:1], cell.quotePrefix) == ("s", "=", True)
    assert all(column.width >= 8 for column in sheet.column_dimensions.values())
    totals = book["Tal"]
    facts = {row[0].value: row[1] for row in totals.iter_rows(max_row=12)}
    assert facts["Har meldt sig"].value == 2
    assert facts["Har meldt sig"].number_format == "#,##0"
    assert facts["Frist"].value == datetime(2031, 6, 30, 12)  # noqa: DTZ001
    words = {row[1].value: row[2].value for row in book["Ordforklaring"].iter_rows(min_row=2)}
    assert {*heads, "Politisk afvist"} <= words.keys()
    assert all(words.values())


def test_the_organisers_copy_says_so_at_once(full: Path) -> None:
    """Who opens a workbook with contacts reads first that it is confidential."""
    content = made(full, "--format", "xlsx", "--with-contacts")
    first = load_workbook(io.BytesIO(content)).worksheets[0]
    assert str(first["A4"].value).startswith("Fortroligt: ")
    assert (first.freeze_panes, str(first["A5"].value)) == ("B6", "Kommune")


def test_workbook_in_english(full: Path) -> None:
    """The English workbook has English words and dates as the English read them."""
    book = load_workbook(io.BytesIO(made(full, "--format", "xlsx", "--lang", "en")))
    assert book.sheetnames == ["Submissions", "Statements of reasons", "Totals", "Terms"]
    assert book["Submissions"]["C5"].value == "Midtjylland"
    assert book["Submissions"]["F5"].number_format == "yyyy-mm-dd hh:mm:ss"


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_wrong_in_part_is_a_line(full: Path, form: str) -> None:
    """A file that is wrong in part is a line that says so, in every format."""
    path = full / ROUND / "randers.yml"
    path.write_text(ODD.replace("hemmelig@x.example", "hemmelig"), "utf-8")
    late = "municipality: odense\nareas: [beskaeftigelse]\napproval: {status: no}\n"
    (full / ROUND / "odense.yml").write_text(late, "utf-8")
    commit(full, "late", "2031-07-01T10:00:00+02:00")
    content = made(full, "--format", form, "--with-contacts", at="2031-07-02")
    if form == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        found = {row[0]: (row[6], set(row[17].split(", "))) for row in rows[1:]}
        assert found["Randers"] == ("Ja", {"S06"})
        assert found["Odense"] == ("Nej", {"S04", "M02", "S01", "T01"})
    assert content


@pytest.mark.parametrize("name", ["2031-skole", ""])
@pytest.mark.parametrize("form", FORMATS)
def test_same_docket_same_bytes(full: Path, form: str, name: str) -> None:
    """The same docket gives the same file, byte for byte."""
    assert made(full, "--format", form, name=name) == made(full, "--format", form, name=name)


def test_nothing_before_its_day(full: Path) -> None:
    """Before the decision's day nobody is designated, whatever the files know already."""
    before = json.loads(made(full, "--format", "json", name="2030-job", at="2030-02-28"))
    assert before["round"]["designated"] == []
    assert {one["status"] for one in before["submissions"]} == {"received", "approved"}
    after = json.loads(made(full, "--format", "json", name="2030-job", at="2030-03-01"))
    assert {one["status"] for one in after["submissions"]} == {"designated", "passed-over"}


def test_all_rounds(full: Path) -> None:
    """Without a round: every round in one line, practice rounds last, numbers to the right."""
    note = made(full, name="").decode()
    assert "| --- | --: | --: | --: |\n" in note  # the first round has no number of seats
    rows = [row.split(" | ") for row in note.splitlines() if row.startswith("| 20")]
    assert [(row[0][2:], row[2], row[8]) for row in rows] == [
        ("2031-skole", "Åben", "2"),
        ("2030-job", "Afgjort", "2"),
    ]
    data = json.loads(made(full, "--format", "json", name=""))
    assert [(one["round"], one["count"]) for one in data["rounds"]][-1] == ("proeve", 0)


def test_markdown_stays_text(full: Path) -> None:
    """What a municipality wrote cannot become markup in the note."""
    path = full / ROUND / "randers.yml"
    path.write_text(ODD.replace('"=1+1"', '"*Byråd* | <img src=x> [a](javascript:b)"'), "utf-8")
    commit(full, "x", AT)
    note = made(full).decode()
    assert r"\*Byråd\* \| \<img src=x\> \[a\](javascript:b)" in note


def test_json_is_stable(full: Path) -> None:
    """Programs read these keys."""
    data = json.loads(made(full, "--format", "json", "--with-contacts"))
    assert data["version"] == 1
    assert list(data) == "version past at commit contacts round totals submissions unread".split()
    assert (
        list(data["submissions"][0])
        == (
            "municipality name region areas received via reference latest in_time approval "
            "motivation status designated withdrawn codes contact"
        ).split()
    )
    assert data["submissions"][0]["received"] == "2031-02-02T11:15:00+01:00"
    assert data["commit"] == git(full, "rev-parse", "HEAD")


def test_wrong_use(full: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A round that is not there, and a file that cannot be written, are told in one sentence."""
    assert main(["-C", str(full), "summary", "2031-skolen"]) == 2
    assert "Mente du 2031-skole?" in capsys.readouterr().err
    assert main(["-C", str(full), "summary", "-o", str(full)]) == 2
    assert "kan ikke skrives" in capsys.readouterr().err


def test_the_organisers_copy_stays_out_of_the_register(
    full: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Contacts are not written where the next commit would publish them, unless Git ignores it."""
    words = ("summary", "2031-skole", "--with-contacts", "--format", "csv", "-o")
    assert main(["-C", str(full), *words, str(full / "internt.csv")]) == 2
    assert "Gem den et andet sted" in capsys.readouterr().err
    assert not (full / "internt.csv").exists()
    (full / ".gitignore").write_text("internt.csv\n", "utf-8")
    assert main(["-C", str(full), *words, str(full / "internt.csv")]) == 0
