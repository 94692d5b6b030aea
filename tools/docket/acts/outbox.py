"""The mails that wait, a file each in the Git folder: `docket/mail/<stage>/<name>`, one recipient.

A mail goes from stage to stage by one rename. It is `sending` from just before its text is given
to the server until the server has taken it. What a kill, or a server that falls silent, leaves
there may have been taken or not: it is set aside, and said, since nobody can tell. Of what was
taken only the name stays, so that the same mail is never sent twice.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from pathlib import Path

from docket.domain.instants import day, day_after, instant
from docket.git.pack import flush_folder
from docket.git.store import Store
from docket.text.escape import one_line

try:
    import fcntl
except ImportError:  # Windows has no flock: there `serve` and `letters` must not send at once
    fcntl = None  # type: ignore[assignment]

PAUSES = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 180, 360))
"""How long a mail waits after each try; the last one for all that follow."""
PATIENCE = timedelta(days=5)
"""So long a mail is tried again (RFC 5321, 4.5.4.1)."""
LONGEST = 300
"""So many characters of a server's own words are kept."""


class Stage(StrEnum):
    """Where a mail is; the name of its folder."""

    WAITING = "waiting"
    SENDING = "sending"
    TAKEN = "taken"
    ASIDE = "aside"


class Why(StrEnum):
    """Why a mail was set aside."""

    REFUSED = "refused"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail by its name: to which address, when it may go, how often it was tried.

    `why` a `Why`, and in the server's own `words`, where it was set aside.
    """

    name: str
    to: str
    subject: str
    since: datetime
    due: datetime
    tries: int = 0
    why: str = ""
    words: str = ""


@dataclass
class Outbox:
    """The queue below the folder `root`. Raises OSError."""

    root: Path

    @classmethod
    def of(cls, store: Store) -> "Outbox":
        """That of a repository."""
        return cls(store.shared / "docket" / "mail")

    def put(self, name: str, message: EmailMessage, now: datetime, due: datetime) -> bool:
        """Let a mail wait, on the disk; whether it is a new one. Its address is in its "To"."""
        if self.has(name):
            return False
        (to,) = message["To"].addresses
        mail = Mail(name, to.addr_spec, str(message["Subject"]), now, due)
        self._write(Stage.WAITING, mail, message.as_bytes(policy=SMTP))
        return True

    def has(self, name: str) -> bool:
        """Whether a mail waits, or was sent or set aside."""
        return any(self._path(stage, name).exists() for stage in Stage)

    def waiting(self, now: datetime | None = None) -> list[Mail]:
        """The mails that may go `now`, or all that wait, the oldest first."""
        found = [self._read(one)[0] for one in self._in(Stage.WAITING)]
        due = [one for one in found if now is None or one.due <= now]
        return sorted(due, key=lambda one: (one.since, one.name))

    def aside(self) -> list[tuple[Path, Mail]]:
        """The mails that were set aside, and where each lies."""
        return [(path, self._read(path)[0]) for path in self._in(Stage.ASIDE)]

    def content(self, mail: Mail) -> bytes:
        """The text of a mail that waits, or is being sent."""
        found = [self._path(stage, mail.name) for stage in (Stage.WAITING, Stage.SENDING)]
        return self._read(next(one for one in found if one.exists()))[1]

    def begin(self, mail: Mail) -> None:
        """Its text goes to the server now."""
        self._move(mail.name, Stage.WAITING, Stage.SENDING)

    def done(self, mail: Mail) -> None:
        """The server has taken it."""
        self._move(mail.name, Stage.SENDING, Stage.TAKEN)
        os.truncate(self._path(Stage.TAKEN, mail.name), 0)

    def put_off(self, mail: Mail, now: datetime, words: str) -> None:
        """Try it again after a pause that grows, or set it aside where it waited too long."""
        if now - mail.since > PATIENCE:
            self.set_aside(mail, Why.EXPIRED, words)
            return
        pause = PAUSES[min(mail.tries, len(PAUSES) - 1)]
        later = replace(mail, due=now + pause, tries=mail.tries + 1)
        self._write(Stage.WAITING, later, self.content(mail))
        self._path(Stage.SENDING, mail.name).unlink(missing_ok=True)

    def set_aside(self, mail: Mail, why: Why, words: str = "") -> None:
        """Send it no more; the organiser is told."""
        told = replace(mail, why=why, words=one_line(words)[:LONGEST])
        self._write(Stage.ASIDE, told, self.content(mail))
        for stage in (Stage.WAITING, Stage.SENDING):
            self._path(stage, mail.name).unlink(missing_ok=True)

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether it is ours to send: one at a time. What a kill left half done is mended first."""
        self._make(self.root)
        with open(self.root / "lock", "a", opener=_private) as file:
            try:
                if fcntl:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            for path in self._in(Stage.TAKEN):
                if path.stat().st_size:
                    os.truncate(path, 0)
            for path in self._in(Stage.SENDING):
                if self._path(Stage.WAITING, path.name).exists():
                    path.unlink()  # it was on its way back
                else:
                    self.set_aside(self._read(path)[0], Why.UNKNOWN)
            yield True

    def day_for(self, to: str, round_: str, today: date) -> date | None:
        """On which day an address may get a mail about a round: one a day, and one ahead."""
        key = hashlib.sha256(f"{round_} {to.lower()}".encode()).hexdigest()
        place = self.root / "days" / key
        last = day(place.read_text("ascii")) if place.exists() else None
        if last is not None and last > today:
            return None
        found = today if last is None or last < today else day_after(today)
        self._put(place, found.isoformat().encode())
        return found

    @property
    def told(self) -> str:
        """Up to which commit of the log mails were made; "" where none are to be."""
        place = self.root / "told"
        return place.read_text("ascii") if place.exists() else ""

    @told.setter
    def told(self, commit: str) -> None:
        if commit != self.told:
            self._put(self.root / "told", commit.encode())

    def new_token(self, reference: str) -> str:
        """A token that confirms the answer `reference`; only its SHA-256 stays here."""
        token = secrets.token_urlsafe(16)
        self._put(self._token(token), reference.encode())
        return token

    def confirms(self, token: str) -> str:
        """The reference of the answer that a token confirms, "" where it is none."""
        place = self._token(token)
        return place.read_text("ascii") if place.is_file() else ""

    def erase(self, references: Sequence[str]) -> None:
        """Delete the mails about some receipts, and what would confirm them."""
        for stage in Stage:
            for path in self._in(stage):
                if path.name.partition(".")[0] in references:
                    path.unlink(missing_ok=True)
        for path in self._in("tokens"):
            if path.read_text("ascii") in references:
                path.unlink(missing_ok=True)

    def _token(self, token: str) -> Path:
        return self.root / "tokens" / hashlib.sha256(token.encode()).hexdigest()

    def _move(self, name: str, old: Stage, new: Stage) -> None:
        self._make(self.root / new)
        self._path(old, name).rename(self._path(new, name))
        flush_folder(self.root / new)
        flush_folder(self.root / old)

    def _in(self, stage: str) -> list[Path]:
        folder = self.root / stage
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        return [one for one in found if not one.name.startswith(".")]

    def _path(self, stage: Stage, name: str) -> Path:
        return self.root / stage / name

    def _make(self, folder: Path) -> None:
        for one in (self.root.parent, self.root, folder):
            if not one.is_dir():
                one.mkdir(mode=0o700, exist_ok=True)
                flush_folder(one.parent)

    def _put(self, place: Path, content: bytes) -> None:
        """Write a file whole or not at all, on the disk, for nobody else to read."""
        self._make(place.parent)
        fresh = place.with_name(f".{place.name}")
        with open(fresh, "wb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
        flush_folder(place.parent)

    def _write(self, stage: Stage, mail: Mail, content: bytes) -> None:
        head = json.dumps(asdict(mail), default=datetime.isoformat, ensure_ascii=True)
        self._put(self._path(stage, mail.name), head.encode() + b"\n" + content)

    @staticmethod
    def _read(path: Path) -> tuple[Mail, bytes]:
        head, _, content = path.read_bytes().partition(b"\n")
        told = json.loads(head)
        times = {key: instant(told[key]) for key in ("since", "due")}
        return Mail(**{**told, **times}), content


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
