"""What the desk is asked and what it answers, as values: 201, 422, or why it takes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Request:
    """What the desk looks at of a request. `address` is the sender's, `size` in bytes.

    `arrived` is when its last byte was here, before any queue; None where nothing tells.
    """

    origin: str
    address: str
    mimetype: str
    size: int
    arrived: datetime | None = None


@dataclass(frozen=True, slots=True)
class Data:
    """An answer to the form's script."""

    status: int
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to a browser without a script: a whole page."""

    status: int
    html: str


class Why(StrEnum):
    """Why the desk refuses a request, as its answer says it."""

    SHAPE = "shape"
    ORIGIN = "origin"
    ROUND = "round"
    PAGE = "page"
    BUSY = "busy"
    SIZE = "size"
    TYPE = "type"
    RATE = "rate"
    CLOCK = "clock"
    TROUBLE = "trouble"
    """The machine would not, or the register cannot be read: nothing was kept."""


STATUS = {
    Why.SHAPE: 400,
    Why.ORIGIN: 403,
    Why.ROUND: 404,
    Why.PAGE: 404,
    Why.BUSY: 409,
    Why.SIZE: 413,
    Why.TYPE: 415,
    Why.RATE: 429,
    Why.CLOCK: 503,
    Why.TROUBLE: 503,
}


class Refused(Exception):
    """The desk does not take a request. `wait`: seconds after which it may; 0: not known."""

    def __init__(self, why: Why, wait: int = 0) -> None:
        """Keep why."""
        super().__init__(why)
        self.why = why
        self.wait = wait

    @property
    def status(self) -> int:
        """The status of HTTP that says so."""
        return STATUS[self.why]
