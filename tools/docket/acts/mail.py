"""An e-mail that came to the organiser: its submission, its time, its sender's own words."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from docket.acts import mime
from docket.acts.mime import Part
from docket.text.errors import CommandError
from docket.text.escape import one_line, show_path

OURS = (".yml", ".yaml", ".yml.txt", ".yaml.txt")
"""How a submission's file is called, also where a browser or a gateway was careful."""
SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
OUTLOOK = ("application/ms-tnef", "application/vnd.ms-tnef")
FORK = "application/applefile"
"""What a Mac sends beside a file, under the same name."""
OLE = bytes.fromhex("d0cf11e0")
"""How Outlook's own .msg files begin."""
MOST = 32 * 1024 * 1024
"""So many bytes of an e-mail are read."""
LINES = 200
"""So many lines of the sender's words are shown."""
MOST_PAGE = 200_000
"""So many characters of a page are looked through for them."""


class Attached(StrEnum):
    """What is attached to an e-mail, where it is not exactly one submission."""

    NONE = "none"
    OTHERS = "others"
    """Files, but no submission."""
    SEVERAL = "several"
    SEALED = "sealed"
    """It is encrypted, or signed as one block."""
    OUTLOOK = "outlook"
    """It is inside winmail.dat."""
    NESTED = "nested"
    """E-mails in e-mails, deeper than anybody reads."""
    MSG = "msg"
    """The e-mail itself is in Outlook's own format."""
    CUT = "cut"
    """It ends in the middle."""
    BROKEN = "broken"
    """Nothing tells its parts from one another."""
    LARGE = "large"
    """It is larger than what is read."""


class NoAttachment(CommandError):
    """Not exactly one submission is attached; `names` are the files that are."""

    def __init__(self, kind: Attached, names: Iterable[str] = ()) -> None:
        """Say why, and what is attached instead."""
        shown = list(map(show_path, names))
        super().__init__(f"errors.mail.{kind}", names=shown, number=len(shown))
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail: what is attached, and who wrote what, as one may show it.

    `received` and `server` are what the last server that had it says, None and "" where it says
    nothing; `reference` is its Message-ID. `text` may be of many lines.
    """

    file: bytes | NoAttachment
    received: datetime | None
    server: str
    reference: str
    sender: str
    subject: str
    text: str


def read(content: bytes) -> Mail:
    """An e-mail as a program saved it. Raises `NoAttachment` where it cannot be read at all."""
    if len(content) > MOST:
        raise NoAttachment(Attached.LARGE)
    if content.startswith(OLE):
        raise NoAttachment(Attached.MSG)
    try:
        whole = mime.read(content)
        parts = list(mime.leaves(whole))
        file = _attached(parts)
    except mime.Cut:
        raise NoAttachment(Attached.CUT) from None
    except RecursionError:
        raise NoAttachment(Attached.NESTED) from None
    received, server = _arrival(whole.header("received"))
    return Mail(
        file=file,
        received=received,
        server=server,
        reference=whole.header("message-id"),
        sender=one_line(whole.words("from")),
        subject=one_line(whole.words("subject")),
        text=_shown(_text(parts)),
    )


def _attached(parts: Iterable[Part]) -> bytes | NoAttachment:
    """The one submission attached, or what is attached instead. Raises `Cut`."""
    ours = [part for part in parts if _is_ours(part)]
    ours = [part for part in ours if part.kind != FORK] or ours
    found = {part.body: _name(part) for part in ours}
    if len(found) == 1:
        return _utf8(next(iter(found)), ours[0])
    if found:
        return NoAttachment(Attached.SEVERAL, found.values())
    kinds = {part.kind for part in parts}
    names = [name for part in parts if (name := _name(part))]
    if kinds & {*SEALED} or any(name.lower().endswith(".p7m") for name in names):
        return NoAttachment(Attached.SEALED)
    if kinds & {*OUTLOOK} or "winmail.dat" in map(str.lower, names):
        return NoAttachment(Attached.OUTLOOK)
    if any(kind.startswith("multipart/") for kind in kinds):
        return NoAttachment(Attached.BROKEN)
    return NoAttachment(Attached.OTHERS if names else Attached.NONE, names)


def _is_ours(part: Part) -> bool:
    """Whether it is a submission's file, by any of its names, or without one by its type."""
    if part.names:
        return any(name.lower().endswith(OURS) for name in part.names)
    return part.kind.endswith(("/yaml", "/x-yaml"))


def _name(part: Part) -> str:
    ours = (name for name in part.names if name.lower().endswith(OURS))
    return next(ours, next(iter(part.names), ""))


def _utf8(content: bytes, part: Part) -> bytes:
    """A text is letters, whatever the mail wrote them in; another file is its bytes."""
    if not part.kind.startswith("text/"):
        return content
    try:
        content.decode()
    except ValueError:
        return part.text.encode()
    return content


def _arrival(header: str) -> tuple[datetime | None, str]:
    """When a server received it, and which, by its trace (RFC 5321, 4.4)."""
    trace, _, date = header.rpartition(";")
    server = re.search(r"(?:^|\s)by\s+(\S+)", re.sub(r"\([^()]*\)", "", trace))
    try:
        when = parsedate_to_datetime(date)
        received = when if when.tzinfo else when.replace(tzinfo=UTC)
        received.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None, ""
    return received, one_line(server[1]) if server else ""


def _text(parts: Iterable[Part]) -> str:
    """The sender's own words: the first plain text, else what a page says."""
    texts = [part for part in parts if part.kind.startswith("text/") and not part.names]
    try:
        for part in texts:
            if part.kind == "text/plain":
                return part.text
        return "\n".join(_unmarked(part.text) for part in texts if part.kind == "text/html")
    except mime.Cut:
        return ""


def _unmarked(page: str) -> str:
    """What an HTML page says, without what it looks like."""
    said = re.sub(r"(?is)<(style|script|title)\b.*?</\1>", "", page[:MOST_PAGE])
    lines = re.sub(r"(?i)<(?:br|p|div|tr|li|h[1-6])\b", "\n<", " ".join(said.split()))
    lines = re.sub(r"(?i)(?=<(?:br|p|div|tr|li|h[1-6])\b)", "\n", " ".join(said.split()))
    return html.unescape(re.sub(r"<[^>]*>", "", lines))


def _shown(text: str) -> str:
    """Some lines of it, none of which moves a terminal's cursor; those that are empty once."""
    lines = [one_line(line) for line in text.strip().splitlines()[:LINES]]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
