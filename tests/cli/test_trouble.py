"""What the machine will not do: one sentence, exit code 2, and nothing half written."""

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from docket.cli import files, summary
from docket.cli.main import main
from docket.git import objects, pack
from docket.git.refusals import GitError
from docket.git.store import Store
from docket.scaffold import place
from docket.text.errors import CommandError, Trouble
from support.desk import body, desk_of, post, still
from support.randers import receive
from support.worlds import git

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/x")
TROUBLES = {
    "full": (FULL, "ikke mere plads på disken"),
    "quota": (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), "ikke mere plads på disken"),
    "read only": (OSError(errno.EROFS, os.strerror(errno.EROFS)), "kan kun læses"),
    "denied": (PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "ikke lov"),
    "other": (OSError(errno.EIO, os.strerror(errno.EIO)), "Input/output error"),
    "git, full": (GitError("error: x: No space left on device\nfatal: y\n"), "ikke mere plads"),
    "git": (GitError("warning: Permission denied\nfatal: bad object abc\n"), "bad object abc"),
}


def breaking(trouble: Exception) -> Callable[..., NoReturn]:
    """A function that never does what it should."""

    def function(*_: object, **__: object) -> NoReturn:
        raise trouble

    return function


@pytest.mark.parametrize("at", ["put_all", "move"])
@pytest.mark.parametrize("name", TROUBLES)
def test_receive(
    register: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    at: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Wherever it happens, the cause is told in one line and the register is as it was."""
    trouble, told = TROUBLES[name]
    before = git(register, "rev-parse", "HEAD")
    with monkeypatch.context() as broken:
        broken.setattr(pack if at == "put_all" else objects, at, breaking(trouble))
        assert receive(register) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert len(said.err.splitlines()) == 1
    assert said.out == ""
    assert git(register, "rev-parse", "HEAD") == before
    assert git(register, "status", "--porcelain") == ""
    assert receive(register) == 0
    assert git(register, "status", "--porcelain") == ""


def test_kept_is_kept(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the working copy could not be written, it is registered; the next one mends."""
    with monkeypatch.context() as broken:
        broken.setattr(objects, "take", breaking(FULL))
        assert receive(register) == 0
    assert git(register, "rev-list", "--count", "HEAD") == "2"
    assert git(register, "status", "--porcelain") != ""
    assert receive(register) == 0
    assert git(register, "status", "--porcelain") == ""


def test_full_is_not_busy(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's no to a moved branch is a rival's; that of a full disk is told as such."""
    store = Store(register)
    assert not objects.move(store, "refs/heads/main", store.commit(), "1" * 40)
    for words in ("cannot lock ref: x: No space left on device", "couldn't write 'x.lock'"):
        monkeypatch.setattr(Store, "run", breaking(GitError(f"fatal: {words}\n")))
        with pytest.raises(Trouble) as caught:
            objects.move(store, "refs/heads/main", "1" * 40, "2" * 40)
        assert str(caught.value).strip() == f"fatal: {words}"


def test_our_own_fault(
    register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of the program is told whole, and is none of the submissions: 2."""
    monkeypatch.setattr(summary, "docket_of", breaking(ZeroDivisionError("ours")))
    assert main(["-C", str(register), "summary"]) == 2
    assert "ZeroDivisionError: ours" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_stdout_is_full(register: Path) -> None:
    """Also what is written last, when the command has ended."""
    code = "import sys; from docket.cli.main import main; sys.exit(main(sys.argv[1:]))"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, "-C", str(register), "--lang", "en", "check"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("docket: There is no space left on the disk.")
    assert len(done.stderr.splitlines()) == 1


def test_overview_stays(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Yesterday's overview is there until today's is whole, with the rights that it had."""
    path = tmp_path / "overblik.md"
    path.write_text("i går", "utf-8")
    path.chmod(0o640)
    words = ["-C", str(register), "summary", "2031-skole", "-o", str(path)]
    with monkeypatch.context() as broken:
        broken.setattr(Path, "write_bytes", _half)
        assert main(words) == 2
    assert path.read_text("utf-8") == "i går"
    assert main(words) == 0
    assert "Viborg" in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["overblik.md", "register"]


def test_put_where_nothing_is_held(tmp_path: Path) -> None:
    """A link stays one, and a pipe is written to."""
    (tmp_path / "to").write_bytes(b"old")
    (tmp_path / "link").symlink_to("to")
    files.put_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "to").read_bytes() == b"new"
    files.put_file(Path(os.devnull), b"new")
    assert not Path(os.devnull).is_file()


def test_no_half_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that could not be written is not there, and its public half is not told."""
    path = tmp_path / "nøgle"
    monkeypatch.setattr(os, "fsync", breaking(FULL))
    assert main(["key", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "ikke mere plads" in said.err
    assert not path.exists()


@pytest.mark.parametrize("is_there", [True, False])
def test_no_half_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    """A new register that could not be put in its place leaves nothing behind."""
    target = tmp_path / "ny"
    if is_there:
        target.mkdir()
    move = shutil.move

    def last(source: Path, to: Path) -> object:
        if source.name == "schema":
            raise FULL
        return move(source, to)

    monkeypatch.setattr(shutil, "move", last)
    with pytest.raises(CommandError, match="unwritten"):
        place.put({"a/b": b"x", "c": b"x", "schema/x": b"x"}, target, "new")
    assert target.exists() == is_there
    assert not is_there or not list(target.iterdir())


@pytest.mark.parametrize("name", TROUBLES)
def test_desk(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """At the desk it is 503, with nothing kept; when it is over, the same is taken."""
    with desk_of(register, tmp_path, clock=still()) as port:
        with monkeypatch.context() as broken:
            broken.setattr(pack, "put_all", breaking(TROUBLES[name][0]))
            assert post(port, body())[:2] == (503, {"error": "trouble"})
        assert git(register, "for-each-ref", "refs/heads/submission/") == ""
        assert post(port, body())[0] == 201


def test_desk_without_register(register: Path, tmp_path: Path) -> None:
    """Where the register is gone, the sender is not told that it was the file."""
    with desk_of(register, tmp_path, clock=still()) as port:
        (register / ".git").rename(tmp_path / "gone")
        assert post(port, body())[:2] == (503, {"error": "trouble"})


def _half(path: Path, content: bytes) -> int:
    """A write that ends in the middle."""
    with path.open("wb") as file:
        file.write(content[:10])
    raise FULL
