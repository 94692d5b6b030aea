"""A sealed contact from outside: whom it was sealed for, and to which key, told without a key.

It is JWE (RFC 7516), compact, with RSA-OAEP-256 and A256GCM. Its protected header names the
round, the municipality and the public key, and is a part of what the seal protects.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import TypedDict


class Header(TypedDict):
    """What the protected header says."""

    alg: str
    enc: str
    round: str
    municipality: str


def header(round_: str, municipality: str) -> Header:
    """The protected header of a contact that is sealed for a municipality's file in a round."""
    return {"alg": "RSA-OAEP-256", "enc": "A256GCM", "round": round_, "municipality": municipality}


def key_id(public: Mapping[str, str]) -> str:
    """The thumbprint of a public key (RFC 7638): what the header calls it."""
    told = json.dumps({name: public[name] for name in ("e", "kty", "n")}, separators=(",", ":"))
    return urlsafe_b64encode(sha256(told.encode()).digest()).decode().rstrip("=")


def header_of(sealed: str) -> tuple[object, object]:
    """The protected header of a sealed contact without its key's name, and that name.

    None where it cannot be read; older ones do not name their key.
    """
    start = sealed.partition(".")[0]
    try:
        told = json.loads(urlsafe_b64decode(start + "=" * (-len(start) % 4)))
    except (ValueError, RecursionError):
        return None, None
    return told, told.pop("kid", None) if isinstance(told, dict) else None


def is_shut(sealed: str, public: Mapping[str, str] | None) -> bool:
    """Whether a contact is sealed to another key than `public`, as far as it tells."""
    key = header_of(sealed)[1]
    return key is not None and (public is None or key != key_id(public))
