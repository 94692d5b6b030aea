"""Git as evidence: what each way of merging tells, on real repositories."""

import os
from pathlib import Path

import pytest

from docket.cli import main
from docket.evidence import received
from worlds import commit, docket_of, found_in, git, world

PATH = "submissions/2031-skole/randers.yml"
TEXT = (
    "municipality: randers\nareas: [folkeskole]\n"
    "contact: {name: Sekretariatet, email: post@kommune.example}\napproval: {status: pending}\n"
)
EARLY, LATER, LATE = (
    "2031-03-05T10:00:00+01:00",
    "2031-03-07T10:00:00+01:00",
    "2031-07-02T10:00:00+02:00",
)
AFTER = "2031-08-01"


def put(root: Path, text: str = TEXT, path: str = PATH) -> None:
    """Write a file of the register."""
    (root / path).write_text(text, encoding="utf-8")


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


def test_merge(register: Path) -> None:
    """A merge lands when it is merged, whatever its commits say."""
    branch(register, "2020-01-01T00:00:00+01:00")
    git(register, "merge", "--quiet", "--no-ff", "change", at=EARLY)
    assert when(register) == EARLY


def test_merge_dated_in_the_future(register: Path) -> None:
    """A commit dated in the future on the change does not delay the landing."""
    branch(register, "2040-01-01T00:00:00+01:00")
    git(register, "merge", "--quiet", "--no-ff", "change", at=EARLY)
    assert when(register) == EARLY


def test_squash(register: Path) -> None:
    """A squash lands with the commit that was made of it."""
    branch(register, "2020-01-01T00:00:00+01:00")
    git(register, "merge", "--quiet", "--squash", "change", at=EARLY)
    commit(register, "squashed", EARLY)
    assert when(register) == EARLY


def test_rebase(register: Path) -> None:
    """Rebased commits carry the committer's date of the rebase, not the author's."""
    branch(register, "2020-01-01T00:00:00+01:00")
    commit(register, "main goes on", "2031-03-04T10:00:00+01:00")
    git(register, "rebase", "--quiet", "main", "change", at=EARLY)
    git(register, "switch", "--quiet", "main")
    git(register, "merge", "--quiet", "--ff-only", "change")
    assert when(register) == EARLY


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
