"""The workflows' logic against a small GitHub on this machine: real HTTP, real repositories."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from githubkit_schemas.v2022_11_28 import models

from docket.acts.receipts import Arrival, Line
from docket.cli.main import main
from docket.domain.states import Way
from docket.forge import workflow as forge
from docket.forge.api import ApiError
from docket.forge.comment import END, MARK, MOST, START, Seen, hidden, seen_in
from docket.forge.journal import Journaled, journal
from docket.git.store import Store
from support.hub import BOT, REPOSITORY, TOKEN, Fault, Hub, basic, running, say, shaped
from support.pulls import LATER, OPENED, TOO_LATE, api, event
from support.randers import PATH, TEXT, give_receipt, propose, put
from support.worlds import AT, ROOT, commit, docket_of, found_in, git, neutral

ONLY = """
import importlib.metadata, sys
pinned = {{name.lower().replace("_", "-") for name in {pinned!r}}}
known = importlib.metadata.packages_distributions()
class Only:
    def find_spec(self, name, *_):
        owners = {{one.lower().replace("_", "-") for one in known.get(name, ())}}
        if owners and name != "docket" and not owners & pinned:
            raise ImportError(name)
sys.meta_path.insert(0, Only())
"""
"""Lets Python import of what is installed only what is pinned."""


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A running small GitHub."""
    with running() as found:
        yield found


def amend(root: Path, text: str) -> str:
    """One more commit on the change; answers it."""
    git(root, "switch", "--quiet", "change")
    (root / PATH).write_text(text, "utf-8")
    head = commit(root, "mended")
    git(root, "switch", "--quiet", "main")
    return head


def opened(root: Path, hub: Hub, text: str = TEXT) -> str:
    """A pull request, and the answer to it; answers its head."""
    propose(root, {PATH: text})
    head = git(root, "rev-parse", "change")
    assert forge.answer(Store(root), event("opened", head), api(hub))
    return head


def journaled(root: Path, hub: Hub) -> Journaled:
    """What the journal took, and what it missed."""
    return journal(Store(root), api(hub), datetime.fromisoformat("2031-08-01T12:00:00+02:00"))


def body(hub: Hub) -> str:
    """Our one comment."""
    (comment,) = hub.comments[12]
    return str(comment["body"])


def test_answer(register: Path, hub: Hub) -> None:
    """The first answer is a comment and a label, with the forge's own time, and the receipt."""
    head = opened(register, hub)
    assert "Modtaget onsdag den 5. marts 2031 kl. 10.00" in body(hub)
    assert "**Alt er i orden.**" in body(hub)
    assert hub.labels[12] == ["modtaget"]
    blob = git(register, "rev-parse", f"change:{PATH}")
    arrival = Arrival(datetime.fromisoformat(OPENED), Way.PULL_REQUEST, "#12")
    assert seen_in(body(hub)) == (Seen(head, Line(PATH, blob, arrival)),)
    assert hub.known["modtaget"]["color"] == "0e8a16"


def test_one_comment(register: Path, hub: Hub) -> None:
    """A new head updates the comment and the label; a head that was seen keeps its time."""
    first = opened(register, hub, TEXT.replace("[folkeskole]", "[]"))
    assert hub.labels[12] == ["skal rettes"]
    second = amend(register, TEXT)
    forge.answer(Store(register), event("synchronize", second), api(hub))
    assert hub.labels[12] == ["modtaget"]
    seen = seen_in(body(hub))
    assert [one.head for one in seen] == [first, second]
    assert seen[1].line.arrival.received.isoformat() == "2031-03-06T09:00:00+00:00"
    forge.answer(Store(register), event("reopened", second, TOO_LATE), api(hub))
    assert seen_in(body(hub)) == seen
    assert "6. marts 2031" in body(hub)


def test_mended_after_the_deadline(register: Path, hub: Hub) -> None:
    """What came in time stays in time when the contact is corrected later, and only then."""
    opened(register, hub)
    second = amend(register, TEXT.replace("post@", "ny@"))
    forge.answer(Store(register), event("synchronize", second, TOO_LATE), api(hub))
    assert hub.labels[12] == ["modtaget"]
    third = amend(register, TEXT.replace("[folkeskole]", "[dagtilbud]"))
    forge.answer(Store(register), event("synchronize", third, TOO_LATE), api(hub))
    assert hub.labels[12] == ["skal rettes"]
    assert "#t03" in body(hub)
    assert "#t01" not in body(hub)


def test_force_push(register: Path, hub: Hub) -> None:
    """A version that was pushed over and is not held gets no receipt, and hinders nothing."""
    opened(register, hub, TEXT.replace("post@", "foerste@"))
    old = git(register, "rev-parse", "change")
    git(register, "branch", "--quiet", "--delete", "--force", "change")
    propose(register, {PATH: TEXT})
    new = git(register, "rev-parse", "change")
    git(register, "reflog", "expire", "--expire=now", "--all")
    git(register, "gc", "--quiet", "--prune=now")
    assert forge.answer(Store(register), event("synchronize", old), api(hub)) is None
    forge.answer(Store(register), event("synchronize", new), api(hub))
    assert hub.labels[12] == ["modtaget"]
    git(register, "merge", "--quiet", "--no-ff", "change", at="2031-03-09T10:00:00+01:00")
    hub.pull(number=12, state="closed", merged_at=LATER)
    assert journaled(register, hub).added == 1
    assert found_in(register, "2031-08-01") == []


def test_branch_of_the_desk(register: Path, hub: Hub) -> None:
    """A pull request from the desk's branch has the desk's time; a fork's has the forge's."""
    propose(register, {})
    git(register, "switch", "--quiet", "change")
    (register / PATH).write_text(TEXT, "utf-8")
    head = commit(register, "x")
    give_receipt(register, TEXT, "2031-03-01T08:00:00+01:00", "F-1")
    git(register, "switch", "--quiet", "main")
    desk = "submission/2031-skole/randers"
    forge.answer(Store(register), event("opened", head, ref=desk), api(hub))
    assert "5. marts 2031" in body(hub)
    hub.comments.clear()
    own = event("opened", head, ref=desk)
    own["pull_request"]["head"]["repo"] = own["pull_request"]["base"]["repo"]
    forge.answer(Store(register), own, api(hub))
    assert "1. marts 2031 kl. 08.00" in body(hub)
    (seen,) = seen_in(body(hub))
    assert (seen.line.arrival.via, seen.line.arrival.reference) == ("form", "F-1")


def test_change_by_the_organiser(register: Path, hub: Hub) -> None:
    """Who may write to the register may change a round: no C rule, and no label either."""
    path = "submissions/2031-skole/round.yml"
    round_ = (register / path).read_text("utf-8")
    propose(register, {path: round_.replace("(opdigtet)", "(helt opdigtet)")})
    head = git(register, "rev-parse", "change")
    own = event("opened", head)
    forge.answer(Store(register), own, api(hub))
    assert "#c02" in body(hub)
    assert hub.labels[12] == ["skal rettes"]
    own["pull_request"]["head"]["repo"] = own["pull_request"]["base"]["repo"]
    forge.answer(Store(register), own, api(hub))
    assert "Arrangøren ser ændringen igennem" in body(hub)
    assert hub.labels[12] == []
    assert seen_in(body(hub)) == ()


def test_a_change_of_the_tool_needs_no_answer(register: Path, hub: Hub) -> None:
    """The organiser's own change that concerns no round is left alone; a stranger's is answered."""
    propose(register, {"README.md": "x"})
    own = event("opened", git(register, "rev-parse", "change"))
    own["pull_request"]["head"]["repo"] = own["pull_request"]["base"]["repo"]
    assert forge.answer(Store(register), own, api(hub)) is None
    assert hub.comments == {}
    foreign = event("opened", git(register, "rev-parse", "change"))
    assert forge.answer(Store(register), foreign, api(hub))
    assert "#c02" in body(hub)


def test_a_proposal_keeps_its_own_receipt(register: Path, hub: Hub, tmp_path: Path) -> None:
    """What came by e-mail and was proposed has the e-mail's receipt, and no second one."""
    file = tmp_path / "randers.yml"
    file.write_text(TEXT, "utf-8")
    git(register, "switch", "--quiet", "--create", "change")
    when = ("--received", "2031-03-01T10:00:00+01:00", "--at", "2031-03-02")
    assert main(["-C", str(register), "receive", str(file), "--round", "2031-skole", *when]) == 0
    head = git(register, "rev-parse", "HEAD")
    git(register, "switch", "--quiet", "main")
    own = event("opened", head, ref="proposal/2031-skole")
    own["pull_request"]["head"]["repo"] = own["pull_request"]["base"]["repo"]
    review = forge.answer(Store(register), own, api(hub))
    assert review
    assert review.findings == ()
    git(register, "merge", "--quiet", "--no-ff", "change", at="2031-03-09T10:00:00+01:00")
    hub.pull(number=12, state="closed", merged_at=LATER)
    assert journaled(register, hub).added == 0
    assert found_in(register, "2031-08-01") == []


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("[folkeskole]", "[]") + "x: 1\n"])
def test_it_imports_what_is_pinned_for_it(
    register: Path, hub: Hub, tmp_path: Path, text: str
) -> None:
    """The workflow's own command, whole, with no package but those of its own pins."""
    propose(register, {PATH: text})
    told = event("opened", git(register, "rev-parse", "change"))
    (tmp_path / "event.json").write_text(json.dumps(told), "utf-8")
    pinned = re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements-forge.txt").read_text("utf-8"))
    (tmp_path / "sitecustomize.py").write_text(ONLY.format(pinned=pinned), "utf-8")
    own = {
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT / 'tools'}",
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_API_URL": hub.address,
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
    }
    for act in ("answer", "journal"):
        words = [sys.executable, "-m", "docket.forge", act]
        done = subprocess.run(
            words,
            cwd=register,
            env={**neutral(), **own},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert ("Alt er i orden" in body(hub)) == (text == TEXT)


@pytest.mark.parametrize(
    ("way", "opener", "label"),
    [("pull-request", 7, "modtaget"), ("pull-request", 8, None), ("e-mail", 7, None)],
)
def test_the_account_is_the_link(
    register: Path, hub: Hub, way: str, opener: int, label: str | None
) -> None:
    """Another contact in an accepted answer is routine only for the account that sent that."""
    put(register)
    blob = git(register, "hash-object", PATH)
    with (register / "submissions/2031-skole/receipts.yml").open("a", encoding="utf-8") as file:
        file.write(f"- {{municipality: randers, received: {OPENED}, via: {way}, ")
        file.write(f'reference: "#3", blob: "{blob}"}}\n')
    commit(register, "accepted")
    hub.pull(number=3, user=shaped(models.SimpleUser, id=opener))
    propose(register, {PATH: TEXT.replace("post@", "ny@")})
    sent = event("opened", git(register, "rev-parse", "change"))
    sent["pull_request"]["user"] = shaped(models.SimpleUser, id=7)
    forge.answer(Store(register), sent, api(hub))
    assert hub.labels.get(12, []) == [label] * bool(label)
    assert ("Alt er i orden" in body(hub)) is bool(label)
    assert "Ny kontaktperson (e-mail)." in body(hub)


def test_only_our_comment_is_believed(register: Path, hub: Hub) -> None:
    """A comment that pretends to be ours is left alone, and its receipts count for nothing."""
    fake = MARK + '\n<!-- docket:receipts [{"head":"x","path":"y","blob":"z"}] -->'
    for user in ({**BOT, "type": "User"}, {"login": "evil", "type": "Bot"}, None):
        say(hub, 12, fake, user)
    say(hub, 12, "another workflow", BOT)
    opened(register, hub)
    assert len(hub.comments[12]) == 5
    assert hub.comments[12][0]["body"] == fake


@pytest.mark.parametrize("kept", ["[{", "{}", "[1]", '[{"head": 1}]', '[{"path": "../x.yml"}]'])
def test_broken_comment(register: Path, hub: Hub, kept: str) -> None:
    """A comment that somebody spoilt is written anew."""
    say(hub, 12, f"{MARK}\n{START}{kept}{END}", BOT)
    opened(register, hub)
    assert len(seen_in(body(hub))) == 1


def test_hidden_receipts_cannot_end_the_comment() -> None:
    """A reference that looks like the end of a comment stays inside it."""
    arrival = Arrival(datetime.fromisoformat(OPENED), Way.PULL_REQUEST, "--> <b>")
    seen = Seen("a", Line("submissions/x/y.yml", "b" * 40, arrival))
    kept = hidden([seen])
    assert kept.count("-->") == 1
    assert seen_in(f"{MARK}\nx\n{kept}") == (seen,)


def test_a_comment_has_room_for_all(register: Path, hub: Hub) -> None:
    """Hundreds of findings and of heads stay below what a comment can hold; the first is kept."""
    arrival = Arrival(datetime.fromisoformat(OPENED), Way.PULL_REQUEST, "#12")
    many = [Seen(f"{n:040}", Line(PATH, f"{n:040}", arrival)) for n in range(1, 400)]
    say(hub, 12, f"{MARK}\n{hidden(many)}", BOT)
    evil = json.dumps(["@" * 99 + str(n) for n in range(300)])
    files: dict[str, str | None] = {f"tools/{'æ' * 60}{n}.py": "x" for n in range(300)}
    propose(register, {PATH: TEXT.replace("[folkeskole]", evil), **files})
    head = git(register, "rev-parse", "change")
    forge.answer(Store(register), event("synchronize", head), api(hub))
    assert "mere. Ret først dem" in body(hub)
    seen = seen_in(body(hub))
    assert len(seen) == MOST
    assert (seen[0].head, seen[-1].head) == (f"{1:040}", head)


@pytest.mark.parametrize("wrong", [{}, {"action": "opened"}, {"number": 1, "pull_request": None}])
def test_other_events(wrong: dict[str, Any]) -> None:
    """An event that is none of a pull request is refused."""
    with pytest.raises(ValueError, match="pull request"):
        forge.proposal(wrong)


def test_answer_is_lost(register: Path, hub: Hub) -> None:
    """Where GitHub's answer does not come, the comment is looked for first: it stays one."""
    hub.faults = ["drop", basic(502, "Bad gateway"), "go on", "go on", "lose"]
    opened(register, hub)
    assert [round_.split()[0] for round_ in hub.calls].count("POST") >= 2
    assert len(seen_in(body(hub))) == 1


def test_label_is_refused(register: Path, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    """Where labels may not be made, the answer is given all the same."""
    propose(register, {PATH: TEXT})
    head = git(register, "rev-parse", "change")
    hub.faults = ["go on"] * 3 + [basic(403, "Resource not accessible by integration")]
    assert forge.answer(Store(register), event("opened", head), api(hub))
    assert "no label: 403" in capsys.readouterr().err
    assert body(hub)


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (basic(403, "secondary rate limit", Retry_After="7"), [7]),
        (basic(429, "too many", Retry_After="3"), [3]),
        (basic(403, "rate limit", X_RateLimit_Remaining="0"), [120]),
        (basic(500, "oops"), [1]),
        ("drop", [1]),
        ("hang", [1]),
    ],
)
def test_patience(hub: Hub, fault: Fault | str, waits: list[float]) -> None:
    """What passes is waited for, as long as GitHub asks."""
    hub.faults = [fault]
    waited: list[float] = []
    assert api(hub, waited).call("GET", "pulls") == []
    assert waited == waits


@pytest.mark.parametrize(
    "fault",
    [
        basic(401, "Bad credentials"),
        basic(403, "Resource not accessible by integration"),
        basic(301, "Moved", Location="http://127.0.0.1:1/"),
        basic(403, "rate limit", Retry_After="3600"),
    ],
)
def test_no_patience(hub: Hub, fault: Fault) -> None:
    """What does not pass is told at once, without the token; no redirect is followed."""
    hub.faults = [fault]
    waited: list[float] = []
    with pytest.raises(ApiError) as caught:
        api(hub, waited).call("GET", "pulls")
    assert waited == []
    assert caught.value.status == fault.status
    assert TOKEN not in str(caught.value)


def merge(root: Path, way: str) -> None:
    """The change comes to main as GitHub's three buttons do it."""
    at = "2031-03-09T10:00:00+01:00"
    if way == "merge":
        git(root, "merge", "--quiet", "--no-ff", "change", at=at)
    elif way == "squash":
        git(root, "merge", "--quiet", "--squash", "change", at=at)
        commit(root, "squashed", at)
    else:
        git(root, "rebase", "--quiet", "--force-rebase", "main", "change", at=at)
        git(root, "switch", "--quiet", "main")
        git(root, "merge", "--quiet", "--ff-only", "change")


@pytest.mark.parametrize("way", ["merge", "squash", "rebase"])
def test_journal(register: Path, hub: Hub, way: str) -> None:
    """What was merged gets its receipts, once, whichever button was pressed.

    A squash forgets the versions before the last: they get none.
    """
    opened(register, hub, TEXT.replace("[folkeskole]", "[]"))
    second = amend(register, TEXT)
    forge.answer(Store(register), event("synchronize", second), api(hub))
    say(hub, 13, body(hub), BOT)
    hub.pull(number=12, state="closed", merged_at=LATER)
    hub.pull(number=13, state="closed", merged_at=None)
    hub.pull(number=14, state="open")
    merge(register, way)
    assert journaled(register, hub).added == (1 if way == "squash" else 2)
    assert journaled(register, hub).added == 0
    receipt = docket_of(register, "2031-08-01").receipts[-1]
    assert (receipt.reference, receipt.via) == ("#12", "pull-request")
    assert receipt.received == datetime.fromisoformat(LATER)
    assert found_in(register, "2031-08-01") == []
    assert git(register, "status", "--porcelain") == ""


def test_journal_takes_no_nonsense(register: Path, hub: Hub) -> None:
    """A receipt for a round or a municipality that does not exist is not written."""
    head = opened(register, hub)
    (seen,) = seen_in(body(hub))
    other = [
        Seen(head, replace(seen.line, path=path))
        for path in ("submissions/2099-x/randers.yml", "submissions/2031-skole/atlantis.yml")
    ]
    hub.comments[12][0]["body"] = f"{MARK}\n{hidden([*other, seen])}"
    hub.pull(number=12, state="closed", merged_at=LATER)
    merge(register, "merge")
    assert journaled(register, hub).added == 1
    assert found_in(register, "2031-08-01") == []


@pytest.mark.parametrize("way", ["merge", "squash"])
def test_merged_without_a_receipt(
    register: Path, hub: Hub, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Merged after the deadline, and no comment kept its time: it is named, with its line."""
    propose(register, {PATH: TEXT})
    late = "2031-07-02T10:00:00+02:00"
    if way == "merge":
        words = ["--no-ff", "--message", "Merge pull request #12 from randers/patch-1"]
        git(register, "merge", "--quiet", *words, "change", at=late)
    else:
        git(register, "merge", "--quiet", "--squash", "change", at=late)
        commit(register, "Randers (#12)", late)
    hub.pull(number=12, state="closed", merged_at=TOO_LATE, created_at=OPENED)
    added, (missing,) = journaled(register, hub)
    assert added == 0
    blob = git(register, "rev-parse", f"HEAD:{PATH}")
    line = "- {municipality: randers, received: %s, via: pull-request, "
    line += f'reference: "#12", blob: "{blob}"}}'
    assert missing.startswith("::warning file=submissions/2031-skole/receipts.yml,")
    assert line % OPENED in missing
    assert main(["-C", str(register), "inbox", "--at", "2031-08-01"]) == 0
    assert line % "…" in capsys.readouterr().out
    with (register / "submissions/2031-skole/receipts.yml").open("a", encoding="utf-8") as file:
        file.write(f"{line % OPENED}\n")
    commit(register, "the line")
    assert found_in(register, "2031-08-01") == []
    assert journaled(register, hub).missing == ()


def test_squash_with_a_late_mend(register: Path, hub: Hub) -> None:
    """What came in time and was squashed with a late mend is named; brought back, it stands."""
    opened(register, hub)
    second = amend(register, TEXT.replace("post@", "ny@"))
    forge.answer(Store(register), event("synchronize", second, TOO_LATE), api(hub))
    hub.pull(number=12, state="closed", merged_at=TOO_LATE)
    merge(register, "squash")
    added, (missing,) = journaled(register, hub)
    assert added == 1
    assert "git fetch origin pull/12/head && git merge -s ours FETCH_HEAD" in missing
    assert found_in(register, "2031-08-01") == [f"{PATH}:1:1 T01"]
    git(register, "merge", "--quiet", "--strategy=ours", "change", at=AT)
    assert journaled(register, hub) == (1, ())
    assert found_in(register, "2031-08-01") == []
