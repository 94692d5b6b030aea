"""How much a file may hold: what a stranger sends is small, the organiser's journal grows."""

from typing import NamedTuple

from docket.domain.paths import SCHEMA, TEXT, OwnFile, parse

LIMIT = 64 * 1024
"""So many bytes a file may have that a stranger wrote."""


class Limits(NamedTuple):
    """The most a file may have: bytes, and places (its keys and its values)."""

    size: int
    values: int


FILE = Limits(LIMIT, 2_000)
JOURNAL = Limits(64 * LIMIT, 200_000)
"""Room for 10,000 receipts, each with all its fields and longer than most."""
VOCABULARY = Limits(2**31, 2_000)
"""Schemas and texts, which are no YAML: whoever runs the register has put them there."""


def limits_of(path: str) -> Limits:
    """The limits of the file at `path`; those of a stranger's where it has no place."""
    if path.startswith((SCHEMA, TEXT)):
        return VOCABULARY
    place = parse(path)
    return JOURNAL if place and place.name == OwnFile.RECEIPTS else FILE
