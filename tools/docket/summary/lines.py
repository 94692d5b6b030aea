"""A round as those who decide read it: one line for each submission, typed and in order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from docket.domain.docket import Docket
from docket.domain.instants import in_effect
from docket.domain.nouns import Approval, Bilingual, Contact, Head, Municipality, Submission
from docket.domain.paths import OwnFile, own_path
from docket.domain.states import ApprovalStatus, Status, Way
from docket.text.pairs import pair
from docket.views.figures import Figures, approval, figures, in_time, receipt_of
from docket.views.round import RoundView, Row

NOBODY = Contact()
Opener = Callable[[Submission], Contact | None]
"""From a submission to its contact in clear, None where that cannot be opened."""


@dataclass(frozen=True, slots=True)
class Line:
    """One submission; words are codes here. `in_time` is None where nothing tells."""

    municipality: Municipality
    areas: tuple[str, ...]
    received: datetime | None
    via: Way | None
    reference: str
    in_time: bool | None
    approval: ApprovalStatus
    council: Approval
    motivation: str
    status: Status
    designated: str
    withdrawn: date | None
    corrections: tuple[str, ...]
    contact: Contact


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

    def say(self, da: str, en: str) -> str:
        """The one of two words that is in the language of the summary."""
        return pair(self.docket.organiser, Bilingual(da, en), self.lang)

    def local(self, instant: datetime) -> datetime:
        """An instant as the organiser's clock shows it."""
        return instant.astimezone(self.docket.organiser.zone).replace(tzinfo=None)


def summarise(
    docket: Docket,
    view: RoundView,
    head: Head | None,
    lang: str,
    contacts: Opener | None = None,
) -> Summary:
    """Everything the formats tell of a round; contacts only where they are opened."""
    lines = tuple(
        _line(docket, view, row, contact_of(row.submission, contacts) if contacts else None)
        for row in view.rows
    )
    read = {row.submission.path for row in view.rows}
    unread = dict.fromkeys(
        one.place.path for one in view.findings if one.place.path not in read | _own(view)
    )
    return Summary(
        docket,
        view,
        figures(docket, view),
        lines,
        tuple((path, _codes(view, path)) for path in unread),
        head,
        lang,
        contacts is not None,
    )


def contact_of(submission: Submission, opener: Opener) -> Contact:
    """The contact, in clear where it can be: the one place that hands it out."""
    return opener(submission) or submission.contact or NOBODY


def unopened(submission: Submission) -> Contact | None:
    """The contact as it stands in the file: a sealed one stays sealed."""
    return submission.contact


def _line(docket: Docket, view: RoundView, row: Row, contact: Contact | None) -> Line:
    entry = row.submission
    receipt = receipt_of(docket, row)
    reference = receipt.reference if receipt else ""  # it can be the address of an e-mail
    gone = entry.withdrawn and in_effect(entry.withdrawn.date, docket.now, docket.organiser.zone)
    chosen = (one.area for one in view.designated if one.municipality == row.municipality.slug)
    return Line(
        municipality=row.municipality,
        areas=entry.areas,
        received=row.received,
        via=receipt.via if receipt else None,
        reference=reference if contact or "@" not in reference else "",
        in_time=in_time(docket, view, row),
        approval=approval(docket, entry),
        council=entry.approval or Approval(ApprovalStatus.PENDING),
        motivation=entry.motivation.strip(),
        status=row.status,
        designated=next(chosen, ""),
        withdrawn=entry.withdrawn.date if entry.withdrawn and gone else None,
        corrections=_codes(view, entry.path),
        contact=contact or NOBODY,
    )


def _codes(view: RoundView, path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.code for one in view.findings if one.place.path == path))


def _own(view: RoundView) -> set[str]:
    """The organiser's own files of a round."""
    return {own_path(view.round.slug, name) for name in OwnFile}
