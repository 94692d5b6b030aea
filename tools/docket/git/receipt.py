"""The receipt that proves itself, as a file: `kvittering-<reference>.json`.

It holds the log commit as Git has it, the salt and the bytes of its digest, and which key signed
it, but no key: a key inside a receipt proves nothing. Bytes stand as text where they are text.
It is JSON without a space between its values, so that no byte of it can differ and mean the same.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from docket.git import log, signing
from docket.git.pack import id_of

VERSION = 1
MOST = 1024 * 1024
"""Bytes of a file that is looked at: what a receipt is of has at most 64 KiB."""

SALT_SIZE = 16
"""Bytes of a salt. Of another length it could have taken some of the bytes, or lent them some."""


class NoReceipt(ValueError):
    """What was given is not such a file."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a receipt brings: the log commit as Git has it, its id, the fingerprint of its key.

    `salt` and `content` are what its digest is of. Nothing of it is believed yet.
    """

    commit: bytes
    id: str
    key: str
    salt: bytes
    content: bytes


def digest(salt: bytes, content: bytes) -> str:
    """What the log says of bytes: nobody without the salt can tell them from others."""
    return hashlib.sha256(salt + content).hexdigest()


def fits(salt: bytes, content: bytes, said: str) -> bool:
    """Whether it is these bytes that the log speaks of."""
    return len(salt) == SALT_SIZE and digest(salt, content) == said


def receipt_file(commit: bytes, salt: bytes, content: bytes) -> str:
    """The file of a receipt: its log commit as Git has it, the salt, the bytes received.

    Raises `NoKey` where the commit is not signed.
    """
    public = signing.named_in(log.parted(commit)[1])
    values = {
        "version": VERSION,
        "id": id_of("commit", commit),
        "key": signing.fingerprint(public),
        "commit": _written(commit),
        "salt": salt.hex(),
        "bytes": _written(content),
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read_receipt(data: bytes) -> Proof:
    """What a file brings, whoever wrote it. Raises `NoReceipt`."""
    if len(data) > MOST:
        raise NoReceipt
    try:
        found = json.loads(data.decode("utf-8-sig"))
        if found["version"] != VERSION or isinstance(found["version"], bool):
            raise NoReceipt
        salt = bytes.fromhex(found["salt"])
        proof = Proof(
            _read(found["commit"]), found["id"], found["key"], salt, _read(found["bytes"])
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise NoReceipt from error
    strict = isinstance(proof.id, str) and isinstance(proof.key, str)
    if not strict or salt.hex() != found["salt"]:
        raise NoReceipt
    return proof


def _written(content: bytes) -> Any:  # noqa: ANN401 - a text, or an object that holds one
    """Bytes as text, or in base64 where they are none: JSON could write a control in two ways."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "\0"
    if all(char >= " " or char in "\n\t\r" for char in text):
        return text
    return {"base64": base64.b64encode(content).decode()}


def _read(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON has
    """The bytes that `_written` wrote, and no other way to write them. Raises ValueError."""
    text = value["base64"] if isinstance(value, dict) else value
    if not isinstance(text, str):
        raise TypeError(value)
    content = base64.b64decode(text, validate=True) if isinstance(value, dict) else text.encode()
    if _written(content) != value:
        raise ValueError(value)
    return content
