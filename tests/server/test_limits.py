"""Limits: by address, whatever is claimed, for all threads, at the same cost for any number."""

import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from docket.server.limits import ADDRESSES, Limiter, network
from support.desk import body, desk_of, post, still
from support.randers import TEXT


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("x" * 1000, "x" * 64),
    ],
)
def test_whose_an_address_is(address: str, known: str) -> None:
    """An IPv4 address stands alone, however it is written; of IPv6 the /64 counts."""
    assert network(address) == known


def test_one_network_is_one_caller() -> None:
    """Who has a /64 has one share, not 2^64."""
    limiter = Limiter(most=3, clock=lambda: 0.0)
    waits = [limiter.wait(f"2001:db8::{n:x}") for n in range(4)]
    assert waits == [0, 0, 0, 61]
    assert limiter.wait("2001:db8:0:1::") == 0


def test_threads() -> None:
    """However many ask at once, just so many go on, and nobody meets an error."""
    limiter = Limiter(most=100, clock=lambda: 0.0)
    calls = [f"192.0.2.{n % 4}" for n in range(2000)]
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(limiter.wait, calls))
        list(pool.map(limiter.keep, calls))
    assert waits.count(0) == 400
    assert {name: len(times) for name, times in limiter.kept.items()} == dict.fromkeys(
        calls[:4], 2000 // 4
    )


def test_a_hundred_thousand_addresses() -> None:
    """Many addresses cost no more than one: neither time for a call nor memory without end."""

    def took(calls: list[str]) -> float:
        start = time.process_time()
        for one in calls:
            limiter.wait(one)
        return time.process_time() - start

    limiter = Limiter(most=30)
    few = took(["192.0.2.1", "192.0.2.2"] * 10_000)
    crowd = [f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(100_000)]
    tracemalloc.start()
    took(crowd)
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(limiter.calls) <= ADDRESSES
    assert memory < 30_000_000
    many = took(crowd[:20_000])
    assert many < 10 * few + 0.5


def test_silent_addresses_are_forgotten() -> None:
    """A crowd that has gone is forgotten call by call, by whoever comes next."""
    times = [0.0]
    limiter = Limiter(clock=lambda: times[0])
    for n in range(100):
        limiter.wait(f"192.0.2.{n}")
    times[0] = 61.0
    for _ in range(50):
        limiter.wait("198.51.100.1")
    assert set(limiter.calls) == {"198.51.100.1"}


def test_first_answers_have_room() -> None:
    """Where one that comes again must wait, a first answer from that address goes on."""
    limiter = Limiter(most=30, clock=lambda: 0.0)
    limiter.keep("again")
    waits = []
    for _ in range(26):
        assert limiter.wait("a") == 0
        waits.append(limiter.wait_again("a", "again"))
    assert waits == [0] * 25 + [61]
    assert limiter.wait_again("a", "first") == 0


def test_invalid_files_shut_nobody_out(register: Path, tmp_path: Path) -> None:
    """Whoever sends rubbish in a municipality's name spends the own share, not the other's."""
    made: dict[str, Any] = {"clock": still(), "limiter": Limiter(most=5)}
    rubbish = body(TEXT.replace("post@", "post"))
    with desk_of(register, tmp_path, proxied=True, **made) as port:
        bad = [post(port, rubbish, X_Forwarded_For=f"2001:db8::{n}")[0] for n in range(6)]
        good = post(port, body(), X_Forwarded_For="192.0.2.1")[0]
    assert bad == [422] * 5 + [429]
    assert good == 201
