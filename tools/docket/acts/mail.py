"""The submission in an e-mail that came to the organiser (RFC 5322), whatever is around it."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from enum import StrEnum

from docket.text.errors import CommandError
from docket.text.escape import show_path

OURS = (".yml", ".yaml")
SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
OUTLOOK = ("application/ms-tnef", "application/vnd.ms-tnef")
OLE = bytes.fromhex("d0cf11e0")
"""How Outlook's own .msg files begin."""


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


class NoAttachment(CommandError):
    """Not exactly one submission is attached; `names` are the files that are."""

    def __init__(self, kind: Attached, names: tuple[str, ...] = ()) -> None:
        """Say why, and what is attached instead."""
        shown = list(map(show_path, names))
        super().__init__(f"errors.mail.{kind}", names=shown, number=len(names))


def attached(content: bytes) -> bytes:
    """The one .yml file attached to an e-mail, also in a forwarded or signed one.

    Raises `NoAttachment`.
    """
    if content.startswith(OLE):
        raise NoAttachment(Attached.MSG)
    try:
        parts = list(_parts(message_from_bytes(content, policy=policy.default)))
    except RecursionError:
        raise NoAttachment(Attached.NESTED) from None
    named = [(_name(part), part) for part in parts]
    found = {_body(part): name for name, part in named if name.lower().endswith(OURS)}
    if len(found) == 1:
        return found.popitem()[0]
    if found:
        raise NoAttachment(Attached.SEVERAL, tuple(found.values()))
    kinds = {part.get_content_type() for part in parts}
    names = tuple(filter(None, (name for name, _ in named)))
    if kinds & set(SEALED) or any(name.lower().endswith(".p7m") for name in names):
        raise NoAttachment(Attached.SEALED)
    if kinds & set(OUTLOOK) or "winmail.dat" in map(str.lower, names):
        raise NoAttachment(Attached.OUTLOOK)
    raise NoAttachment(Attached.OTHERS if names else Attached.NONE, names)


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, also those of e-mails attached to this one."""
    for part in message.walk():
        if part.is_multipart():
            continue
        if _name(part).lower().endswith(".eml"):
            yield from _parts(message_from_bytes(_body(part), policy=policy.default))
        else:
            yield part


def _name(part: Message) -> str:
    return part.get_filename() or "" if isinstance(part, EmailMessage) else ""


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""
