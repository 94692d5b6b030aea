"""`docket letters`: files that only their reader has, all or none."""

import email
from email import policy
from pathlib import Path

import pytest

from docket.acts.letters import Occasion
from docket.cli.arguments import OCCASIONS
from docket.cli.main import main
from support.worlds import commit

AT = ("--at", "2031-03-01")


def letters(root: Path, *words: str) -> int:
    """Write letters about the round of schools."""
    return main(["-C", str(root), "letters", "2031-skole", *words, *AT])


def test_written(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file for each municipality, for nobody else to read, that says it shows the past."""
    folder = tmp_path / "breve"
    assert letters(register, "--about", "receipt", "-o", str(folder)) == 0
    assert f"1 brev i {folder}." in capsys.readouterr().out
    path = folder / "viborg.eml"
    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    assert body
    assert body.get_content().startswith("Her vises registeret, som det stod 1. marts 2031")
    before = path.read_bytes()
    assert letters(register, "--about", "receipt", "-o", str(folder), "--lang", "en") == 2
    assert "never overwritten" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_never_in_the_register(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where everybody could read the contacts nothing is written, unless Git ignores the folder."""
    for more in ([], ["-o", str(register / "submissions")]):
        assert letters(register, "--about", "receipt", *more) == 2
        assert "kontaktoplysninger" in capsys.readouterr().err
    assert not list(register.rglob("*.eml"))
    (register / ".gitignore").write_text("/letters/\n", "utf-8")
    commit(register, "ignore")
    assert letters(register, "--about", "receipt") == 0
    assert (register / "letters/2031-skole-receipt/viborg.eml").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--about", "decision"], "2031-skole er ikke afgjort endnu."),
        (["--about", "stop"], "2031-skole er ikke stoppet."),
        (["--about", "receipt", "--key", "væk"], "kan ikke åbnes"),
        (["--about", "jul"], "jul kan ikke stå efter --about"),
    ],
)
def test_not_yet(
    register: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What has not happened is not written about."""
    assert letters(register, *words) == 2
    assert told in capsys.readouterr().err


def test_what_is_over(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A round whose agreements have ended congratulates nobody."""
    words = ["letters", "2030-job", "--about", "decision", "--at", "2034-01-01"]
    assert main(["-C", str(register), *words]) == 2
    assert "gælder ikke længere" in capsys.readouterr().err


def test_nobody(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody is concerned nothing is written, and that is no fault."""
    (register / "submissions/2031-skole/viborg.yml").write_text("municipality: viborg\n", "utf-8")
    commit(register, "cut", "2031-02-05T12:00:00+01:00")
    assert letters(register, "--about", "approval", "-o", str(tmp_path / "breve")) == 0
    said = capsys.readouterr().out
    assert "Ingen skal have det brev nu." in said
    assert "Intet brev til Viborg Kommune" in said
    assert not (tmp_path / "breve").exists()


def test_occasions_are_the_same() -> None:
    """What can be written after `--about` is what there are letters about."""
    assert tuple(Occasion) == OCCASIONS
