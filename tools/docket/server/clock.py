"""The desk's clock: a receipt's time must be true, so a clock that went wrong stops the desk."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

LEEWAY = timedelta(minutes=1)


class Untrue(Exception):
    """The clock is behind the last receipt, or has jumped since the desk began."""


@dataclass(frozen=True)
class Clock:
    """The wall's clock, held against one that only goes on (seconds, never set)."""

    wall: Callable[[], datetime] = lambda: datetime.now(UTC)
    steady: Callable[[], float] = time.monotonic
    began: tuple[datetime, float] = field(init=False)

    def __post_init__(self) -> None:
        """Keep where both stand."""
        object.__setattr__(self, "began", (self.wall(), self.steady()))

    def now(self) -> datetime:
        """The instant, to the second."""
        return self.wall().replace(microsecond=0)

    def trust(self, last: datetime | None) -> None:
        """Whether the clock can be believed after a receipt written at `last`. Raises `Untrue`."""
        now, (wall, steady) = self.wall(), self.began
        jumped = abs(now - wall - timedelta(seconds=self.steady() - steady))
        if jumped > LEEWAY or (last and now < last - LEEWAY):
            raise Untrue
