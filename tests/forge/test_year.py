"""A register's first year on the forge, one thing after the other, as strangers do them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
import yaml

from docket.cli.main import main
from docket.forge import pull_request
from docket.forge import workflow as forge
from docket.forge.journal import Journaled, journal
from docket.git.store import Store
from support.hub import TOKEN, Hub, basic
from support.pulls import LATER, OPENED, TOO_LATE, api, event
from support.randers import BRANCH, PATH, TEXT
from support.worlds import ROOT, commit, found_in, git

FOLDER = "submissions/2031-skole"
SKIVE, STRUER = (TEXT.replace("randers", name) for name in ("skive", "struer"))
MERGED = "2031-03-09T10:00:00+01:00"


@dataclass
class Forge:
    """The register as the forge has it, and who works on it."""

    root: Path
    hub: Hub
    waits: list[float] = field(default_factory=list)

    def propose(self, number: int, files: Mapping[str, str], since: str = "main") -> str:
        """A stranger's branch with these files; answers its head."""
        git(self.root, "switch", "--quiet", "--force-create", f"pr-{number}", since)
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, "utf-8")
        head = commit(self.root, "Add files via upload", OPENED)
        git(self.root, "switch", "--quiet", "main")
        return head

    def move(self, number: int, old: str, new: str) -> str:
        """The file renamed on the branch, as somebody does it in the browser."""
        git(self.root, "switch", "--quiet", f"pr-{number}")
        git(self.root, "mv", old, new)
        head = commit(self.root, "Rename", LATER)
        git(self.root, "switch", "--quiet", "main")
        return head

    def answer(self, number: int, head: str, name: str = "opened", at: str = LATER) -> str:
        """What the workflow says to it: its one comment."""
        told = event(name, head, at, number=number)
        forge.answer(Store(self.root), told, api(self.hub, self.waits))
        (comment,) = self.hub.comments[number]
        return str(comment["body"])

    def merge(self, number: int, at: str = MERGED) -> None:
        """The organiser presses the button."""
        words = ("--no-ff", "--message", f"Merge pull request #{number} from x/patch-1")
        git(self.root, "merge", "--quiet", *words, f"pr-{number}", at=at)
        self.hub.pull(number=number, state="closed", merged_at=LATER, created_at=OPENED)

    def journal(self) -> Journaled:
        """What the workflow writes down."""
        now = datetime.fromisoformat("2031-08-01T12:00:00+02:00")
        return journal(Store(self.root), api(self.hub, self.waits), now)


def test_the_year(register: Path, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    """Misplaced, mended, limited, merged, merged unseen, pushed over, late; then a new token."""
    there = Forge(register, hub)
    wrong = there.answer(12, there.propose(12, {"randers.yml": TEXT}))
    assert f"Flyt den til {PATH}" in unescape(wrong).replace("\u200b", "")
    assert hub.labels[12] == ["skal rettes"]

    hub.faults = [basic(403, "secondary rate limit", Retry_After="7")]
    moved = there.move(12, "randers.yml", PATH)
    assert "**Alt er i orden.**" in there.answer(12, moved, "synchronize")
    assert there.waits == [7]
    assert hub.labels[12] == ["modtaget"]
    there.merge(12)
    assert there.journal() == (1, ())

    there.propose(13, {f"{FOLDER}/skive.yml": SKIVE})
    there.merge(13)
    added, (missing,) = there.journal()
    assert added == 0
    assert "{municipality: skive, received: " in missing
    assert main(["-C", str(register), "inbox", "--at", "2031-03-10"]) == 0
    assert "{municipality: skive, received: …" in capsys.readouterr().out
    line = missing[missing.index("- {municipality") : missing.index("}") + 1]
    with (register / FOLDER / "receipts.yml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    commit(register, "The line", MERGED)
    assert there.journal() == (0, ())

    first = there.propose(14, {f"{FOLDER}/struer.yml": STRUER.replace("post@", "foerste@")})
    there.answer(14, first)
    second = there.propose(14, {f"{FOLDER}/struer.yml": STRUER})
    assert "**Alt er i orden.**" in there.answer(14, second, "synchronize")
    there.merge(14)
    assert there.journal() == (1, ())
    assert found_in(register, "2031-08-01") == []

    late = there.propose(15, {f"{FOLDER}/viborg.yml": TEXT.replace("randers", "viborg")})
    assert "#t0" in there.answer(15, late, "synchronize", TOO_LATE)

    names = {"DOCKET_TOKEN": "rotated-away", "GITHUB_API_URL": hub.address}
    (unsent,) = pull_request.resume(Store(register), names)
    assert "rotated-away" not in str(unsent)
    (sent,) = pull_request.resume(Store(register), names | {"DOCKET_TOKEN": TOKEN})
    assert isinstance(sent, pull_request.Sent)
    assert sent.branch == BRANCH


def test_sixty_quiet_days() -> None:
    """What the forge stops after a quiet time is a file of its own; a push publishes as before."""
    flows = {
        path.name: yaml.safe_load(path.read_text("utf-8"))
        for path in (ROOT / ".github/workflows").glob("*.yml")
    }
    timed = [name for name, flow in flows.items() if "schedule" in json.dumps(flow[True])]
    assert timed == ["daily.yml"]
    assert "push" in flows["publish.yml"][True]
