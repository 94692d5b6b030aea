"""What is written in the office is sent at once to where the register came from."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from docket.git import remote
from docket.server.office_send import Sender
from support.office import Answer, Visitor, office_of
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


def hook(forge: Path, line: str, name: str = "update") -> Path:
    """What the forge does when somebody pushes."""
    file = forge / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    file.chmod(0o755)
    return file


def protect(forge: Path) -> None:
    """From here on `main` takes no push."""
    hook(forge, '[ "$1" != refs/heads/main ]')


def stop(visitor: Visitor) -> Answer:
    """Stop a round."""
    return visitor.post("/runder/2031-skole/stop/", {**STOP, "do": "keep"})


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
    before = head(register)
    assert take(visitor) == 303
    accepted = head(forge)
    assert before != accepted == head(register)
    assert visitor.post("/runder/2031-skole/stop/", {**STOP, "do": "keep"}).status == 303
    assert accepted != head(forge) == head(register)
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
    assert "Med er svaret fra Randers Kommune. Det gælder først" in inbox.words
    assert f"Se forslaget, og flet det ind ({PROPOSAL})" in inbox.words


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


def test_a_forge_that_hangs(
    register: Path, forge: Path, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who does not answer holds the page no longer than is told, and nothing is written."""
    monkeypatch.setattr(remote, "SECONDS", 0.5)
    waits = forge.parent / "waits"
    waits.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    waits.chmod(0o755)
    git(register, "config", "remote.origin.uploadpack", str(waits))
    before = head(register)
    answer = stop(visitor)
    assert answer.status == 409
    assert "timed out after 0.5 seconds" in answer.words
    assert "så intet er skrevet" in answer.words
    assert head(register) == before


@pytest.mark.parametrize("there", [True, False])
def test_the_answer_is_lost(
    register: Path,
    forge: Path,
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    there: bool,  # noqa: FBT001 - pytest's
) -> None:
    """What came through counts, whatever became of the answer; else nobody says that it did not."""
    before = head(forge)
    lost = forge.parent / "lost"
    git(register, "config", "remote.origin.receivepack", str(lost))
    words = 'git receive-pack "$@"; exit 1' if there else "exec sleep 60"
    lost.write_text(f"#!/bin/sh\n{words}\n", "utf-8")
    lost.chmod(0o755)
    if not there:
        monkeypatch.setattr(remote, "SECONDS", 2.0)
    answer = stop(visitor)
    if there:
        assert answer.status == 303
        assert head(register) == head(forge) != before
    else:
        assert answer.status == 409
        assert "så ingen ved, om den kom frem" in answer.words
        assert head(register) == before


def test_sent_and_not_here(register: Path, forge: Path, visitor: Visitor) -> None:
    """Where the working copy is in the way, the act counts and the page says so."""
    path, other = "submissions/organiser.yml", forge.parent / "other"
    git(forge.parent, "clone", "--quiet", str(forge), str(other))
    text = (register / path).read_text("utf-8")
    (other / path).write_text(f"{text}# later\n", "utf-8")
    commit(other, "Later")
    git(other, "push", "--quiet", "origin", "main")
    (register / path).write_text(f"{text}# mine\n", "utf-8")
    before = head(register)
    answer = stop(visitor)
    assert answer.status == 303
    assert head(register) == before
    assert git(forge, "log", "-1", "--format=%s").startswith("Runden 2031-skole stoppet")
    told = visitor.ask("GET", answer.headers["Location"])
    assert "Gemt: Runden 2031-skole stoppet" in told.words
    assert "Det er sendt og gælder, men kan ikke ses her endnu" in told.words


def test_a_forge_with_a_full_disk(register: Path, forge: Path, visitor: Visitor) -> None:
    """What is refused for a while makes nothing a proposal for ever."""
    line = hook(forge, "echo full >&2; exit 1", "pre-receive")
    assert stop(visitor).status == 409
    line.unlink()
    assert stop(visitor).status == 303
    assert head(forge) == head(register)


def test_what_a_hook_says(forge: Path, visitor: Visitor) -> None:
    """A forge that speaks of other things when it refuses is not misread."""
    words = "echo 'stale info, cannot lock ref, [rejected]' >&2"
    hook(forge, f'{words}; [ "$1" != refs/heads/main ]')
    assert stop(visitor).status == 303
    assert git(forge, "rev-parse", "--verify", PROPOSAL)


def test_no_branch(register: Path, visitor: Visitor) -> None:
    """Where no branch is checked out, or the forge has none of its name, nothing is written."""
    git(register, "switch", "--quiet", "--create", "mine")
    before = head(register, "mine")
    answer = stop(visitor)
    assert answer.status == 409
    assert "så intet er skrevet" in answer.words
    git(register, "switch", "--quiet", "--detach")
    page = visitor.get("/runder/2031-skole/stop/")
    assert (page.status, len(page.text.splitlines())) == (503, 1)
    assert page.text.startswith("Ingen gren er hentet frem.")
    assert head(register, "mine") == before


def test_two_at_once(register: Path, forge: Path, visitor: Visitor) -> None:
    """Of two who propose at once, each is told whether it is there, and none is lost."""
    protect(forge)
    git(forge, "config", "core.fsync", "none")
    assert stop(visitor).status == 303
    place = "/runder/ny/"
    forms = []
    for folder in ("2031-et", "2031-to", "2031-tre"):
        whole = {**OPEN, "folder": folder}
        shown = visitor.post(place, {**whole, "do": "show"})
        hidden = {name: shown.hidden(name) for name in ("token", "base", "seen")}
        forms.append({**whole, **hidden, "do": "keep"})
    with ThreadPoolExecutor() as pool:
        found = [one.status for one in pool.map(lambda form: visitor.send(place, form), forms)]
    kept = git(forge, "for-each-ref", "--format=%(refname)", "refs/heads/proposal/2031-*").split()
    assert len(kept) == 1 + found.count(303)
    assert set(found) <= {303, 409}
    assert git(register, "for-each-ref", "refs/docket/proposing") == ""


def test_a_strangers_words(register: Path, visitor: Visitor) -> None:
    """What a stranger wrote in a commit is never told as if the office had kept it."""
    branch = desk_branch(register, (TEXT, CAME))
    theirs = head(register, branch)
    for query in (theirs, "x", f"{theirs}%0A", "main", "--all"):
        page = visitor.get(f"/?kept={query}&on=proposal/../x&here=no")
        assert page.status == 200
        assert "Gemt:" not in page.text
        assert "proposal/../x" not in page.text


def test_a_name_on_two_lines(forge: Path, register: Path, visitor: Visitor) -> None:
    """A branch or a round that nobody could have asks Git nothing, and writes nothing."""
    protect(forge)
    before = head(register)
    assert stop(visitor).status == 303
    token = visitor.get("/e-mail/").hidden("token")
    for name in ("x\nHEAD", "x:refs/heads/main", "../main", "--all"):
        for path, field, do in (("/", "branch", "accept"), ("/e-mail/", "round", "keep")):
            answer = visitor.send(path, {"token": token, field: name, "do": do})
            assert answer.status in (409, 422)
    assert (head(register), head(forge)) == (before, before)
    assert visitor.get("/").status == 200
