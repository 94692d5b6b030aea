"""An e-mail registered at the office: shown with its time, then kept as the command keeps it."""

import shutil
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from docket.acts import mail
from docket.cli.main import main
from docket.server.office_drafts import MOST, ROOM, Draft, Drafts
from docket.server.office_web import ROOM as ROOM_OF_A_FORM
from docket.text.errors import CommandError
from support.mail import message
from support.office import Answer, Visitor, office_of
from support.randers import PATH, TEXT
from support.worlds import AT, docket_of, found_in, git

TRACE = "from mail.kommune.example by mx.arrangoer.example; Fri, 28 Feb 2031 15:20:05 +0000"
CAME = "2031-02-28T16:20:05+01:00"
NUMBER = "<77@kommune.example>"
FIELDS = {
    "municipality": "Randers Kommune",
    "areas": ["folkeskole", ""],
    "contact-name": "Sekretariatet",
    "contact-email": "post@kommune.example",
}


@pytest.fixture
def visitor(register: Path) -> Iterator[Visitor]:
    """Somebody at the office of the base world."""
    with office_of(register) as found:
        yield Visitor.enter(found.port, found.guard)


def mailed(*attachments: tuple[str, bytes]) -> EmailMessage:
    """An e-mail as the organiser's server kept it."""
    mail = message(*attachments)
    mail["Received"], mail["Message-ID"] = TRACE, NUMBER
    return mail


def read(visitor: Visitor, mail: EmailMessage | bytes, name: str = "mail.eml") -> Answer:
    """What the page shows of a file that somebody chose."""
    return visitor.upload("/e-mail/", name, bytes(mail), round="2031-skole", do="read")


def after(visitor: Visitor, page: Answer, do: str, **fields: str | Sequence[str]) -> Answer:
    """Press a button of the page that shows it; what is to be kept is shown first."""
    own = {name: page.hidden(name) for name in ("token", "base", "draft", "round")}
    whole = {**own, **times(page), **fields}
    if do == "keep":
        whole["seen"] = visitor.send("/e-mail/", {**whole, "do": "show"}).hidden("seen")
    return visitor.send("/e-mail/", {**whole, "do": do})


def times(page: Answer) -> dict[str, str]:
    """What stands in the fields for time and reference."""
    parts = [page.text.partition(f'name="{name}"')[2] for name in ("received", "reference")]
    values = [one.partition('value="')[2].partition('"')[0] for one in parts]
    return dict(zip(("received", "reference"), values, strict=True))


def test_attached(register: Path, tmp_path: Path, visitor: Visitor) -> None:
    """What is attached is shown with its time; then it is what the command registers."""
    copy = tmp_path / "copy"
    shutil.copytree(register, copy)
    git(copy, "update-index", "--refresh")
    (tmp_path / "randers.yml").write_text(TEXT, "utf-8")
    words = ["receive", str(tmp_path / "randers.yml"), "--round", "2031-skole", "--at", AT]
    assert main(["-C", str(copy), *words, "--received", CAME, "--reference", NUMBER]) == 0
    before = git(register, "rev-parse", "main")
    page = read(visitor, mailed(("randers.yml", TEXT.encode())))
    assert page.status == 200
    assert "Mailserveren mx.arrangoer.example modtog den fredag den 28. februar 2031" in page.text
    assert times(page) == {"received": CAME[:-6], "reference": NUMBER}
    assert "post@kommune.example" in page.text
    assert "Hermed vores tilkendegivelse." in page.text
    assert git(register, "rev-parse", "main") == before
    assert after(visitor, page, "keep").status == 303
    assert git(register, "rev-parse", "main^{tree}") == git(copy, "rev-parse", "main^{tree}")
    assert git(register, "log", "-1", "--format=%B") == git(copy, "log", "-1", "--format=%B")
    assert found_in(register) == []


def test_in_words(register: Path, visitor: Visitor) -> None:
    """An e-mail in plain words is typed beside them, shown, and registered."""
    page = read(visitor, mailed())
    assert "Hermed vores tilkendegivelse." in page.text
    assert 'value="keep"' not in page.text
    shown = after(visitor, page, "show", **FIELDS)
    assert shown.status == 200
    assert "Ikke behandlet endnu" in shown.text
    assert not (register / PATH).exists()
    assert after(visitor, shown, "keep", **FIELDS).status == 303
    docket = docket_of(register)
    assert docket.submission_at(PATH)
    receipt = docket.receipts[-1]
    assert (receipt.received.isoformat(), receipt.reference) == (CAME, NUMBER)
    assert receipt.via == "e-mail"


def test_not_seen(register: Path, visitor: Visitor) -> None:
    """What was typed after the last look is shown before it is registered."""
    page = read(visitor, mailed())
    own = {name: page.hidden(name) for name in ("token", "base", "draft", "round")}
    whole = {**own, **times(page), **FIELDS, "motivation": "Ja."}
    seen = visitor.send("/e-mail/", {**whole, "do": "show"}).hidden("seen")
    other = {**whole, "motivation": "Nej.", "seen": seen, "do": "keep"}
    answer = visitor.send("/e-mail/", other)
    assert answer.status == 422
    assert "er ikke det, du så sidst" in answer.words
    assert not (register / PATH).exists()
    assert visitor.send("/e-mail/", {**other, "seen": answer.hidden("seen")}).status == 303


def test_the_rest_stays(register: Path, visitor: Visitor) -> None:
    """A second e-mail that says one thing leaves the rest as it was."""
    first = after(visitor, read(visitor, mailed()), "keep", **FIELDS, motivation="Ja.\r\n\r\nTak.")
    assert first.status == 303
    said = {"municipality": "randers", "approval-status": "approved"}
    said |= {"approval-date": "27-2-2031", "received": "2031-03-01T09:00"}
    page = after(visitor, read(visitor, mailed()), "show", **said)
    assert "<ins>27. februar 2031</ins>" in page.text
    assert after(visitor, page, "keep", **said).status == 303
    entry = docket_of(register).submission_at(PATH)
    assert entry
    assert entry.approval
    assert (entry.approval.status, str(entry.approval.date)) == ("approved", "2031-02-27")
    assert (entry.areas, entry.motivation) == (("folkeskole",), "Ja.\n\nTak.")


def test_wrong_fields(register: Path, visitor: Visitor) -> None:
    """What is wrong is told at its field, and what was typed stays."""
    said = {**FIELDS, "contact-email": "post(at)kommune", "contact-name": "Øst & <Vest>"}
    for do in ("show", "keep"):
        page = after(visitor, read(visitor, mailed()), do, **said)
        assert 'id="contact-email-error"' in page.text
        assert "post(at)kommune" in page.text
        assert b"<Vest>" not in page.content
    assert page.status == 422
    assert not (register / PATH).exists()


def test_typed_instead(visitor: Visitor) -> None:
    """A file that is wrong can be typed anew, with what it says already there."""
    bad = TEXT.replace("pending", "approved")
    page = read(visitor, mailed(("randers.yml", bad.encode())))
    assert 'value="keep"' not in page.text
    typing = after(visitor, page, "by-hand")
    assert 'value="post@kommune.example"' in typing.text
    assert times(typing)["received"] == CAME[:-6]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "mail.msg", "Mailen er gemt i Outlooks eget format."),
        (b"", "mail.eml", "Vælg en fil, eller skriv svaret selv."),
        (b"Subject: x", "mail.eml", "Mailen slutter midt i det hele"),
        (bytes(mailed(("a.yml", b"a: 1"), ("b.yml", b"b: 2"))), "m.eml", "2 tilkendegivelser"),
    ],
)
def test_no_mail(visitor: Visitor, content: bytes, name: str, said: str) -> None:
    """A file that is no e-mail, or brings two, is told in one sentence."""
    page = read(visitor, content, name)
    assert page.status == 422
    assert said in page.words


def test_without_a_time(register: Path, visitor: Visitor) -> None:
    """Where nothing tells when it came somebody has to say it, and not in the future."""
    page = read(visitor, TEXT.encode(), "randers.yml")
    assert times(page)["received"] == ""
    for received in ("", "2031-03-01T12:00:01"):
        answer = after(visitor, page, "keep", received=received)
        assert answer.status == 422
        assert "Indtast, hvornår" in answer.text
    assert after(visitor, page, "keep", received="2031-03-01T11:00").status == 303
    again = after(
        visitor, read(visitor, TEXT.encode(), "r.yml"), "keep", received="2031-03-01T11:00"
    )
    assert "Allerede registreret" in again.text
    assert (register / PATH).exists()


def test_forgotten(register: Path, visitor: Visitor) -> None:
    """After a restart the e-mail is chosen again."""
    page = read(visitor, mailed(("randers.yml", TEXT.encode())))
    with office_of(register) as found:
        later = Visitor.enter(found.port, found.guard)
        fields = {"do": "keep", "draft": page.hidden("draft"), "round": "2031-skole"}
        answer = later.post("/e-mail/", fields)
    assert "Mailen er ikke her længere." in answer.text


def test_late(visitor: Visitor, register: Path) -> None:
    """What came before the round opened breaks its rule, and is not registered."""
    page = read(visitor, TEXT.encode(), "randers.yml")
    answer = after(visitor, page, "keep", received="2030-12-31T23:00")
    assert answer.status == 422
    assert "bryder en regel" in answer.text
    assert "Bed om en rettelse" not in answer.text
    page = read(visitor, mailed(("randers.yml", TEXT.encode())))
    answer = after(visitor, page, "show", received="2030-12-31T23:00")
    assert "mailto:a@kommune.example?subject=Ret%20jeres%20svar" in answer.text
    assert not (register / PATH).exists()


def test_nothing_typed_is_lost(register: Path, visitor: Visitor) -> None:
    """Where the e-mail was forgotten, what was typed from it stays, and can be registered."""
    page = read(visitor, mailed())
    with office_of(register) as found:
        later = Visitor.enter(found.port, found.guard)
        token = later.get("/e-mail/").hidden("token")
        own = {name: page.hidden(name) for name in ("base", "draft", "round")}
        answer = later.send(
            "/e-mail/", {**own, **times(page), **FIELDS, "token": token, "do": "keep"}
        )
        assert "Mailen er ikke her længere." in answer.text
        assert 'value="post@kommune.example"' in answer.text
        assert not (register / PATH).exists()
        assert after(later, answer, "keep", **FIELDS).status == 303


def test_many_at_once() -> None:
    """Many e-mails that others look at push nobody's out; large ones do not fill the memory."""
    drafts = Drafts()
    mine = drafts.keep(Draft(b"mine"))
    for _ in range(MOST + 1):
        drafts.keep(Draft(b"another"))
        assert drafts.find(mine).content == b"mine"
    for _ in range(9):
        drafts.keep(Draft(bytes(ROOM // 4)))
    assert sum(one.size for one in drafts.kept.values()) <= ROOM
    drafts.forget(mine)
    with pytest.raises(CommandError):
        drafts.find(mine)


def test_too_large(visitor: Visitor) -> None:
    """An e-mail that is a little too large is refused in the office's own words."""
    answer = read(visitor, bytes(mail.MOST + ROOM_OF_A_FORM))
    assert answer.status == 413
    assert "Filen er større end 32 MB" in answer.text
