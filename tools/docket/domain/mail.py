"""What e-mail adds: from whom the organiser's are, and who proved an address by one."""

from datetime import datetime
from typing import NamedTuple

from docket.domain.paths import OwnFile, own_path


class Mailbox(NamedTuple):
    """From whom e-mails are."""

    email: str
    name: str = ""


class Confirmation(NamedTuple):
    """That the contact of the answer `reference` pressed the button of its e-mail.

    `domain` is that of its address. It is no arrival of bytes.
    """

    round: str
    municipality: str
    reference: str
    at: datetime
    domain: str

    @property
    def path(self) -> str:
        """The journal that tells it."""
        return own_path(self.round, OwnFile.RECEIPTS)

    def is_at(self, own: str) -> bool:
        """Whether the address is at the domain `own`, or below it."""
        return bool(own) and f".{self.domain}".lower().endswith(f".{own.lower()}")
