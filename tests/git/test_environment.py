"""Whatever variables and settings a user has: the same is read, and written to the same place."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from docket.git.history import read_history
from docket.git.store import Store
from support.hostile_git import SETTINGS, VARIABLES, configured
from support.randers import PATH, TEXT, receive
from support.worlds import commit, found_in, git, neutral, world

EARLY = "2031-03-05T10:00:00+01:00"
DOCKET = f"{sys.executable} -c 'import sys; from docket.cli.main import main; sys.exit(main())'"


def must_work(register: Path) -> None:
    """The register is found right, and one more answer is registered in it as ever."""
    before = git(register, "rev-parse", "HEAD")
    assert found_in(register, "2031-08-01") == []
    changes = read_history(Store(register)).changes
    landed = {one.landed for steps in changes.values() for one in steps}
    assert landed == {datetime.fromisoformat("2031-02-03T12:00:00+01:00")}
    assert receive(register) == 0
    assert git(register, "rev-parse", "HEAD^") == before
    assert git(register, "show", f"HEAD:{PATH}") == TEXT.strip()
    assert git(register, "status", "--porcelain") == ""
    assert not git(register, "show", "--no-patch", "--format=%aI %cI").startswith("2001")
    git(register, "fsck", "--strict")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another register, to which a variable may point."""
    return world(tmp_path / "other")


@pytest.mark.parametrize("name", VARIABLES)
def test_variables(name: str, register: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hook, an editor or a shell has set sends Git nowhere else, and no date is believed."""
    before = git(other, "rev-parse", "HEAD")
    monkeypatch.setenv(name, VARIABLES[name].format(other=other))
    must_work(register)
    assert git(other, "rev-parse", "HEAD") == before
    assert git(other, "status", "--porcelain") == ""


@pytest.mark.parametrize("name", SETTINGS)
def test_settings(
    name: str, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting for the user's own eyes, or for other work, changes nothing."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configured(tmp_path, {name: SETTINGS[name]})))
    must_work(register)


def test_names_that_git_refuses(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is left of the user's name, the commit has another; a good one is kept."""
    bad = {"user.name": ".", "user.email": "<>"}
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configured(tmp_path, bad)))
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Ærø <Sekretariatet>.")
    assert receive(register) == 0
    who = git(register, "show", "--no-patch", "--format=%an <%ae> %cn")
    assert who == "docket <docket@localhost> Ærø Sekretariatet"


def test_untracked_is_dirty(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page does not name a clean version while it shows a file that Git does not know."""
    hidden = {"status.showUntrackedFiles": "no"}
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configured(tmp_path, hidden)))
    assert not Store(register).head().changed
    (register / PATH).write_text(TEXT, "utf-8")
    assert Store(register).head().changed


def pushed(register: Path, tmp_path: Path, script: str) -> subprocess.CompletedProcess[str]:
    """What comes of a push of an answer to a copy whose hook runs `script`."""
    server = tmp_path / "server.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(register), str(server))
    hook = server / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nread old new ref\n{script}\n")
    hook.chmod(0o755)
    git(register, "switch", "--quiet", "--create", "change")
    (register / PATH).write_text(TEXT, "utf-8")
    commit(register, "change", EARLY)
    words = ["git", "push", str(server), "change"]
    return subprocess.run(
        words, check=False, cwd=register, env=neutral(), capture_output=True, text=True
    )


def test_a_hook_sees_what_is_pushed(register: Path, tmp_path: Path) -> None:
    """A review in the server's hook reads what is not taken in yet, and its exit code decides."""
    review = f"{DOCKET} -C . review main $new --received"
    assert "fejl" in (done := pushed(register, tmp_path, f"{review} {EARLY}")).stderr
    assert done.returncode == 0, done.stderr
    late = f"{review} 2031-08-01T10:00:00+02:00"
    git(register, "switch", "--quiet", "main")
    git(register, "branch", "--quiet", "-D", "change")
    (tmp_path / "server.git").rename(tmp_path / "old.git")
    assert "T01" in (done := pushed(register, tmp_path, late)).stderr
    assert done.returncode == 1


def test_a_hook_of_another_repository(register: Path, tmp_path: Path, other: Path) -> None:
    """What a hook registers elsewhere goes there, not where the push waits."""
    file = tmp_path / "fanoe.yml"
    file.write_text(TEXT.replace("randers", "fanoe"), "utf-8")
    words = f"receive {file} --round 2031-skole --received {EARLY} --via e-mail --at 2031-12-01"
    done = pushed(register, tmp_path, f"{DOCKET} -C {other} {words}")
    assert done.returncode == 0, done.stderr
    assert git(other, "rev-list", "--count", "HEAD") == "2"
    git(other, "fsck", "--strict")


def test_few_processes(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check asks Git where it is, what it ignores, and the history: no more."""
    asked, spy = tmp_path / "asked", tmp_path / "bin/git"
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\necho "$1" >> {asked}\nexec {real.strip()} "$@"\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{spy.parent}:{os.environ['PATH']}")
    code = "import sys; from docket.cli.main import main; sys.exit(main())"
    words = [sys.executable, "-c", code, "-C", str(register), "check", "--at", "2031-03-01"]
    subprocess.run(words, check=True, capture_output=True)
    words = asked.read_text("utf-8").split()
    assert sorted(words) == ["cat-file", "log", "ls-files", "rev-parse"]
