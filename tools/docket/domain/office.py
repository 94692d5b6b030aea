"""How the publisher is reached."""

from typing import NamedTuple


class Office(NamedTuple):
    """How the publisher is reached, as the foot of every page has it."""

    address: str = ""
    phone: str = ""
    email: str = ""
