"""Whose answer a branch of a desk brings: of whoever sent the one that is there, or a rival's."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from docket.acts.receipts import Line
from docket.domain.arrival import receipts_of
from docket.domain.docket import Docket
from docket.git.log import Entry
from docket.rules.review import Review


class Bond(StrEnum):
    """How an answer goes with the one in the register."""

    LINK = "link"
    """It came with that one's private link."""
    RIVAL = "rival"
    """It came without: somebody else sent it, or the link is lost."""


@dataclass(frozen=True, slots=True)
class Ties:
    """With which private link an answer came ("": none is known), and what lies in its place.

    `path` is its place, `there` the reference of the register's answer, `bond` how the two go
    together: None where there is none, or nothing tells.
    """

    link: str = ""
    path: str = ""
    there: str = ""
    bond: Bond | None = None

    def seen_in(self, found: Review) -> Review:
        """A review that knows with whose link the answer came.

        A rival's is not built on the one that is there: that both lie in one file is no clash.
        """
        if self.bond is Bond.RIVAL:
            crossed = tuple(path for path in found.crossed if path != self.path)
            return found._replace(crossed=crossed)
        return found._replace(continues=self.bond is Bond.LINK)


def ties_of(told: Sequence[Entry], before: Docket, lines: Sequence[Line]) -> Ties:
    """How what a desk received goes with the register's answer.

    `lines` are its receipts by the logs, `told` what these say. Nothing is known of what came
    another way, or without a link.
    """
    link = _link(told, lines[-1].arrival.reference) if lines else ""
    path = lines[-1].path if lines else ""
    if not link or path not in before.places:
        return Ties(link, path)
    there = _reference_there(before, path)
    bond = Bond.LINK if there and _link(told, there) == link else Bond.RIVAL
    return Ties(link, path, there, bond)


def _link(told: Sequence[Entry], reference: str) -> str:
    """The private link with which a receipt was got."""
    return next((one.link for one in told if one.reference == reference), "")


def _reference_there(before: Docket, path: str) -> str:
    """The reference of the answer that lies at a path, "" where it has none."""
    entry = before.submission_at(path)
    receipts = receipts_of(before, entry) if entry else ()
    here = [one for one in receipts if one.blob == before.blobs.get(path)]
    last = max(here, key=lambda one: one.received, default=None)
    return last.reference if last else ""
