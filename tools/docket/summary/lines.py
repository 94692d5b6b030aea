"""A round as those who decide read it: one line for each submission, typed and in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from docket.domain.asked import Answers, Asked, OwnField
from docket.domain.docket import Docket
from docket.domain.instants import Moment, in_effect
from docket.domain.mail import Confirmation
from docket.domain.nouns import Approval, Contact, Municipality, Stop, Submission, Version
from docket.domain.paths import OwnFile, own_path
from docket.domain.states import ApprovalStatus, Status, Way
from docket.git.entries import Head
from docket.text.catalogue import say
from docket.views.figures import Figures, approval, figures, in_time
from docket.views.round import RoundView, Row, is_stopped

NOBODY = Contact()
Opener = Callable[[Submission], Contact | None]
"""From a submission to its contact in clear, None where that cannot be opened."""


@dataclass(frozen=True, slots=True)
class Line:
    """One submission; words are codes here. `in_time` is None where nothing tells.

    `via` and `reference` are those of its first receipt, `latest` is the reference of what it
    says now.
    """

    municipality: Municipality
    areas: tuple[str, ...]
    received: datetime | None
    via: Way | None
    reference: str
    latest: str
    in_time: bool | None
    approval: ApprovalStatus
    council: Approval
    motivation: str
    status: Status
    designated: str
    withdrawn: date | None
    corrections: tuple[str, ...]
    contact: Contact
    confirmed: Confirmation | None
    own: Answers = ()


@dataclass(frozen=True)
class Summary:
    """One round, its numbers and its lines; `contacts`: this is the organiser's own copy.

    `unread` are the files that are no line, each with the codes of its findings.
    """

    docket: Docket
    view: RoundView
    figures: Figures
    lines: tuple[Line, ...]
    unread: tuple[tuple[str, tuple[str, ...]], ...]
    head: Head | None
    lang: str
    contacts: bool

    def say(self, key: str, mark: Callable[[str], str] = str, /, **facts: object) -> str:
        """A sentence of the catalogue, in the language of the summary; `mark` as there."""
        return say(key, self.lang, self.docket.organiser, mark, **facts)

    @property
    def asked(self) -> Asked:
        """What answers are asked for."""
        return self.docket.organiser.asked

    @property
    def own(self) -> tuple[OwnField, ...]:
        """The register's own fields that are told here: all only in the organiser's own copy."""
        return self.asked.own if self.contacts else self.asked.published

    def local(self, moment: Moment | None) -> Moment | None:
        """An instant as the organiser's clock shows it, without its offset; a day as it is."""
        if isinstance(moment, datetime):
            return moment.astimezone(self.docket.organiser.zone).replace(tzinfo=None)
        return moment

    @property
    def stop(self) -> Stop | None:
        """The stop, once its day has come."""
        decision = self.view.decision
        return decision.stopped if decision and is_stopped(self.docket, decision) else None


def summarise(
    docket: Docket,
    view: RoundView,
    head: Head | None,
    lang: str,
    contacts: Opener | None = None,
) -> Summary:
    """Everything the formats tell of a round; contacts only where they are opened."""
    codes = _codes(view)
    lines = tuple(
        _line(docket, view, row, codes, contact_of(row.submission, contacts) if contacts else None)
        for row in view.rows
    )
    told = {row.submission.path for row in view.rows}
    told |= {own_path(view.round.slug, name) for name in OwnFile}
    return Summary(
        docket=docket,
        view=view,
        figures=figures(docket, view),
        lines=lines,
        unread=tuple((path, found) for path, found in codes.items() if path not in told),
        head=head,
        lang=lang,
        contacts=contacts is not None,
    )


def contact_of(submission: Submission, opener: Opener) -> Contact:
    """The contact, in clear where it can be: the one place that hands it out."""
    return opener(submission) or submission.contact or NOBODY


def unopened(submission: Submission) -> Contact | None:
    """The contact as it stands in the file: a sealed one stays sealed."""
    return submission.contact


def _line(
    docket: Docket,
    view: RoundView,
    row: Row,
    codes: Mapping[str, tuple[str, ...]],
    contact: Contact | None,
) -> Line:
    entry = row.submission
    receipt = row.arrival.receipt if row.arrival else None
    gone = entry.withdrawn and in_effect(entry.withdrawn.date, docket.now, docket.organiser.zone)
    chosen = (one.area for one in view.designated if one.municipality == row.municipality.slug)
    return Line(
        municipality=row.municipality,
        areas=entry.areas,
        received=row.received,
        via=receipt.via if receipt else None,
        reference=_reference(row.arrival, contact),
        latest=_reference(row.latest, contact),
        in_time=in_time(docket, view, row),
        approval=approval(docket, entry),
        council=entry.approval or Approval(ApprovalStatus.PENDING),
        motivation=entry.motivation.strip(),
        status=row.status,
        designated=next(chosen, ""),
        withdrawn=entry.withdrawn.date if entry.withdrawn and gone else None,
        corrections=codes.get(entry.path, ()),
        contact=contact or NOBODY,
        confirmed=_confirmed(docket, entry) if contact else None,
        own=entry.own,
    )


def _confirmed(docket: Docket, entry: Submission) -> Confirmation | None:
    """The confirmation of the address that the submission has now."""
    email = entry.contact.email if entry.contact else ""
    same = {
        one.receipt.reference
        for one in docket.versions.get(entry.path, ())
        if one.receipt and one.entry and one.entry.contact and one.entry.contact.email == email
    }
    known = (one for one in docket.confirmations if one.round == entry.round)
    return next((one for one in known if email and one.reference in same), None)


def _reference(version: Version | None, contact: Contact | None) -> str:
    """The reference of a version's receipt: it can be the address of an e-mail."""
    receipt = version.receipt if version else None
    reference = receipt.reference if receipt else ""
    return reference if contact or "@" not in reference else ""


def _codes(view: RoundView) -> dict[str, tuple[str, ...]]:
    """The codes of each file's findings, in their order, each once."""
    codes: dict[str, dict[str, None]] = {}
    for one in view.findings:
        codes.setdefault(one.place.path, {})[one.code] = None
    return {path: tuple(found) for path, found in codes.items()}
