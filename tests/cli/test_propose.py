"""`--propose`: the organiser's acts on a branch of their own, pushed, with the way to merge it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from docket.cli.main import main
from support.hub import REPOSITORY, TOKEN, Hub, running
from support.randers import PATH, RECEIVED, TEXT, desk_branch
from support.worlds import commit, docket_of, found_in, git

ROUND, BRANCH = "2031-skole", "proposal/2031-skole"
RECEIPTS = f"submissions/{ROUND}/receipts.yml"
AT = "2031-12-01"
SKIVE = TEXT.replace("randers", "skive")
STOP = (
    *("stop", ROUND, "--reason-da", "Loven blev ændret.", "--reason-en", "The law was changed."),
    *("--source", "https://kilde.example/stop", "--yes"),
)


@pytest.fixture
def forge(register: Path, tmp_path: Path) -> Path:
    """The repository that the register came from; `main` takes no push."""
    bare = tmp_path / "forge.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(register), str(bare))
    hook = bare / "hooks/update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n', "utf-8")
    hook.chmod(0o755)
    git(register, "remote", "add", "origin", str(bare))
    return bare


def docket(root: Path, *words: str) -> int:
    """One command of the organiser's."""
    return main(["-C", str(root), *words, "--at", AT])


def receive(root: Path, file: Path, text: str, *more: str) -> int:
    """A file that came by e-mail, proposed."""
    file.write_text(text, "utf-8")
    when = ("--round", ROUND, "--received", RECEIVED)
    return docket(root, "receive", str(file), *when, "--propose", *more)


def merge(forge: Path, tmp_path: Path, *how: str, branch: str = BRANCH) -> None:
    """Somebody merges the pull request on the forge."""
    desk = tmp_path / "elsewhere"
    if not desk.exists():
        git(tmp_path, "clone", "--quiet", str(forge), str(desk))
    git(desk, "fetch", "--quiet", "origin")
    git(desk, "reset", "--quiet", "--hard", "origin/main")
    git(desk, "merge", "--quiet", *(how or ("--no-ff",)), f"origin/{branch}", "-m", "Merge")
    if "--squash" in how:
        commit(desk, "Squashed")
    (forge / "hooks/update").rename(forge / "hooks/away")
    git(desk, "push", "--quiet", "origin", "HEAD:main")
    (forge / "hooks/away").rename(forge / "hooks/update")


def state(root: Path) -> Sequence[str]:
    """What belongs to the user: branches, index and working copy."""
    refs = git(root, "for-each-ref", "refs/heads", "refs/docket")
    return (refs, git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD"))


@pytest.mark.parametrize(
    ("words", "branch"),
    [
        (("open", "2032-skole", "--like", ROUND, "--yes"), "proposal/2032-skole"),
        (("decide", ROUND, "viborg:folkeskole", "--yes"), BRANCH),
        (STOP, BRANCH),
        (("accept", "submission/2031-skole/randers"), BRANCH),
    ],
)
def test_each_act(
    register: Path,
    forge: Path,
    words: Sequence[str],
    branch: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same commit as without, on its branch at the forge, and the address that opens it."""
    desk_branch(register, (TEXT, RECEIVED))
    before = state(register)
    assert docket(register, *words, "--propose") == 0
    out = capsys.readouterr().out
    assert f"https://github.com/example/docket/compare/main...{branch}?expand=1" in out
    assert "Gemt i" not in out
    assert state(register) == before
    assert git(forge, "rev-parse", f"{branch}^") == git(register, "rev-parse", "HEAD")
    proposed = git(forge, "rev-parse", f"{branch}^{{tree}}")
    assert docket(register, *words) == 0
    assert proposed == git(register, "rev-parse", "HEAD^{tree}")


def test_one_branch_for_a_round(
    register: Path, forge: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second proposal goes on from the first, so both can be merged; the third starts anew."""
    assert receive(register, tmp_path / "a.yml", TEXT) == 0
    assert "Foreslået: Randers Kommune, 2031-skole\n" in capsys.readouterr().out
    assert receive(register, tmp_path / "b.yml", SKIVE) == 0
    assert "Lagt til det, der allerede venter" in capsys.readouterr().out
    assert git(forge, "rev-list", "--count", f"main..{BRANCH}") == "2"
    merge(forge, tmp_path)
    git(register, "pull", "--quiet", "origin", "main")
    assert [one.municipality for one in docket_of(register).receipts][-2:] == ["randers", "skive"]
    assert found_in(register, AT) == []
    assert docket(register, *STOP, "--propose") == 0
    assert "Åbn nu pull requesten" in capsys.readouterr().out
    assert git(forge, "rev-parse", f"{BRANCH}^") == git(forge, "rev-parse", "main")


@pytest.mark.parametrize("how", ["--squash", "--ff-only"])
def test_merged_in_whatever_way(register: Path, forge: Path, tmp_path: Path, how: str) -> None:
    """What was squashed or moved along is merged too: the next proposal starts from main."""
    assert receive(register, tmp_path / "a.yml", TEXT) == 0
    merge(forge, tmp_path, how)
    assert receive(register, tmp_path / "b.yml", SKIVE) == 0
    assert git(forge, "rev-parse", f"{BRANCH}^") == git(forge, "rev-parse", "main")


def test_goes_on_from_what_was_merged_meanwhile(
    register: Path, forge: Path, tmp_path: Path
) -> None:
    """What was journaled on main since is kept, and nothing conflicts."""
    assert receive(register, tmp_path / "a.yml", TEXT) == 0
    git(register, "switch", "--quiet", "--create", "other")
    assert main(["-C", str(register), "receive", *_options(tmp_path, "struer"), "--at", AT]) == 0
    git(register, "push", "--quiet", "origin", "other")
    git(register, "switch", "--quiet", "main")
    merge(forge, tmp_path, branch="other")
    assert receive(register, tmp_path / "b.yml", SKIVE) == 0
    line = git(forge, "rev-list", "--first-parent", BRANCH).split()
    assert git(forge, "rev-parse", "main") in line  # when files landed is read from it
    merge(forge, tmp_path)
    git(register, "pull", "--quiet", "origin", "main")
    came = [one.municipality for one in docket_of(register).receipts][-3:]
    assert came == ["struer", "randers", "skive"]
    assert found_in(register, AT) == []


def test_both_changed_the_same(
    register: Path, forge: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where main has another version of what waits, a person decides; nothing is pushed."""
    assert receive(register, tmp_path / "a.yml", TEXT) == 0
    git(register, "switch", "--quiet", "--create", "other")
    (register / PATH).write_text(TEXT.replace("post@", "ny@"), "utf-8")
    commit(register, "By hand")
    git(register, "push", "--quiet", "origin", "other")
    git(register, "switch", "--quiet", "main")
    merge(forge, tmp_path, branch="other")
    tip = git(forge, "rev-parse", BRANCH)
    assert receive(register, tmp_path / "b.yml", SKIVE) == 2
    assert f"venter en ændring af {PATH}" in capsys.readouterr().err
    assert git(forge, "rev-parse", BRANCH) == tip


def test_the_same_twice(
    register: Path, forge: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What waits already is not proposed again; a trial and a refusal push nothing either."""
    assert docket(register, *STOP[:-1], "--dry-run", "--propose") == 0
    assert receive(register, tmp_path / "a.yml", TEXT.replace("folkeskole", "haver")) == 1
    assert git(forge, "branch", "--list") == "* main"
    assert receive(register, tmp_path / "a.yml", TEXT) == 0
    tip = git(forge, "rev-parse", BRANCH)
    capsys.readouterr()
    assert receive(register, tmp_path / "a.yml", TEXT) == 0
    assert "Allerede registreret" in capsys.readouterr().out
    assert git(forge, "rev-parse", BRANCH) == tip


@pytest.mark.parametrize(
    "moment", ["register/.git/hooks/reference-transaction", "forge.git/hooks/pre-receive"]
)
def test_somebody_was_faster(
    register: Path, forge: Path, tmp_path: Path, moment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who proposes at the same moment as another is told to try again, and loses nothing."""
    hook = tmp_path / moment
    hook.parent.mkdir(exist_ok=True)
    own = "env -u GIT_DIR -u GIT_QUARANTINE_PATH"
    hook.write_text(
        f"#!/bin/sh\n{own} git -C {forge} update-ref refs/heads/{BRANCH} main\n", "utf-8"
    )
    hook.chmod(0o755)
    before = state(register)
    assert receive(register, tmp_path / "a.yml", TEXT) == 2
    assert "Prøv igen" in capsys.readouterr().err
    assert git(forge, "rev-parse", BRANCH) == git(forge, "rev-parse", "main")
    assert state(register) == before


@pytest.mark.parametrize("how", ["no remote", "gone", "refused"])
def test_not_sent(
    register: Path, forge: Path, tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be sent is nowhere, and is told in a sentence."""
    told = {"no remote": "uden --propose", "gone": "kan ikke hentes", "refused": "kan ikke sendes"}
    if how == "no remote":
        git(register, "remote", "remove", "origin")
    elif how == "gone":
        forge.rename(tmp_path / "gone")
    else:
        (forge / "hooks/update").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    before = state(register)
    assert receive(register, tmp_path / "a.yml", TEXT) == 2
    told_all = capsys.readouterr()
    assert told[how] in told_all.err
    assert told_all.out == ""
    assert state(register) == before


def test_by_token(
    register: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a token the pull request is opened once, and found again by the next proposal."""
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(register), str(bare))
    git(bare, "config", "http.receivepack", "true")
    with running(bare) as hub:
        git(register, "remote", "add", "origin", f"{hub.address}/{REPOSITORY}.git")
        _know(monkeypatch, hub)
        for name, text in (("a.yml", TEXT), ("b.yml", SKIVE)):
            assert receive(register, tmp_path / name, text) == 0
            assert f"{hub.address}/{REPOSITORY}/pull/1" in capsys.readouterr().out
        (pull,) = hub.pulls
    assert pull["title"] == "Receive Randers Kommune, 2031-skole by e-mail"
    assert pull["head"]["ref"] == BRANCH
    assert git(bare, "rev-list", "--count", f"main..{BRANCH}") == "2"
    assert TOKEN not in git(register, "config", "--list")


def _know(monkeypatch: pytest.MonkeyPatch, hub: Hub) -> None:
    monkeypatch.setenv("DOCKET_TOKEN", TOKEN)
    monkeypatch.setenv("GITHUB_API_URL", hub.address)


def _options(folder: Path, slug: str) -> list[str]:
    file = folder / f"{slug}.yml"
    file.write_text(TEXT.replace("randers", slug), "utf-8")
    return [str(file), "--round", ROUND, "--received", RECEIVED]
