"""How often somebody may call: so many times a minute from an address, whoever is named.

A name can be chosen by a stranger, so a municipality is counted only when something is kept
in its name.
"""

import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

PER_MINUTE = 30
MINUTE = 60
ROOM = 6
"""One place in so many is kept free for first answers."""
ADDRESSES = 10_000
"""So many addresses are remembered; the one that has been silent longest is forgotten first."""


def network(address: str) -> str:
    """Whose an address is: an IPv4 address alone, of IPv6 the /64, as providers hand it out."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))


@dataclass
class Limiter:
    """At most `most` calls a minute from each address, and as many kept in each name.

    For all threads. A call costs the same however many have called.
    """

    most: int = PER_MINUTE
    clock: Callable[[], float] = time.monotonic
    calls: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    kept: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    """When something was kept in a name. Only valid names are in it: there are not many."""
    lock: Lock = field(default_factory=Lock)

    def wait(self, address: str) -> int:
        """Count a call; how many seconds the address has to wait, 0 if it may go on now."""
        with self.lock:
            now, key = self.clock(), network(address)
            self._forget(now)
            times = self.calls.setdefault(key, deque())
            if wait := self._left(times, self.most, now):
                return wait
            times.append(now)
            self.calls.move_to_end(key)
            return 0

    def wait_again(self, address: str, name: str) -> int:
        """How many seconds an answer in this name has to wait: 0 if none was kept before it.

        The last places of an address are not for those that come again.
        """
        with self.lock:
            now, times = self.clock(), self.calls.get(network(address), deque[float]())
            if name not in self.kept:
                return 0
            room = self.most - self.most // ROOM
            return max(
                self._left(self.kept[name], self.most, now), self._left(times, room + 1, now)
            )

    def keep(self, name: str) -> None:
        """Count what was kept in a name."""
        with self.lock:
            self.kept[name].append(self.clock())

    def _forget(self, now: float) -> None:
        """Forget two that have been silent for a minute: more than one call can add."""
        for _ in range(2):
            key, times = next(iter(self.calls.items()), ("", deque([now])))
            if times and times[-1] >= now - MINUTE and len(self.calls) < ADDRESSES:
                return
            self.calls.pop(key, None)

    @staticmethod
    def _left(times: deque[float], most: int, now: float) -> int:
        """How many seconds until fewer than `most` of these times are of the last minute."""
        while times and times[0] < now - MINUTE:
            times.popleft()
        return int(times[-most] + MINUTE - now) + 1 if len(times) >= most else 0
