"""A receipt by e-mail, and its link, by which whoever got it proves the address."""

import json
import queue
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import pytest

from docket.acts import evidence
from docket.acts.outbox import Outbox
from docket.acts.post import Post, begin, deliver, forget
from docket.acts.smtp import Server
from docket.cli.main import main
from docket.domain.mail import Mailbox
from docket.git.log import Entry, read_chain
from docket.git.store import Store
from docket.loading.register import load_schemas
from docket.loading.trees import Folder
from docket.server.clock import Clock
from docket.server.desk import Desk
from docket.server.door import open_door
from docket.server.postman import Postman
from docket.site.generated import pages
from docket.site.pages.form import Setting
from support.built import add_sealed, running
from support.desk import ORIGIN, TOKEN, ask, body, post
from support.mailserver import Told, mailserver
from support.randers import BRANCH, PATH, TEXT
from support.worlds import NOW, commit, docket_of, found_in, git

OTHER = "b" * 22
OLD, NEW = "post@kommune.example", "ny@randers.dk"
CHANGED = TEXT.replace(OLD, NEW)
CONFIRM = re.compile(r"/bekraeft/#([\w-]{22})")


@dataclass
class Office:
    """A register whose desk mails, the server that gets its mails, and its clock."""

    root: Path
    told: Told
    smtp: int
    port: int = 0
    now: datetime = field(default=NOW)

    def send(self, text: str = TEXT, token: str = TOKEN, round_: str = "2031-skole") -> str:
        """An answer by the form's script; its reference. Its mails are sent."""
        status, data, _ = post(self.port, body(text, round_, token))
        assert status == 201, data
        self.deliver()
        return str(data["reference"])

    def deliver(self) -> None:
        """What the postman does when the bell rings."""
        with closing(Store(self.root)) as store:
            deliver(store, self.way, lambda: self.now)

    @property
    def seconds(self) -> float:
        """What its clock that is never set shows."""
        return self.now.timestamp()

    @property
    def way(self) -> Post:
        """How it mails."""
        sender = Mailbox("svar@arrangoer.example", "Skranken")
        return Post(Server("127.0.0.1", self.smtp, tls=False), sender, ORIGIN)

    def mails(self) -> list[tuple[str, str]]:
        """To whom each mail went, and what it was about."""
        return [(to, mail["Subject"].partition(":")[0].strip()) for to, mail in self.told.mails]

    def token(self) -> str:
        """What the last mail confirms with."""
        found = CONFIRM.search(words(self.told.mails[-1][1]))
        assert found
        return found[1]

    def entries(self) -> tuple[Entry, ...]:
        """All that the log says."""
        with closing(Store(self.root)) as store:
            return evidence.entries(store, docket_of(self.root).organiser)


def words(mail: EmailMessage, kind: Literal["plain", "html"] = "plain") -> str:
    """A mail's words."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@pytest.fixture
def office(register: Path, tmp_path: Path) -> Iterator[Office]:
    """The base world with a desk that mails."""
    path = register / "submissions/organiser.yml"
    path.write_text(f"{path.read_text('utf-8')}mail: {{email: svar@arrangoer.example}}\n", "utf-8")
    add_sealed(register)
    commit(register, "mail")
    for name in ("mit-svar", "bekraeft", "en/bekraeft"):
        page = tmp_path / "public" / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("<main><!-- docket:own --><!-- /docket:own --></main>", "utf-8")
    with closing(Store(register)) as store:
        evidence.new_signer(store)
        begin(store)
    with mailserver() as (told, smtp):
        made = Office(register, told, smtp)
        clock = Clock(lambda: made.now, lambda: made.seconds)
        desk = Desk(register, frozenset({ORIGIN}), clock, mails=True)
        with running(open_door(tmp_path / "public", 0, desk)) as made.port:
            yield made
        desk.turns.close()


def confirm(office: Office, token: str, where: str = "/bekraeft/") -> tuple[int, str]:
    """What the button of the page answers."""
    return ask(office.port, where, token=token)


def test_receipt(office: Office) -> None:
    """The contact gets the receipt's facts, the deadline as a file, and nothing a sender wrote."""
    text = TEXT.replace("Sekretariatet", "Ondsindet navn") + "motivation: Vores egne ord\n"
    reference = office.send(text)
    ((to, mail),) = office.told.mails
    assert to == OLD
    assert [one.addr_spec for one in mail["To"].addresses] == [OLD]
    assert mail["Subject"] == "Vi har modtaget jeres svar: Runde om skole (opdigtet)"
    assert str(mail["From"]) == "Skranken <svar@arrangoer.example>"
    assert str(mail["Reply-To"]) == "Sekretariatet <post@arrangoer.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"]
    assert mail["Date"].datetime == NOW
    told = words(mail)
    for part in (reference, "Randers Kommune", "lørdag den 1. marts 2031", office.token()):
        assert part in told
    page = re.sub(r"<[^>]*>", "", words(mail, "html"))
    assert page.split() == told.split()
    (calendar,) = mail.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert b"DTSTART:20310630T100000Z" in calendar.get_payload(decode=True)
    whole = office.told.raw[0].decode()
    for secret in ("Ondsindet", "egne ord", TOKEN, "mit-svar/#"):
        assert secret not in told
        assert secret not in whole


def test_confirmed(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Pressed, it is in the log; accepted, it is a line of its own that no rule counts."""
    reference = office.send(CHANGED)
    arguments = ["-C", str(office.root), "--lang", "da", "inbox"]
    assert main(arguments) == 0
    assert "ikke bekræftet" in capsys.readouterr().out
    status, html = confirm(office, office.token())
    assert status == 200
    assert "Adressen er bekræftet" in html
    assert reference in html
    answer, proof = office.entries()
    assert (proof.confirms, proof.reference[:2], answer.digest) == (reference, "B-", proof.digest)
    assert main(arguments) == 0
    assert "bekræftet fra randers.dk, kommunens eget domæne" in capsys.readouterr().out
    assert main(["-C", str(office.root), "accept", BRANCH]) == 0
    journal = (office.root / "submissions/2031-skole/receipts.yml").read_text("utf-8")
    line = f'{{municipality: randers, reference: "{reference}", confirmed: {{at: '
    assert line in journal
    assert journal.rstrip().endswith('domain: "randers.dk"}}')
    docket = docket_of(office.root)
    assert [one.reference for one in docket.confirmations] == [reference]
    assert [one.reference for one in docket.receipts].count(reference) == 1
    assert found_in(office.root, "2031-08-01") == []


def test_confirmed_after_it_was_taken_in(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """The inbox has the line for the journal, which reads as it should; then it waits no more."""
    reference = office.send()
    assert main(["-C", str(office.root), "accept", BRANCH]) == 0
    confirm(office, office.token())
    arguments = ["-C", str(office.root), "--lang", "da", "inbox"]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "Bekræftet med mail, efter svaret blev taget ind (1)" in told
    (line,) = [row.strip() for row in told.splitlines() if "confirmed: {at" in row]
    journal = office.root / "submissions/2031-skole/receipts.yml"
    journal.write_text(f"{journal.read_text('utf-8')}{line}\n", "utf-8")
    assert [one.reference for one in docket_of(office.root).confirmations] == [reference]
    assert main(arguments) == 0
    assert "Bekræftet med mail" not in capsys.readouterr().out


def test_pressed_twice_and_after_a_restart(office: Office) -> None:
    """Once more it says the same and writes nothing, in another run of the desk too."""
    office.send()
    token = office.token()
    assert confirm(office, f" {ORIGIN}/bekraeft/#{token} ")[0] == 200
    head = git(office.root, "for-each-ref", "refs/docket/log")
    desk = Desk(office.root, frozenset({ORIGIN}), Clock(lambda: NOW, lambda: 0.0))
    with running(open_door(office.root.parent / "public", 0, desk)) as port:
        assert ask(port, "/en/bekraeft/", token=token)[0] == 200
    desk.turns.close()
    assert git(office.root, "for-each-ref", "refs/docket/log") == head


@pytest.mark.parametrize("token", ["x", "A" * 22, "../told", "<b>", "", "é" * 22, "B" * 5000])
def test_made_up(office: Office, token: str) -> None:
    """A code that is none gets one sentence and the field again, and tells of nobody."""
    office.send()
    status, html = confirm(office, token)
    assert status == (404 if token else 422)
    assert ("Vi kender ikke koden" if token else "Indsæt koden") in html
    assert "Randers" not in html
    assert len(office.entries()) == 1


def test_looking_presses_nothing(office: Office) -> None:
    """Whoever only looks at the page has confirmed nothing, and the code is in no address."""
    office.send()
    assert ask(office.port, f"/bekraeft/?token={office.token()}", "GET")[0] == 200
    assert len(office.entries()) == 1
    evil = "https://evil.example"
    assert ask(office.port, "/bekraeft/", origin=evil, token=office.token())[0] == 403
    assert len(office.entries()) == 1


def test_one_a_day_until_it_is_confirmed(office: Office) -> None:
    """An address that has not confirmed gets one mail today, one tomorrow, and no flood."""
    for number in range(4):
        office.send(TEXT + f"motivation: Nummer {number}\n")
    assert len(office.told.mails) == 1
    office.now += timedelta(days=1)
    office.deliver()
    assert len(office.told.mails) == 2
    confirm(office, office.token())
    for number in range(3):
        office.send(TEXT + f"motivation: Igen {number}\n")
    assert len(office.told.mails) == 5
    assert CONFIRM.search(words(office.told.mails[-1][1])) is None


def test_told_to_the_old_contact(office: Office) -> None:
    """Who changes the contact, or withdraws, is answered at the new one; the old one is told."""
    office.send()
    confirm(office, office.token())
    office.send(CHANGED)  # the same day: an address that confirmed is told at once
    assert office.mails()[1:] == [
        (NEW, "Vi har modtaget jeres svar"),
        (OLD, "Jeres svar har fået en ny kontaktperson"),
    ]
    assert not CONFIRM.search(words(office.told.mails[-1][1]))
    office.now += timedelta(days=1)
    office.send(TEXT + "withdrawn: {date: 2031-03-03}\n")
    assert office.mails()[3:] == [
        (OLD, "Vi har modtaget jeres tilbagetrækning"),
        (NEW, "Jeres svar er trukket tilbage"),
    ]


def test_told_of_a_rival(office: Office) -> None:
    """Whoever has an answer, accepted too, is told of one that comes without its link."""
    office.send()
    assert main(["-C", str(office.root), "accept", BRANCH]) == 0
    office.now += timedelta(days=1)
    office.send(CHANGED, OTHER)
    assert office.mails()[1:] == [
        (NEW, "Vi har modtaget jeres svar"),
        (OLD, "Vi har modtaget endnu et svar fra jeres kommune"),
    ]
    assert NEW not in words(office.told.mails[-1][1])


def test_confirmed_for_its_own_address(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """A confirmation holds for the address that got the mail, and not for one put in its place."""
    office.send()
    confirm(office, office.token())
    office.now += timedelta(days=1)
    office.send(CHANGED)
    assert main(["-C", str(office.root), "--lang", "da", "inbox"]) == 0
    told = capsys.readouterr().out
    assert "Afsenderens mailadresse: ikke bekræftet." in told
    assert "Svarets tidligere mailadresse: bekræftet fra et andet domæne" in told


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("a@job.randers.dk", "bekræftet fra job.randers.dk, kommunens eget domæne"),
        ("a@RANDERS.dk", "bekræftet fra randers.dk, kommunens eget domæne"),
        ("a@xranders.dk", "bekræftet fra et andet domæne (xranders.dk)"),
        ("a@randers.dk.example", "bekræftet fra et andet domæne (randers.dk.example)"),
        ("a@randérs.dk", "bekræftet fra et andet domæne (randérs.dk)"),
    ],
)
def test_whose_domain(
    office: Office, email: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What lies below the municipality's own domain is its own; what only looks like it is not."""
    office.send(TEXT.replace(OLD, email))
    confirm(office, office.token())
    assert main(["-C", str(office.root), "--lang", "da", "inbox"]) == 0
    assert told in capsys.readouterr().out


def test_sheet_alone_tells_it(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """The organiser's own sheet has it; what is passed on or published does not."""
    office.send(CHANGED)
    confirm(office, office.token())
    assert main(["-C", str(office.root), "accept", BRANCH]) == 0
    capsys.readouterr()
    words_ = ["-C", str(office.root), "summary", "2031-skole", "--format", "csv"]
    assert main([*words_, "--with-contacts"]) == 0
    assert "kommunens eget domæne" in capsys.readouterr().out
    assert main(words_) == 0
    assert "bekræft" not in capsys.readouterr().out.lower()


def test_sealed(office: Office) -> None:
    """A sealed contact gets no mail, and the page says so."""
    office.send()
    status, html = ask(office.port, "/mit-svar/", token=TOKEN)
    assert status == 200
    assert f"Vi sender også kvitteringen til {OLD}" in html
    office.send(TEXT, OTHER, "proeve-segl")
    assert "kontaktpersonen er forseglet" in ask(office.port, "/mit-svar/", token=OTHER)[1]
    assert len(office.told.mails) == 1


def test_no_mail(office: Office) -> None:
    """Where no mail is set up all goes on; what came then is not mailed later."""
    with closing(Store(office.root)) as store:
        forget(store)
    assert post(office.port, body(token=TOKEN))[0] == 201
    office.deliver()
    with closing(Store(office.root)) as store:
        begin(store)
    office.deliver()
    assert office.told.mails == []


def test_a_crash_only_delays(office: Office) -> None:
    """What was received and not mailed is mailed by the next run; what was mailed is not again."""
    office.told.recipient = lambda _: "451 later"
    office.send()
    with closing(Store(office.root)) as store:
        outbox = Outbox.of(store)
        outbox.told = "-"  # killed before it was written down
        begin(store)
        outbox.told = "-"
    office.told.recipient = lambda _: "250 OK"
    office.now += timedelta(hours=1)
    office.deliver()
    office.deliver()
    assert len(office.told.mails) == 1


def test_no_secret_is_kept(office: Office) -> None:
    """No token stands in Git or among the codes; and what was sent is nowhere."""
    office.send()
    token = office.token()
    confirm(office, token)
    everything = b"".join(
        one.read_bytes() for one in (office.root / ".git").rglob("*") if one.is_file()
    )
    log = git(office.root, "log", "--format=%B", "--glob=refs/docket/log/*")
    for secret in (token, TOKEN):
        assert secret.encode() not in everything
        assert secret not in log


def test_nothing_is_left_of_it(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Once a round's retention is over, its mails go too, also those that were set aside."""
    path = office.root / "submissions/2031-skole/round.yml"
    path.write_text(f"{path.read_text('utf-8')}retention: 2031-02-20\n", "utf-8")
    commit(office.root, "retention")
    office.told.recipient = lambda _: "550 no such user"
    office.send()
    mail = office.root / ".git/docket/mail"
    assert any(OLD.encode() in one.read_bytes() for one in mail.rglob("*") if one.is_file())
    arguments = ["-C", str(office.root), "--at", "2031-12-01", "erase", "2031-skole", "--yes"]
    assert main(arguments) == 0, capsys.readouterr()
    assert not any(OLD.encode() in one.read_bytes() for one in mail.rglob("*") if one.is_file())
    assert list((mail / "tokens").iterdir()) == []


def test_published(office: Office) -> None:
    """The public list of receipts has no word of who confirmed."""
    reference = office.send()
    confirm(office, office.token())
    with closing(Store(office.root)) as store:
        signer = evidence.signer_of(store)
        assert signer
        chain = read_chain(store, signer.public)
    docket = docket_of(office.root)
    setting = Setting(docket, load_schemas(Folder(office.root)))
    text = pages(setting, (), None, (chain,))["da/data/kvitteringer.json"]
    assert [one["reference"] for one in json.loads(text)["receipts"]] == [reference]


def test_other_way_in(office: Office) -> None:
    """An answer in the register that came another way has a contact who is told of the desk's."""
    (office.root / PATH).write_text(TEXT, "utf-8")
    commit(office.root, "by mail")
    office.send(CHANGED)
    assert (OLD, "Vi har modtaget endnu et svar fra jeres kommune") in office.mails()


def test_postman(office: Office) -> None:
    """The postman mails what an earlier run left, then what comes, and says why something waits."""
    said: queue.Queue[str] = queue.Queue()
    assert post(office.port, body(token=TOKEN))[0] == 201
    postman = Postman(office.root, office.way, said.put, lambda: office.now)
    postman.start()
    assert office.told.came.get(timeout=30) == OLD
    office.told.recipient = lambda _: "451 later"
    assert post(office.port, body(CHANGED, token=TOKEN))[0] == 201
    postman.ring("")
    assert said.get(timeout=30) == "1 mail venter og bliver prøvet igen: 451 later"


def test_wrong_setting_is_told_at_the_start(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A desk with a wrong mail server does not start, and never prints the password."""
    monkeypatch.setenv("DOCKET_SMTP", "smtps://skranke:hemmeligt@")
    assert main(["-C", str(office.root), "serve"]) == 2
    told = capsys.readouterr().err
    assert "DOCKET_SMTP skal se sådan ud" in told
    assert "hemmeligt" not in told
