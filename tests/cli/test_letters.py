"""`docket letters`: files that only their reader has, all or none."""

import email
from collections.abc import Iterator
from email import policy
from pathlib import Path

import pytest

from docket.acts.letters import Occasion
from docket.cli.arguments import OCCASIONS
from docket.cli.main import main
from support.mailserver import Told, mailserver
from support.terminal import at_a_terminal
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
    assert body.get_content().startswith("Her vises registeret, som det stod den 1. marts 2031")
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


@pytest.fixture
def mailing(register: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """What a mail server is told that the register's letters go through."""
    path = register / "submissions/organiser.yml"
    path.write_text(f"{path.read_text('utf-8')}mail: {{email: svar@arrangoer.example}}\n", "utf-8")
    with mailserver() as (told, port):
        monkeypatch.setenv("DOCKET_SMTP", f"smtp://127.0.0.1:{port}")
        yield told


def send(root: Path, *words: str) -> int:
    """Send letters about the round of schools."""
    return main(["-C", str(root), "letters", "2031-skole", "--about", "receipt", "--send", *words])


def test_sent(register: Path, mailing: Told, capsys: pytest.CaptureFixture[str]) -> None:
    """Each letter is sent once, from the desk's address, and answered at the round's."""
    assert send(register, "--yes") == 0
    told = capsys.readouterr().out
    assert "Viborg Kommune: post@kommune.example" in told
    assert "2 mails er sendt." in told
    (_, (to, mail)) = mailing.mails
    assert (to, str(mail["From"])) == ("post@kommune.example", "svar@arrangoer.example")
    assert str(mail["Reply-To"]) == "Sekretariatet <post@arrangoer.example>"
    assert mail["X-Unsent"] is None
    assert not (register / "letters").exists()
    assert send(register, "--yes") == 0
    assert "2 breve er sendt før" in capsys.readouterr().out
    assert len(mailing.mails) == 2


def test_sent_after_a_yes(register: Path, mailing: Told) -> None:
    """Nothing is sent before somebody saw to whom, and said yes."""
    words = ["--lang", "da", "letters", "2031-skole", "--about", "receipt", "--send"]
    assert "Viborg Kommune" in at_a_terminal(register, words, ["nej"])
    assert mailing.mails == []
    assert "2 mails er sendt." in at_a_terminal(register, words, ["ja"])
    assert len(mailing.mails) == 2


def test_sent_later(register: Path, mailing: Told, capsys: pytest.CaptureFixture[str]) -> None:
    """What the server does not take yet waits, and the same command sends it once it does."""
    mailing.recipient = lambda _: "451 later"
    assert send(register, "--yes") == 0
    assert "2 mails venter: 451 later" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "unset", "told"),
    [
        ((), "", "--yes"),
        (("--yes", "--at", "2031-03-01"), "", "--at"),
        (("--yes",), "DOCKET_SMTP", "DOCKET_SMTP"),
    ],
)
def test_not_sent(  # noqa: PLR0913, PLR0917 - fixtures
    register: Path,
    mailing: Told,
    words: tuple[str, ...],
    unset: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where nobody looked, or no server is set, or one looks at the past, nothing is sent."""
    monkeypatch.delenv(unset, raising=False)
    assert send(register, *words) == 2
    assert told in capsys.readouterr().err
    assert mailing.mails == []
