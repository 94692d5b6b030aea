"""Contacts sealed to the organiser's key, and opened with it.

The form seals in the browser (`site/theme/assets/form/seal.js`); this is for what comes
without a script, and the only place that opens.
"""

import json
from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry, decrypt_compact, encrypt_compact
from joserfc.jwk import RSAKey

from docket.domain.asked import SEALED, Asked
from docket.domain.nouns import Contact, Round, Submission
from docket.form import answers
from docket.loading.envelope import header, header_of, key_id

BITS = 3072
"""Enough until long after any retention date: NIST SP 800-57 counts it as 128 bits."""
FIELDS = ("name", "title", "email", "phone")
_JWE = JWERegistry(algorithms=["RSA-OAEP-256", "A256GCM"], strict_check_header=False)

Key = RSAKey


class NoKey(Exception):
    """Not a private key of ours."""


def new_key() -> tuple[str, dict[str, str]]:
    """A new pair: the private key as the text of its file, the public one for round.yml."""
    made = RSAKey.generate_key(BITS)
    return json.dumps(made.as_dict(private=True)) + "\n", public_half(made)


def public_half(key: Key) -> dict[str, str]:
    """The public half of a pair, for round.yml."""
    public = key.as_dict(private=False)
    return {name: str(public[name]) for name in ("kty", "e", "n")}


def read_key(content: bytes) -> Key:
    """The private key in a file's content. Raises `NoKey`."""
    try:
        key = RSAKey.import_key(json.loads(content))
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError):
        raise NoKey from None
    if not key.is_private:
        raise NoKey
    return key


def opens(key: Key, public: Mapping[str, str]) -> bool:
    """Whether `key` is the private half of a round's seal."""
    return key.as_dict(private=False).get("n") == public.get("n")


def seal(
    public: Mapping[str, str], fields: Mapping[str, str], round_: str, municipality: str
) -> str:
    """A contact's fields, sealed for one municipality's file in one round."""
    told = json.dumps(dict(fields), ensure_ascii=False, separators=(",", ":"))
    protected: dict[str, Any] = {**header(round_, municipality), "kid": key_id(public)}
    return encrypt_compact(protected, told, RSAKey.import_key(dict(public)), registry=_JWE)


def open_contact(key: Key, submission: Submission) -> Contact | None:
    """The contact of a submission in clear; None where `key` does not open it here."""
    contact = submission.contact or Contact()
    if not contact.sealed:
        return contact
    if header_of(contact.sealed)[0] != header(submission.round, submission.municipality):
        return None
    try:
        told = json.loads(decrypt_compact(contact.sealed, key, registry=_JWE).plaintext or b"")
    except (JoseError, ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    return Contact(**{name: str(told[name]) for name in FIELDS if told.get(name)})


def sealed(asked: Asked, round_: Round, data: Mapping[str, Any]) -> bytes:
    """A submission's file, from what it says, with its contact sealed for a round.

    Nothing else of the old file is kept but its values: a comment could name somebody.
    The file must be right but for its open contact.
    """
    values = answers.flat(data)
    fields = {name: values.pop(f"/contact/{name}") for name in FIELDS if name in data["contact"]}
    values[SEALED] = seal(round_.seal or {}, fields, round_.slug, data["municipality"])
    return answers.write(asked, values).encode()
