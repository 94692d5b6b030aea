"""The letters of a round: the right words to the right municipality, and nothing slipped in."""

import email
import re
from email import policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import pytest

from docket.acts import seal
from docket.acts.key import make, opener
from docket.acts.letters import Letter, Occasion, Post, Writer
from docket.domain.nouns import Contact
from docket.rules import check
from docket.summary.lines import Opener, unopened
from support.blessed import Blessed
from support.randers import PATH
from support.worlds import HERE, commit, docket_of, world

LETTERS = HERE / "letters"
HEADERS = ("From", "To", "Subject", "In-Reply-To", "Content-Language")
MEANT = {
    "open": [
        ("2031-skole", Occasion.RECEIPT),
        ("2031-skole", Occasion.APPROVAL),
        ("2030-job", Occasion.DECISION),
    ],
    "stopped": [("2030-job", Occasion.STOP), ("2031-skole", Occasion.STOP)],
}
"""Which letters are kept of each world beside the tests."""


def post(
    root: Path,
    about: Occasion,
    round_: str = "2031-skole",
    *,
    lang: str = "da",
    contacts: Opener = unopened,
) -> Post:
    """The letters of an occasion."""
    docket = docket_of(root)
    return Writer(docket, check(docket), lang, contacts).letters(docket.rounds[round_], about)


def sent(letter: Letter) -> EmailMessage:
    """A letter as a mail program opens it."""
    return email.message_from_bytes(letter.message.as_bytes(), policy=policy.default)


def words(message: EmailMessage, kind: str = "plain") -> str:
    """What it says."""
    body = message.get_body((kind,))
    assert body
    return str(body.get_content())


def shown(letter: Letter) -> str:
    """A letter as its reader sees it."""
    message = sent(letter)
    head = [f"{name}: {message[name]}\n" for name in HEADERS if message[name]]
    return "".join(head) + "\n" + words(message).replace("\r\n", "\n")


@pytest.mark.parametrize("case", MEANT)
def test_as_kept(tmp_path: Path, case: str, blessed: Blessed) -> None:
    """Each letter says, in both languages, what was once read and found good."""
    root = world(tmp_path / "register", LETTERS / case)
    made = {
        LETTERS / case / f"{round_}-{about}" / f"{one.municipality.slug}.{lang}.txt": shown(one)
        for round_, about in MEANT[case]
        for lang in ("da", "en")
        for one in post(root, about, round_, lang=lang).letters
    }
    blessed(made, (LETTERS / case).rglob("*.txt"))


def test_as_a_mail_program_wants_it(tmp_path: Path) -> None:
    """A draft with one recipient, the same words as text and as a page, the same bytes again."""
    root = world(tmp_path / "register", LETTERS / "stopped")
    first, again = (post(root, Occasion.STOP, "2030-job").letters for _ in range(2))
    assert [one.message.as_bytes() for one in first] == [one.message.as_bytes() for one in again]
    message = sent(first[0])
    assert (message["X-Unsent"], message["Date"]) == ("1", "Sat, 01 Mar 2031 12:00:00 +0100")
    assert message.get_content_type() == "multipart/alternative"
    page = words(message, "html")
    address = "https://kilde.example/stop?side=1&amp;afsnit=2"
    assert f'<a href="{address}">{address}</a>' in page
    assert unescape(re.sub(r"<[^>]*>", "", page)).split() == words(message).split()
    assert message.as_bytes().isascii()


@pytest.mark.parametrize(
    ("contact", "recipient"),
    [
        (
            Contact("Ond\r\nBcc: alle@kommune.example", "post@kommune.example"),
            "post@kommune.example",
        ),
        (Contact('"<x@y.example>, Å', "post@kommune.example"), "post@kommune.example"),
        (Contact("\ud800" + "Æ" * 300, "post@kommune.example"), "post@kommune.example"),
        (Contact("Børn", "post@høje-taastrup.example"), "post@xn--hje-taastrup-vjb.example"),
        (Contact("Børn", "børn@kommune.example"), None),
        (Contact("Børn", "post@kommune.example\r\nBcc: alle@kommune.example"), None),
        (Contact("Børn", "a@b.example, alle@kommune.example"), None),
        (Contact("Børn", "post@" + "x" * 70 + ".example"), None),
        (Contact("Børn", ""), None),
    ],
)
def test_nothing_slips_in(tmp_path: Path, contact: Contact, recipient: str | None) -> None:
    """Whatever a contact is called, a letter has one recipient, or none and says so."""
    root = world(tmp_path / "register")
    letter = post(root, Occasion.RECEIPT, contacts=lambda _: contact).letters[0]
    message = sent(letter)
    found = [one.addr_spec for one in message["To"].addresses] if message["To"] else []
    assert found == ([recipient] if recipient else [])
    assert letter.is_addressed == bool(recipient)
    assert message["Bcc"] is None
    assert "Kære Viborg Kommune" in words(message)


def test_sealed(tmp_path: Path) -> None:
    """A sealed contact is opened with the round's key; without it the letter is not addressed."""
    root, key = world(tmp_path / "register"), tmp_path / "key.json"
    public = make(key)
    path = root / "submissions/2031-skole/viborg.yml"
    fields = {"name": "Sekretariatet", "email": "post@viborg.example"}
    kept = seal.seal(public, fields, "2031-skole", "viborg")
    text = path.read_text("utf-8").split("contact:")[0]
    path.write_text(f"{text}contact: {{sealed: {kept}}}\napproval: {{status: pending}}\n", "utf-8")
    round_ = root / "submissions/2031-skole/round.yml"
    seal_ = ", ".join(f'{name}: "{value}"' for name, value in public.items())
    round_.write_text(f"{round_.read_text('utf-8')}seal: {{{seal_}}}\n", "utf-8")
    closed = post(root, Occasion.APPROVAL).letters
    opened = post(root, Occasion.APPROVAL, contacts=opener(key)).letters
    assert [one.is_addressed for one in (*closed, *opened)] == [False, True]
    assert sent(opened[0])["To"].addresses[0].addr_spec == "post@viborg.example"


def test_whom_it_concerns(tmp_path: Path) -> None:
    """What is withdrawn, refused or to be corrected gets no receipt; the last is named."""
    root = world(tmp_path / "register", LETTERS / "open")
    (root / PATH).write_text("municipality: randers\n", "utf-8")
    commit(root, "cut")
    found = post(root, Occasion.RECEIPT)
    assert [one.municipality.slug for one in found.letters] == ["nyborg", "skive", "viborg"]
    assert [one.slug for one in found.refused] == ["randers"]


def test_when_all_is_over(tmp_path: Path) -> None:
    """A designated whose council is still awaited is asked; who was not chosen no more."""
    root = world(tmp_path / "register")
    assert post(root, Occasion.APPROVAL, "2030-job").letters == ()
    path = root / "submissions/2030-job/decision.yml"
    path.write_text(path.read_text("utf-8").replace("aarhus", "odense"), "utf-8")
    assert [one.municipality.slug for one in post(root, Occasion.APPROVAL, "2030-job").letters] == [
        "odense"
    ]
    assert "Odense" in shown(post(root, Occasion.DECISION, "2030-job").letters[1])
