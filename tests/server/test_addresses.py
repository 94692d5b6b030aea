"""The site's addresses: whatever is asked for, nothing is the server's fault."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from support.desk import desk_of, still


@pytest.fixture
def port(register: Path, tmp_path: Path) -> Iterator[int]:
    """A desk before a small site with one folder."""
    public = tmp_path / "public"
    (public / "meld-interesse/2031-skole").mkdir(parents=True)
    (public / "meld-interesse/2031-skole/index.html").write_text("form", encoding="utf-8")
    (public / "404.html").write_text("nothing", encoding="utf-8")
    (public / "kreds").symlink_to("kreds")
    (public / "bl\u00e5b\u00e6r % ?").mkdir()
    with desk_of(register, public, clock=still()) as found:
        yield found


def _get(port: int, path: str) -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read()
    finally:
        connection.close()


STRANGE = [
    "/" + "a" * 256,
    "/" + "%C3%A6" * 200,
    "/meld-interesse/" + "x" * 300 + "/",
    "/" + "/".join(["a" * 200] * 30),
    "/a%0Ab",
    "/meld-interesse%0D%0ASet-Cookie:x=1",
    "/2031%0d%0a/",
    "/a%00b",
    "/%00",
    "/a%zz",
    "/%",
    "/%ff%fe",
    "/%ED%A0%80",
    "/../../etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..",
    "/a%5C..%5Cb",
    "/con",
    "/kreds",
    "/kreds/index.html",
    "/en/" + "b" * 256,
    "//evil.example/%2f..",
]


@pytest.mark.parametrize("prefix", ["", "/desk/x"])
@pytest.mark.parametrize("path", STRANGE)
def test_a_strange_address_is_not_found(port: int, path: str, prefix: str) -> None:
    """Parts too long, line breaks, NUL, bad escapes and ways out lead nowhere, and never to 500."""
    status, location, _ = _get(port, prefix + path)
    assert status in ((404,) if not prefix else (303, 308, 404, 405))
    assert "evil.example" not in location.split("/")[:3]


@pytest.mark.parametrize("path", ["/desk/{}/waiting", "/desk/{}/", "/en/desk/{}/"])
@pytest.mark.parametrize("name", ["a%0Ab", "a%00b", "x" * 300, "%ff", "..", "%2e%2e", "*", "a%20b"])
def test_a_strange_round(port: int, path: str, name: str) -> None:
    """The desk's own addresses know no such round, and say nothing worse."""
    status, location, _ = _get(port, path.format(name))
    assert status < 500
    assert "\n" not in location


def test_the_slash_keeps_the_query(port: int) -> None:
    """A folder asked for without its slash is led there, with all that was asked."""
    asked = "/meld-interesse/2031-skole?kommune=H%C3%B8je%20Taastrup&x=a%26b"
    status, location, _ = _get(port, asked)
    assert (status, location) == (301, asked.replace("skole?", "skole/?"))
    assert _get(port, location)[0] == 200
    status, location, _ = _get(port, "/bl%C3%A5b%C3%A6r%20%25%20%3F?q=1")
    assert (status, location) == (301, "/bl%C3%A5b%C3%A6r%20%25%20%3F/?q=1")


def test_a_raw_request(port: int) -> None:
    """What no browser would send is answered too."""
    for line in (b"GET /\xff\xfe HTTP/1.1", b"GET /a\tb HTTP/1.1", b"GET http://x/a%0Ab HTTP/1.1"):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
            wire.sendall(line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert wire.recv(12).split()[1] < b"500"
