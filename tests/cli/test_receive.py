"""`docket receive` of an e-mail: in plain words, and with the time that its server says."""

import json
from pathlib import Path

import pytest

from docket.acts.key import make
from docket.cli.main import main
from support.mail import message
from support.randers import PATH, TEXT
from support.terminal import at_a_terminal
from support.worlds import commit, docket_of, found_in, git

AT = "2031-12-01"
TRACE = "from mail.kommune.example by mx.arrangoer.example; Mon, 3 Mar 2031 09:00:05 +0000"
CAME = "2031-03-03T10:00:05+01:00"
NUMBER = "<77@kommune.example>"
FIELDS = [
    *("--municipality", "Randers Kommune", "--area", "folkeskole", "--area", "aeldre"),
    *("--contact-name", "Sekretariatet", "--contact-email", "post@kommune.example"),
]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """An e-mail in plain words, as the organiser's mail program saved it."""
    return _saved(tmp_path)


def _saved(folder: Path, *attachments: tuple[str, bytes]) -> Path:
    mail = message(*attachments)
    mail["Received"], mail["Message-ID"] = TRACE, NUMBER
    path = folder / "mail.eml"
    path.write_bytes(bytes(mail))
    return path


def receive(root: Path, file: Path, *words: str) -> int:
    """Register an e-mail that came."""
    take = ["receive", str(file), "--round", "2031-skole", "--at", AT]
    return main(["-C", str(root), *take, *words])


def test_by_options(register: Path, letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the e-mail says becomes the submission's file, with its receipt, in one commit."""
    before = git(register, "rev-parse", "HEAD")
    more = (
        "--approval",
        "pending",
        "--approval-body",
        "Byrådet",
        "--approval-date",
        "10. marts 2031",
    )
    assert receive(register, letter, *FIELDS, *more, "--received", CAME) == 0
    assert "Randers Kommune" in capsys.readouterr().out
    assert git(register, "rev-parse", "HEAD^") == before
    docket = docket_of(register, AT)
    entry, receipt = docket.submission_at(PATH), docket.receipts[-1]
    assert entry
    assert entry.areas == ("folkeskole", "aeldre")
    assert entry.approval
    assert (entry.approval.body, str(entry.approval.date)) == ("Byrådet", "2031-03-10")
    assert (receipt.received.isoformat(), receipt.via, receipt.reference) == (
        CAME,
        "e-mail",
        NUMBER,
    )
    assert found_in(register, AT) == []


def test_the_next_one(register: Path, letter: Path) -> None:
    """What a later e-mail does not say stays; a new word on the approval has a date of its own."""
    pending = ("--approval-body", "Byrådet", "--approval-date", "2031-03-10", "--motivation", "Ja.")
    assert receive(register, letter, *FIELDS, *pending, "--received", CAME) == 0
    later = ("--received", "2031-03-11T10:00:00+01:00", "--reference", "J-2")
    yes = ("--approval", "approved", "--approval-date", "2031-03-09")
    assert receive(register, letter, "--municipality", "randers", *yes, *later) == 0
    entry = docket_of(register, AT).submission_at(PATH)
    assert entry
    assert entry.approval
    assert (entry.areas, entry.motivation) == (("folkeskole", "aeldre"), "Ja.")
    assert (entry.approval.body, str(entry.approval.date)) == ("Byrådet", "2031-03-09")
    no = ("--municipality", "randers", "--approval", "rejected", *later)
    assert receive(register, letter, *no) == 1  # its date is not the old one
    assert found_in(register, AT) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--municipality …, --contact-name …, --contact-email …, --area …. Eller bed"),
        (FIELDS[2:], "hvad der står i mailen: --municipality …. Eller"),
        ([*FIELDS[:6], "--received", CAME], "--contact-name …, --contact-email …. Eller"),
        (FIELDS, f"Ifølge mx.arrangoer.example kom mailen {CAME}."),
        ([*FIELDS, "--round", "2040-x"], "Der er ingen runde 2040-x"),
    ],
)
def test_nobody_to_ask(
    register: Path,
    letter: Path,
    words: list[str],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without a terminal one sentence says which options are missing, and nothing is written."""
    before = git(register, "rev-parse", "HEAD")
    assert receive(register, letter, *words) == 2
    said = capsys.readouterr().err
    assert told in said
    assert len(said.splitlines()) == 1
    assert git(register, "rev-parse", "HEAD") == before


def test_a_file_speaks_for_itself(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fields beside an attached file, or a file alone, are refused: nobody knows which counts."""
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    for one in (file, _saved(tmp_path, ("randers.yml", TEXT.encode()))):
        assert receive(register, one, "--area", "dagtilbud", "--received", CAME) == 2
        assert "har felterne selv" in capsys.readouterr().err
    assert receive(register, file) == 2
    assert "Skriv, hvornår den blev modtaget" in capsys.readouterr().err


def test_what_cannot_be_opened(register: Path, tmp_path: Path) -> None:
    """What a mail program alone can open is registered from what its reader writes."""
    path = _saved(tmp_path, ("winmail.dat", b"\x78\x9f"))
    assert receive(register, path, "--received", CAME) == 2
    assert receive(register, path, *FIELDS, "--received", CAME) == 0


def test_time_is_shown_first(register: Path, tmp_path: Path) -> None:
    """On a terminal the time of the organiser's own server counts after a yes, in local time."""
    path = _saved(tmp_path, ("randers.yml", TEXT.encode()))
    words = ["receive", str(path), "--round", "2031-skole", "--at", AT]
    told = at_a_terminal(register, words, ["nej"], code=2)
    assert "mx.arrangoer.example modtog den mandag den 3. marts 2031 kl. 10.00.05." in told
    assert "| Hermed vores tilkendegivelse." in told
    assert "Intet er registreret." in told
    assert docket_of(register, AT).submission_at(PATH) is None
    at_a_terminal(register, words, ["ja"])
    receipt = docket_of(register, AT).receipts[-1]
    assert (receipt.received.isoformat(), receipt.reference) == (CAME, NUMBER)


def test_asked(register: Path, letter: Path) -> None:
    """On a terminal the sender's words are shown, and each field is asked for below them."""
    answers = ["1, ældre", "Sekretariatet", "", "post@kommune.example", "", "1", "Byrådet"]
    answers += ["31. marts 2031", "Vi vil.", "ja"]
    words = ["receive", str(letter), "--round", "2031-skole", "--municipality", "Randers"]
    told = at_a_terminal(register, [*words, "--at", AT], answers)
    assert told.index("Emne: Interesse") < told.index("Område")
    assert "Registreret: Randers Kommune, 2031-skole" in told
    entry = docket_of(register, AT).submission_at(PATH)
    assert entry
    assert (entry.areas, entry.motivation) == (("folkeskole", "aeldre"), "Vi vil.")


def test_into_a_sealed_round(register: Path, letter: Path, tmp_path: Path) -> None:
    """In a round with a seal the contact that is typed is sealed, and stays so in the next one."""
    public = make(tmp_path / "key.json")
    round_ = register / "submissions/2031-skole/round.yml"
    round_.write_text(round_.read_text("utf-8") + f"seal: {json.dumps(public)}\n", "utf-8")
    commit(register, "seal", "2031-02-04T12:00:00+01:00")
    assert receive(register, letter, *FIELDS, "--received", CAME) == 0
    later = ("--municipality", "randers", "--motivation", "Ja.")
    assert receive(register, letter, *later, "--received", "2031-03-04T10:00:00+01:00") == 0
    entry = docket_of(register, AT).submission_at(PATH)
    assert entry
    assert entry.contact
    assert entry.contact.sealed
    assert entry.motivation == "Ja."
