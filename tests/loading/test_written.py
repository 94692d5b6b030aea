"""What people write in more than one way is kept in one way: in a file, and of a date."""

from datetime import date
from pathlib import Path

import pytest

from docket.loading.written import dated, written
from support.randers import TEXT
from support.worlds import docket_of, found_in

TODAY = date(2031, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31.8.26", "2026-08-31"),
        ("31-8-2022", "2022-08-31"),
        ("31. august 2022", "2022-08-31"),
        ("d. 3. september", "2031-09-03"),
        ("d. 28. august", "2031-08-28"),
        ("Onsdag den 3. sept. 2031", "2031-09-03"),
        ("3rd September, 2031", "2031-09-03"),
        ("24/12", "2031-12-24"),
        ("1/3", "2031-03-01"),
        ("28. feb.", "2032-02-28"),
        ("1. april", "2031-04-01"),
        ("29. februar", "2032-02-29"),
        ("2031\u201102\u201120", "2031\u201102\u201120"),
        ("31.8.202", "31.8.202"),
        ("en dag i maj", "en dag i maj"),
        ("inden 31. august 2022", "inden 31. august 2022"),
    ],
)
def test_a_date_as_people_write_it(text: str, day: str) -> None:
    """Without a year it is the next such day; what is no date stays as it is."""
    assert dated(text, today=TODAY) == day


def test_what_is_past_was_the_last_such_day() -> None:
    """A council that has decided did so before today."""
    assert dated("d. 3. september", today=TODAY, past=True) == "2030-09-03"
    assert dated("28. februar", today=TODAY, past=True) == "2031-02-28"
    assert dated("29/2", today=TODAY, past=True) == "2028-02-29"


def test_a_date_in_the_languages_of_the_register() -> None:
    """The names of months and days are those of its languages, and of no others."""
    assert dated("Mittwoch, den 31. März 2022", ["de"]) == "2022-03-31"
    assert dated("fredag 7 maj 2031", ["en", "sv"]) == "2031-05-07"
    assert dated("7 May 2031", ["en", "sv"]) == "2031-05-07"
    assert dated("31. März 2022", ["en", "sv"]) == "31. März 2022"


def test_without_today_a_year_is_needed() -> None:
    """A command that does not know the day guesses no year."""
    assert dated("3. september") == "3. september"


def test_a_phone_number_in_brackets() -> None:
    """What only sets a number apart is left out."""
    assert written("phone", "(+45) 8940 2000") == "+45 8940 2000"
    assert written("phone", "+45 (0) 89 40 - 20 00") == "+45 89 40 20 00"


def test_a_file_with_what_was_pasted(register: Path) -> None:
    """In a file, too, phone, date, e-mail and slug are taken as they look, and kept plain."""
    text = TEXT.replace("randers", "randers\u00ad").replace("folkeskole", "folke\u200dskole")
    text = text.replace("folke\u200dskole", "folkeskole")  # a joiner has no place in a file
    text = text.replace("post@", "po\u00adst@").replace(
        "pending}", "pending, date: 2031\u201104\u201101}"
    )
    text = text.replace("example}", 'example, phone: "(+45)\u00a089\u202f40 20\u201100"}')
    (register / "submissions/2031-skole/randers.yml").write_text(text, encoding="utf-8")
    assert found_in(register) == []
    (entry,) = docket_of(register).submissions_by["randers"]
    assert entry.contact
    assert entry.approval
    assert (entry.contact.email[:5], entry.contact.phone) == ("post@", "+45 89 40 20-00")
    assert str(entry.approval.date) == "2031-04-01"
