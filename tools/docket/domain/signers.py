"""Whose word a receipt is: the keys of a register's desks."""

from typing import NamedTuple


class SigningKey(NamedTuple):
    """A desk's public key (`ssh-ed25519 AAAA…`); `last` is its log's last commit, once retired."""

    key: str
    last: str = ""
