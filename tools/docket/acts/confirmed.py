"""Whose address was proved by e-mail: what the log confirms, held against the bytes it is of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docket.acts.inbox import InboxKind, SubmissionItem
from docket.acts.receipts import Line, row_confirmed
from docket.domain.docket import Docket
from docket.domain.mail import Confirmation
from docket.domain.paths import submission_path
from docket.git.log import Entry
from docket.git.store import Store
from docket.loading import yamlfile


def address_in(content: bytes | None) -> str:
    """The address of a submission's contact; "" where it is sealed, missing, or the bytes are."""
    data = yamlfile.read("", content or b"").data
    contact = data.get("contact") if isinstance(data, dict) else None
    found = contact.get("email") if isinstance(contact, dict) else None
    return found if isinstance(found, str) else ""


def confirmations(
    store: Store, told: Iterable[Entry], blobs: Mapping[str, str]
) -> Iterator[Confirmation]:
    """What the logs confirm of the answers in `blobs`: Git's id of the bytes, by reference."""
    for entry in told:
        blob = blobs.get(entry.confirms, "") if entry.confirms else ""
        domain = address_in(store.blob(blob)).rpartition("@")[2]
        if domain:
            whose = entry.round, entry.municipality, entry.confirms
            yield Confirmation(*whose, at=entry.received, domain=domain.lower())


def unwritten(store: Store, told: Iterable[Entry], docket: Docket) -> Iterator[SubmissionItem]:
    """What the logs confirm of answers in the register, and no journal says yet."""
    blobs = {one.reference: one.blob for one in docket.receipts}
    known = {one.reference for one in docket.confirmations}
    for one in confirmations(store, told, blobs):
        if one.reference not in known:
            path = submission_path(one.round, one.municipality)
            yield SubmissionItem(
                InboxKind.CONFIRMED,
                one.round,
                one.municipality,
                path,
                when=one.at,
                line=row_confirmed(one),
            )


def proved_before(
    store: Store, told: Iterable[Entry], lines: Sequence[Line]
) -> Confirmation | None:
    """Which of a sender's answers was confirmed last, whatever address the last answer has."""
    blobs = {one.arrival.reference: one.blob for one in lines}
    return max(confirmations(store, told, blobs), key=lambda one: one.at, default=None)


def proof(store: Store, told: Iterable[Entry], lines: Sequence[Line]) -> Confirmation | None:
    """Which confirmation holds for the address in the last of a sender's answers."""
    blobs = {one.arrival.reference: one.blob for one in lines}
    for one in confirmations(store, told, blobs):
        if address_in(store.blob(blobs[one.reference])) == address_in(store.blob(lines[-1].blob)):
            return one
    return None
