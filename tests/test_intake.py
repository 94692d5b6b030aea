"""What the organiser takes in: one commit each, nothing half done, nothing wrong."""

import os
import signal
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from docket.cli import main
from docket.read import blob_id
from test_history import PATH, TEXT
from test_review import NOW, propose
from worlds import commit, docket_of, found_in, git

RECEIPTS = "submissions/2031-skole/receipts.yml"


def receive(root: Path, file: Path, *more: str) -> int:
    """Register a file that came by e-mail."""
    words = ["--round", "2031-skole", "--received", NOW, "--via", "e-mail"]
    return main(["-C", str(root), "receive", str(file), *words, *more])


def message(*attachments: tuple[str, bytes]) -> EmailMessage:
    """An e-mail as a municipality sends it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@kommune.example", "b@kl.example", "Interesse"
    mail.set_content("Hermed vores tilkendegivelse.\n")
    for name, content in attachments:
        mail.add_attachment(content, maintype="application", subtype="yaml", filename=name)
    return mail


def write(folder: Path, mail: EmailMessage) -> Path:
    """The e-mail as a file."""
    path = folder / "mail.eml"
    path.write_bytes(bytes(mail))
    return path


def test_receive_a_file(register: Path, tmp_path: Path) -> None:
    """Submission and receipt are in one commit, with the bytes that came."""
    file = tmp_path / "det de sendte.yml"
    file.write_bytes(TEXT.replace("\n", "\r\n").encode())
    before = git(register, "rev-parse", "HEAD")
    assert receive(register, file, "--reference", "J 12/34") == 0
    assert git(register, "rev-parse", "HEAD^") == before
    assert git(register, "show", "--format=", "--name-only", "HEAD").split() == [PATH, RECEIPTS]
    assert (register / PATH).read_bytes() == file.read_bytes()
    assert git(register, "status", "--porcelain") == ""
    receipt = docket_of(register, "2031-08-01").receipts[-1]
    assert (receipt.municipality, receipt.via, receipt.reference) == (
        "randers",
        "e-mail",
        "J 12/34",
    )
    assert receipt.received.isoformat() == NOW
    assert receipt.blob == blob_id(file.read_bytes())
    assert found_in(register, "2031-08-01") == []


def test_receive_twice(register: Path, tmp_path: Path) -> None:
    """The same bytes twice are one receipt; other bytes a second one."""
    file = tmp_path / "x.yml"
    file.write_text(TEXT, "utf-8")
    assert receive(register, file) == 0
    once = git(register, "rev-parse", "HEAD")
    assert receive(register, file) == 0
    assert git(register, "rev-parse", "HEAD") == once
    file.write_text(TEXT.replace("folkeskole", "dagtilbud"), "utf-8")
    assert receive(register, file) == 0
    assert len(docket_of(register, "2031-08-01").receipts_by[("2031-skole", "randers")]) == 2
    assert found_in(register, "2031-08-01") == []


@pytest.mark.parametrize(
    "text", ["", "municipality: [", TEXT.replace("randers", "Randers"), TEXT + "x: 1\n"]
)
def test_receive_refuses(
    register: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong is told in the words for the sender, and nothing is written."""
    file = tmp_path / "randers.yml"
    file.write_text(text, "utf-8")
    before = git(register, "rev-parse", "HEAD")
    assert receive(register, file) == 1
    assert "**Der er problemer.**" in capsys.readouterr().out
    assert git(register, "rev-parse", "HEAD") == before
    assert git(register, "status", "--porcelain") == ""


def test_receive_unknown_round(register: Path, tmp_path: Path) -> None:
    """A round that does not exist takes nothing."""
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    words = ["--round", "2040-x", "--received", NOW, "--via", "e-mail"]
    assert main(["-C", str(register), "receive", str(file), *words]) == 1
    assert not (register / "submissions/2040-x").exists()


@pytest.mark.parametrize("kind", ["one", "forwarded", "signed", "two parts alike"])
def test_mail_with_one(register: Path, tmp_path: Path, kind: str) -> None:
    """One attached submission is found, also in a forwarded or a signed message."""
    inner = message(("randers.yml", TEXT.encode()), ("logo.png", b"\x89PNG"))
    mail = inner
    if kind == "forwarded":
        mail = message()
        mail.add_attachment(inner)
    elif kind == "signed":
        mail = EmailMessage()
        mail["Subject"] = "signed"
        mail.make_mixed()
        mail.set_type("multipart/signed")
        mail.attach(inner)
    elif kind == "two parts alike":
        mail.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="kopi.yml")
    assert receive(register, write(tmp_path, mail)) == 0
    assert (register / PATH).read_text("utf-8") == TEXT


@pytest.mark.parametrize(
    "mail",
    [
        message(),
        message(("randers.docx", b"PK")),
        message(("a.yml", TEXT.encode()), ("b.yml", b"x: 1\n")),
        EmailMessage(),
    ],
)
def test_mail_without_one(
    register: Path, tmp_path: Path, mail: EmailMessage, capsys: pytest.CaptureFixture[str]
) -> None:
    """None, a wrong type or several: one sentence says what to do."""
    assert receive(register, write(tmp_path, mail)) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_accept(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A routine branch is merged with its receipt: its own history stays reachable."""
    propose(register, {PATH: TEXT})
    change = git(register, "rev-parse", "change")
    words = ["-C", str(register), "accept", "change", "--received", NOW, "--reference", "#12"]
    assert main(words) == 0
    assert "Randers Kommune" in capsys.readouterr().out
    assert git(register, "rev-parse", "HEAD^2") == change
    assert git(register, "status", "--porcelain") == ""
    assert (register / PATH).read_text("utf-8") == TEXT
    assert docket_of(register, "2031-08-01").receipts[-1].reference == "#12"
    assert found_in(register, "2031-08-01") == []


def test_accept_by_trailers(register: Path) -> None:
    """What the desk wrote under its commit is copied, and no clock is asked.

    On any other branch a message is the sender's own word.
    """
    desk = "submission/2031-skole/randers"
    git(register, "switch", "--quiet", "--create", desk)
    (register / PATH).write_text(TEXT, "utf-8")
    commit(register, f"x\n\nReceived: {NOW}\nVia: form\nReference: S-7")
    git(register, "branch", "stranger")
    git(register, "switch", "--quiet", "main")
    assert main(["-C", str(register), "accept", "stranger"]) == 2
    assert main(["-C", str(register), "accept", desk]) == 0
    receipt = docket_of(register, "2031-08-01").receipts[-1]
    assert (receipt.received.isoformat(), receipt.via, receipt.reference) == (NOW, "form", "S-7")


def test_accept_needs_a_time(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a time of receipt nothing is accepted."""
    propose(register, {PATH: TEXT})
    assert main(["-C", str(register), "accept", "change"]) == 2
    assert "--received" in capsys.readouterr().err


def test_accept_refuses(register: Path) -> None:
    """A change that is wrong, or touches more, is not merged."""
    propose(register, {PATH: TEXT, "README.md": "x"})
    before = git(register, "rev-parse", "HEAD")
    assert main(["-C", str(register), "accept", "change", "--received", NOW]) == 1
    assert git(register, "rev-parse", "HEAD") == before


def test_changes_of_ones_own_are_kept(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Uncommitted changes to the same files are not overwritten."""
    (register / PATH).write_text("mit eget\n", "utf-8")
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    assert receive(register, file) == 2
    assert "Prøv igen" in capsys.readouterr().err
    assert (register / PATH).read_text("utf-8") == "mit eget\n"


def _start(root: Path, file: Path) -> subprocess.Popen[bytes]:
    words = ["--round", "2031-skole", "--received", NOW, "--via", "e-mail"]
    code = "import sys; from docket.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.Popen(
        [sys.executable, "-c", code, "-C", str(root), "receive", str(file), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.parametrize("tenths", range(1, 9))
def test_killed(register: Path, tmp_path: Path, tenths: int) -> None:
    """Killed at any moment: the branch is as it was or as it should be, and a retry ends well."""
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    before = git(register, "rev-parse", "HEAD")
    running = _start(register, file)
    time.sleep(0.15 + tenths * 0.05)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    for lock in (register / ".git").rglob("*.lock"):
        lock.unlink()
    git(register, "fsck", "--strict")
    assert git(register, "rev-list", "--count", f"{before}..HEAD") in ("0", "1")
    assert receive(register, file) == 0
    assert git(register, "rev-list", "--count", f"{before}..HEAD") == "1"
    assert git(register, "status", "--porcelain") == ""
    assert found_in(register, "2031-08-01") == []


def test_two_at_once(register: Path, tmp_path: Path) -> None:
    """Two at the same time: both are in, or the second is told to try again."""
    names = ("randers", "skive")
    running = []
    for name in names:
        file = tmp_path / f"{name}.yml"
        file.write_text(TEXT.replace("randers", name), "utf-8")
        running.append(_start(register, file))
    codes = [one.wait() for one in running]
    assert set(codes) <= {0, 2}
    assert 0 in codes
    git(register, "fsck", "--strict")
    for name, code in zip(names, codes, strict=True):
        if code:
            assert receive(register, tmp_path / f"{name}.yml") == 0
    assert git(register, "status", "--porcelain") == ""
    assert found_in(register, "2031-08-01") == []
    assert len(docket_of(register, "2031-08-01").submissions_by) == 6
