"""An e-mail as it is put together: an address that is one, and the same words in two forms."""

import hashlib
import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage

from docket.text.escape import one_line
from docket.text.markup import exact

LINK = re.compile(r"https?://[^\s<>\"&]*(?:&amp;[^\s<>\"&]*)*")


def address(name: str, email: str) -> Address | None:
    """An address as a header holds it, None where a mail server could not take it."""
    local, _, host = email.rpartition("@")
    try:
        plain = host.encode("idna").decode() if host else ""
        return Address(one_line(name), addr_spec=f"{local}@{plain}") if local.isascii() else None
    except (MessageError, ValueError, IndexError):
        return None


def fill(message: EmailMessage, text: str, lang: str) -> None:
    """The words, plain and as a simple page; the same letter is the same bytes."""
    message.set_content(f"{text}\n", cte="quoted-printable")
    paragraphs = [str(exact(one)).replace("\n", "<br>\n") for one in text.split("\n\n")]
    linked = [LINK.sub(r'<a href="\g<0>">\g<0></a>', one) for one in paragraphs]
    body = "\n".join(f"<p>{one}</p>" for one in linked)
    page = f'<!doctype html>\n<html lang="{lang}">\n<body>\n{body}\n</body>\n</html>\n'
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{hashlib.sha256(text.encode()).hexdigest()[:24]}")
