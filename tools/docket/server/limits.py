"""How often somebody may call: so many times a minute for each key."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

PER_MINUTE = 30


@dataclass
class Limiter:
    """At most `most` calls a minute for each key; forgets who has been silent for a minute."""

    most: int = PER_MINUTE
    clock: Callable[[], float] = time.monotonic
    calls: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, key: str) -> int:
        """How many seconds `key` has to wait, 0 if it may go on now."""
        now = self.clock()
        for name in [name for name, times in self.calls.items() if times[-1] < now - 60]:
            del self.calls[name]
        times = self.calls[key]
        while times and times[0] < now - 60:
            times.popleft()
        if len(times) >= self.most:
            return int(times[0] + 60 - now) + 1
        times.append(now)
        return 0
