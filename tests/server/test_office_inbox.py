"""The office's inbox: what waits is shown with its evidence, and taken in as the command does."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from docket.cli.main import main
from support.desk import TOKEN, ask, body, desk_of, post, still
from support.office import Visitor, office_of
from support.randers import BRANCH, PATH, TEXT, desk_branch, propose, put
from support.worlds import commit, docket_of, found_in, git

CAME = "2031-03-01T10:00:00+01:00"
OTHER = TEXT.replace("folkeskole", "dagtilbud").replace("post@", "anden@")


@pytest.fixture
def visitor(register: Path) -> Iterator[Visitor]:
    """Somebody at the office of the base world."""
    with office_of(register) as found:
        yield Visitor.enter(found.port, found.guard)


def like_the_command(register: Path, tmp_path: Path, *words: str) -> tuple[str, str]:
    """The files and the message that a command leaves in a copy of the register."""
    copy = tmp_path / "copy"
    shutil.copytree(register, copy)
    git(copy, "update-index", "--refresh")
    assert main(["-C", str(copy), *words]) == 0
    return kept(copy)


def kept(register: Path) -> tuple[str, str]:
    """The tree of the latest commit, and its message."""
    return git(register, "rev-parse", "main^{tree}"), git(register, "log", "-1", "--format=%B")


def send(register: Path, public: Path, text: str, token: str) -> None:
    """What a desk receives."""
    with desk_of(register, public, clock=still()) as port:
        assert post(port, body(text, token=token))[0] == 201


def take(visitor: Visitor, do: str = "accept", **fields: str) -> int:
    """Press the first card's button."""
    page = visitor.get("/")
    fields = {"do": do, "branch": page.hidden("branch"), "commit": page.hidden("commit"), **fields}
    return visitor.post("/", fields).status


def test_nothing_waits(visitor: Visitor) -> None:
    """An empty inbox says so, in both languages."""
    assert "Ingen svar venter." in visitor.get("/").text
    page = visitor.get("/en/")
    assert "No submissions are waiting." in page.text
    assert '<html lang="en">' in page.text


def test_accepted_as_by_the_command(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """Who presses gets the files and the message that the command writes; and it is told."""
    send(register, tmp_path, TEXT, TOKEN)
    wanted = like_the_command(register, tmp_path, "accept", BRANCH)
    page = visitor.get("/")
    assert "1 svar venter." in page.words
    assert "✓ Rutine" in page.text
    assert "Modtaget lørdag den 1. marts 2031 kl. 12.00, i tide" in page.text
    assert "Randers Kommune" in page.text
    names = {name: page.hidden(name) for name in ("branch", "commit")}
    answer = visitor.post("/", {**names, "do": "accept"})
    assert answer.status == 303
    assert kept(register) == wanted
    place = visitor.guard.place
    after = visitor.get(answer.headers["Location"].removeprefix(place))
    assert "Gemt: svaret fra Randers Kommune" in after.text
    assert "Ingen svar venter." in after.text
    assert found_in(register, "2031-08-01") == []


def test_what_it_changes(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """A change with the private link stands beside what is there, and says what it changes."""
    send(register, tmp_path, TEXT, TOKEN)
    assert take(visitor) == 303
    send(register, tmp_path, TEXT.replace("post@", "ny@"), TOKEN)
    page = visitor.get("/")
    assert "Sendt med det private link" in page.text
    assert "post@kommune.example" in page.text
    assert "<ins>ny@kommune.example</ins>" in page.text
    assert "<ins>Folkeskole" not in page.text
    assert take(visitor) == 303
    assert "ny@kommune.example" in (register / PATH).read_text("utf-8")


def test_not_confirmed(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """Where receipts are mailed, it is told whether the sender proved an address."""
    send(register, tmp_path, TEXT, TOKEN)
    assert "bekræftet" not in visitor.get("/").text
    with (register / "submissions/organiser.yml").open("a", encoding="utf-8") as file:
        file.write("mail: {email: post@arrangoer.example}\n")
    commit(register, "mail")
    assert "Afsenderens mailadresse: ikke bekræftet" in visitor.get("/").text


def test_a_rival(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """An answer without the link is put in the other's place only by its own button."""
    send(register, tmp_path, TEXT, TOKEN)
    assert take(visitor) == 303
    send(register, tmp_path, OTHER, "b" * 22)
    page = visitor.get("/")
    assert "! To svar" in page.text
    assert "Sendt uden det private link" in page.text
    assert 'value="accept"' not in page.text
    assert take(visitor, "accept") == 409
    wanted = like_the_command(register, tmp_path, "accept", f"{BRANCH}.2", "--instead")
    assert take(visitor, "instead") == 303
    assert kept(register) == wanted


def test_the_one_there_is_kept(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """A rival is put aside: it waits no more, its holder is told, and the register is as it was."""
    send(register, tmp_path, TEXT, TOKEN)
    assert take(visitor) == 303
    send(register, tmp_path, OTHER, "b" * 22)
    before = kept(register)
    assert take(visitor, "decline") == 303
    assert "Det andet er lagt væk" in visitor.get("/?kept=declined").text
    assert "Ingen svar venter." in visitor.get("/").text
    assert kept(register) == before
    page = tmp_path / "mit-svar/index.html"
    page.parent.mkdir()
    page.write_text("<main><!-- docket:own --><!-- /docket:own --></main>", "utf-8")
    with desk_of(register, tmp_path, clock=still()) as port:
        assert "Registeret har et andet svar" in ask(port, "/mit-svar/", token="b" * 22)[1]


def test_two_that_wait(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """Two answers of one municipality stand beside each other before either is taken in."""
    send(register, tmp_path, TEXT, TOKEN)
    send(register, tmp_path, OTHER, "b" * 22)
    page = visitor.get("/")
    assert page.text.count("! To svar") == 2
    assert "<ins>anden@kommune.example</ins>" in page.text
    assert "<ins>post@kommune.example</ins>" in page.text


def test_a_correction_is_asked_for(register: Path, visitor: Visitor) -> None:
    """What breaks a rule cannot be accepted; its words are a mail to copy, or to open."""
    desk_branch(register, (TEXT.replace("pending", "approved"), CAME))
    page = visitor.get("/")
    assert "× Skal rettes" in page.text
    assert page.hidden("commit") == ""
    link = page.text.partition('href="mailto:')[2].partition('"')[0]
    assert link.startswith("post@kommune.example?subject=")
    mail = unquote(link)
    assert "Vi modtog det lørdag den 1. marts 2031 kl. 10.00." in mail
    assert "- Mødets dato: Indtast mødets dato." in mail
    assert "\r\n\r\nVenlig hilsen\r\nSekretariatet" in mail


def test_a_file_that_is_none(register: Path, visitor: Visitor) -> None:
    """What cannot be read is shown as that, and the rest of the inbox stays."""
    desk_branch(register, ("municipality: [\n<script>alert(1)</script>", CAME))
    page = visitor.get("/")
    assert page.status == 200
    assert "× Skal rettes" in page.text
    assert b"<script>alert" not in page.content


def test_not_what_was_looked_at(register: Path, visitor: Visitor) -> None:
    """A sender who sends again while somebody looks: nothing is taken in unseen."""
    desk_branch(register, (TEXT, CAME))
    seen = visitor.get("/").hidden("commit")
    git(register, "switch", "--quiet", BRANCH)
    put(register, OTHER)
    commit(register, "x")
    git(register, "switch", "--quiet", "main")
    before = git(register, "rev-parse", "main")
    answer = visitor.post("/", {"do": "accept", "branch": BRANCH, "commit": seen})
    assert answer.status == 409
    assert "Afsenderen har sendt noget nyt" in answer.text
    assert git(register, "rev-parse", "main") == before


def test_two_press_at_once(register: Path, visitor: Visitor) -> None:
    """The second to accept the same is told that it is done."""
    desk_branch(register, (TEXT, CAME))
    page = visitor.get("/")
    fields = {name: page.hidden(name) for name in ("token", "base", "branch", "commit")}
    assert visitor.send("/", fields).status == 303
    again = visitor.send("/", fields)
    assert again.status == 409
    assert "en anden har taget det ind" in again.text


def test_somebody_changed_the_same(register: Path, visitor: Visitor) -> None:
    """Who presses on an old page is shown what changed in that file, and nothing is written."""
    desk_branch(register, (TEXT, CAME))
    page = visitor.get("/")
    put(register, OTHER)
    commit(register, "Rettet efter et opkald")
    before = git(register, "rev-parse", "main")
    fields = {name: page.hidden(name) for name in ("token", "base", "branch", "commit")}
    answer = visitor.send("/", fields)
    assert answer.status == 409
    assert "Rettet efter et opkald" in answer.text
    assert "+areas: [dagtilbud]" in answer.text
    assert git(register, "rev-parse", "main") == before


def test_another_file_is_no_clash(register: Path, visitor: Visitor) -> None:
    """What changed elsewhere meanwhile is in nobody's way."""
    desk_branch(register, (TEXT, CAME))
    page = visitor.get("/")
    commit(register, "noget andet")
    fields = {name: page.hidden(name) for name in ("token", "base", "branch", "commit")}
    assert visitor.send("/", fields).status == 303


def test_undated(register: Path, visitor: Visitor) -> None:
    """A branch that does not prove when it came is accepted with a time that somebody says."""
    propose(register, {PATH: TEXT})
    git(register, "branch", "-m", "change", BRANCH)
    page = visitor.get("/")
    assert 'type="datetime-local"' in page.text
    assert take(visitor) == 409
    assert take(visitor, received="2031-03-01T12:00:01") == 409
    assert take(visitor, received="i går") == 409
    assert take(visitor, received="2031-02-20T09:30", reference="#12") == 303
    receipt = docket_of(register).receipts[-1]
    assert (receipt.received.isoformat(), receipt.via) == (
        "2031-02-20T09:30:00+01:00",
        "pull-request",
    )
    assert receipt.reference == "#12"


def test_the_agenda(register: Path, visitor: Visitor) -> None:
    """What `docket inbox` tells besides is there too."""
    put(register, TEXT)
    commit(register, "uden kvittering")
    page = visitor.get("/")
    assert "Tilkendegivelser uden kvittering (1)" in page.text
    assert "Randers Kommune, 2031-skole: på grenen" in page.text
