"""Lock files that a dead writer left: taken away by the next one, or named."""

import os
import time
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.git import locking, locks, objects, pack
from docket.git.pack import move_all
from docket.git.store import ZERO, Store
from support.desk import TOKEN, body, desk_of, post, still
from support.randers import BRANCH, TEXT, put
from support.worlds import git

REF = "refs/docket/log/x"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for a lock gives up after two turns."""
    monkeypatch.setattr(locks, "TURNS", 2)


def lock(root: Path, name: str, age: float) -> Path:
    """A lock file in Git's folder, so many seconds old."""
    file = root / f".git/{name}.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    os.utime(file, (time.time() - age,) * 2)
    return file


@pytest.mark.parametrize("name", [REF, "refs/heads/main", "HEAD"])
@pytest.mark.parametrize("several", [False, True])
def test_left_on_a_ref(register: Path, name: str, *, several: bool) -> None:
    """The old lock of any ref is taken away by who moves it next; a new one is named."""
    store = Store(register)
    base, other = store.commit(), git(register, "commit-tree", "-m", "x", "HEAD^{tree}")
    ref, old = (REF, ZERO) if name == REF else ("refs/heads/main", base)

    def move() -> bool:
        if several:
            return move_all(store, {ref: (other, old)})
        return objects.move(store, ref, other, old)

    file = lock(register, name, 1)
    with pytest.raises(locks.Locked) as told:
        move()
    assert str(file) in told.value.of("da")
    lock(register, name, locks.OLD + 1)
    assert move()
    assert not file.exists()
    assert git(register, "rev-parse", ref) == other


def test_short_lock(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that goes while one waits was a living writer's."""
    store, file = Store(register), lock(register, REF, 0)
    monkeypatch.setattr(time, "sleep", lambda _: file.unlink(missing_ok=True))
    assert objects.move(store, REF, store.commit(), ZERO)


def test_left_at_the_desk(register: Path, tmp_path: Path) -> None:
    """A lock on a submission's branch stops its municipality for a minute, not for ever."""
    with desk_of(register, tmp_path, clock=still()) as port:
        assert post(port, body(token=TOKEN))[0] == 201
        file = lock(register, f"refs/heads/{BRANCH}", 1)
        again = body(TEXT.replace("post@", "ny@"), token=TOKEN)
        assert post(port, again)[0] in (409, 503)
        lock(register, f"refs/heads/{BRANCH}", locks.OLD + 1)
        assert post(port, again)[0] == 201
    assert not file.exists()


@pytest.mark.parametrize("name", ["index", "HEAD", "packed-refs", REF, f"refs/heads/{BRANCH}"])
def test_left_by_a_dead_writer(register: Path, name: str) -> None:
    """What a writer of ours left when it died is gone when the next one has its turn."""
    store = Store(register)
    (register / ".git/docket-writer").write_text("writing\n")
    file = lock(register, name, 0)
    with locking.writing(store):
        assert not file.exists()


@pytest.mark.parametrize("name", ["index", "packed-refs", REF, f"refs/heads/{BRANCH}"])
def test_named_in_the_inbox(register: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """An old lock is named to the organiser; one of this minute is somebody's at work."""
    lock(register, name, 1)
    words = ["-C", str(register), "inbox", "--at", "2031-03-06"]
    assert main(words) == 0
    assert ".lock" not in capsys.readouterr().out
    file = lock(register, name, locks.OLD + 1)
    assert main(words) == 0
    assert f"{file}: er der ingen Git i gang, så slet filen" in capsys.readouterr().out


def test_named_by_the_command(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A locked index is named, and stays: a commit's message may be open in an editor."""
    file = lock(register, "index", locks.OLD + 1)
    put(register)
    words = ["receive", str(register / "submissions/2031-skole/randers.yml"), "--via", "e-mail"]
    words += ["--round", "2031-skole", "--received", "2031-03-05T10:00:00+01:00"]
    assert main(["-C", str(register), "--at", "2031-12-01", *words]) == 2
    assert str(file) in capsys.readouterr().err
    assert file.exists()


def test_nothing_in_clear_stays(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While bytes are written to Git they have no name among the temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store, seen = Store(register), list[Path]()
    feed = store.feed

    def look(content: bytes, *words: str) -> str:
        seen.extend(one for one in tmp_path.iterdir() if one != register)
        return feed(content, *words)

    monkeypatch.setattr(store, "feed", look)
    (blob,) = pack.put_all(store, [("blob", TEXT.encode())])
    assert store.blob(blob) == TEXT.encode()
    assert seen == []
