"""How the publisher is reached."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """How the publisher is reached, as the foot of every page has it."""

    address: str = ""
    phone: str = ""
    email: str = ""
