"""A register's own questions on the command line: given, asked, registered, shown and reviewed."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docket.acts.changes import Comparison, changes
from docket.acts.changes_text import Reader, sentences
from docket.cli.main import main
from support.mail import message
from support.own import ANSWERS, ask
from support.randers import PATH, TEXT
from support.terminal import at_a_terminal
from support.worlds import AT, commit, docket_of, found_in, git

BRANCH = "submission/2031-skole/randers"
WHO = [
    *("--municipality", "Randers Kommune", "--area", "folkeskole"),
    *("--contact-name", "Sekretariatet", "--contact-email", "post@kommune.example"),
]
NEEDED = ["--set", "elever=1.250", "--set", "start=Til foråret"]
TRACE = "from mail.kommune.example by mx.arrangoer.example; Fri, 28 Feb 2031 15:20:05 +0000"
CAME = "2031-02-28T16:20:05+01:00"


@pytest.fixture
def asking(register: Path) -> Path:
    """A register with questions of its own, whose round is open by the real clock."""
    ask(register)
    round_ = register / "submissions/2031-skole/round.yml"
    text = round_.read_text(encoding="utf-8")
    text = text.replace("opens: 2031-01-01", "opens: 2020-01-01").replace("after: [2030-job]\n", "")
    round_.write_text(text, encoding="utf-8")
    commit(register, "open", "2026-01-01T12:00:00+01:00")
    return register


def _submit(root: Path, *words: str) -> int:
    return main(["-C", str(root), "--lang", "da", "submit", "--round", "2031-skole", *words])


def test_by_options(asking: Path) -> None:
    """`--set` fills in a field, in the words and numbers of whoever types."""
    more: tuple[str, ...] = (
        "--set",
        "trin=0.-3. klasse, udskoling",
        "--set",
        "privat=nej",
        "--set",
        "budget=2,5",
    )
    more += ("--set", "dag=11. august 2031", "--set", "skole=Åskolen")
    assert _submit(asking, *WHO, *NEEDED, *more) == 0
    text = git(asking, "show", f"{BRANCH}:{PATH}")
    for line in (
        *('skole: "Åskolen"', "elever: 1250", "budget: 2.5", "start: foraar"),
        *("trin: [indskoling, udskoling]", "privat: false", 'dag: "2031-08-11"'),
    ):
        assert f"\n{line}" in text


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (
            ["--set", "elever=5", "--set", "start=forarr"],
            1,
            "»forarr« er ikke på listen. Mente du »foraar«?",
        ),
        (
            ["--set", "elever=mange", "--set", "start=senere"],
            1,
            "»mange« i feltet »Antal elever« er ikke et helt tal.",
        ),
        (
            ["--set", "elever=0", "--set", "start=senere"],
            1,
            "0 i feltet »Antal elever« er for lidt. Skriv mindst 1.",
        ),
        (
            [*NEEDED, "--set", "trin=x"],
            1,
            "»x« kan ikke stå her. Skriv indskoling,",
        ),
        ([*NEEDED, "--set", "privat=måske"], 1, "Vælg et svar i feltet »Er private skoler med?«."),
        ([*NEEDED, "--set", "eleve=5"], 2, "intet felt, der hedder eleve. Mente du elever?"),
        ([*NEEDED, "--set", "zzz=5"], 2, "Det har skole, plan, elever"),
    ],
)
def test_what_is_wrong(
    asking: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, told: str
) -> None:
    """What cannot be taken is told in the form's words, and nothing is sent."""
    before = git(asking, "show-ref")
    assert _submit(asking, *WHO, *words) == code
    out, err = capsys.readouterr()
    assert told in out + err
    assert git(asking, "show-ref") == before


def test_a_register_without(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a register has no question of its own, `--set` says so."""
    assert _submit(register, *WHO, "--set", "elever=5") == 2
    assert "Registeret har ingen egne felter" in capsys.readouterr().err


def test_asked_at_a_terminal(asking: Path) -> None:
    """Each is asked for in its turn with its help and its choices, and again where it is wrong."""
    answers = ["randers", "folkeskole", "Sekretariatet", "", "post@kommune.example", ""]
    answers += ["1", "", "", ""]  # the council, and why
    answers += ["Åskolen", "", "mange", "1.250", "", "2", "1, 3", "ja", "", "", "", "", "ja"]
    told = at_a_terminal(asking, ["--lang", "da", "submit", "--round", "2031-skole"], answers)
    assert "Antal elever\r\n" in told
    assert "»mange« i feltet »Antal elever« er ikke et helt tal." in told
    assert "Budget i mio. kr. (frivilligt)\r\n  Svaret vises ikke på siden." in told
    assert "  1. Til foråret\r\n  2. Til efteråret" in told
    assert "Skriv flere svar med komma imellem." in told
    text = git(asking, "show", f"{BRANCH}:{PATH}")
    assert 'skole: "Åskolen"\nelever: 1250\nstart: efteraar\n' in text
    assert "trin: [indskoling, udskoling]\nprivat: true" in text


def _mail(folder: Path) -> Path:
    letter = message()
    letter["Received"] = TRACE
    path = folder / "mail.eml"
    path.write_bytes(bytes(letter))
    return path


def test_registered_from_an_e_mail(
    asking: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`receive` takes them as options, says which are missing, and a later e-mail adds to them."""
    words = ["-C", str(asking), "--lang", "da", "receive", str(_mail(tmp_path))]
    words += ["--round", "2031-skole", "--at", AT]
    assert main([*words, *WHO, "--received", CAME]) == 2
    assert "--set elever=…, --set start=…" in capsys.readouterr().err
    given = (*WHO, *NEEDED, "--set", "budget=12,125", "--set", "trin=udskoling")
    assert main([*words, *given, "--received", CAME]) == 0
    later = ["--municipality", "randers", "--set", "elever=1300", "--received"]
    assert main([*words, *later, "2031-03-01T11:00:00+01:00"]) == 0
    out = capsys.readouterr().out
    assert "Antal elever: fra 1.250 til 1.300." in out
    entry = docket_of(asking).submission_at(PATH)
    assert entry
    assert dict(entry.own) == {
        "elever": 1300,
        "budget": 12.125,
        "start": "foraar",
        "trin": ("udskoling",),
    }
    assert [one for one in found_in(asking) if "randers" in one] == []


def test_what_changes(asking: Path) -> None:
    """Side by side both answers stand; the public is not told what is not published."""
    texts = (ANSWERS, ANSWERS.replace("2.5", "7.75").replace("false", "true").replace("mere", "x"))
    entries = []
    for lines in texts:
        (asking / PATH).write_text(TEXT + lines, encoding="utf-8")
        docket = docket_of(asking)
        entries.append(docket.submission_at(PATH))
    before, after = entries
    assert after
    found = Comparison(after, changes(before, after))
    told = list(sentences(docket, found, Reader("da", private=True)))
    assert "Budget i mio. kr.: fra 2,5 til 7,75." in told
    assert "Er private skoler med?: fra Nej til Ja." in told
    assert "Jeres plan: ny tekst." in told
    public = list(sentences(docket, found, Reader("da")))
    assert "Budget i mio. kr.: nyt svar." in public
    assert not any("7,75" in one for one in public)


def _sheets(root: Path, folder: Path, *words: str) -> Mapping[str, list[list[object]]]:
    path = folder / "sheet.xlsx"
    call = ["-C", str(root), "--lang", "da", "--at", AT, "summary", "2031-skole"]
    assert main([*call, "--format", "xlsx", "-o", str(path), *words]) == 0
    book = load_workbook(path)
    return {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in book}


def test_summary(asking: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every format has the published answers, typed; only the organiser's own copy has all."""
    (asking / PATH).write_text(TEXT + ANSWERS, encoding="utf-8")
    commit(asking, "answers", "2031-02-20T12:00:00+01:00")
    sheets = _sheets(asking, tmp_path)
    rows = sheets["Tilkendegivelser"]
    titles = next(row for row in rows if "Antal elever" in row)
    row = dict(zip(titles, next(row for row in rows if row[0] == "Randers"), strict=True))
    assert row["Antal elever"] == 1250
    assert getattr(row["Første dag"], "date", lambda: row["Første dag"])() == date(2031, 8, 11)
    assert row["Er private skoler med?"] == "Nej"
    assert "Budget i mio. kr." not in titles
    assert any("Vi vil\n\n* mere" in one for one in sheets["Begrundelser"])
    (tmp_path / "sheet.xlsx").unlink()
    private = _sheets(asking, tmp_path, "--with-contacts")
    titles = next(row for row in private["Tilkendegivelser"] if "Antal elever" in row)
    place = titles.index("Budget i mio. kr.")
    assert next(row for row in private["Tilkendegivelser"] if row[0] == "Randers")[place] == 2.5
    for name, told in (
        ("md", "| Randers | Åskolen | 1.250 | Til foråret |"),
        ("csv", ";Åskolen;"),
        ("json", '"elever": 1250'),
    ):
        capsys.readouterr()
        words = ["-C", str(asking), "--lang", "da", "--at", AT, "summary", "2031-skole"]
        assert main([*words, "--format", name]) == 0
        out = capsys.readouterr().out
        assert told in out
        assert "Budget" not in out
    assert json.loads(out)["submissions"]


def test_without_approval(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A register that asks for no approval sends no letters about it and has no column of it."""
    ask(register, {}, (), without=("approval", "motivation"))
    (register / PATH).write_text(TEXT.partition("approval:")[0], encoding="utf-8")
    for path in ("odder", "viborg"):
        (register / f"submissions/2031-skole/{path}.yml").unlink(missing_ok=True)
    commit(register, "bare", "2031-02-20T12:00:00+01:00")
    words = ["-C", str(register), "--lang", "da", "--at", AT]
    letters = ["letters", "2031-skole", "-o", str(tmp_path / "letters"), "--about"]
    assert main([*words, *letters, "approval"]) == 2
    assert "beder ikke om politisk godkendelse" in capsys.readouterr().err
    assert main([*words, *letters, "receipt"]) == 0
    letter = next((tmp_path / "letters").glob("randers*")).read_text(encoding="utf-8")
    assert "godkend" not in letter
    for name in ("md", "csv", "json"):
        capsys.readouterr()
        assert main([*words, "summary", "2031-skole", "--format", name]) == 0
        out = capsys.readouterr().out
        assert "odkend" not in out
        assert '"approval"' not in out
    assert main([*words, "inbox"]) in (0, 1)
    assert "godkend" not in capsys.readouterr().out
    receive = ["receive", str(_mail(tmp_path)), "--round", "2031-skole", "--received", CAME]
    assert main([*words, *receive, *WHO, "--municipality", "struer"]) == 0
    text = (register / "submissions/2031-skole/struer.yml").read_text(encoding="utf-8")
    assert "approval" not in text
