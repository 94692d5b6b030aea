"""Git as evidence: what each way of merging tells, on real repositories."""

import os
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.domain.arrival import received
from docket.git.history import read_history
from docket.git.store import Store
from support.randers import PATH, TEXT, put
from support.worlds import commit, docket_of, found_in, git, world

EARLY, LATER, LATE = (
    "2031-03-05T10:00:00+01:00",
    "2031-03-07T10:00:00+01:00",
    "2031-07-02T10:00:00+02:00",
)
AFTER = "2031-08-01"


def when(root: Path) -> str:
    """When the submission of Randers was received, by what Git tells."""
    (entry,) = docket_of(root, AFTER).submissions_by["randers"]
    docket = docket_of(root, AFTER)
    return received(docket, entry).astimezone(docket.organiser.zone).isoformat()


def branch(root: Path, at: str) -> None:
    """A branch with the submission, committed `at`, beside one more commit on main."""
    git(root, "switch", "--quiet", "--create", "change")
    put(root)
    commit(root, "change", at)
    git(root, "switch", "--quiet", "main")


def land(root: Path, way: str, at: str) -> None:
    """The change comes to main at `at`, in one of the ways that forges and people know."""
    if way == "merge":
        git(root, "merge", "--quiet", "--no-ff", "change", at=at)
    elif way == "squash":
        git(root, "merge", "--quiet", "--squash", "change", at=at)
        commit(root, "squashed", at)
    elif way == "rebase":
        commit(root, "main goes on", "2031-03-04T10:00:00+01:00")
        git(root, "rebase", "--quiet", "main", "change", at=at)
        git(root, "switch", "--quiet", "main")
        git(root, "merge", "--quiet", "--ff-only", "change")
    elif way == "cherry-pick":
        git(root, "cherry-pick", "change", at=at)
    elif way == "force push":
        git(root, "switch", "--quiet", "--force-create", "change", "main")
        put(root)
        commit(root, "once more", "2020-01-02T00:00:00+01:00")
        git(root, "switch", "--quiet", "main")
        git(root, "merge", "--quiet", "--no-ff", "change", at=at)


WAYS = ("merge", "squash", "rebase", "cherry-pick", "force push")
DATES = ("2020-01-01T00:00:00+01:00", "2040-01-01T00:00:00+01:00")


def receipt(root: Path, received: str, blob: str = "") -> None:
    """A receipt for Randers; of the bytes that are on disk if nothing else is said."""
    blob = blob or git(root, "hash-object", PATH)
    line = f'- {{municipality: randers, received: {received}, via: e-mail, blob: "{blob}"}}\n'
    with (root / "submissions/2031-skole/receipts.yml").open("a", encoding="utf-8") as file:
        file.write(line)


@pytest.mark.parametrize("written", DATES, ids=["backdated", "future-dated"])
@pytest.mark.parametrize("way", WAYS)
def test_landing(register: Path, way: str, written: str) -> None:
    """A change lands when it comes to main, whatever its own commits say of their date."""
    branch(register, written)
    land(register, way, EARLY)
    assert when(register) == EARLY
    assert found_in(register, AFTER) == []


@pytest.mark.parametrize("way", WAYS)
def test_receipts_outrank_every_history(register: Path, way: str) -> None:
    """A late landing is late, unless a receipt says otherwise; an early one is not, unless it does.

    A receipt after the deadline is late, and one of other bytes was never held.
    """
    branch(register, DATES[0])
    land(register, way, LATE)
    assert found_in(register, AFTER) == [f"{PATH}:1:1 T01"]
    receipt(register, EARLY)
    assert found_in(register, AFTER) == []
    journal = register / "submissions/2031-skole/receipts.yml"
    journal.write_text(journal.read_text().replace(EARLY, "2031-06-30T12:00:01+02:00"))
    assert found_in(register, AFTER) == [f"{PATH}:1:1 T01"]
    receipt(register, EARLY, "0" * 40)
    assert [one.split()[-1] for one in found_in(register, AFTER)] == ["T04"]


def test_fast_forward(register: Path) -> None:
    """A fast-forward has the writer's own clock: only a receipt tells more. Hence no such merge."""
    branch(register, "2031-02-20T10:00:00+01:00")
    git(register, "merge", "--quiet", "--ff-only", "change")
    assert when(register) == "2031-02-20T10:00:00+01:00"
    receipt(register, LATE)
    assert found_in(register, AFTER) == [f"{PATH}:1:1 T01"]


@pytest.mark.parametrize(("way", "found"), [("merge", []), ("squash", ["T04"])])
def test_versions_of_a_change(register: Path, way: str, found: list[str]) -> None:
    """A merge holds every version that was received; a squash forgets all but the last."""
    branch(register, EARLY)
    first = git(register, "rev-parse", f"change:{PATH}")
    git(register, "switch", "--quiet", "change")
    put(register, TEXT.replace("post@", "ny@"))
    commit(register, "second", LATER)
    git(register, "switch", "--quiet", "main")
    land(register, way, LATE)
    receipt(register, EARLY, first)
    receipt(register, LATE)
    assert [one.split()[-1] for one in found_in(register, AFTER)] == found


def test_reverted_and_back(register: Path) -> None:
    """A merge that was reverted in time and brought back too late is judged by coming back."""
    branch(register, EARLY)
    land(register, "merge", EARLY)
    git(register, "revert", "--no-edit", "--mainline", "1", "HEAD", at=LATER)
    assert docket_of(register, AFTER).submissions_by.get("randers", ()) == ()
    git(register, "revert", "--no-edit", "HEAD", at=LATE)
    assert found_in(register, AFTER) == [f"{PATH}:1:1 T01"]


def test_what_a_user_has_set(register: Path) -> None:
    """Settings that make Git's log nicer to look at, or another's, change nothing of it."""
    put(register)
    commit(register, "first", EARLY)
    for name, value in (
        ("log.showSignature", "true"),
        ("log.showRoot", "false"),
        ("color.ui", "always"),
        ("diff.renames", "copies"),
        ("log.diffMerges", "off"),
        ("diff.external", "false"),
        ("core.quotePath", "true"),
    ):
        git(register, "config", name, value)
    assert when(register) == EARLY
    history = read_history(Store(register))
    assert "submissions/2031-skole/odder.yml" in history.changes


def test_replaced_commit(register: Path) -> None:
    """Another history that was put over the real one in this clone only is not believed."""
    put(register)
    real = commit(register, "first", LATE)
    fake = git(register, "commit-tree", "-m", "x", "-p", "HEAD^", "HEAD^{tree}", at=EARLY)
    git(register, "replace", real, fake)
    assert when(register) == LATE


def test_rename_inherits_nothing(register: Path) -> None:
    """A renamed file has its own landing, not the one of the file it was."""
    put(register, path="submissions/2031-skole/skive.yml")
    commit(register, "first", "2031-02-20T10:00:00+01:00")
    (register / "submissions/2031-skole/skive.yml").rename(register / PATH)
    commit(register, "renamed", EARLY)
    assert when(register) == EARLY


def test_delete_and_add_again(register: Path) -> None:
    """After a deletion before the deadline, the new file is judged by its own landing."""
    put(register)
    commit(register, "first", EARLY)
    (register / PATH).unlink()
    commit(register, "deleted", LATER)
    put(register)
    commit(register, "again", LATE)
    assert when(register) == LATE
    assert f"{PATH}:1:1 T01" in found_in(register, AFTER)


def test_revert_after_the_deadline(register: Path) -> None:
    """A file that was deleted after the deadline and put back keeps its first landing."""
    put(register)
    commit(register, "first", EARLY)
    (register / PATH).unlink()
    commit(register, "deleted", "2031-07-01T10:00:00+02:00")
    git(register, "revert", "--no-edit", "HEAD", at=LATE)
    assert when(register) == EARLY
    assert found_in(register, AFTER) == []


def test_changed_after_the_deadline(register: Path) -> None:
    """After the deadline the contact may change, the area may not."""
    put(register)
    commit(register, "first", EARLY)
    put(register, TEXT.replace("post@", "ny@"))
    commit(register, "contact", "2031-07-01T10:00:00+02:00")
    assert found_in(register, AFTER) == []
    put(register, TEXT.replace("[folkeskole]", "[dagtilbud]"))
    commit(register, "area", LATE)
    assert found_in(register, AFTER) == [f"{PATH}:2:8 T03"]


def test_changed_in_time(register: Path) -> None:
    """What counts is the last version that came in time."""
    put(register)
    commit(register, "first", EARLY)
    put(register, TEXT.replace("[folkeskole]", "[dagtilbud]"))
    commit(register, "second", LATER)
    assert found_in(register, AFTER) == []
    put(register)
    commit(register, "back to the first", LATE)
    assert found_in(register, AFTER) == [f"{PATH}:2:8 T03"]


def test_withdrawn_and_sent_again(register: Path) -> None:
    """After a withdrawal before the deadline, a new submission is judged by its own time."""
    put(register)
    commit(register, "first", EARLY)
    put(register, TEXT + "withdrawn: {date: 2031-03-07}\n")
    commit(register, "withdrawn", LATER)
    put(register, TEXT.replace("[folkeskole]", "[dagtilbud]"))
    commit(register, "again", LATE)
    assert found_in(register, AFTER) == [f"{PATH}:1:1 T01"]


def test_not_committed(register: Path) -> None:
    """A file that is not committed yet counts as received now."""
    put(register)
    assert found_in(register, "2031-06-30T12:00:00+02:00") == []
    assert found_in(register, "2031-06-30T12:00:01+02:00") == [f"{PATH}:1:1 T01"]


@pytest.mark.parametrize("kind", ["shallow", "none", "unborn"])
def test_no_evidence(
    kind: str, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a whole history nothing can be judged: exit 2, and what to do."""
    root = register
    if kind == "shallow":
        commit(register, "one more")
        root = tmp_path / "shallow"
        git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{register}", str(root))
    else:
        (register / ".git").rename(tmp_path / "gone")
        if kind == "unborn":
            git(register, "init", "--quiet")
    assert main(["-C", str(root), "check"]) == 2
    said = capsys.readouterr().err
    mend = {"shallow": "git fetch --unshallow", "none": "git clone", "unborn": "git commit"}
    assert mend[kind] in said
    assert len(said.splitlines()) == 1


def test_register_in_a_folder(tmp_path: Path) -> None:
    """A register may be a folder of a larger repository."""
    outer = tmp_path / "outer"
    inner = world(outer / "inner")
    for path in (inner / ".git").rglob("*"):
        path.chmod(0o700)
    (inner / ".git").rename(outer / "old")
    git(outer, "init", "--quiet", "--initial-branch=main")
    (outer / "old").rename(tmp_path / "old")
    commit(outer, "base", "2031-02-03T12:00:00+01:00")
    assert found_in(inner) == []
    put(inner)
    commit(outer, "first", EARLY)
    assert when(inner) == EARLY


def test_works_anywhere(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check is the same from another folder, with -C."""
    monkeypatch.chdir(os.sep)
    assert main(["-C", str(register), "check", "--at", AFTER]) == 0
