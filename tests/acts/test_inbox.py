"""What waits for the organiser: branches, receipts, councils, deadlines, rounds to decide."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from docket.acts import submit
from docket.acts.deskwork import Deskwork, Pending
from docket.cli.main import main
from docket.git.store import Store
from support.randers import BRANCH, PATH, RECEIVED, TEXT, give_receipt, propose
from support.worlds import NOW, commit, git

SKOLE = "submissions/2031-skole"


def inbox(
    root: Path, capsys: pytest.CaptureFixture[str], *more: str, at: str = "2031-03-06"
) -> list[dict[str, object]]:
    """The items that wait."""
    assert main(["-C", str(root), "inbox", "--format", "json", "--at", at, *more]) == 0
    items: list[dict[str, object]] = json.loads(capsys.readouterr().out)["items"]
    return items


def told(root: Path, capsys: pytest.CaptureFixture[str], *more: str, at: str) -> str:
    """What the organiser reads."""
    assert main(["-C", str(root), "inbox", "--at", at, *more]) == 0
    return capsys.readouterr().out


def keep(root: Path, branch: str, text: str, message: str = "x") -> None:
    """A branch with a submission on it, as the desk and the command make them."""
    git(root, "switch", "--quiet", "--create", branch)
    (root / PATH).write_text(text, "utf-8")
    commit(root, message)
    git(root, "switch", "--quiet", "main")


def test_nothing(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing waits, that is said."""
    assert inbox(register, capsys) == []
    assert "Intet venter." in told(register, capsys, at="2031-03-06")


def test_a_branch_that_is_routine(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A submission at the desk waits with its time and the command that takes it in."""
    keep(register, "submission/2031-skole/randers", TEXT)
    give_receipt(register, TEXT)
    (item,) = inbox(register, capsys)
    assert (item["kind"], item["municipality"], item["routine"]) == ("branch", "randers", True)
    assert (item["when"], item["branch"]) == (RECEIVED, "submission/2031-skole/randers")
    text = told(register, capsys, at="2031-03-06")
    assert "Randers Kommune, 2031-skole: modtaget 5. marts 2031 kl. 10.00. Alt er i orden." in text
    assert "  docket accept submission/2031-skole/randers\n" in text
    assert main(["-C", str(register), "accept", "submission/2031-skole/randers"]) == 0
    capsys.readouterr()
    assert inbox(register, capsys) == []


def test_a_branch_that_is_wrong(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong one waits with the reason; a time that the branch does not prove is not told."""
    wrong = TEXT.replace("folkeskole", "skole")
    keep(register, "submission/2031-skole/randers", wrong)
    (item,) = inbox(register, capsys)
    assert (item["routine"], item["when"]) == (False, None)
    assert [one["code"] for one in item["findings"]] == ["S04"]  # type: ignore[attr-defined]
    text = told(register, capsys, "--lang", "en", at="2031-03-06")
    assert "To be corrected (submission/2031-skole/randers)." in text
    assert "S04: “skole” is not on the list." in text


def test_late_by_its_receipt(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch is judged by when it was received, not by when the inbox is opened."""
    keep(register, "submission/2031-skole/randers", TEXT)
    give_receipt(register, TEXT, "2031-06-30T12:00:01+02:00")
    (item,) = inbox(register, capsys, at="2031-06-20")
    assert [one["code"] for one in item["findings"]] == ["T01"]  # type: ignore[attr-defined]


def test_remote_branches_and_pull_requests(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was fetched waits too, once each; what is no proposal or is merged does not."""
    keep(register, "submission/2031-skole/randers", TEXT)
    propose(register, {f"{SKOLE}/skive.yml": TEXT.replace("randers", "skive")})
    git(register, "update-ref", "refs/pull/12/head", "change")
    git(register, "branch", "--quiet", "submission/2031-skole/merged", "main")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(register), str(clone))
    git(clone, "fetch", "--quiet", "origin", "refs/pull/*/head:refs/remotes/origin/pr/*")
    assert {item["branch"] for item in inbox(register, capsys)} == {
        "submission/2031-skole/randers",
        "pull/12/head",
    }
    assert {item["branch"] for item in inbox(clone, capsys)} == {
        "origin/submission/2031-skole/randers",
        "origin/pr/12",
    }


def test_a_squash_leaves_nothing(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch whose files are on the main branch already does not wait, however they came."""
    keep(register, "submission/2031-skole/randers", TEXT)
    (register / PATH).write_text(TEXT, "utf-8")
    commit(register, "squashed")
    (item,) = inbox(register, capsys)
    assert (item["kind"], item["municipality"]) == ("unreceipted", "randers")


def test_a_branch_from_elsewhere(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch of another history is named, and hides no other."""
    git(register, "switch", "--quiet", "--orphan", "submission/x")
    commit(register, "from nowhere")
    git(register, "switch", "--quiet", "main")
    (item,) = inbox(register, capsys)
    assert (item["branch"], item["routine"]) == ("submission/x", False)
    assert "Se den selv igennem (submission/x)." in told(register, capsys, at="2031-03-06")


@pytest.mark.parametrize(
    ("at", "kinds"),
    [
        ("2031-06-22", []),
        ("2031-06-23", ["deadline"]),
        ("2031-06-30T12:00:00+02:00", ["deadline"]),
        ("2031-06-30T12:00:01+02:00", ["undecided"]),
    ],
)
def test_deadlines(
    register: Path, at: str, kinds: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A deadline is there a week ahead; when it has passed the round waits for its decision."""
    assert [item["kind"] for item in inbox(register, capsys, at=at)] == kinds


def test_councils(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A council's decision is missing from the day after the meeting that was planned."""
    path = register / SKOLE / "viborg.yml"
    text = path.read_text("utf-8").replace("status: pending", "status: pending, date: 2031-03-05")
    path.write_text(text, "utf-8")
    receipts = register / SKOLE / "receipts.yml"
    blob = git(register, "hash-object", str(path))
    line = "- {municipality: viborg, received: 2031-02-02T09:30:00+01:00, via: form, blob: %s}\n"
    receipts.write_text(receipts.read_text("utf-8") + line % f'"{blob}"', "utf-8")
    commit(register, "more")
    assert inbox(register, capsys, at="2031-03-05") == []
    (item,) = inbox(register, capsys, at="2031-03-06")
    assert (item["kind"], item["when"], item["municipality"]) == (
        *("approval", "2031-03-05", "viborg"),
    )
    assert "skulle behandles den 5. marts 2031" in told(register, capsys, at="2031-03-06")


def test_wrong_files_of_the_register(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong on the main branch itself waits as well, with the reason."""
    (register / SKOLE / "skive.yml").write_text("municipality: [\n", "utf-8")
    (item,) = inbox(register, capsys)
    assert (item["kind"], item["path"]) == ("wrong", f"{SKOLE}/skive.yml")


@pytest.mark.parametrize(
    "trailers",
    [
        "Received: yesterday",
        "Received: 2031-03-05T10:00:00\nVia: form",
        "Received: 0001-01-01T00:00:00+14:00",
        f"Received: {RECEIVED}\nVia: form, blob: x}}",
        f"Received: {RECEIVED}\nReference: x\u202e",
        f"Received: {RECEIVED}\nReference: {'x' * 201}",
    ],
)
def test_senseless_trailers(
    register: Path, trailers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What makes no sense under a commit is no receipt: it is told so, and hinders nothing."""
    keep(register, BRANCH, TEXT, f"x\n\n{trailers}")
    (item,) = inbox(register, capsys)
    assert (item["municipality"], item["when"]) == ("randers", None)
    assert main(["-C", str(register), "accept", BRANCH]) == 2
    assert "--received" in capsys.readouterr().err
    with closing(Store(register)) as store:
        work = Deskwork.start(store)
        sent = submit.sent_file("2031-skole", TEXT.encode())
        assert isinstance(work.judge(work.base(NOW), sent, NOW), Pending)
