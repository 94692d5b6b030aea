"""Mails given to the mail server that DOCKET_SMTP names: one connection, one recipient each.

What the server says decides: taken, refused for good (5xx of this mail), or to be tried again.
"""

import os
import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urlsplit

from docket.acts.outbox import Mail, Outbox, Why
from docket.text.errors import CommandError

NAME = "DOCKET_SMTP"
"""The environment variable: `smtps://user:password@host[:port]`, or `smtp://…`."""
PORTS = {"smtps": 465, "smtp": 587}
LOCAL = ("localhost", "127.0.0.1", "::1")
TIMEOUT = 60.0
"""Seconds that a server may be silent."""
OK, START, BAD = 250, 354, 500


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server; `tls` from the first byte, else as soon as it offers it."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a turn: how many were taken, put off and set aside; and the server's words.

    `busy`: another process is sending, and will send these as well.
    """

    taken: int = 0
    put_off: int = 0
    aside: int = 0
    words: str = ""
    busy: bool = False


class _Trouble(Exception):
    """The server cannot be used now: no mail's own fault."""


class _Unknown(Exception):
    """The text was sent, and the server's answer never came."""


def server_of(text: str | None = None) -> Server | None:
    """The server that DOCKET_SMTP names, None where it is not set.

    Raises `CommandError`, which never holds the password.
    """
    given = os.environ.get(NAME, "") if text is None else text
    if not given:
        return None
    try:
        found = urlsplit(given)
        user, password = unquote(found.username or ""), unquote(found.password or "")
        rest = found.path.strip("/") or found.query or found.fragment
        whole = f"{found.hostname or ''}{user}{password}"
        plain = whole.isascii() and whole.isprintable() and found.hostname and not rest
        if not plain or bool(user) != bool(password):
            raise ValueError  # noqa: TRY301 - all that is wrong is said alike
        port = found.port or PORTS[found.scheme]
        host, tls = str(found.hostname), found.scheme == "smtps"
    except (ValueError, KeyError):
        raise CommandError("errors.post.setting", name=NAME) from None
    return Server(host, port, tls, user=user, password=password)


def send_all(outbox: Outbox, server: Server, sender: str, clock: Callable[[], datetime]) -> Sent:
    """Send what is due, from the address `sender`. Raises OSError of the disk only."""
    with outbox.turn() as ours:
        due = outbox.waiting(clock()) if ours else []
        if not due:
            return Sent(busy=not ours)
        link = _Link(server, sender)
        try:
            return _send(outbox, link, due, clock)
        finally:
            link.close()


def _send(outbox: Outbox, link: "_Link", due: list[Mail], clock: Callable[[], datetime]) -> Sent:
    taken = put_off = aside = 0
    words = ""
    for number, mail in enumerate(due):
        try:
            code, said = link.give(outbox, mail)
        except _Trouble as error:
            words = str(error)
            for one in due[number:]:  # nobody waits for each of them
                outbox.put_off(one, clock(), words)
            put_off += len(due) - number
            break
        except _Unknown as error:
            outbox.set_aside(mail, Why.UNKNOWN, str(error))
            aside += 1
            continue
        if code == OK:
            outbox.done(mail)
            taken += 1
        elif code >= BAD:
            outbox.set_aside(mail, Why.REFUSED, said)
            aside += 1
        else:
            outbox.put_off(mail, clock(), said)
            put_off, words = put_off + 1, said
    return Sent(taken, put_off, aside, words=words)


class _Link:
    """A connection, made when it is first needed, and again after it broke."""

    def __init__(self, server: Server, sender: str) -> None:
        self.server, self.sender = server, sender
        self.smtp: smtplib.SMTP | None = None

    def close(self) -> None:
        """Say goodbye, if anybody listens."""
        if self.smtp:
            with suppress(OSError, smtplib.SMTPException):
                self.smtp.quit()
            self.smtp.close()
        self.smtp = None

    def give(self, outbox: Outbox, mail: Mail) -> tuple[int, str]:
        """Give the server a mail; what it said of it last.

        Raises `_Trouble`, and `_Unknown` where it may have taken it.
        """
        try:
            smtp = self.smtp = self.smtp or _connected(self.server)
            code, said = smtp.mail(self.sender)
            if code >= BAD:  # about the sender, and so about all mails
                raise _Trouble(_words(code, said))
            if code == OK:
                code, said = smtp.rcpt(mail.to)
            if code in (OK, OK + 1):
                code, said = smtp.docmd("DATA")
            if code != START:
                smtp.rset()
                return code, _words(code, said)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _Trouble(_said(error)) from None
        outbox.begin(mail)
        try:
            smtp.send(_dotted(outbox.content(mail)))
            code, said = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _Unknown(_said(error)) from None
        return code, _words(code, said)


def _connected(server: Server) -> smtplib.SMTP:
    """A connection, encrypted and logged in. A password never goes out in the clear."""
    context = ssl.create_default_context()
    address = server.host, server.port
    if server.tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(*address, timeout=server.timeout, context=context)
    else:
        smtp = smtplib.SMTP(*address, timeout=server.timeout)
    try:
        smtp.ehlo_or_helo_if_needed()
        if not server.tls and server.host not in LOCAL:
            if smtp.has_extn("starttls"):
                smtp.starttls(context=context)
            elif server.user:
                raise smtplib.SMTPNotSupportedError("no STARTTLS")  # noqa: TRY301 - as the library's
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _dotted(content: bytes) -> bytes:
    """A mail as it goes over the line: CRLF, a dot before a dot, a dot at its end (RFC 5321)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content.rstrip() + b"\n")
    return re.sub(rb"(?m)^\.", b"..", lines) + b".\r\n"


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        # what a server says to a login could hold what it was told
        login = isinstance(error, smtplib.SMTPAuthenticationError)
        return str(error.smtp_code) if login else _words(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}"
