"""The site's files travel compressed, where the browser can read that and something is gained."""

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from support.desk import desk_of, still

PAGE = "<p>æøå</p>\n" * 400
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(4000)
GZIP = {"Accept-Encoding": "br, gzip;q=0.8"}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A small site."""
    folder = tmp_path / "public"
    (folder / "runder").mkdir(parents=True)
    (folder / "runder/index.html").write_text(PAGE, "utf-8")
    (folder / "kort.svg").write_text(f"<svg>{PAGE}</svg>", "utf-8")
    (folder / "lille.json").write_text("{}", "utf-8")
    (folder / "kort.png").write_bytes(PICTURE)
    return folder


@pytest.fixture
def port(register: Path, public: Path) -> Iterator[int]:
    """A desk before it."""
    with desk_of(register, public, clock=still()) as found:
        yield found


def get(port: int, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """What a browser gets."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    try:
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/runder/", "/kort.svg"])
def test_text_is_compressed(port: int, public: Path, path: str) -> None:
    """The same bytes, a fraction of the size, and told so to whatever keeps them."""
    status, headers, body = get(port, path, **GZIP)
    file = public / (f"{path[1:]}index.html" if path.endswith("/") else path[1:])
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(body) == file.read_bytes()
    assert int(headers["Content-Length"]) == len(body) < len(file.read_bytes()) / 5


def test_who_cannot_read_it(port: int) -> None:
    """A browser that asks for nothing, or refuses it, gets the file as it is."""
    for asked in ({}, {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip;q=0"}):
        _, headers, body = get(port, "/runder/", **asked)
        assert "Content-Encoding" not in headers
        assert headers["Vary"] == "Accept-Encoding"
        assert body.decode() == PAGE


@pytest.mark.parametrize("path", ["/lille.json", "/kort.png"])
def test_nothing_to_gain(port: int, public: Path, path: str) -> None:
    """What is small, or compressed already, is left alone."""
    _, headers, body = get(port, path, **GZIP)
    assert "Content-Encoding" not in headers
    assert body == (public / path[1:]).read_bytes()


def test_kept_and_changed(port: int, public: Path) -> None:
    """A browser that has it is told so, by either form; a file that changed is sent anew."""
    for asked in (GZIP, {}):
        tag = get(port, "/runder/", **asked)[1]["ETag"]
        assert get(port, "/runder/", **{"If-None-Match": tag}, **asked)[0] == 304
    (public / "runder/index.html").write_text(PAGE.replace("æ", "é"), "utf-8")
    assert "é" in gzip.decompress(get(port, "/runder/", **GZIP)[2]).decode()
