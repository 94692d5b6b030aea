"""A desk at its start, and the log that the forge has."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from docket.acts import evidence
from docket.acts.deskwork import Deskwork
from docket.acts.follow import fetch, follow, forward
from docket.cli.main import main
from docket.git import log
from docket.git.signing import Signer
from docket.git.store import Store
from docket.text.errors import CommandError
from support.desk import body, desk_of, post, still
from support.randers import TEXT
from support.receipts import give
from support.worlds import commit, git

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


def _commit(root: Path, name: str = "site/new.md") -> str:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(f"{root}\n", "utf-8")
    return commit(root, name)


def _clone(forge: Path) -> Path:
    git(forge.parent, "clone", "--quiet", str(forge), "clone")
    return forge.parent / "clone"


def _followed(root: Path) -> CommandError | None:
    store = Store(root)
    assert fetch(store, "main", 30)
    return forward(store, "main")


def test_the_branch_goes_forward(register: Path, forge: Path) -> None:
    """What somebody pushed is here, in branch and working copy; what is only here stays."""
    other = _clone(forge)
    made = _commit(other)
    git(other, "push", "--quiet")
    assert _followed(register) is None
    assert git(register, "rev-parse", "HEAD") == made
    assert git(register, "status", "--porcelain") == ""
    assert (register / "site/new.md").is_file()
    ahead = _commit(register, "site/here.md")
    assert _followed(register) is None
    assert git(register, "rev-parse", "HEAD") == ahead


@pytest.mark.parametrize("name", ["site/new.md", "submissions/organiser.yml"])
def test_nothing_unsaved_is_lost(register: Path, forge: Path, name: str) -> None:
    """A file that somebody is writing keeps the branch where it is, and is named."""
    other, before = _clone(forge), git(register, "rev-parse", "HEAD")
    _commit(other)
    git(other, "push", "--quiet")
    (register / "site").mkdir()
    (register / "site/notes.md").write_text("In nobody's way.\n", "utf-8")
    with (register / name).open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    told = _followed(register)
    assert told
    assert name in told.of("da")
    assert name in told.of("en")
    assert git(register, "rev-parse", "HEAD") == before
    assert "notes" not in told.of("en")
    git(register, "stash", "push", "--quiet", "--include-untracked", "--", name)
    assert _followed(register) is None
    assert git(register, "rev-parse", "HEAD") != before


def test_a_branch_that_parted(register: Path, forge: Path) -> None:
    """A branch that goes on in two ways stays as it is here, and both are named."""
    other = _clone(forge)
    _commit(other, "site/there.md")
    git(other, "push", "--quiet")
    here = _commit(register)
    told = _followed(register)
    assert told
    assert "git merge origin/main" in told.of("en")
    assert git(register, "rev-parse", "HEAD") == here
    git(register, "merge", "--quiet", "origin/main")
    assert _followed(register) is None


def test_the_forge_forgot(register: Path, forge: Path) -> None:
    """A branch that was forced back there, or is gone, takes nothing away here."""
    here = _commit(register)
    git(register, "push", "--quiet", "origin", "main")
    git(forge, "update-ref", "refs/heads/main", f"{here}^")
    assert _followed(register) is None
    git(forge, "update-ref", "-d", "refs/heads/main")
    assert not fetch(Store(register), "main", 30)
    assert forward(Store(register), "main") is None
    assert git(register, "rev-parse", "HEAD") == here
