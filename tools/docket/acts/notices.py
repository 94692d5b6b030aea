"""What the desk mails by itself: the receipt to its contact, and what others do to an answer.

It is made from the log, after the sender was answered, so that nobody waits for it and a crash
only delays it. It holds nothing that a sender wrote: whoever types a stranger's address makes
the desk say no word of his own, and at most one mail a day.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from functools import cached_property

from docket.acts.compose import address, fill
from docket.acts.confirmed import address_in, proof
from docket.acts.evidence import kept_of, line_of
from docket.acts.outbox import Outbox
from docket.acts.receipts import Line
from docket.domain.docket import Docket
from docket.domain.instants import begins, day_of
from docket.domain.mail import Mailbox
from docket.domain.nouns import Round
from docket.domain.paths import submission_path
from docket.git.log import Entry
from docket.git.store import Store
from docket.loading import yamlfile
from docket.site.feeds import deadline
from docket.text.catalogue import say
from docket.text.escape import one_line
from docket.views.round import round_view

MORNING = timedelta(hours=7)
"""When in a day goes what was too much for the day before."""


def sent_by(sender: Mailbox, now: datetime) -> EmailMessage:
    """An e-mail without recipient and words, which answers itself no e-mail (RFC 3834)."""
    message = EmailMessage(SMTP)
    message["From"] = address(sender.name, sender.email)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=message["From"].addresses[0].domain)
    message["Auto-Submitted"] = "auto-generated"
    return message


@dataclass(frozen=True)
class Notices:
    """Makes the mails about what a desk received; `told` is all that the logs say.

    `docket` has the register and its rounds, `base` is the desk's own address.
    """

    store: Store
    docket: Docket
    sender: Mailbox
    base: str
    told: Sequence[Entry]

    @cached_property
    def outbox(self) -> Outbox:
        """Where they wait."""
        return Outbox.of(self.store)

    def put(self, entry: Entry, now: datetime) -> None:
        """Let the mails about a receipt wait. Once more, nothing changes. Raises OSError."""
        round_ = self.docket.rounds.get(entry.round)
        if entry.confirms or round_ is None or entry.municipality not in self.docket.register:
            return
        own = [one for one in self._before(entry) if _is_one(one, entry)]
        lines = [*self._lines(own), *self._lines([entry])]
        if not lines:
            return
        content = self.store.blob(lines[-1].blob)
        to, kind = address_in(content), "withdrawn" if _withdraws(content) else "received"
        letter = _Letter(self, entry, round_, now, kind=kind)
        proved = proof(self.store, self.told, lines) is not None
        letter.put(to, limited=not (proved and own), confirm=not proved)
        if own:
            before = address_in(self.store.blob(lines[-2].blob)) if len(lines) > 1 else ""
            self._tell(letter, [before], to, f"{kind}_elsewhere")
        else:
            self._tell(letter, self._others(entry), to, "rival")

    def _tell(self, letter: "_Letter", addresses: Sequence[str], to: str, kind: str) -> None:
        for one in dict.fromkeys(addresses):
            if one and one != to:
                limited = one.lower() not in self._proved(letter.entry)
                letter.of(kind).put(one, limited=limited, confirm=False)

    def _proved(self, entry: Entry) -> set[str]:
        """The addresses that confirmed an answer of its municipality in its round."""
        place = entry.round, entry.municipality
        proved = {one.confirms for one in self.told if (one.round, one.municipality) == place}
        lines = self._lines([one for one in self.told if one.reference in proved])
        return {address_in(self.store.blob(one.blob)).lower() for one in lines}

    def _before(self, entry: Entry) -> list[Entry]:
        """The receipts of its municipality in its round that came before."""
        place = entry.round, entry.municipality
        same = [one for one in self.told if (one.round, one.municipality) == place]
        known = [one for one in same if not one.confirms]
        references = [one.reference for one in known]
        return known[: references.index(entry.reference)] if entry.reference in references else []

    def _others(self, entry: Entry) -> list[str]:
        """The contacts of the answers that were there before a rival's."""
        before = self._before(entry)
        last = {one.link or one.reference: one for one in before}
        contents = [self.store.blob(one.blob) for one in self._lines(list(last.values()))]
        path = submission_path(entry.round, entry.municipality)
        there = self.store.blob(self.store.blob_at(self.store.commit(), path))
        return [address_in(one) for one in (*contents, there)]

    def _lines(self, entries: Sequence[Entry]) -> list[Line]:
        found = ((one, kept_of(self.store, one.reference)) for one in entries)
        return [line_of(one, kept.blob) for one, kept in found if kept]


@dataclass(frozen=True)
class _Letter:
    """A mail about a receipt; `kind` is a word of the catalogue's `mails`."""

    notices: Notices
    entry: Entry
    round: Round
    now: datetime
    kind: str = field(kw_only=True)

    @property
    def lang(self) -> str:
        """The register's first language: the desk does not keep in which one a form was read."""
        return self.notices.docket.organiser.first

    def of(self, kind: str) -> "_Letter":
        """The same, about something else."""
        return _Letter(self.notices, self.entry, self.round, self.now, kind=kind)

    def put(self, to: str, *, limited: bool, confirm: bool) -> None:
        """Let it wait for an address, if that is one, and may get a mail today or tomorrow."""
        docket, outbox = self.notices.docket, self.notices.outbox
        found = address(docket.register[self.entry.municipality].full, to) if to else None
        name = f"{self.entry.reference}.{self.kind}.{_mark(to)}"
        if found is None or outbox.has(name):
            return
        zone, due = docket.organiser.zone, self.now
        today = day_of(self.now, zone)
        day = outbox.day_for(to, self.round.slug, today) if limited else today
        if day is None:
            return
        if day != today:
            due = begins(day, zone) + MORNING
        message = sent_by(self.notices.sender, self.now.astimezone(zone))
        message["To"] = found
        receiver = self.round.receiver
        if receiver and (answers := address(receiver.name, receiver.email)):
            message["Reply-To"] = answers
        message["Subject"] = one_line(self._say(f"{self.kind}.subject"))
        message["Content-Language"] = self.lang
        token = outbox.new_token(self.entry.reference) if confirm else ""
        fill(message, "\n\n".join(self._paragraphs(token)), self.lang)
        if self.kind == "received":
            self._attach(message)
        outbox.put(name, message, self.now, due)

    def _paragraphs(self, token: str) -> Iterator[str]:
        if self.round.rehearsal:
            yield say("round.exercise", self.lang, self.notices.docket.organiser)
        yield self._say("greeting", name=self.notices.docket.register[self.entry.municipality].full)
        yield self._say(f"{self.kind}.told")
        yield self._say("reference", reference=self.entry.reference)
        if token:
            page = self.notices.docket.organiser.addresses.of("bekraeft/")
            yield self._say("confirm", address=f"{self.notices.base}/{page}#{token}")
            yield self._say("code", token=token)
        if self.kind == "received":
            yield self._say("link")
        yield self._say(f"{self.kind}.unknown")

    def _say(self, key: str, **facts: object) -> str:
        organiser = self.notices.docket.organiser
        shared = {"round": self.round.title, "received": self.entry.received}
        return say(f"mails.{key}", self.lang, organiser, **{**shared, **facts})

    def _attach(self, message: EmailMessage) -> None:
        docket = self.notices.docket
        calendar = deadline(docket, round_view(docket, self.round, ()), self.lang)
        if calendar:
            name = f"{self.round.slug}.ics"
            message.add_attachment(calendar.encode(), "text", "calendar", filename=name)


def _is_one(one: Entry, other: Entry) -> bool:
    """Whether both came with one private link."""
    return bool(one.link) and one.link == other.link


def _mark(to: str) -> str:
    """What tells the mails of one receipt apart, and tells no address."""
    return hashlib.sha256(to.lower().encode()).hexdigest()[:12]


def _withdraws(content: bytes | None) -> bool:
    data = yamlfile.read("", content or b"").data
    return isinstance(data, dict) and "withdrawn" in data
