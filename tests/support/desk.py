"""A running desk, and what a form sends to it."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from docket.server.clock import Clock
from docket.server.desk import Desk
from docket.server.web import open_door
from support.built import running
from support.randers import TEXT
from support.worlds import NOW

ORIGIN = "http://desk.example"


def still(at: datetime = NOW) -> Clock:
    """A clock that stands still."""
    return Clock(lambda: at, lambda: 0.0)


@contextmanager
def desk_of(
    root: Path,
    public: Path,
    *,
    proxied: bool = False,
    **more: Any,  # noqa: ANN401 - whatever a Desk takes
) -> Iterator[int]:
    """The port of a running desk."""
    made = Desk(root, frozenset({ORIGIN}), **more)
    with running(open_door(public, 0, made, proxied=proxied)) as found:
        yield found
    made.turns.close()


def post(port: int, body: object, method: str = "POST", **headers: str) -> tuple[int, dict, dict]:  # type: ignore[type-arg]
    """Status, JSON and headers of an answer."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", "Origin": ORIGIN}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, "/desk", content, {k: v for k, v in sent.items() if v})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text or b"{}"), dict(answer.getheaders())
    finally:
        connection.close()


def ask(
    port: int, where: str, method: str = "POST", *, origin: str = ORIGIN, **fields: str
) -> tuple[int, str]:
    """What a browser without a script gets: status and page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin}
    with closing(connection):
        connection.request(method, where, urlencode(fields), headers)
        answer = connection.getresponse()
        return answer.status, unescape(answer.read().decode())


TOKEN = "A" * 22
"""Of a private link."""


def body(text: str = TEXT, round_: str = "2031-skole", token: str = "") -> dict[str, str]:
    """What the form sends."""
    return {"round": round_, "file": text} | ({"token": token} if token else {})
