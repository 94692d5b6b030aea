"""The desk over real HTTP: a receipt that was given is in Git, and nothing else happens."""

import json
import os
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from built import build, copy
from docket.cli import main
from docket.desk import Desk, Limiter, open_door
from test_browser import _fill
from test_history import PATH, TEXT
from worlds import AT, NOW, commit, docket_of, found_in, git

ORIGIN = "http://desk.example"
BRANCH = "submission/2031-skole/randers"


@contextmanager
def desk_of(root: Path, public: Path, **more: object) -> Iterator[int]:
    """The port of a running desk."""
    made = Desk(root, frozenset({ORIGIN}), **more)  # type: ignore[arg-type]
    server = open_door(public, 0, made)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.close()
        thread.join(timeout=5)


@pytest.fixture
def port(register: Path, tmp_path: Path) -> Iterator[int]:
    """A desk before the base world, whose clock stands still."""
    (tmp_path / "public").mkdir()
    with desk_of(register, tmp_path / "public", now=lambda: NOW) as found:
        yield found


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


def body(text: str = TEXT, call: str = "2031-skole") -> dict[str, str]:
    """What the form sends."""
    return {"round": call, "file": text}


def test_receipt(register: Path, port: int) -> None:
    """A right submission is kept on a branch of its own, byte for byte, with its receipt."""
    before = git(register, "rev-parse", "main"), git(register, "status", "--porcelain")
    status, data, headers = post(port, body())
    assert status == 201
    assert data["received"] == AT
    assert re.fullmatch(r"F-[0-9a-f]{8}", data["reference"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers
    assert git(register, "show", f"{BRANCH}:{PATH}") + "\n" == TEXT
    assert git(register, "diff", "--name-only", "main", BRANCH) == PATH
    told = git(register, "show", "--no-patch", "--format=%(trailers)", BRANCH)
    assert f"Reference: {data['reference']}" in told
    assert (git(register, "rev-parse", "main"), git(register, "status", "--porcelain")) == before


def test_accepted_with_its_receipt(register: Path, port: int) -> None:
    """The organiser accepts the branch; the receipt is the one the desk gave."""
    _, data, _ = post(port, body())
    assert main(["-C", str(register), "accept", BRANCH]) == 0
    receipt = docket_of(register, "2031-08-01").receipts[-1]
    assert (receipt.received, receipt.via) == (datetime.fromisoformat(AT), "form")
    assert receipt.reference == data["reference"]
    assert found_in(register, "2031-08-01") == []


def test_same_bytes_same_receipt(register: Path, port: int) -> None:
    """A hundred identical posts at once are one submission with one receipt."""
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: post(port, body())[:2], range(25)))
    assert {status for status, _ in answers} == {201}
    assert len({json.dumps(data, sort_keys=True) for _, data in answers}) == 1
    assert git(register, "rev-list", "--count", f"main..{BRANCH}") == "1"


def test_other_bytes_second_receipt(register: Path, port: int) -> None:
    """Other bytes are a second commit; the first ones stay reachable, and have their receipt."""
    first = post(port, body())[1]
    second = post(port, body(TEXT.replace("folkeskole", "dagtilbud")))[1]
    assert first["reference"] != second["reference"]
    assert git(register, "rev-list", "--count", f"main..{BRANCH}") == "2"
    assert post(port, body())[1] == first


def test_forty_at_once(register: Path, tmp_path: Path) -> None:
    """Forty municipalities at once: forty branches, forty receipts."""
    docket = docket_of(register)
    busy = set(docket.submissions_by)
    names = [name for name in docket.register if name not in busy][:40]
    made = {"now": lambda: NOW, "limiter": Limiter(most=100)}
    with desk_of(register, tmp_path, **made) as port, ThreadPoolExecutor(40) as pool:
        sent = [body(TEXT.replace("randers", name)) for name in names]
        answers = list(pool.map(lambda one: post(port, one)[:2], sent))
    assert [status for status, _ in answers] == [201] * 40
    assert len({data["reference"] for _, data in answers}) == 40
    refs = git(register, "for-each-ref", "--format=%(refname)", "refs/heads/submission/")
    assert len(refs.split()) == 40
    git(register, "fsck", "--strict")


@pytest.mark.parametrize(
    ("text", "pointers"),
    [
        (TEXT.replace("randers", "Randers"), ["/municipality"]),
        (TEXT.replace("post@", "post"), ["/contact/email"]),
        (TEXT.replace("[folkeskole]", "[beskaeftigelse]"), ["/areas/0"]),
        ("municipality: [", [""]),
        ("", [""]),
        ("\u202e", [""]),
    ],
)
def test_wrong(register: Path, port: int, text: str, pointers: list[str]) -> None:
    """What is wrong is told field by field in both languages, and nothing is kept."""
    status, data, _ = post(port, body(text))
    assert status == 422
    assert [error["pointer"] for error in data["errors"]] == pointers
    assert all(error["message"]["da"] and error["message"]["en"] for error in data["errors"])
    assert git(register, "for-each-ref", "refs/heads/submission/") == ""


def test_late(register: Path, tmp_path: Path) -> None:
    """After the deadline, by the server's clock, nothing is taken."""
    late = datetime.fromisoformat("2031-06-30T12:00:01+02:00")
    with desk_of(register, tmp_path, now=lambda: late) as port:
        status, data, _ = post(port, body())
    assert status == 422
    assert data["errors"][0]["code"] == "T01"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"Origin": ""}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": ""}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_refused(register: Path, port: int, sent: dict[str, str], status: int) -> None:
    """Another origin or another type is refused; the Host header proves nothing."""
    assert post(port, body(), **sent, Host=ORIGIN.removeprefix("http://"))[0] == status
    assert git(register, "for-each-ref", "refs/heads/submission/") == ""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"round": 1, "file": "x"}', 400),
        (b'{"round": "../x", "file": "x"}', 400),
        (b'{"round": "2031-skole", "file": "\\ud800"}', 400),
        (b'{"round": "2031-skole", "file": null}', 400),
        (b"[" * 100_000, 400),
        (json.dumps(body("x" * 70_000)).encode(), 400),
        (json.dumps(body("x" * 200_000)).encode(), 413),
        (b"\xff\xfe", 400),
    ],
)
def test_nonsense(port: int, sent: bytes, status: int) -> None:
    """Whatever a client sends, the answer is never 5xx."""
    assert post(port, sent)[0] == status


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_methods(port: int, method: str) -> None:
    """Only POST is taken."""
    assert post(port, body(), method=method)[0] in (404, 405)


def test_rate(register: Path, tmp_path: Path) -> None:
    """After thirty in a minute, one is told how long to wait."""
    with desk_of(register, tmp_path, now=lambda: NOW) as port:
        statuses = [post(port, b"{")[0] for _ in range(30)]
        status, _, headers = post(port, body())
    assert statuses == [400] * 30
    assert status == 429
    assert 1 <= int(headers["Retry-After"]) <= 61


def test_limiter_forgets() -> None:
    """A minute later one may go on, and silent addresses are forgotten."""
    times = iter([0.0, 1.0, 2.0, 61.5, 200.0])
    limiter = Limiter(most=2, clock=lambda: next(times))
    assert [limiter.wait("a") for _ in range(4)] == [0, 0, 59, 0]
    assert limiter.wait("b") == 0
    assert set(limiter.calls) == {"b"}


def test_no_identity_needed(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desk keeps a submission where Git knows no name of the user."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    with desk_of(register, tmp_path, now=lambda: NOW) as port:
        assert post(port, body())[0] == 201


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["da", "en"])
def test_from_form_to_receipt(browser: Browser, tmp_path: Path, lang: str) -> None:
    """The whole way in a browser: what the page showed is what the branch holds."""
    root = copy(tmp_path / "site")
    commit(root, "all", "2031-02-03T12:00:00+01:00")
    public = build(root, with_desk=True)
    with desk_of(root, public) as port:
        pass  # the port is free again, and is known now: an origin has it in its name
    made = Desk(root, frozenset({f"http://127.0.0.1:{port}"}), now=lambda: NOW)
    server = open_door(public, port, made)
    threading.Thread(target=server.run, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/{'en/' if lang == 'en' else ''}meld-interesse/2031-skole/")
    _fill(page)
    page.reload()
    expect(page.locator("#municipality")).to_have_value("høje tåstrup")
    page.fill("#municipality", "Viborg")
    expect(page.locator("#submitted")).to_be_visible()
    page.fill("#municipality", "Hoeje Taastrup")
    expect(page.locator("#submitted")).to_be_hidden()
    page.click("button[type=submit]")
    shown = page.locator("#file").input_value()
    page.click("#send")
    receipt = page.locator("#receipt")
    expect(receipt).to_be_focused()
    expect(page.locator("#receipt-name")).to_have_text("Høje-Taastrup")
    expect(page.locator("#receipt-time")).to_contain_text("2031")
    reference = page.locator("#receipt-reference").inner_text()
    context.close()
    server.close()
    branch = "submission/2031-skole/hoeje-taastrup"
    kept = git(root, "show", f"{branch}:submissions/2031-skole/hoeje-taastrup.yml")
    assert kept + "\n" == shown
    assert reference in git(root, "show", "--no-patch", "--format=%B", branch)
