"""Half-open connections: whoever holds many takes the site from nobody."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from docket.server import door
from docket.server.door import Terms, open_door
from support.built import running

HALF = b"POST /desk HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"
"""A request that never ends."""


@contextmanager
def half_open(port: int, count: int, source: str = "127.0.0.1") -> Iterator[list[socket.socket]]:
    """So many connections from one address, each with half a request."""
    with ExitStack() as stack:
        made = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", port), 5, (source, 0))
            stack.callback(one.close)
            one.sendall(HALF)
            made.append(one)
        yield made


def page(port: int, source: str) -> int:
    """The status of the front page, as asked from an address."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5, source_address=(source, 0))
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


def closed(one: socket.socket) -> bool:
    """Whether the server has closed a connection."""
    one.settimeout(0.2)
    try:
        return one.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A site of one page."""
    (tmp_path / "index.html").write_text("<p>x</p>", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("source", ["127.0.0.1", "127.0.0.2"])
@pytest.mark.parametrize("proxied", [False, True])
def test_others_get_pages(public: Path, source: str, *, proxied: bool) -> None:
    """A hundred half-open connections delay nobody, not even who shares their address."""
    with (
        running(open_door(public, 0, terms=Terms(proxy="127.0.0.1" * proxied))) as port,
        half_open(port, 110),
    ):
        start = time.monotonic()
        assert [page(port, source) for _ in range(20)] == [200] * 20
        assert time.monotonic() - start < 5


def test_one_address_has_its_share(public: Path) -> None:
    """Over its share, an address loses its own most silent connection; others lose none."""
    with (
        running(open_door(public, 0)) as port,
        half_open(port, 1, "127.0.0.2") as (other,),
        half_open(port, door.PER_ADDRESS + 3) as many,
    ):
        assert page(port, "127.0.0.2") == 200
        assert [closed(one) for one in (*many[:3], many[3], many[-1], other)] == [
            *[True] * 3,
            *[False] * 3,
        ]


def test_all_places_taken(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all places are taken, who holds most of them loses one, not who comes."""
    monkeypatch.setattr(door, "CONNECTIONS", 12)
    with ExitStack() as stack:
        port = stack.enter_context(running(open_door(public, 0)))
        for n in range(2, 6):
            stack.enter_context(half_open(port, 8, f"127.0.0.{n}"))
        assert [page(port, "127.0.0.9") for _ in range(5)] == [200] * 5


def test_silence_ends(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection on which nothing happens is closed, though its request is half there."""
    monkeypatch.setattr(door, "SILENCE", 0)
    with running(open_door(public, 0)) as port, half_open(port, 3) as made:
        time.sleep(2.5)
        assert [closed(one) for one in made] == [True] * 3
