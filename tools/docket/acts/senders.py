"""Who sent what to a desk: whoever holds an answer's private link is its sender.

The link's token is the sender's alone; the log keeps its SHA-256. A municipality's first sender
waits on `submission/<round>/<slug>`; a rival, who answers without the link of the answer that is
there, on a branch with a number: nobody's answer is replaced by somebody else.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from docket.acts.evidence import Kept, line_of
from docket.acts.receipts import Line
from docket.domain.paths import branch_of, parse_branch
from docket.git.log import Entry
from docket.loading.document import Document

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}\Z")
"""128 random bits, as a link can hold them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A receipt of the log, and the bytes it is of; None where they are gone."""

    entry: Entry
    kept: Kept | None


@dataclass
class Sender:
    """What came with one private link (`link`: its token's SHA-256), oldest first, on a branch.

    Nobody goes on from an answer that came without ("").
    """

    round: str
    slug: str
    link: str
    branch: str = ""
    sent: list[Sent] = field(default_factory=list)
    document: Document | None = None
    """What it sent last, where it was read already."""

    @property
    def last(self) -> Sent:
        """What counts of it."""
        return self.sent[-1]

    @property
    def is_rival(self) -> bool:
        """Whether another answer of the municipality was there when it came."""
        return bool(parse_branch(self.branch)[2])

    @property
    def lines(self) -> list[Line]:
        """The lines of the journal that its receipts become, of the bytes that are here."""
        return [line_of(one.entry, one.kept.blob) for one in self.sent if one.kept]

    def ends_with(self, blob: str) -> bool:
        """Whether these bytes are what it sent last."""
        return bool(self.sent) and self.last.kept is not None and self.last.kept.blob == blob


class Senders:
    """Everybody who sent something to a desk, by link, receipt, municipality. For one thread."""

    def __init__(self) -> None:
        """Nobody yet."""
        self.by_link: dict[str, Sender] = {}
        self.by_reference: dict[str, Sender] = {}
        self.of: dict[tuple[str, str], list[Sender]] = {}

    def __iter__(self) -> Iterator[Sender]:
        """Each sender, in the order of their first answers."""
        return (one for found in self.of.values() for one in found)

    def remember(self, sent: Sent, branch: str, document: Document | None = None) -> None:
        """Add a receipt to its sender's, who is new if the link is."""
        entry = sent.entry
        found = self.find(entry.round, entry.municipality, entry.link, branch)
        if found is None:
            found = Sender(entry.round, entry.municipality, entry.link)
            self.of.setdefault((entry.round, entry.municipality), []).append(found)
            if entry.link:
                self.by_link[entry.link] = found
        found.branch = branch or found.branch
        found.sent.append(sent)
        self.by_reference[entry.reference] = found
        found.document = document

    def find(self, round_: str, slug: str, link: str, branch: str) -> Sender | None:
        """The sender with this link in a round, in the name of this municipality.

        Without links it is whoever has the branch.
        """
        for one in self.of.get((round_, slug), ()):
            if one.link == link and (link or one.branch == branch):
                return one
        return None

    def free(self, round_: str, slug: str, start: int) -> Iterator[str]:
        """Branches that no sender has, from number `start`; the first has none.

        The number belongs to the branch, never to the slug.
        """
        used = {one.branch for one in self.of.get((round_, slug), ())}
        names = (branch_of(round_, slug, number) for number in count(start))
        return (name for name in names if name not in used)


class OtherAnswer(Exception):
    """A private link belongs to another answer than the one that it came with."""


def new_token() -> str:
    """The token of a new private link."""
    return secrets.token_urlsafe(16)


def sure(token: str) -> str:
    """A token that can be one. Raises `OtherAnswer`."""
    if not TOKEN.match(token):
        raise OtherAnswer
    return token


def link_of(token: str) -> str:
    """What the log keeps of a token: whoever reads it cannot make the link."""
    return hashlib.sha256(token.encode()).hexdigest()
