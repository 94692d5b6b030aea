"""The register as it stood: by its evidence, on a real repository."""

import json
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.domain.docket import Docket
from docket.rules import check
from support.randers import PATH, RECEIVED, TEXT, put
from support.worlds import ROOT, commit, docket_of, git

SKOLE = "submissions/2031-skole"
GONE = "0" * 40
NOTICE = "Her vises registeret, som det stod"


def at(root: Path, day: str) -> Docket:
    """The register as it stood on a day."""
    return docket_of(root, day, past=True)


def areas(root: Path, day: str) -> tuple[str, ...] | None:
    """What Randers wished for then; None where its answer was not there."""
    found = at(root, day).submissions_by.get("randers")
    return found[0].areas if found else None


def receipt(root: Path, received: str, blob: str, name: str = "randers") -> None:
    """A line of the journal."""
    line = f'- {{municipality: {name}, received: {received}, via: e-mail, blob: "{blob}"}}\n'
    with (root / SKOLE / "receipts.yml").open("a", encoding="utf-8") as file:
        file.write(line)


def test_by_the_version_of_then(register: Path) -> None:
    """Not there before it came, then as it was, and as it is; deleted files come back."""
    for day, text in (("05", TEXT), ("07", TEXT.replace("folkeskole", "dagtilbud"))):
        put(register, text)
        commit(register, "x", f"2031-03-{day}T10:00:00+01:00")
    (register / PATH).unlink()
    commit(register, "x", "2031-03-09T10:00:00+01:00")
    days = {day: areas(register, f"2031-03-{day}") for day in ("05", "06", "08", "10")}
    assert days == {"05": None, "06": ("folkeskole",), "08": ("dagtilbud",), "10": None}
    assert check(at(register, "2031-03-08")) == ()


def test_a_receipt_tells_more_than_the_branch(register: Path) -> None:
    """An answer is there from its receipt on, and later receipts are not."""
    put(register)
    receipt(register, RECEIVED, git(register, "hash-object", PATH))
    commit(register, "x", "2031-03-20T10:00:00+01:00")
    assert areas(register, "2031-03-05") is None
    assert areas(register, "2031-03-06") == ("folkeskole",)
    assert "randers" not in {one.municipality for one in at(register, "2031-03-05").receipts}


def test_what_is_not_committed(register: Path) -> None:
    """What is not committed is not the past; what nothing tells of is shown all the same."""
    put(register)
    assert areas(register, "2031-03-06") == ("folkeskole",)
    commit(register, "x", "2031-03-05T10:00:00+01:00")
    put(register, TEXT.replace("folkeskole", "dagtilbud"))
    assert areas(register, "2031-03-06") == ("folkeskole",)
    (register / PATH).unlink()
    assert areas(register, "2031-03-06") == ("folkeskole",)


def test_bytes_that_are_gone(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They were received; what they said is not known, and every page and sheet is made."""
    receipt(register, RECEIVED, GONE)
    commit(register, "x", "2031-03-20T10:00:00+01:00")
    assert areas(register, "2031-03-06") == ()
    for form in ("md", "json", "csv"):
        words = ("summary", "2031-skole", "--format", form, "--at", "2031-03-06")
        assert main(["-C", str(register), *words]) == 0
        assert "Randers" in capsys.readouterr().out
    assert main(["-C", str(register), "pages", "--at", "2031-03-06"]) == 0
    assert "Ikke oplyst" in (register / "site/da/runder/2031-skole.md").read_text("utf-8")
    page = (register / "site/da/kommuner/randers.md").read_text("utf-8")
    assert "vi har ikke indholdet længere" in page


def test_a_round_that_is_gone(register: Path) -> None:
    """A round whose file is gone is not shown, nor are its answers."""
    git(register, "rm", "-r", "--quiet", SKOLE)
    commit(register, "x", "2031-03-20T10:00:00+01:00")
    docket = at(register, "2031-03-06")
    assert "2031-skole" not in {*docket.rounds, *docket.folders}


def test_what_is_dated_later(register: Path) -> None:
    """A council's yes, a withdrawal and a decision of a later day have not happened."""
    later = TEXT.replace("{status: pending}", "{status: approved, date: 2031-03-20}")
    put(register, later + "withdrawn: {date: 2031-03-21}\n")
    commit(register, "x", RECEIVED)
    docket = at(register, "2031-03-06")
    (entry,) = docket.submissions_by["randers"]
    assert entry.withdrawn is None
    assert entry.approval
    assert entry.approval.status == "pending"
    assert at(register, "2030-02-10").decisions == {}
    assert check(docket) == ()


def test_later_than_all_is_the_present(register: Path) -> None:
    """An instant after everything shows what is committed."""
    put(register)
    commit(register, "x", RECEIVED)
    then, now = at(register, "2031-06-01"), docket_of(register, "2031-06-01")
    assert (then.submissions, then.receipts) == (now.submissions, now.receipts)
    assert (then.blobs, then.places, then.refused) == (now.blobs, now.places, now.refused)


def test_it_is_said(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever tells says in its first line that it shows the past; without --at nothing does."""
    for form in ("md", "csv"):
        main(["-C", str(register), "summary", "--format", form, "--at", "2031-03-06"])
        assert NOTICE in capsys.readouterr().out.splitlines()[0]
        main(["-C", str(register), "summary", "--format", form])
        assert NOTICE not in capsys.readouterr().out
    main(["-C", str(register), "summary", "--format", "json", "--at", "2031-03-06"])
    assert json.loads(capsys.readouterr().out)["past"] is True
    main(["-C", str(register), "inbox", "--at", "2031-03-06"])
    assert NOTICE in capsys.readouterr().out.splitlines()[0]
    words = register / "site/theme/made/words.da.html"
    main(["-C", str(register), "pages", "--at", "2031-03-06"])
    assert NOTICE in words.read_text("utf-8")
    main(["-C", str(register), "pages"])
    assert NOTICE not in words.read_text("utf-8")


def test_a_round_that_is_not_kept_here(tmp_path: Path) -> None:
    """Three days before its deadline the employment round has no form, and no way to one."""
    git(tmp_path, "clone", "--quiet", str(ROOT), str(tmp_path / "register"))
    root = tmp_path / "register"
    assert main(["-C", str(root), "pages", "--at", "2022-08-05"]) == 0
    for path in (root / "site").rglob("*"):
        if path.suffix in (".md", ".html") and path.is_file():
            assert "meld-interesse/2022-beskaeftigelse" not in path.read_text("utf-8"), path
    front = (root / "site/da/runder/.now.md").read_text("utf-8")
    assert "Send svaret til KL" in front
    assert "Ingen runde er åben" not in front
