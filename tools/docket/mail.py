"""The submission in an e-mail that came to the organiser (RFC 5322), whatever is around it."""

from email import message_from_bytes, policy
from email.message import EmailMessage, Message


class NoAttachment(Exception):
    """Not exactly one submission is attached; `count` says how many."""

    def __init__(self, count: int) -> None:
        """Keep the number."""
        super().__init__(count)
        self.count = count


def attached(content: bytes) -> bytes:
    """The one .yml file attached to an e-mail, also in a forwarded or signed one.

    Raises `NoAttachment`.
    """
    message = message_from_bytes(content, policy=policy.default)
    found = {body for part in message.walk() if (body := _submission(part)) is not None}
    if len(found) != 1:
        raise NoAttachment(len(found))
    return found.pop()


def _submission(part: Message) -> bytes | None:
    if not isinstance(part, EmailMessage) or part.is_multipart():
        return None
    name = (part.get_filename() or "").lower()
    if not name.endswith((".yml", ".yaml")):
        return None
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else None
