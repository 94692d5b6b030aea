"""E-mails that somebody looks at before they count: kept for this run only, never on the disk."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from docket.acts import mail
from docket.acts.mail import Attached, Mail, NoAttachment
from docket.text.errors import CommandError

MOST, ROOM = 200, 64 * 1024 * 1024
"""So many are kept, and so many bytes; what nobody looked at for longest goes first."""
MAILS = (".eml", ".msg")
IN_WORDS = (Attached.NONE, Attached.OTHERS)
"""An e-mail that brings no file says in words what is to be typed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen: a submission's file, an e-mail, or neither where all is typed.

    `content` is the submission in it, None where it is to be typed.
    """

    content: bytes | None = None
    letter: Mail | None = None

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        return len(self.content or b"") + len(self.letter.text if self.letter else "")


@dataclass
class Drafts:
    """The drafts of all who work here, by numbers that nobody guesses."""

    kept: OrderedDict[str, Draft] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def keep(self, draft: Draft) -> str:
        """Remember a draft; answer its number."""
        number = secrets.token_urlsafe(12)
        with self.lock:
            self.kept[number] = draft
            while len(self.kept) > MOST or sum(one.size for one in self.kept.values()) > ROOM:
                self.kept.popitem(last=False)
        return number

    def find(self, number: str) -> Draft:
        """The draft with a number. Raises `CommandError` where it is forgotten."""
        with self.lock:
            if number not in self.kept:
                raise CommandError("office.email.forgotten")
            self.kept.move_to_end(number)
            return self.kept[number]

    def forget(self, number: str) -> None:
        """It is registered."""
        with self.lock:
            self.kept.pop(number, None)


def draft_of(name: str, content: bytes) -> Draft:
    """What is in a file that somebody chose. Raises `CommandError`, `NoAttachment`."""
    if not content:
        raise CommandError("office.email.no_file")
    if not name.lower().endswith(MAILS):
        return Draft(content)
    letter = mail.read(content)
    if isinstance(letter.file, NoAttachment):
        if letter.file.kind not in IN_WORDS:
            raise letter.file
        return Draft(None, letter)
    return Draft(letter.file, letter)
