"""Who runs the register."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """Who runs the register, as the foot of every page has it."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
