"""What is known of a round whose submissions were not kept here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """How many answered a round whose submissions were not kept here."""

    count: int
    source: str
