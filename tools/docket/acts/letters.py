"""A letter to each municipality that a round concerns: an e-mail for the organiser to send."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum

from docket.acts.compose import address, fill
from docket.acts.letters_text import Reader, approval, decision, receipt, stop
from docket.domain.docket import Docket
from docket.domain.nouns import Contact, Finding, Municipality, Round
from docket.domain.states import ApprovalStatus, RoundState, Status
from docket.summary.lines import Opener, contact_of
from docket.text.errors import CommandError
from docket.text.escape import one_line
from docket.views.round import RoundView, Row, all_rounds, is_stopped

MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


class Occasion(StrEnum):
    """What a letter is about."""

    RECEIPT = "receipt"
    APPROVAL = "approval"
    DECISION = "decision"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail to one municipality; where its contact cannot be told, it has no "To" yet."""

    municipality: Municipality
    message: EmailMessage

    @property
    def is_addressed(self) -> bool:
        """Whether it says to whom it goes."""
        return "To" in self.message

    @property
    def address(self) -> str:
        """To which address it goes, "" where it does not say."""
        found = self.message["To"].addresses if self.is_addressed else ()
        return found[0].addr_spec if found else ""


@dataclass(frozen=True, slots=True)
class Post:
    """All letters of one occasion; `refused` are those whose answer is to be corrected first."""

    letters: tuple[Letter, ...]
    refused: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True)
class _Addressee:
    """Whom a letter is for: its submission's row, if the round has one of it."""

    municipality: Municipality
    row: Row | None


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes letters of a register in a language; `opener` opens sealed contacts."""

    docket: Docket
    findings: Sequence[Finding]
    lang: str
    opener: Opener

    def letters(self, round_: Round, about: Occasion) -> Post:
        """The letters of one occasion. Raises `CommandError` where it has not come yet."""
        rounds = all_rounds(self.docket, self.findings)
        view = next(one for one in rounds if one.round.slug == round_.slug)
        _must_have_come(self.docket, view, about)
        bad = view.unread if about in (Occasion.DECISION, Occasion.STOP) else _to_correct(view)
        reader = Reader(self.docket, view, rounds, self.lang)
        return Post(
            tuple(
                Letter(one.municipality, self._message(reader, one, about))
                for one in _addressees(self.docket, view, about)
                if one.municipality.slug not in bad
            ),
            tuple(self.docket.register[slug] for slug in sorted(bad)),
        )

    def _message(self, reader: Reader, one: _Addressee, about: Occasion) -> EmailMessage:
        slug, row = one.municipality.slug, one.row
        if about == Occasion.DECISION:
            subject, paragraphs = decision(reader, slug, row)
        elif about == Occasion.STOP:
            subject, paragraphs = stop(reader, slug)
        else:
            write = receipt if about == Occasion.RECEIPT else approval
            subject, paragraphs = write(reader, row) if row else ("", [])
        text = "\n\n".join(reader.framed(one.municipality, paragraphs))
        message = _bare(self.docket, reader.view.round, self.lang)
        message["Subject"] = one_line(subject)
        contact = contact_of(row.submission, self.opener) if row else Contact()
        if to := address(contact.name or one.municipality.full, contact.email):
            message["To"] = to
        arrival = row.arrival.receipt if row and row.arrival else None
        if arrival and MESSAGE_ID.fullmatch(arrival.reference):
            message["In-Reply-To"] = message["References"] = arrival.reference
        fill(message, text, self.lang)
        return message


def _must_have_come(docket: Docket, view: RoundView, about: Occasion) -> None:
    stopped = view.decision is not None and is_stopped(docket, view.decision)
    if about == Occasion.APPROVAL and not docket.organiser.asked.approval:
        raise CommandError("errors.letters.unasked")
    if about == Occasion.DECISION and view.decided is None:
        raise CommandError("errors.letters.undecided", round=view.round.slug)
    if about == Occasion.DECISION and view.state != RoundState.DECIDED:
        raise CommandError("errors.letters.over", round=view.round.slug)
    if about == Occasion.STOP and not stopped:
        raise CommandError("errors.letters.unstopped", round=view.round.slug)


def _to_correct(view: RoundView) -> frozenset[str]:
    """Those of whom nothing more can be said than that their answer is to be corrected."""
    return frozenset(slug for slug, refused in view.refused.items() if refused)


def _addressees(docket: Docket, view: RoundView, about: Occasion) -> Iterator[_Addressee]:
    """Whom it concerns, in the order of the round's table; of a round not kept here the chosen."""
    chosen = {one.municipality for one in view.designated}
    for row in view.live:
        if _concerns(view, row, about):
            yield _Addressee(row.municipality, row)
    if about in (Occasion.DECISION, Occasion.STOP):
        known = {row.municipality.slug for row in view.live}
        for slug in sorted(chosen - known):
            yield _Addressee(docket.register[slug], None)


def _concerns(view: RoundView, row: Row, about: Occasion) -> bool:
    entry, designated = row.submission, row.status == Status.DESIGNATED
    match about:
        case Occasion.APPROVAL:
            pending = entry.approval and entry.approval.status == ApprovalStatus.PENDING
            under_way = view.state in (RoundState.OPEN, RoundState.CLOSED)
            return bool(pending) and (
                under_way or (view.state == RoundState.DECIDED and designated)
            )
        case Occasion.STOP:
            return designated or not view.designated
        case _:
            return True


def _bare(docket: Docket, round_: Round, lang: str) -> EmailMessage:
    """A letter's headers: a draft (`X-Unsent`), so that whoever opens it can send it."""
    message = EmailMessage(SMTP)
    receiver = round_.receiver
    if receiver and (found := address(receiver.name, receiver.email)):
        message["From"] = found
    message["Date"] = format_datetime(docket.now.astimezone(docket.organiser.zone))
    message["Content-Language"] = lang
    message["X-Unsent"] = "1"
    return message
