"""Nobody comes into the office but whoever has the key, or whom the proxy let in."""

import socket
import stat
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPResponse
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.cli.office import office_of as office_of_command
from docket.domain.languages import PACKAGE
from docket.forge import push
from docket.server.office import Office
from docket.server.office_guard import Guard
from docket.server.office_send import Sender
from docket.server.office_web import open_office
from support.built import running
from support.desk import still
from support.office import Answer, Visitor, answer_of, office_of
from support.randers import TEXT, desk_branch
from support.worlds import git


@pytest.fixture
def stranger(register: Path) -> Iterator[Visitor]:
    """Somebody before the office of the base world."""
    with office_of(register) as found:
        yield found


@pytest.fixture
def visitor(stranger: Visitor) -> Visitor:
    """Somebody who came in with the key."""
    return Visitor.enter(stranger.port, stranger.guard)


def refused(answer: Answer, status: int = 403) -> str:
    """The one sentence with which somebody is refused."""
    assert answer.status == status
    assert "Set-Cookie" not in answer.headers
    lines = answer.text.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_the_key_opens_once(stranger: Visitor) -> None:
    """The key is spent at first use: the browser gets a cookie, and leaves the address at once."""
    answer = stranger.ask("GET", f"/?key={stranger.guard.key}")
    assert answer.status == 303
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "key" not in answer.headers["Location"]
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))
    assert f"Path={answer.headers['Location']}" in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie
    again = stranger.ask("GET", f"/?key={stranger.guard.key}")
    assert refused(again).startswith("Nøglen er brugt.")
    stranger.headers["Cookie"] = cookie.partition(";")[0]
    assert "Indbakke" in stranger.get("/").text


@pytest.mark.parametrize("key", ["", "x", "%C3%A6", "%ED%A0%80", "A" * 32])
def test_a_guessed_key(stranger: Visitor, key: str) -> None:
    """A key that does not fit opens nothing, and does not spend the one that does."""
    answer = stranger.ask("GET", f"/?key={key}")
    assert refused(answer).startswith("Nøglen passer ikke.")
    assert Visitor.enter(stranger.port, stranger.guard).get("/").status == 200


def test_no_key(stranger: Visitor) -> None:
    """Without a key or a cookie every page is closed, whether there is one or not."""
    for path in ("/", "/en/", f"{stranger.guard.place}/", f"{stranger.guard.place}/x", "/assets/x"):
        refused(stranger.ask("GET", path))
        refused(stranger.ask("POST", path))


def test_head_spends_no_key(stranger: Visitor) -> None:
    """A program that only looks ahead spends nothing."""
    stranger.ask("HEAD", f"/?key={stranger.guard.key}")
    assert Visitor.enter(stranger.port, stranger.guard).get("/").status == 200


def test_a_cookie_ends_with_its_run(register: Path, visitor: Visitor) -> None:
    """A cookie that was stolen opens nothing after a restart."""
    with office_of(register) as later:
        later.headers = visitor.headers
        assert refused(later.get("/")).startswith("Kontoret er lukket for denne browser.")


@pytest.mark.parametrize("host", ["evil.example", "localhost:{}", "127.0.0.1", "", "127.0.0.1:1"])
def test_another_host(visitor: Visitor, host: str) -> None:
    """A name that was made to lead here (DNS rebinding) is not the office's own."""
    answer = visitor.get("/", Host=host.format(visitor.port))
    assert answer.status in (400, 403)
    assert "Randers" not in answer.text


@pytest.mark.parametrize(
    "header",
    "Forwarded X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto Via X-Real-IP True-Client-IP"
    " CF-Connecting-IP X-Original-URL".split(),
)
def test_through_a_proxy(visitor: Visitor, header: str) -> None:
    """What comes through a proxy comes from somewhere else, whatever its cookie is."""
    answer = visitor.get("/", **{header: "127.0.0.1"})
    assert refused(answer).startswith("Det kom gennem en proxy")


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "http://localhost:{}", "http://127.0.0.1:1"]
)
def test_a_foreign_page(register: Path, visitor: Visitor, origin: str) -> None:
    """A page from anywhere else can post nothing here, with the right cookie and token."""
    branch = desk_branch(register, (TEXT, "2031-03-01T10:00:00+01:00"))
    page = visitor.get("/")
    names = ("token", "base", "branch", "commit")
    fields = {name: page.hidden(name) for name in names} | {"do": "accept"}
    before = git(register, "rev-parse", "main")
    answer = visitor.send("/", fields, Origin=origin.format(visitor.port))
    assert refused(answer).startswith("Det kom fra en anden side")
    for token in ("", "x", visitor.guard.session):
        answer = visitor.send("/", {**fields, "token": token})
        assert refused(answer).startswith("Siden er for gammel")
    assert git(register, "rev-parse", "main") == before
    assert visitor.send("/", fields).status == 303
    assert git(register, "merge-base", "--is-ancestor", branch, "main") == ""


def test_nothing_is_kept(visitor: Visitor) -> None:
    """Nothing is cached, framed or indexed, and nothing is fetched from anywhere else."""
    for path in ("/", "/en/", "/no-such-page"):
        headers = visitor.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Robots-Tag"] == "none"
        assert "Set-Cookie" not in headers
        assert headers["Referrer-Policy"] == "same-origin"


def test_no_such_page(visitor: Visitor) -> None:
    """What is not there is told in one sentence; so is what cannot be done."""
    for path in ("/x", "/runder/nej/", "/assets/../../x", "/assets/main.py", "//", "/%00"):
        assert visitor.get(path).status in (404, 409)
    assert refused(visitor.ask("PUT", f"{visitor.guard.place}/", Origin=visitor.guard.origin), 405)


def _over(path: Path, **headers: str) -> Answer:
    """What a socket answers for the first page."""
    with closing(socket.socket(socket.AF_UNIX)) as talk:
        talk.connect(str(path))
        rows = ["GET / HTTP/1.1", "Connection: close"]
        rows += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        talk.sendall("\r\n".join([*rows, "", ""]).encode())
        response = HTTPResponse(talk)
        response.begin()
        return answer_of(response)


def test_behind_a_proxy(register: Path, tmp_path: Path) -> None:
    """On a socket only the proxy comes in, and only in the name of somebody whom it let in."""
    guard = Guard("https://kontor.example", header="X-Remote-User")
    place = tmp_path / "office.sock"
    sender = Sender(lambda *_: None)
    office = Office(register, register / "public", guard, sender, push.compare, clock=still())
    server = open_office(office, socket=place)
    own = {"Host": "kontor.example", "X_Forwarded_For": "192.0.2.1"}
    server.effective_port = 0
    with running(server):
        assert stat.S_IMODE(place.stat().st_mode) == 0o660
        assert refused(_over(place, **own)).startswith("Proxyen oplyser ikke, hvem du er")
        assert refused(_over(place, Host="x.example", X_Remote_User="A")).startswith("Kontoret sv")
        page = _over(place, **own, X_Remote_User="Åse Prøve")
    assert page.status == 200
    assert "Åse Prøve" in page.text
    assert "Set-Cookie" not in page.headers


def test_the_author(register: Path) -> None:
    """Who is named by the proxy is the author of the commit."""
    desk_branch(register, (TEXT, "2031-03-01T10:00:00+01:00"))
    guard = Guard("https://kontor.example", header="X-Remote-User")
    with office_of(register, guard=guard) as visitor:
        visitor.headers["X-Remote-User"] = "Åse Prøve"
        page = visitor.get("/")
        fields = {name: page.hidden(name) for name in ("token", "base", "branch", "commit")}
        other = visitor.send("/", fields, **{"X-Remote-User": "Bo Prøve"})
        assert refused(other).startswith("Siden er for gammel")
        assert visitor.send("/", {**fields, "do": "accept"}).status == 303
    assert git(register, "log", "-1", "--format=%an <%ae>") == "Åse Prøve <docket@localhost>"


@pytest.mark.parametrize("address", ["", "https://call.example"])
def test_off_without_a_terminal(register: Path, address: str) -> None:
    """Where nobody sits, or a proxy stands before the site, there is no office unless asked for."""
    options = Namespace(
        at="",
        address=address,
        port=8000,
        office_user="",
        office_address="",
        office_socket=None,
    )
    assert office_of_command(options, register, register / "public", PACKAGE) is None


def test_half_of_what_a_proxy_needs(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is missing is named, and nothing is served."""
    words = ["-C", str(register), "serve", "--office-user", "X-Remote-User"]
    assert main(words) == 2
    told = capsys.readouterr().err
    assert "--office-socket og --office-address" in told


def test_a_file_is_no_socket(register: Path, tmp_path: Path) -> None:
    """A file that somebody named by mistake is not replaced."""
    place = tmp_path / "kept.txt"
    place.write_text("kept", "utf-8")
    words = ["serve", "--office-user", "X-User", "--office-address", "https://kontor.example"]
    assert main(["-C", str(register), *words, "--office-socket", str(place)]) == 2
    assert place.read_text("utf-8") == "kept"
