"""A sealed contact from outside: whom it was sealed for, told without a key.

It is JWE (RFC 7516), compact, with RSA-OAEP-256 and A256GCM. Its protected header names the
round and the municipality, and is a part of what the seal protects.
"""

import json
from base64 import urlsafe_b64decode
from typing import TypedDict


class Header(TypedDict):
    alg: str
    enc: str
    round: str
    municipality: str


def header(round_: str, municipality: str) -> Header:
    """The protected header of a contact that is sealed for a municipality's file in a round."""
    return {"alg": "RSA-OAEP-256", "enc": "A256GCM", "round": round_, "municipality": municipality}


def header_of(sealed: str) -> object:
    """The protected header of a sealed contact, None where it cannot be read."""
    start = sealed.partition(".")[0]
    try:
        return json.loads(urlsafe_b64decode(start + "=" * (-len(start) % 4)))
    except (ValueError, RecursionError):
        return None
