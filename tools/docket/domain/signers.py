"""Whose word a receipt is: the keys of a register's desks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A desk's public key (`ssh-ed25519 AAAA…`); `last` is its log's last commit, once retired."""

    key: str
    last: str = ""
