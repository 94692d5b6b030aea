"""A mail server in the test's own process, and what it was told."""

import os
import queue
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "skranke", "hemmeligt-kodeord"
OK = "250 OK"


@dataclass
class Told:
    """What the server got, and what it answers: to a recipient, and to a text."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    came: queue.Queue[str] = field(default_factory=queue.Queue)
    recipient: Callable[[str], str] = lambda _: OK
    text: Callable[[], str] = lambda: OK

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: object,
        _session: object,
        envelope: Envelope,
        address: str,
        _options: object,
    ) -> str:
        """Whether a recipient is there."""
        answer = self.recipient(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802
        """Take a text, if the answer says so."""
        content = envelope.content
        assert isinstance(content, bytes)
        answer = self.text()
        if answer == OK:
            (to,) = envelope.rcpt_tos
            self.raw.append(content)
            mail = message_from_bytes(content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append((to, mail))
            self.came.put(to)
        return answer

    def authenticate(self, *words: Any) -> AuthResult:  # noqa: ANN401 - aiosmtpd's
        """Whether a login is right."""
        given = words[-1]
        assert isinstance(given, LoginPassword)
        self.logins.append(given.login.decode())
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


@contextmanager
def mailserver(
    host: str = "127.0.0.1",
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    login: bool = False,
) -> Iterator[tuple[Told, int]]:
    """What a running server is told, and its port."""
    told = Told()
    more: dict[str, Any] = {"tls_context": starttls} if starttls else {}
    if login:
        more |= {"authenticator": told.authenticate, "auth_required": True}
        more |= {"auth_require_tls": tls is None}
    with socket.create_server((host, 0)) as free:
        port = free.getsockname()[1]
    running = Controller(told, hostname=host, port=port, ssl_context=tls, **more)
    running.start()
    try:
        yield told, port
    finally:
        running.stop()


def certified(folder: Path, host: str = "127.0.0.2") -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for an address of this machine, and the certificate to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, plain[1], plain[0]))
    os.chmod(private, 0o600)  # noqa: PTH101 - short
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    return context, certificate
