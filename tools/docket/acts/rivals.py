"""Whose answer a branch of a desk brings: of whoever sent the one that is there, or a rival's."""

from collections.abc import Sequence
from dataclasses import replace
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


def link_of_lines(told: Sequence[Entry], lines: Sequence[Line]) -> str:
    """The private link with which the last of some receipts came, "" where nothing tells."""
    by_reference = {one.reference: one.link for one in told}
    return by_reference.get(lines[-1].arrival.reference, "") if lines else ""


def bond_of(told: Sequence[Entry], before: Docket, lines: Sequence[Line]) -> Bond | None:
    """How what a desk received goes with the register's answer; None where there is none.

    `lines` are its receipts, `told` what the logs say. Nothing is known of what came another way,
    or without a link.
    """
    link = link_of_lines(told, lines)
    path = lines[-1].path if lines else ""
    if not link or path not in before.places:
        return None
    there = reference_there(before, path)
    links = {one.reference: one.link for one in told}
    return Bond.LINK if there and links.get(there) == link else Bond.RIVAL


def bound(told: Sequence[Entry], found: Review, lines: Sequence[Line]) -> Review:
    """A review that knows with whose link the answer came.

    A rival's is not built on the one that is there: that both lie in one file is no clash.
    """
    bond = bond_of(told, found.before, lines)
    if bond is Bond.RIVAL:
        crossed = tuple(path for path in found.crossed if path != lines[-1].path)
        return replace(found, crossed=crossed)
    return replace(found, continues=bond is Bond.LINK)


def reference_there(before: Docket, path: str) -> str:
    """The reference of the answer that lies at a path, "" where it has none."""
    entry = before.submission_at(path)
    receipts = receipts_of(before, entry) if entry else ()
    here = [one for one in receipts if one.blob == before.blobs.get(path)]
    last = max(here, key=lambda one: one.received, default=None)
    return last.reference if last else ""
