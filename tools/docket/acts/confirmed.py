"""Whose address was proved by e-mail: what the log confirms, held against the bytes it is of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docket.acts.receipts import Line
from docket.domain.mail import Confirmation
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


def proof(store: Store, told: Iterable[Entry], lines: Sequence[Line]) -> Confirmation | None:
    """Which confirmation holds for the address in the last of a sender's answers."""
    blobs = {one.arrival.reference: one.blob for one in lines}
    for one in confirmations(store, told, blobs):
        if address_in(store.blob(blobs[one.reference])) == address_in(store.blob(lines[-1].blob)):
            return one
    return None
