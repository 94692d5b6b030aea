"""`docket receive`: register what came by another way."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from docket.acts import mail, submit
from docket.acts.files import must_be_read
from docket.acts.mail import Attached, Mail
from docket.acts.receipts import Arrival
from docket.acts.receive import NoRound, receive
from docket.acts.submit import Base
from docket.acts.typed import continued, unsaid
from docket.cli import prompts
from docket.cli.arguments import FIELDS
from docket.cli.place import place
from docket.cli.session import lang_of
from docket.cli.submission_questions import filling, lacking, said
from docket.cli.taken import arrival_of, tell_taken
from docket.domain.paths import ENDING
from docket.git.store import Store
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path

MAILS = (".eml", ".msg")


def run(options: argparse.Namespace) -> int:
    """Register what came, with its receipt, in one commit."""
    content = _content(options.file)
    with place(options, options.round) as here:
        store = here.store
        if options.file.suffix.lower() in MAILS:
            content, arrival = _mailed(options, store, content)
        else:
            _must_have_no_fields(options)
            arrival = arrival_of(options)
        name = options.file.with_suffix(ENDING).name
        found = receive(store, options.round, name, content, arrival)
        return tell_taken(here, found, lang_of(options))


@dataclass(frozen=True)
class _Intake:
    """An e-mail to be taken in, and the register as it stood when that came."""

    options: argparse.Namespace
    letter: Mail
    arrival: Arrival
    base: Base

    def file(self) -> tuple[bytes, bool]:
        """The submission's file, and whether anything of it was asked for here."""
        attached, lang = self.letter.file, lang_of(self.options)
        if isinstance(attached, bytes):
            _must_have_no_fields(self.options)
            return attached, False
        in_words = attached.kind in (Attached.NONE, Attached.OTHERS)
        asked = self.base.docket.organiser.asked
        given, areas = said(self.options, asked), self.options.area
        if not (in_words or given or areas):
            raise attached
        _must_be_there(self.base, self.options.round)
        given, areas = continued(self.base, self.options.round, given, areas)
        asking = filling(self.base, self.options.round, lang)
        missing = lacking(asked, given, areas)
        if not missing:
            return asking.file(asking.values({**unsaid(self.base), **given}, areas)), False
        if not prompts.is_there():
            key = attached.key if in_words else "errors.act.missing"
            raise CommandError(key, **attached.facts, options=", ".join(missing))
        self.show()
        content = asking.file(asking.fill_in(given, areas))
        sys.stderr.write(f"\n{content.decode()}\n")
        return content, True

    def show(self) -> None:
        """Who wrote what, in their own words."""
        self.tell("head", sender=self.letter.sender, subject=self.letter.subject)
        for line in self.letter.text.splitlines():
            sys.stderr.write(f"  | {line}\n".rstrip() + "\n")

    def tell(self, key: str, **facts: object) -> None:
        """A sentence about the e-mail, on stderr: stdout is for what was taken in."""
        organiser = self.base.docket.organiser
        said = say(f"intake.mail.{key}", lang_of(self.options), organiser, **facts)
        sys.stderr.write(f"{said}\n")


def _mailed(options: argparse.Namespace, store: Store, content: bytes) -> tuple[bytes, Arrival]:
    """The submission in an e-mail, or what its reader makes of it, and when the e-mail came."""
    letter = mail.read(content)
    arrival = arrival_of(options, letter.received, letter.reference)
    taking = _Intake(options, letter, arrival, submit.base_of(store, arrival.received))
    file, asked = taking.file()
    if options.received and not asked:
        return file, arrival
    zone = taking.base.docket.organiser.zone
    local = Arrival(arrival.received.astimezone(zone), arrival.via, arrival.reference)
    server = letter.server or "?"
    if not prompts.is_there():
        facts = {"server": server, "received": local.received.isoformat()}
        raise CommandError("errors.take.mail_time", **facts)
    if not asked:
        taking.show()
    if not options.received:
        taking.tell("came", server=server, when=local.received)
    if not prompts.confirm(say("questions.receive.register", lang_of(options)), lang_of(options)):
        raise CommandError("errors.take.unregistered")
    return file, local


def _must_have_no_fields(options: argparse.Namespace) -> None:
    """A file says itself what it says. Raises `CommandError`."""
    if any(getattr(options, name.replace("-", "_")) for name in (*FIELDS.values(), "set", "area")):
        raise CommandError("errors.take.fields")


def _must_be_there(base: Base, round_: str) -> None:
    must_be_read(base.docket, round_)
    if round_ not in base.docket.rounds:
        raise NoRound(round_, base.docket.rounds)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(mail.MOST + 1)
    except OSError:
        raise CommandError("errors.file.unopened", name=show_path(str(path))) from None
