"""A broken file of the organiser's: every command names it, and none judges by what it hid."""

from pathlib import Path

import pytest

from docket.cli.main import main
from support.randers import PATH, RECEIVED, TEXT, propose, put
from support.worlds import AT, commit

ROUND = "submissions/2031-skole/round.yml"


@pytest.mark.parametrize(
    "words",
    [
        "summary 2031-skole",
        "summary submissions/2031-skole/",
        "decide 2031-skole odder --decided 2031-07-01",
        "stop 2031-skole --reason-da x --reason-en x --source https://x.example",
        "open 2032-ny --like 2031-skole",
        "submit {file} --round 2031-skole",
        f"--at {RECEIVED} receive {{file}} --round 2031-skole --received {RECEIVED} --via e-mail",
    ],
)
def test_round(
    register: Path, tmp_path: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A round whose round.yml cannot be read is called broken, never missing."""
    put(register, "title: [\n", ROUND)
    commit(register, "broken")
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    assert main(["-C", str(register), *words.format(file=file).split()]) == 2
    told = capsys.readouterr().err
    assert f"{ROUND} skal rettes først" in told
    assert "Der er ingen runde" not in told


def test_the_only_round(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the rounds are all broken, nobody is told that there are none yet."""
    for path in register.glob("submissions/*/round.yml"):
        path.write_text("title: [\n", "utf-8")
    assert main(["-C", str(register), "summary"]) == 2
    assert "round.yml skal rettes først" in capsys.readouterr().err


@pytest.mark.parametrize("path", [ROUND, "submissions/organiser.yml"])
def test_inbox(register: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It waits in the inbox; without the organiser's zone nothing else of the register does."""
    put(register, "x: [\n", path)
    commit(register, "broken")
    assert main(["-C", str(register), "inbox", "--at", "2031-07-02"]) == 0
    told = capsys.readouterr().out
    assert path in told
    assert "F02" in told
    assert "venter på udpegning" not in told


def test_receipts(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside receipts that cannot be read no submission is said to have none."""
    put(register, "- x: [\n", "submissions/2031-skole/receipts.yml")
    commit(register, "broken")
    assert main(["-C", str(register), "inbox", "--at", AT]) == 0
    assert "uden kvittering" not in capsys.readouterr().out


@pytest.mark.parametrize("words", ["check", "summary 2031-skole", "inbox", f"submit {PATH}"])
def test_no_organiser(register: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without organiser.yml it is no register: nobody knows its zone."""
    (register / "submissions/organiser.yml").unlink()
    commit(register, "no organiser")
    assert main(["-C", str(register), *words.split()]) == 2
    assert "submissions/organiser.yml" in capsys.readouterr().err


def test_no_organiser_on_a_branch(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A submitter who deletes it is told so, and judged by the one that is there."""
    propose(register, {PATH: TEXT, "submissions/organiser.yml": None})
    words = ["review", "main", "change", "--received", RECEIVED, "--format", "github"]
    assert main(["-C", str(register), *words]) == 1
    told = capsys.readouterr().out
    assert "title=C02" in told
    assert told.count("::error") == 1
