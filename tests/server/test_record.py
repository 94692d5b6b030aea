"""What the desk's record holds on the last day: arrival, the log, the clock, many at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from docket.acts import evidence
from docket.acts.deskwork import Deskwork, Pending
from docket.acts.submit import sent_file
from docket.cli.main import main
from docket.git import log
from docket.git.receipt import digest
from docket.git.store import Store
from docket.server import turns
from docket.server.clock import Clock, Untrue
from docket.server.desk import Desk
from docket.server.door import open_door
from docket.server.limits import Limiter
from support.built import running
from support.desk import ORIGIN, body, desk_of, post, still
from support.randers import BRANCH, PATH, RECEIVED, TEXT, give_receipt
from support.worlds import NOW, commit, docket_of, found_in, git

DEADLINE = "2031-03-01T12:00:30+01:00"


def _entries(root: Path) -> tuple[log.Entry, ...]:
    with closing(Store(root)) as store:
        return evidence.entries(store, docket_of(root).organiser)


def test_each_receipt_is_in_the_log(register: Path, tmp_path: Path) -> None:
    """The log tells whose, when, by which way, and a digest that only the bytes and salt give."""
    with desk_of(register, tmp_path, clock=still()) as port:
        _, data, _ = post(port, body())
        post(port, body(TEXT.replace("post@", "ny@")))
    first, second = _entries(register)
    assert (first.round, first.municipality, first.via) == ("2031-skole", "randers", "form")
    assert (first.received, first.reference) == (NOW, data["reference"])
    with closing(Store(register)) as store:
        kept, signer = evidence.kept_of(store, first.reference), evidence.signer_of(store)
    assert kept
    assert first.digest == digest(kept.salt, TEXT.encode())
    assert first.digest != second.digest
    assert signer
    head = git(register, "rev-parse", log.log_of(signer.public))
    assert git(register, "rev-list", "--count", head) == "2"
    (register.parent / "signers").write_text(f'desk namespaces="git" {signer.public}\n')
    allowed = f"gpg.ssh.allowedSignersFile={register.parent / 'signers'}"
    git(register, "-c", "gpg.format=ssh", "-c", allowed, "verify-commit", head)
    git(register, "fsck", "--strict")


def test_a_restart_goes_on(register: Path, tmp_path: Path) -> None:
    """A desk that starts again knows what it gave, and writes after it."""
    for text in (TEXT, TEXT, TEXT.replace("post@", "ny@")):
        with desk_of(register, tmp_path, clock=still()) as port:
            assert post(port, body(text))[0] == 201
    assert len(_entries(register)) == 2


def test_a_message_backdates_nothing(register: Path, tmp_path: Path) -> None:
    """A stranger's branch under the desk's name, with a time in its message, proves nothing."""
    with desk_of(register, tmp_path, clock=still()) as port:
        post(port, body())
    git(register, "switch", "--quiet", BRANCH)
    (register / PATH).write_text(TEXT.replace("post@", "fremmed@"), "utf-8")
    forged = f"x\n\nReceived: 2031-02-01T08:00:00+01:00\nReceipt: F-1 00 {'0' * 40}"
    commit(register, forged)
    git(register, "switch", "--quiet", "main")
    words = ["-C", str(register), "accept", BRANCH]
    assert main(words) == 2
    assert main([*words, "--received", RECEIVED, "--at", RECEIVED]) == 0
    times = {one.received.isoformat() for one in docket_of(register).receipts}
    assert "2031-02-01T08:00:00+01:00" not in times
    assert RECEIVED in times


def test_time_is_when_it_arrived(register: Path, tmp_path: Path) -> None:
    """Ninety-eight at once, the last second before a deadline: all are in time, however slow."""
    path = register / "submissions/2031-skole/round.yml"
    text = path.read_text("utf-8").replace("deadline: 2031-06-30T12:00:00+02:00", "")
    lines = [line for line in text.splitlines() if not line.startswith("deadline")]
    path.write_text("\n".join([*lines, f"deadline: {DEADLINE}", ""]), "utf-8")
    commit(register, "deadline", "2031-02-20T12:00:00+01:00")
    docket = docket_of(register)
    names = [name for name in docket.register if name not in docket.submissions_by]
    last = datetime.fromisoformat(DEADLINE)
    walls = [last]
    asked = threading.Semaphore(0)

    def wall() -> datetime:
        asked.release()
        return walls[0]

    made: dict[str, Any] = {"limiter": Limiter(most=10_000), "clock": Clock(wall, lambda: 0.0)}
    desk = Desk(register, frozenset({ORIGIN}), **made)
    with running(open_door(tmp_path, 0, desk)) as port, ThreadPoolExecutor(len(names)) as pool:
        desk.turns.work.base(last)
        with desk.turns.lock:  # somebody's work takes long
            sent = [body(TEXT.replace("randers", name)) for name in names]
            answers = [pool.submit(post, port, one) for one in sent]
            for _ in range(len(names) + 1):  # one asked as the desk began
                assert asked.acquire(timeout=30)
            walls[0] = last + timedelta(seconds=50)
        statuses = [one.result()[0] for one in answers]
    desk.turns.close()
    assert statuses == [201] * len(names)
    assert {one.received for one in _entries(register)} == {last}


@pytest.mark.parametrize(
    ("wall", "steady", "last", "is_true"),
    [
        (0, 0, None, True),
        (30, 0, None, True),
        (90, 0, None, False),
        (-90, 0, None, False),
        (500, 500, None, True),
        (500, 500, 530, True),
        (500, 500, 600, False),
    ],
)
def test_clock(wall: int, steady: int, last: int | None, *, is_true: bool) -> None:
    """A clock that jumped, or is behind the last receipt by more than a minute, is not believed."""
    walls, steadies = iter([NOW, NOW + timedelta(seconds=wall)]), iter([0.0, float(steady)])
    clock = Clock(lambda: next(walls), lambda: next(steadies))
    after = NOW + timedelta(seconds=last) if last is not None else None
    if is_true:
        clock.trust(after)
    else:
        with pytest.raises(Untrue):
            clock.trust(after)


def test_clock_gone_back(register: Path, tmp_path: Path) -> None:
    """After a receipt of tomorrow the desk gives none of today: 503, and nothing is kept."""
    with desk_of(register, tmp_path, clock=still(NOW + timedelta(days=1))) as port:
        assert post(port, body())[0] == 201
    with desk_of(register, tmp_path, clock=still()) as port:
        status, data, _ = post(port, body(TEXT.replace("randers", "vejle")))
    assert (status, data["error"]) == (503, "clock")
    assert len(_entries(register)) == 1


def test_branch_is_settled(register: Path, tmp_path: Path) -> None:
    """While the organiser looks at another branch, an answer is built on the register's own."""
    with desk_of(register, tmp_path, clock=still()) as port:
        assert post(port, body())[0] == 201
        git(register, "switch", "--quiet", "--create", "draft")
        (register / "README.md").write_text("draft", "utf-8")
        commit(register, "draft")
        assert post(port, body(TEXT.replace("randers", "vejle")))[0] == 201
        git(register, "switch", "--quiet", "main")
        assert main(["-C", str(register), "accept", "submission/2031-skole/vejle"]) == 0


def test_follows_its_branch(register: Path, tmp_path: Path) -> None:
    """What is accepted meanwhile no longer waits, and the next answer is judged with it."""
    with desk_of(register, tmp_path, clock=still()) as port:
        post(port, body())
        with closing(Store(register)) as store:
            work = Deskwork.start(store)
            assert work.waiting("2031-skole") == ["randers"]
            assert main(["-C", str(register), "accept", BRANCH]) == 0
            assert work.waiting("2031-skole") == []
        status, data, _ = post(port, body(TEXT.replace("[folkeskole]", "[beskaeftigelse]")))
    assert (status, data["errors"][0]["pointer"]) == (422, "/areas")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The Git processes that were started."""
    asked: list[str] = []
    old = Store._execute  # noqa: SLF001 - what is counted

    def execute(store: Store, words: tuple[str, ...], *more: object) -> str:
        asked.append(words[0])
        return old(store, words, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "_execute", execute)
    return asked


def test_a_post_starts_two_processes(
    register: Path, counted: list[str], request: pytest.FixtureRequest
) -> None:
    """Objects are written by one and refs moved by another; asking who waits starts none."""
    work = Deskwork.start(Store(register))
    request.addfinalizer(work.store.close)
    for number in range(3):
        del counted[:]
        text = TEXT.replace("post@", f"post{number}@").encode()
        pending = work.judge(work.base(NOW), sent_file("2031-skole", text), NOW)
        assert isinstance(pending, Pending)
        work.keep([pending])
        assert counted == ["unpack-objects", "update-ref"]
    del counted[:]
    assert work.waiting("2031-skole") == ["randers"]
    assert counted == []


def test_receipts_from_before_the_log(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are shown, taken over once after a yes, and count from then on."""
    git(register, "switch", "--quiet", "--create", BRANCH)
    (register / PATH).write_text(TEXT, "utf-8")
    commit(register, f"x\n\nReceived: {RECEIVED}\nVia: form\nReference: F-12345678")
    git(register, "switch", "--quiet", "main")
    words = ["-C", str(register)]
    assert main([*words, "adopt"]) == 2
    assert "5. marts 2031 kl. 10.00" in capsys.readouterr().out
    assert _entries(register) == ()
    assert main([*words, "adopt", "--yes"]) == 0
    assert "1 kvittering står nu i loggen." in capsys.readouterr().out
    assert main([*words, "adopt", "--yes"]) == 0
    assert [one.reference for one in _entries(register)] == ["F-12345678"]
    assert main([*words, "accept", BRANCH]) == 0
    assert docket_of(register, "2031-08-01").receipts[-1].reference == "F-12345678"


def test_deleted_bytes_leave_the_chain_whole(register: Path) -> None:
    """Without its bytes a receipt stays in the log, and is no evidence of any file."""
    give_receipt(register, TEXT)
    give_receipt(register, TEXT.replace("post@", "ny@"), reference="F-1")
    git(register, "update-ref", "-d", f"{log.RECEIVED}F-0")
    told = _entries(register)
    assert [one.reference for one in told] == ["F-0", "F-1"]
    with closing(Store(register)) as store:
        lines = evidence.lines_of(store, told, "2031-skole", "randers")
    assert [line.arrival.reference for line in lines] == ["F-1"]


def test_desk_key(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is made once, for its owner alone, and the line for organiser.yml makes its log count."""
    words = ["-C", str(register), "key", "--desk"]
    assert main(words) == 0
    line = capsys.readouterr().out
    assert main(words) == 2
    place = register / ".git" / evidence.PLACE
    assert place.stat().st_mode & 0o777 == 0o600
    organiser = register / "submissions/organiser.yml"
    organiser.write_text(organiser.read_text("utf-8") + line, "utf-8")
    assert found_in(register) == []
    place.unlink()
    with closing(Store(register)) as store:
        (key,) = evidence.trusted(store, docket_of(register).organiser)
    assert key.key in line


def test_tidies_after_many(register: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After so many receipts Git packs what lies loose, and every receipt is still there."""
    monkeypatch.setattr(turns, "TIDIED", 2)
    git(register, "config", "gc.auto", "1")
    git(register, "config", "gc.autoDetach", "false")
    done = threading.Event()
    desk = Desk(register, frozenset({ORIGIN}), clock=still())
    tidy = desk.turns.tidy

    def tidied() -> None:
        tidy()
        done.set()

    desk.turns.tidy = tidied
    with running(open_door(tmp_path, 0, desk)) as port:
        for number in range(4):
            assert post(port, body(TEXT.replace("post@", f"post{number}@")))[0] == 201
    assert done.wait(60)
    desk.turns.close()
    assert len(_entries(register)) == 4
    git(register, "fsck", "--strict")
    assert list((register / ".git/objects/pack").glob("*.pack"))
