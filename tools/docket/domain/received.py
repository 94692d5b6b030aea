"""What is known of a round whose submissions were not kept here."""

from typing import NamedTuple


class Received(NamedTuple):
    """How many answered a round whose submissions were not kept here."""

    answered: int
    source: str
