"""A register's own questions in the office: typed for a sender, and compared side by side."""

from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from support.mail import message
from support.office import Answer, Visitor, office_of
from support.own import ask
from support.randers import PATH
from support.worlds import commit, docket_of

GIVEN: dict[str, str | Sequence[str]] = {
    "municipality": "Randers Kommune",
    "areas": ["folkeskole", ""],
    "contact-name": "Sekretariatet",
    "contact-email": "post@kommune.example",
}
OWN: dict[str, str | Sequence[str]] = {
    "own-elever": "1.250",
    "own-budget": "12,125",
    "own-start": "foraar",
    "own-trin-2": "udskoling",
    "own-privat": "false",
}


@pytest.fixture
def visitor(register: Path) -> Iterator[Visitor]:
    """Somebody at the office of a register with questions of its own."""
    ask(register)
    commit(register, "asking", "2031-02-03T12:00:00+01:00")
    with office_of(register) as found:
        yield Visitor.enter(found.port, found.guard)


def _mail() -> EmailMessage:
    mail = message()
    mail["Received"] = (
        "from mail.kommune.example by mx.arrangoer.example; Fri, 28 Feb 2031 15:20:05 +0000"
    )
    return mail


def _send(visitor: Visitor, page: Answer, do: str, **fields: str | Sequence[str]) -> Answer:
    own = {name: page.hidden(name) for name in ("token", "base", "draft", "round", "seen")}
    came = {"received": "2031-02-28T16:20:05", "reference": "J-1"}
    return visitor.send("/e-mail/", {**own, **came, **fields, "do": do})


def test_typed(register: Path, visitor: Visitor) -> None:
    """Each question is asked there too; what is wrong is told at it, and what is right is kept."""
    page = visitor.upload("/e-mail/", "mail.eml", bytes(_mail()), round="2031-skole", do="read")
    for told in ("Antal elever", "Svaret vises ikke på siden.", "Til foråret", 'id="own-trin-2"'):
        assert told in page.text
    page = _send(visitor, page, "look", **GIVEN, **{**OWN, "own-elever": "mange"})
    assert "»mange« i feltet »Antal elever« er ikke et helt tal." in page.text
    assert 'value="12,125"' in page.text
    assert 'value="udskoling" checked' in " ".join(page.text.split())
    page = _send(visitor, page, "look", **GIVEN, **OWN)
    for told in ("1.250", "12,125", "7.-9. klasse", "Nej"):
        assert told in page.words
    assert _send(visitor, page, "keep", **GIVEN, **OWN).status == 303
    entry = docket_of(register).submission_at(PATH)
    assert entry
    assert dict(entry.own) == {
        "elever": 1250,
        "budget": 12.125,
        "start": "foraar",
        "trin": ("udskoling",),
        "privat": False,
    }
