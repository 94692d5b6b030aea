"""The nouns: everything read, as frozen values."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from docket.domain.addresses import OURS, Addresses
from docket.domain.asked import AS_GIVEN, Answers, Asked
from docket.domain.instants import Day, Moment
from docket.domain.languages import PACKAGE, Language, Texts
from docket.domain.licences import CC_BY
from docket.domain.mail import Mailbox
from docket.domain.office import Office
from docket.domain.received import Received
from docket.domain.signers import SigningKey
from docket.domain.states import ApprovalStatus, ForgeKind, Way

Words = Mapping[str, Mapping[str, str]]
"""A register's own words: by language, and by the hole of a sentence that they fill."""
NO_WORDS: Words = {}


class Place(NamedTuple):
    """Where something stands: line and column from 1, `pointer` a JSON Pointer (RFC 6901)."""

    path: str
    line: int = 1
    column: int = 1
    pointer: str = ""


class Finding(NamedTuple):
    """A rule broken at a place. `variant` picks the sentence; `facts` fill it.

    A fact is a str, an int, a Moment, a Both or a tuple of str.
    """

    code: str
    place: Place
    variant: str = ""
    facts: Mapping[str, object] = {}
    also: tuple[Place, ...] = ()


class Municipality(NamedTuple):
    """One entry of the register; `domain` is that of its e-mail, `abbr` stands on its tile."""

    slug: str
    name: str
    full: str
    region: str = ""
    code: str = ""
    council: str = ""
    domain: str = ""
    tile: tuple[int, int] | None = None
    also: tuple[str, ...] = ()
    abbr: str = ""


class Forge(NamedTuple):
    """Where pull requests are opened."""

    kind: ForgeKind
    address: str
    branch: str


class Organiser(NamedTuple):
    """What holds for the whole register. Without `has_zone` nobody knows when a day begins."""

    zone: ZoneInfo
    site: str
    forge: Forge | None = None
    signers: tuple[SigningKey, ...] = ()
    words: Words = NO_WORDS
    office: Office | None = None
    has_zone: bool = True
    publisher: Texts | None = None
    licence: str = CC_BY
    mail: Mailbox | None = None
    languages: tuple[Language, ...] = PACKAGE
    addresses: Addresses = OURS
    asked: Asked = AS_GIVEN

    @property
    def first(self) -> Language:
        """The language at the root of the site, and of what is said in one alone."""
        return self.languages[0]

    def words_in(self, lang: str) -> Mapping[str, str]:
        """The register's words in `lang`, by the hole they fill."""
        return self.words.get(lang) or self.words.get(self.first, {})

    def below(self, lang: str) -> str:
        """What stands before a path of the site in `lang`: nothing in the first, else `en/`."""
        return "" if lang == self.first or lang not in self.languages else f"{lang}/"


class Receiver(NamedTuple):
    """To whom submissions of a round are sent."""

    name: str
    contact: str = ""
    email: str = ""


class Round(NamedTuple):
    """One call. `seats` maps each area to its number of seats, None where not limited.

    `letter` is where the call can be read; `seal` a public key (JWK), where contacts are sealed.
    """

    slug: str
    path: str
    title: Texts
    seats: Mapping[str, int | None]
    wishes: int = 1
    opens: Moment | None = None
    deadline: Moment | None = None
    after: tuple[str, ...] = ()
    receiver: Receiver | None = None
    letter: str = ""
    decides: Texts | None = None
    rehearsal: bool = False
    register: bool = True
    received: Received | None = None
    seal: Mapping[str, str] | None = None
    retention: Day | None = None
    erased: Day | None = None
    note: Texts | None = None
    sources: tuple[str, ...] = ()


class Contact(NamedTuple):
    """Whom the organiser writes to. Never published; `sealed`, only a key opens it."""

    name: str = ""
    email: str = ""
    title: str = ""
    phone: str = ""
    sealed: str = ""


class Approval(NamedTuple):
    """Where the council stands; a date with `pending` is that of the meeting planned."""

    status: ApprovalStatus
    body: str = ""
    date: Day | None = None
    minutes: str = ""


class Withdrawal(NamedTuple):
    """The submission is taken back from this day on."""

    date: Day
    reason: str = ""


class Submission(NamedTuple):
    """A municipality's signal of interest in a round.

    `contact` is None only where the file is refused for it, and `approval` where the register
    asks for none too. `own` are the answers to the register's own fields.
    """

    round: str
    path: str
    municipality: str
    areas: tuple[str, ...]
    contact: Contact | None
    approval: Approval | None
    motivation: str = ""
    withdrawn: Withdrawal | None = None
    own: Answers = ()


class Receipt(NamedTuple):
    """That bytes were received: when, by which way, and Git's id of them."""

    round: str
    place: Place
    municipality: str
    received: datetime
    via: Way
    blob: str
    reference: str = ""


class Version(NamedTuple):
    """What a submission's file was from `received` on: by its receipt, else by its landing.

    `received` is None where nothing tells; `blob` is "" where it was deleted; `entry` is None
    where it could not be read, and then `findings` say why, at `places`, if its bytes are here.
    """

    received: datetime | None
    blob: str
    receipt: Receipt | None = None
    entry: Submission | None = None
    findings: tuple[Finding, ...] = ()
    places: Mapping[str, Place] = {}


class Designation(NamedTuple):
    """One municipality designated in one area; `until` where it ends before the others."""

    municipality: str
    area: str
    until: Day | None = None


class Stop(NamedTuple):
    """A decision taken back for all, with the reason."""

    date: Day
    reason: Texts
    source: str


class Decision(NamedTuple):
    """Who is designated in a round. `until` is the last day in force."""

    round: str
    path: str
    decided: Day
    designated: tuple[Designation, ...]
    until: Day | None = None
    stopped: Stop | None = None
    note: Texts | None = None
    sources: tuple[str, ...] = ()
