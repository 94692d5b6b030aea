"""What the organiser takes in: one commit each, nothing half done, nothing wrong."""

import os
import quopri
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.git.objects import blob_id
from docket.git.store import Store
from support.mail import message
from support.randers import PATH, RECEIVED, TEXT, desk_branch, give_receipt, propose
from support.worlds import commit, docket_of, found_in, git, world

RECEIPTS = "submissions/2031-skole/receipts.yml"
WHEN = ("--at", "2031-12-01", "--received", RECEIVED)


def receive(root: Path, file: Path, *more: str) -> int:
    """Register a file that came by e-mail."""
    words = ["--round", "2031-skole", *WHEN, "--via", "e-mail"]
    return main(["-C", str(root), "receive", str(file), *words, *more])


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
    assert receipt.received.isoformat() == RECEIVED
    assert receipt.blob == blob_id(file.read_bytes())
    assert found_in(register, "2031-08-01") == []


def test_receive_twice(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same bytes twice are one receipt; other bytes a second one."""
    file = tmp_path / "x.yml"
    file.write_text(TEXT, "utf-8")
    assert receive(register, file) == 0
    once = git(register, "rev-parse", "HEAD")
    assert "Registreret: Randers" in capsys.readouterr().out
    assert receive(register, file) == 0
    assert "Allerede registreret: Randers" in capsys.readouterr().out
    assert git(register, "rev-parse", "HEAD") == once
    file.write_text(TEXT.replace("folkeskole", "dagtilbud"), "utf-8")
    assert receive(register, file) == 0
    assert len(docket_of(register, "2031-08-01").receipts_by[("2031-skole", "randers")]) == 2
    assert found_in(register, "2031-08-01") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "municipality: [",
        TEXT.replace("randers", "Randers"),
        TEXT + "x: 1\n",
        TEXT + "#" * 65_536,
        TEXT + "#" * 3_000_000,
    ],
)
def test_receive_refuses(
    register: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong is told in plain words for the sender, and nothing is written."""
    file = tmp_path / "randers.yml"
    file.write_text(text, "utf-8")
    before = git(register, "rev-parse", "HEAD")
    assert receive(register, file) == 1
    said = capsys.readouterr().out
    assert said.startswith("Jeres svar")
    assert "modtaget onsdag den 5. marts 2031 kl. 10.00, kan vi ikke tage ind endnu." in said
    assert re.search(r"\n- Linje \d+ i submissions/2031-skole/[Rr]anders.yml: .+\n  https://", said)
    assert not re.search(r"&#|<|\*\*|\]\(", said)
    assert receive(register, file, "--lang", "en") == 1
    assert capsys.readouterr().out.startswith("Your submission")
    assert "receipts" not in said
    assert git(register, "rev-parse", "HEAD") == before
    assert git(register, "status", "--porcelain") == ""


@pytest.mark.parametrize("act", ["receive", "accept"])
@pytest.mark.parametrize(
    "when",
    [
        ("--received", "2962-01-01T00:00:00Z"),
        ("--received", "2031-03-05T00:00:00Z", "--at", "2031-03-04"),
        ("--received", "2031-03-05T10:00:01Z", "--at", "2031-03-05T10:00:00Z"),
    ],
)
def test_not_that_late_yet(
    register: Path,
    tmp_path: Path,
    act: str,
    when: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing came in the future: no receipt says so, however it is taken in."""
    propose(register, {PATH: TEXT})
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    take = ["receive", str(file), "--round", "2031-skole", "--via", "form"]
    words = take if act == "receive" else ["accept", "change"]
    before = git(register, "rev-parse", "HEAD")
    assert main(["-C", str(register), *words, *when]) == 2
    assert f"Klokken er ikke {when[1]} endnu" in capsys.readouterr().err
    assert git(register, "rev-parse", "HEAD") == before


@pytest.mark.parametrize("name", ["2040-x", "../x", "2031-skole/..", "/", "", "2031 skole", "æ"])
def test_receive_unknown_round(
    register: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A round that does not exist takes nothing, and the rounds that do are told."""
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    words = ["--round", name, *WHEN, "--via", "e-mail"]
    assert main(["-C", str(register), "receive", str(file), *words]) == 2
    assert "2030-job, 2031-skole, proeve" in capsys.readouterr().err
    assert git(register, "status", "--porcelain") == ""


def nested(depth: int) -> bytes:
    """An e-mail in an e-mail, and so on."""
    start = "".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
        for level in range(depth)
    )
    return f"MIME-Version: 1.0\r\n{start}".encode()


def raw(*headers: str, body: str) -> bytes:
    """An e-mail with one part, as a program writes it, and a picture beside it."""
    lines = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x", "", "--x", *headers]
    picture = ["--x", "Content-Type: image/png; name=logo.png", "", "PNG", "--x--", ""]
    return "\r\n".join([*lines, "", body, *picture]).encode()


INSIDE = message(("randers.yml", TEXT.encode()), ("logo.png", b"\x89PNG"))
BASE64 = b64encode(TEXT.encode()).decode()


def forwarded() -> bytes:
    """The e-mail attached to another."""
    outer = message()
    outer.add_attachment(INSIDE)
    return bytes(outer)


def signed(kind: str) -> bytes:
    """The e-mail with a detached signature: S/MIME's or PGP's."""
    signature = f"--y\r\nContent-Type: application/{kind}; name=smime.p7s\r\n\r\nMIIB\r\n--y--\r\n"
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol="application/{kind}"'
    return f"{head}; boundary=y\r\n\r\n--y\r\n".encode() + bytes(INSIDE) + signature.encode()


@pytest.mark.parametrize(
    "content",
    [
        bytes(INSIDE),
        bytes(
            message(("randers.yml", TEXT.encode()), ("kopi.YML", TEXT.encode()), ("a.txt", b"a"))
        ),
        forwarded(),
        bytes(message(("VS tilkendegivelse.eml", bytes(INSIDE)))),
        signed("pkcs7-signature"),
        signed("pgp-signature"),
        raw(
            "Content-Type: text/plain; charset=utf-8; name=randers.yml",
            "Content-Disposition: inline; filename=randers.yml",
            "Content-Transfer-Encoding: quoted-printable",
            body=quopri.encodestring(TEXT.encode()).decode(),
        ),
        raw(
            "Content-Type: application/octet-stream",
            "Content-Disposition: attachment; filename*0*=utf-8''h%C3%B8je; filename*1=-t.yml",
            "Content-Transfer-Encoding: base64",
            body=BASE64,
        ),
        raw(
            'Content-Type: application/x-yaml; name="=?iso-8859-1?Q?h=F8je.yml?="',
            "Content-Transfer-Encoding: base64",
            body=BASE64,
        ),
    ],
    ids="plain twice forwarded attached smime pgp inline rfc2231 rfc2047".split(),
)
def test_mail_with_one(register: Path, tmp_path: Path, content: bytes) -> None:
    """One attached submission is found, whatever the mail programs did to it."""
    path = tmp_path / "mail.eml"
    path.write_bytes(content)
    assert receive(register, path) == 0
    assert (register / PATH).read_bytes().splitlines() == TEXT.encode().splitlines()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (bytes(message()), "Der er ingen .yml-fil vedhæftet. Skriv selv, hvad der står"),
        (bytes(message(("randers.docx", b"PK"))), "(kun randers.docx)"),
        (
            bytes(message(("a.yml", TEXT.encode()), ("b.yml", b"x: 1\n"))),
            "I mailen ligger 2 tilkendegivelser: a.yml, b.yml",
        ),
        (b"", "slutter midt i det hele"),
        (bytes(message(("winmail.dat", b"\x78\x9f"))), "Outlooks winmail.dat"),
        (raw("Content-Type: application/ms-tnef", body="x"), "Outlooks winmail.dat"),
        (raw("Content-Type: application/pkcs7-mime; name=smime.p7m", body="MIIB"), "krypteret"),
        (raw("Content-Type: application/pgp-encrypted", body="Version: 1"), "krypteret"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "Gem den som .eml"),
        (nested(1_000), "pakket ind i sig selv"),
    ],
)
def test_mail_without_one(
    register: Path,
    tmp_path: Path,
    content: bytes,
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """None, a wrong type, several or sealed: one sentence says what to do."""
    path = tmp_path / "mail.eml"
    path.write_bytes(content)
    assert receive(register, path) == 2
    said = capsys.readouterr().err
    assert told in said
    assert len(said.splitlines()) == 1
    assert git(register, "status", "--porcelain") == ""


def test_accept(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A routine branch is merged with its receipt: its own history stays reachable."""
    propose(register, {PATH: TEXT})
    change = git(register, "rev-parse", "change")
    words = ["-C", str(register), "accept", "change", *WHEN, "--reference", "#12"]
    assert main(words) == 0
    assert "Randers Kommune" in capsys.readouterr().out
    assert git(register, "rev-parse", "HEAD^2") == change
    assert git(register, "status", "--porcelain") == ""
    assert (register / PATH).read_text("utf-8") == TEXT
    assert docket_of(register, "2031-08-01").receipts[-1].reference == "#12"
    assert found_in(register, "2031-08-01") == []


def test_accept_by_the_log(register: Path) -> None:
    """What the desk's log says of a branch's bytes is copied, and no clock is asked."""
    desk = "submission/2031-skole/randers"
    git(register, "switch", "--quiet", "--create", desk)
    (register / PATH).write_text(TEXT, "utf-8")
    commit(register, "x")
    git(register, "switch", "--quiet", "main")
    assert main(["-C", str(register), "accept", desk]) == 2
    give_receipt(register, TEXT, RECEIVED, "S-7")
    assert main(["-C", str(register), "accept", desk]) == 0
    receipt = docket_of(register, "2031-08-01").receipts[-1]
    assert (receipt.received.isoformat(), receipt.via, receipt.reference) == (
        RECEIVED,
        "form",
        "S-7",
    )


def test_accept_needs_a_time(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a time of receipt nothing is accepted."""
    propose(register, {PATH: TEXT})
    assert main(["-C", str(register), "accept", "change"]) == 2
    assert "--received" in capsys.readouterr().err


def test_accept_refuses(register: Path) -> None:
    """A change that is wrong, or touches more, is not merged."""
    propose(register, {PATH: TEXT, "README.md": "x"})
    before = git(register, "rev-parse", "HEAD")
    assert main(["-C", str(register), "accept", "change", *WHEN]) == 1
    assert git(register, "rev-parse", "HEAD") == before


def test_changes_of_ones_own_are_kept(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Uncommitted changes to the same files are not overwritten."""
    (register / PATH).write_text("mit eget\n", "utf-8")
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    assert receive(register, file) == 2
    assert f"{PATH} er ændret her" in capsys.readouterr().err
    assert (register / PATH).read_text("utf-8") == "mit eget\n"


def _start(root: Path, file: Path) -> subprocess.Popen[bytes]:
    words = ["--round", "2031-skole", *WHEN, "--via", "e-mail"]
    code = "import sys; from docket.cli.main import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.Popen(
        [sys.executable, "-c", code, "-C", str(root), "receive", str(file), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


WRITES = ("unpack-objects",)
MOVES = ("update-ref", "checkout")


def _die(root: Path, file: Path, at: int, how: str) -> bool:
    """Receive in a process that dies at its `at`-th writing call of Git; whether it came so far."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    calls = 0
    execute = Store._execute  # noqa: SLF001 - whatever Git is asked

    def dying(self: Store, words: tuple[str, ...], content: bytes, more: Mapping[str, str]) -> str:
        nonlocal calls
        calls += not {*words}.isdisjoint(MOVES if how != "at once" else (*WRITES, *MOVES))
        if calls == at and how == "git too":
            for name in ("index", "refs/heads/main"):
                (root / f".git/{name}.lock").touch()
        if calls == at and how == "half-way" and "checkout" in words:
            (root / PATH).write_text(TEXT[:20], "utf-8")
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(self, words, content, more)

    Store._execute = dying  # type: ignore[method-assign]  # noqa: SLF001
    os._exit(receive(root, file))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("how", ["at once", "git too", "half-way"])
def test_killed_at_every_step(tmp_path: Path, how: str) -> None:
    """Killed before any writing call of Git: the branch is as it was or should be, the next mends.

    Also where Git died too and left its locks, or with the working copy half written.
    """
    source = world(tmp_path / "source")
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    counts = []
    for at in range(1, 60):
        root = tmp_path / str(at)
        shutil.copytree(source, root)
        if not _die(root, file, at, how):
            break
        git(root, "fsck", "--strict")
        counts.append(git(root, "rev-list", "--count", "main"))
        assert receive(root, file) == 0
        assert git(root, "rev-list", "--count", "main") == "2"
        assert git(root, "status", "--porcelain") == ""
        assert git(root, "show", f"main:{PATH}") == TEXT.strip()
    assert set(counts) == {"1", "2"}
    assert len(counts) == (3 if how == "at once" else 2)


@pytest.mark.parametrize("tenths", [2, 4, 6])
def test_killed(register: Path, tmp_path: Path, tenths: int) -> None:
    """Killed with its children at some moment: a retry ends well."""
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    before = git(register, "rev-parse", "HEAD")
    running = _start(register, file)
    time.sleep(0.1 + tenths * random.random() / 5)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    git(register, "fsck", "--strict")
    assert git(register, "rev-list", "--count", f"{before}..HEAD") in ("0", "1")
    assert receive(register, file) == 0
    assert git(register, "rev-list", "--count", f"{before}..HEAD") == "1"
    assert git(register, "status", "--porcelain") == ""
    assert found_in(register, "2031-08-01") == []


def test_lock_of_another(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A lock that no dead writer of ours left is another program's: it is never removed."""
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    assert receive(register, file, "--round", "2040-x") == 2
    capsys.readouterr()
    lock = register / ".git/index.lock"
    lock.touch()
    assert receive(register, file) == 2
    assert "Prøv igen" in capsys.readouterr().err
    assert lock.exists()


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


LATE = "2031-07-01T09:00:00+02:00"


def test_accept_all_receipts(register: Path) -> None:
    """A branch of two versions brings both receipts: the first one says that it came in time."""
    name = desk_branch(register, (TEXT, RECEIVED), (TEXT.replace("post@", "ny@"), LATE))
    assert main(["-C", str(register), "accept", name]) == 0
    receipts = docket_of(register, "2031-08-01").receipts_by[("2031-skole", "randers")]
    assert [one.reference for one in receipts] == ["F-0", "F-1"]
    assert found_in(register, "2031-08-01") == []


def test_accept_locked_field(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch that changes a locked field after the deadline is refused; its title is told."""
    name = desk_branch(register, (TEXT, RECEIVED), (TEXT.replace("folkeskole", "dagtilbud"), LATE))
    assert main(["-C", str(register), "accept", name]) == 1
    told = capsys.readouterr().out
    assert "#t03" in told
    assert "»Område«" in told


def test_accept_nothing(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch that is in the register already is told so, and not called registered."""
    name = desk_branch(register, (TEXT, RECEIVED))
    assert main(["-C", str(register), "accept", name]) == 0
    capsys.readouterr()
    assert main(["-C", str(register), "accept", name]) == 2
    assert "Der er intet nyt" in capsys.readouterr().err


def test_back_to_the_first(register: Path, tmp_path: Path) -> None:
    """Bytes that come back after others have come are received anew, and count."""
    file = tmp_path / "x.yml"
    other = TEXT.replace("folkeskole", "dagtilbud")
    for day, text in enumerate((TEXT, other, TEXT), start=5):
        file.write_text(text, "utf-8")
        at = ("--received", f"2031-03-0{day}T10:00:00+01:00")
        assert receive(register, file, *at) == 0
    receipts = docket_of(register, "2031-08-01").receipts_by[("2031-skole", "randers")]
    assert [one.received.day for one in receipts] == [5, 6, 7]
    assert found_in(register, "2031-08-01") == []
    (register / PATH).write_text(other, "utf-8")
    assert found_in(register, "2031-08-01") == [f"{PATH}:2:8 T03"]


def test_two_changes(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two changes for one municipality the second is refused; of two others both get in."""
    for name, slug in (("first", "randers"), ("second", "randers"), ("third", "skive")):
        propose(
            register,
            {
                f"submissions/2031-skole/{slug}.yml": TEXT.replace("randers", slug).replace(
                    "post@", f"{name}@"
                )
            },
        )
        git(register, "branch", "--quiet", "--move", "change", name)
    take = ["-C", str(register), "accept", *WHEN]
    assert [main([*take, name]) for name in ("first", "second", "third")] == [0, 1, 0]
    assert "Imens er dette ændret" in capsys.readouterr().out
    assert git(register, "status", "--porcelain") == ""
    assert found_in(register, "2031-08-01") == []
