"""A whole round between clones, a bare repository and a forge, and the site tells exactly that."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from githubkit_schemas.v2022_11_28 import models

from docket.cli.main import main
from docket.forge import workflow as forge
from docket.forge.api import Api
from docket.forge.journal import journal
from docket.git.store import Store
from support.hub import BOT, REPOSITORY, TOKEN, Hub, running, shaped
from support.mail import message
from support.worlds import commit, docket_of, found_in, git, world

ROUND = "submissions/2032-have"
CALL = {
    "--title-da": "Runde om haver (opdigtet)",
    "--title-en": "Round on gardens (invented)",
    "--seats": "dagtilbud=1",
    "--opens": "2032-01-01",
    "--deadline": "2032-02-01",
    "--receiver": "Sekretariatet",
    "--email": "post@arrangoer.example",
    "--decides-da": "udvalget",
    "--decides-en": "the committee",
}
AFTER = datetime.fromisoformat("2032-02-10T12:00:00+01:00")
FILE = """municipality: %s
areas: [dagtilbud]
contact: {name: Sekretariatet, email: post@kommune.example}
approval: {status: pending}
"""


class Register:
    """The bare repository, who has a clone of it, and the forge with its clock."""

    def __init__(self, folder: Path, hub: Hub) -> None:
        """The register as it was before the round."""
        self.hub = hub
        self.bare = folder / "bare.git"
        seed = world(folder / "seed")
        git(folder, "clone", "--quiet", "--bare", str(seed), str(self.bare))
        self.organiser, self.one, self.other, self.runner = (
            folder / name for name in ("organiser", "randers", "skive", "runner")
        )
        for clone in (self.organiser, self.one, self.other, self.runner):
            git(folder, "clone", "--quiet", str(self.bare), str(clone))

    def docket(self, *words: str) -> int:
        """One command of the organiser's."""
        return main(["-C", str(self.organiser), *words])

    def propose(self, clone: Path, name: str, text: str, number: int, dated: str) -> None:
        """A municipality's pull request, as forges keep it, with a commit of any date."""
        git(clone, "fetch", "--quiet", "origin")
        git(clone, "switch", "--quiet", "--force-create", name, "origin/main")
        (clone / ROUND / f"{name}.yml").write_text(text, encoding="utf-8")
        commit(clone, f"Tilkendegivelse {name}", dated)
        git(clone, "push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{number}/head")

    def answer(self, number: int, action: str, at: str) -> str:
        """What the workflow says to it, by the forge's own time."""
        self.update()
        pull = f"+refs/pull/{number}/head:refs/docket/{number}"
        git(self.runner, "fetch", "--quiet", "origin", pull)
        event: dict[str, Any] = shaped(EVENTS[action], number=number)
        event["pull_request"] |= {"created_at": at, "updated_at": at}
        event["pull_request"]["base"]["repo"]["full_name"] = REPOSITORY
        head = git(self.runner, "rev-parse", f"refs/docket/{number}")
        event["pull_request"]["head"]["sha"] = head
        assert forge.answer(Store(self.runner), event, self.api())
        (comment,) = self.hub.comments[number]
        assert comment["user"]["login"] == BOT["login"]
        return plain(comment["body"])

    def journal(self) -> int:
        """What the workflow writes down of what was merged."""
        self.update()
        count = journal(Store(self.runner), self.api(), AFTER).added
        git(self.runner, "push", "--quiet", "origin", "main")
        git(self.organiser, "pull", "--quiet", "--ff-only")
        return count

    def update(self) -> None:
        """The workflow begins with what main has."""
        git(self.runner, "pull", "--quiet", "--ff-only")

    def api(self) -> Api:
        """The forge's."""
        return Api(self.hub.address, REPOSITORY, TOKEN)


EVENTS: dict[str, Any] = {
    "opened": models.WebhookPullRequestOpened,
    "synchronize": models.WebhookPullRequestSynchronize,
}


def plain(page: str) -> str:
    """A page's text as a person reads it."""
    text = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), page)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u200b", ""))


def told(clone: Path, at: str, lang: str = "da") -> str:
    """The round's page."""
    assert main(["-C", str(clone), "pages", "--at", at]) == 0
    return plain((clone / f"site/{lang}/runder/2032-have.md").read_text("utf-8"))


def test_a_whole_round(  # noqa: PLR0915 - a story is told in one go
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Open, a wrong one mended, a late one, one by e-mail, accept, close, decide, publish."""
    with running() as hub:
        it = Register(tmp_path, hub)

        # The organiser opens the round.
        words = [word for pair in CALL.items() for word in pair]
        assert it.docket("open", "2032-have", *words, "--at", "2031-12-20", "--yes") == 0
        git(it.organiser, "push", "--quiet", "origin", "main")
        assert "Runden åbner torsdag den 1. januar 2032." in told(it.organiser, "2031-12-21")

        # Randers sends a wrong file, is told at once, and mends it.
        it.propose(it.one, "randers", FILE % "Randers", 1, "2032-01-10T10:00:00+01:00")
        said = it.answer(1, "opened", "2032-01-10T09:01:00Z")
        assert "Mente du »randers«" in said
        assert hub.labels[1] == ["skal rettes"]
        (it.one / ROUND / "randers.yml").write_text(FILE % "randers", encoding="utf-8")
        commit(it.one, "Rettet", "2032-01-10T10:20:00+01:00")
        git(it.one, "push", "--quiet", "origin", "HEAD:refs/pull/1/head")
        said = it.answer(1, "synchronize", "2032-01-10T09:21:00Z")
        assert "Modtaget lørdag den 10. januar 2032 kl. 10.21" in said
        assert "Alt er i orden." in said
        assert hub.labels[1] == ["modtaget"]

        # The organiser accepts it; both versions get their receipts.
        git(it.organiser, "fetch", "--quiet", "origin", "refs/pull/1/head:pull/1")
        received = (
            "--at",
            "2032-01-11",
            "--received",
            "2032-01-10T10:21:00+01:00",
            "--reference",
            "#1",
        )
        assert it.docket("accept", "pull/1", "--reference", "#1", *received) == 0
        git(it.organiser, "push", "--quiet", "origin", "main")
        hub.pull(number=1, state="closed", merged_at="2032-01-11T09:00:00Z")
        assert it.journal() == 1
        assert it.journal() == 0

        # Odder sends an e-mail, in the last second.
        mail = tmp_path / "odder.eml"
        mail.write_bytes(bytes(message(("odder.yml", (FILE % "odder").encode()))))
        by = ("--round", "2032-have", "--received", "2032-02-01T23:59:59+01:00", "--via", "e-mail")
        assert it.docket("receive", str(mail), *by, "--at", "2032-02-02") == 0
        git(it.organiser, "push", "--quiet", "origin", "main")
        assert "1 af 98" in told(it.organiser, "2032-01-20")
        assert "2 af 98" in told(it.organiser, "2032-02-02")

        # Skive is late, with a commit that is dated early.
        it.propose(it.other, "skive", FILE % "skive", 2, "2032-01-05T10:00:00+01:00")
        said = it.answer(2, "opened", "2032-02-01T23:00:00Z")
        assert "Modtaget mandag den 2. februar 2032 kl. 00.00" in said
        assert "Fristen i runden" in said
        assert hub.labels[2] == ["skal rettes"]
        git(it.organiser, "fetch", "--quiet", "origin", "refs/pull/2/head:pull/2")
        late = ("--received", "2032-02-02T00:00:00+01:00", "--at", "2032-02-03")
        assert it.docket("accept", "pull/2", *late) == 1

        # The round is closed, and decided.
        assert "Fristen var søndag den 1. februar 2032." in told(it.organiser, "2032-02-02")
        decide = ("decide", "2032-have", "--decided", "2032-03-01", "--at", "2032-03-01", "--yes")
        assert it.docket(*decide, "skive") == 1
        assert it.docket(*decide, "odder") == 0
        git(it.organiser, "push", "--quiet", "origin", "main")

    # Everybody who clones sees the same, and the site tells exactly that.
    public = tmp_path / "public"
    git(tmp_path, "clone", "--quiet", str(it.bare), str(public))
    git(public, "fsck", "--strict")
    assert found_in(public, "2032-03-02") == []
    receipts = docket_of(public, "2032-03-02").receipts_by
    by_time = sorted(receipts[("2032-have", "randers")], key=lambda one: one.received)
    assert [f"{one.received:%H:%M} {one.reference}" for one in by_time] == ["09:01 #1", "10:21 #1"]
    page = told(public, "2032-03-02")
    assert "Én kommune blev udpeget den 1. marts 2032." in page
    odder = "Odder Midtjylland dagtilbud 1. februar 2032 kl. 23.59.59 ★ Udpeget"
    randers = "Randers Midtjylland dagtilbud 10. januar 2032 kl. 10.01 ○ Ikke udpeget"
    assert f"{odder} {randers} 96 kommuner har ikke meldt sig" in page
    assert "Skive: Har ikke meldt sig" in page
    assert "One municipality was designated on 1 March 2032." in told(public, "2032-03-02", "en")
    capsys.readouterr()
    assert main(["-C", str(public), "summary", "2032-have", "--format", "json"]) == 0
    assert "skive" not in json.dumps(json.loads(capsys.readouterr().out)["submissions"])
