"""Signatures as OpenSSH makes them, which Git and `ssh-keygen -Y` verify as well.

Source: OpenSSH's PROTOCOL.sshsig; keys are Ed25519 (RFC 8709). A signature names the key that
made it, which proves nothing: it counts only under a key that the verifier knows already.
"""

import base64
import binascii
import hashlib
import struct
from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
    load_ssh_public_key,
)

MAGIC, VERSION, KIND = b"SSHSIG", 1, b"ssh-ed25519"
GIT = "git"
"""The namespace in which Git signs commits."""
HASHES = {b"sha512": hashlib.sha512, b"sha256": hashlib.sha256}
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
WIDTH = 70


class NoKey(ValueError):
    """What was given is no Ed25519 key in OpenSSH's format."""


class Signer:
    """Who signs: a private key in OpenSSH's format, without a passphrase. Raises `NoKey`."""

    def __init__(self, private: bytes) -> None:
        """Take the key."""
        try:
            key = load_ssh_private_key(private, None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise NoKey from error
        if not isinstance(key, Ed25519PrivateKey):
            raise NoKey
        self._key = key
        self.public = _line(key.public_key())

    def sign(self, payload: bytes, namespace: str = GIT) -> str:
        """The signature of `payload`, armored, its lines ended."""
        scope = _scope(namespace, b"sha512")
        signed = self._key.sign(_signed(payload, scope, b"sha512"))
        inner = _string(KIND) + _string(signed)
        whole = MAGIC + struct.pack(">I", VERSION) + _string(_blob(self.public))
        text = base64.b64encode(whole + scope + _string(inner)).decode()
        rows = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
        return "\n".join([BEGIN, *rows, END, ""])


def new_key() -> bytes:
    """A new private key, as OpenSSH keeps it."""
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()
    )


def fingerprint(public: str) -> str:
    """The SHA-256 of a public key in hexadecimal digits. Raises `NoKey`."""
    return hashlib.sha256(_blob(public)).hexdigest()


def shown(public: str) -> str:
    """A public key as `ssh-keygen -l` shows it. Raises `NoKey`."""
    hashed = base64.b64encode(hashlib.sha256(_blob(public)).digest()).decode()
    return f"SHA256:{hashed.rstrip('=')}"


def verify(payload: bytes, armored: str, public: str, namespace: str = GIT) -> bool:
    """Whether `armored` is the signature of `payload` by the key `public` and no other."""
    try:
        key = load_ssh_public_key(public.encode())
        parts = _parts(armored)
        version, blob, scope_name = next(parts), next(parts), next(parts)
        _, algorithm, inner = next(parts), next(parts), next(parts)
        kind, signed = _strings(inner)
        known = version == struct.pack(">I", VERSION) and blob == _blob(public) and kind == KIND
        if not (known and scope_name == namespace.encode() and algorithm in HASHES):
            return False
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signed, _signed(payload, _scope(namespace, algorithm), algorithm))
    except (ValueError, StopIteration, InvalidSignature, UnsupportedAlgorithm, struct.error):
        return False
    return True


def named_in(armored: str) -> str:
    """The key that a signature names as its own, which proves nothing yet. Raises `NoKey`."""
    try:
        _, blob, *_ = _parts(armored)
    except (ValueError, struct.error) as error:
        raise NoKey from error
    public = f"{KIND.decode()} {base64.b64encode(blob).decode()}"
    _blob(public)
    return public


def _parts(armored: str) -> Iterator[bytes]:
    """The version, and the strings that follow it."""
    text = armored.strip()
    if not (text.startswith(BEGIN) and text.endswith(END)):
        raise ValueError(armored)
    try:
        whole = base64.b64decode("".join(text[len(BEGIN) : -len(END)].split()), validate=True)
    except binascii.Error as error:
        raise ValueError(armored) from error
    if not whole.startswith(MAGIC):
        raise ValueError(armored)
    yield whole[len(MAGIC) : len(MAGIC) + 4]
    yield from _strings(whole[len(MAGIC) + 4 :])


def _strings(data: bytes) -> list[bytes]:
    """The strings of SSH's wire format (RFC 4251, section 5) in `data`, all of it."""
    found = []
    while data:
        (size,) = struct.unpack(">I", data[:4])
        if len(data) < 4 + size:
            raise ValueError(size)
        found.append(data[4 : 4 + size])
        data = data[4 + size :]
    return found


def _string(content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + content


def _scope(namespace: str, algorithm: bytes) -> bytes:
    return _string(namespace.encode()) + _string(b"") + _string(algorithm)


def _signed(payload: bytes, scope: bytes, algorithm: bytes) -> bytes:
    return MAGIC + scope + _string(HASHES[algorithm](payload).digest())


def _line(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def _blob(public: str) -> bytes:
    """The key itself, of a line as `ssh-ed25519 AAAA…`. Raises `NoKey`."""
    words = public.split()
    try:
        blob = base64.b64decode(words[1], validate=True)
        kind, _ = _strings(blob)
    except (IndexError, ValueError, struct.error) as error:
        raise NoKey from error
    if words[0].encode() != KIND or kind != KIND:
        raise NoKey
    return blob
