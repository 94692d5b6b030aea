"""A desk at its start, and the log that the forge has."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from docket.acts import evidence
from docket.acts.deskwork import Deskwork
from docket.acts.follow import follow
from docket.cli.main import main
from docket.git import log
from docket.git.signing import Signer
from docket.git.store import Store
from support.desk import body, desk_of, post, still
from support.randers import TEXT
from support.receipts import give
from support.worlds import git

OTHER = TEXT.replace("Sekretariatet", "Kontoret")
THIRD = TEXT.replace("Sekretariatet", "Staben")


@pytest.fixture
def forge(register: Path, tmp_path: Path) -> Path:
    """A forge that has the branch, and the desk's repository as its clone."""
    git(tmp_path, "clone", "--quiet", "--bare", str(register), "forge.git")
    git(register, "remote", "add", "origin", str(tmp_path / "forge.git"))
    return tmp_path / "forge.git"


@pytest.fixture
def second(register: Path, forge: Path, tmp_path: Path) -> Callable[[], Path]:
    """What makes another desk with the same key, from what the forge has then."""

    def make() -> Path:
        git(tmp_path, "clone", "--quiet", str(forge), "second")
        place = tmp_path / "second/.git" / evidence.PLACE
        place.parent.mkdir()
        place.write_bytes((register / ".git" / evidence.PLACE).read_bytes())
        return tmp_path / "second"

    return make


def _push(root: Path) -> None:
    git(root, "push", "--quiet", "origin", "refs/docket/log/*")


def _ref(root: Path) -> str:
    with_key = evidence.signer_of(Store(root))
    assert isinstance(with_key, Signer)
    return log.log_of(with_key.public)


def test_a_new_desk_goes_on(register: Path, second: Callable[[], Path]) -> None:
    """Set up anew with its key, it goes on where the old one ended; the old one then follows."""
    (first,) = give(register, TEXT)
    _push(register)
    other = second()
    (next_,) = give(other, OTHER, publish=False)
    assert git(other, "rev-parse", f"{next_.id}^") == first.id
    _push(other)
    work = Deskwork.start(Store(register))
    assert work.head == next_.id
    assert [len(one.sent) for one in work.senders] == [2]
    git(register, "-c", "core.fsync=committed", "fsck", "--strict")


@pytest.mark.usefixtures("forge")
def test_ahead_of_the_forge(register: Path) -> None:
    """What the forge does not have yet stays; where it has nothing, too."""
    (first,) = give(register, TEXT)
    assert Deskwork.start(Store(register)).head == first.id
    _push(register)
    (next_,) = give(register, OTHER, publish=False)
    assert Deskwork.start(Store(register)).head == next_.id


def test_two_that_part(
    register: Path,
    second: Callable[[], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Two desks with one key: no receipt is given, and both heads are named."""
    give(register, TEXT)
    _push(register)
    other = second()
    (there,) = give(other, OTHER, publish=False)
    git(register, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    (here,) = give(register, THIRD, publish=False)
    git(register, "remote", "set-url", "origin", str(tmp_path / "forge.git"))
    _push(other)
    with pytest.raises(log.Parted) as told:
        Deskwork.start(Store(register))
    for lang in ("da", "en"):
        assert here.id in told.value.of(lang)
        assert there.id in told.value.of(lang)
    with desk_of(register, tmp_path, clock=still()) as port:
        status, data, _ = post(port, body())
    assert (status, set(data)) == (503, {"error"})
    assert git(register, "rev-parse", _ref(register)) == here.id
    assert main(["-C", str(register), "check", "--at", "2031-03-01"]) == 0
    capsys.readouterr()


def test_what_the_key_did_not_sign(register: Path, forge: Path) -> None:
    """Somebody wrote to the forge's log: it is not followed."""
    (first,) = give(register, TEXT)
    _push(register)
    tree = git(forge, "mktree", "--missing")
    forged = git(forge, "commit-tree", tree, "-p", first.id, "-m", "Receipt F-9")
    git(forge, "update-ref", _ref(register), forged)
    with pytest.raises(log.Forged):
        Deskwork.start(Store(register))
    assert git(register, "rev-parse", _ref(register)) == first.id


def test_nobody_answers(register: Path) -> None:
    """A forge that is away, or that takes the call and says nothing, keeps no desk from work."""
    (first,) = give(register, TEXT)
    work = Deskwork.start(Store(register))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/register.git"
        git(register, "remote", "add", "origin", address)
        follow(work.store, work.signer.public, seconds=0.5)
    follow(work.store, work.signer.public)
    assert work.head == first.id
