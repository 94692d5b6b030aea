"""Where an answer stands, for whoever holds its private link."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from docket.acts.decline import is_declined
from docket.acts.senders import Sender
from docket.acts.submit import Base
from docket.domain.paths import submission_path
from docket.form.answers import flat
from docket.git.receipt import receipt_file
from docket.git.store import Store
from docket.loading import yamlfile


class Stand(StrEnum):
    """Where it stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    OTHER = "other"
    """It was in the register, or waited, and now another answer of its municipality is there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A sender's latest answer: its bytes and what they say, and its receipt as a file.

    None and "" where the bytes are gone. `confirmed`: its contact proved the address by e-mail.
    """

    sender: Sender
    stand: Stand
    content: bytes | None
    values: Mapping[str, str]
    receipt: str = ""
    confirmed: bool = False

    @property
    def withdrawn(self) -> bool:
        """Whether it says that the municipality withdraws."""
        return "/withdrawn/date" in self.values


def standing(store: Store, base: Base, sender: Sender) -> Standing:
    """Where a sender's answer stands in the register as it is now."""
    last = sender.last
    content = store.blob(last.kept.blob) if last.kept else None
    commit = store.raw(last.entry.commit, "commit")
    proof = (
        receipt_file(commit, last.kept.salt, content)
        if last.kept and commit and content is not None
        else ""
    )
    read = sender.document or yamlfile.read("", content or b"")
    data = read.data if content is not None else {}
    return Standing(
        sender=sender,
        stand=Stand.OTHER if is_declined(store, last.entry.reference) else _stand(base, sender),
        content=content,
        values={pointer: text for pointer, text in flat(data).items() if pointer},
        receipt=proof,
    )


def _stand(base: Base, sender: Sender) -> Stand:
    path, docket = submission_path(sender.round, sender.slug), base.docket
    there, last = docket.blobs.get(path), sender.last
    if last.kept is None:
        known = {one.reference for one in docket.receipts if one.round == sender.round}
        return Stand.ACCEPTED if last.entry.reference in known else Stand.WAITING
    if there == last.kept.blob:
        return Stand.ACCEPTED
    return Stand.OTHER if last.kept.blob in base.reading.history.landed else Stand.WAITING
