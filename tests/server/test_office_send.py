"""What is written in the office is sent at once to where the register came from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from docket.server.office_send import Sender
from support.office import Visitor, office_of
from support.randers import TEXT, desk_branch
from support.worlds import commit, git

CAME = "2031-03-01T10:00:00+01:00"
PROPOSAL = "proposal/2031-skole"
STOP = {
    "reason-da": "Loven er ændret.",
    "reason-en": "The law has changed.",
    "source": "https://arrangoer.example/stop",
    "date": "2031-03-01",
}
OPEN = {
    "title-da": "Ny runde",
    "title-en": "New round",
    "area-dagtilbud": "yes",
    "seats-dagtilbud": "3",
    "deadline": "2031-09-30",
    "name": "Sekretariatet",
    "decides-da": "udvalget",
    "decides-en": "the committee",
    "retention": "2032-03-31",
    "folder": "2031-ny",
    "opens": "2031-08-01",
    "email": "post@arrangoer.example",
}


@pytest.fixture
def forge(register: Path, tmp_path: Path) -> Path:
    """The repository that the register came from."""
    bare = tmp_path / "forge.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(register), str(bare))
    git(register, "remote", "add", "origin", str(bare))
    return bare


@pytest.fixture
def sender() -> Sender:
    """How its office sends."""
    return Sender(lambda *_: None)


@pytest.fixture
def visitor(forge: Path, register: Path, sender: Sender) -> Iterator[Visitor]:
    """Somebody at the office of a register that came from a forge."""
    assert forge.is_dir()
    with office_of(register, sender=sender) as found:
        yield Visitor.enter(found.port, found.guard)


def protect(forge: Path) -> None:
    """From here on `main` takes no push."""
    hook = forge / "hooks/update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n', "utf-8")
    hook.chmod(0o755)


def head(root: Path, branch: str = "main") -> str:
    """The latest commit of a branch."""
    return git(root, "rev-parse", branch)


def take(visitor: Visitor) -> int:
    """Press the first card's button."""
    page = visitor.get("/")
    fields = {name: page.hidden(name) for name in ("branch", "commit")}
    return visitor.post("/", {"do": "accept", **fields}).status


def test_straight_to_the_branch(register: Path, forge: Path, visitor: Visitor) -> None:
    """What is accepted and what is stopped is on the forge before the page says so."""
    desk_branch(register, (TEXT, CAME))
    assert take(visitor) == 303
    assert head(forge) == head(register)
    assert visitor.post("/runder/2031-skole/stop/", {**STOP, "do": "keep"}).status == 303
    assert head(forge) == head(register)
    assert git(register, "status", "--porcelain") == ""
    assert git(register, "for-each-ref", "refs/docket/proposing") == ""


def test_on_what_came_meanwhile(
    register: Path, forge: Path, tmp_path: Path, visitor: Visitor
) -> None:
    """What others sent is fetched first, and both are there afterwards."""
    git(tmp_path, "clone", "--quiet", str(forge), "other")
    (tmp_path / "other/notes.md").write_text("Another\n", "utf-8")
    commit(tmp_path / "other", "Another")
    git(tmp_path / "other", "push", "--quiet", "origin", "main")
    assert visitor.post("/runder/2031-skole/stop/", {**STOP, "do": "keep"}).status == 303
    assert head(forge) == head(register)
    assert (register / "notes.md").is_file()


def test_parted(register: Path, forge: Path, tmp_path: Path, visitor: Visitor) -> None:
    """Where both went on, nothing is written, and it is said what to do."""
    git(tmp_path, "clone", "--quiet", str(forge), "other")
    for root in (tmp_path / "other", register):
        (root / "notes.md").write_text(root.name, "utf-8")
        commit(root, "Notes")
    git(tmp_path / "other", "push", "--quiet", "origin", "main")
    before = head(register)
    answer = visitor.post("/runder/2031-skole/stop/", {**STOP, "do": "keep"})
    assert answer.status == 409
    assert "origin/main" in answer.words
    assert head(register) == before


def test_nobody_answers(register: Path, forge: Path, visitor: Visitor) -> None:
    """Where the forge is away nothing is written, and the page says so."""
    forge.rename(forge.with_name("away.git"))
    before = head(register)
    answer = visitor.post("/runder/2031-skole/stop/", {**STOP, "do": "keep"})
    assert answer.status == 409
    assert "så intet er skrevet" in answer.words
    assert head(register) == before


def test_a_protected_branch(register: Path, forge: Path, visitor: Visitor, sender: Sender) -> None:
    """Where the forge takes no push, the same act becomes a proposal, with the way to merge it."""
    protect(forge)
    asked: list[tuple[str, str]] = []
    sender.request = lambda *given: asked.append((given[2].branch, given[3]))
    desk_branch(register, (TEXT, CAME))
    before = head(register)
    page = visitor.get("/")
    fields = {name: page.hidden(name) for name in ("branch", "commit")}
    answer = visitor.post("/", {"do": "accept", **fields})
    assert answer.status == 303
    assert head(register) == before
    assert git(forge, "rev-parse", f"{PROPOSAL}^1") == before
    assert asked == [(PROPOSAL, git(forge, "log", "-1", "--format=%s", PROPOSAL))]
    told = visitor.ask("GET", answer.headers["Location"])
    assert "Det gælder, når I har flettet forslaget ind." in told.words
    assert f"/compare/main...{PROPOSAL}" in told.text
    inbox = visitor.get("/")
    assert "✓ Med i et forslag" in inbox.words
    assert 'value="accept"' not in inbox.text
    assert f"{PROPOSAL}: flet pull requesten ind" in inbox.words


def test_one_proposal_for_a_round(forge: Path, visitor: Visitor) -> None:
    """A second act goes on from the first; a form is held against what was proposed."""
    protect(forge)
    stop = "/runder/2031-skole/stop/"
    assert visitor.post(stop, {**STOP, "do": "keep"}).status == 303
    again = {**STOP, "reason-da": "Loven er afskaffet.", "do": "keep"}
    moved = visitor.post(stop, again)
    assert moved.status == 409
    assert "Loven er ændret." in moved.words
    base = moved.hidden("base")
    token = moved.hidden("token")
    shown = visitor.send(stop, {**again, "do": "", "token": token, "base": base})
    assert shown.hidden("base") == base
    assert visitor.post("/runder/ny/", {**OPEN, "do": "keep"}).status == 303
    assert git(forge, "rev-list", "--count", "main..proposal/2031-ny") == "1"
