"""The desk over real HTTP: a receipt that was given is in Git, and nothing else happens."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from docket.cli.main import main
from docket.server.limits import Limiter
from support.desk import ORIGIN, TOKEN, body, desk_of, post, still
from support.randers import BRANCH, PATH, TEXT
from support.worlds import AT, commit, docket_of, found_in, git

OPEN_NOW = """title: {da: Altid åben (opdigtet), en: Always open (invented)}
seats: {folkeskole: 2}
receiver: {name: Sekretariatet}
decides: {da: udvalget, en: the committee}
opens: 2020-01-01
"""


@pytest.fixture
def port(register: Path, tmp_path: Path) -> Iterator[int]:
    """A desk before the base world, whose clock stands still."""
    (tmp_path / "public").mkdir()
    with desk_of(register, tmp_path / "public", clock=still()) as found:
        yield found


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
    assert f"Receipt: {data['reference']} " in told
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
    first = post(port, body(token=TOKEN))[1]
    second = post(port, body(TEXT.replace("folkeskole", "dagtilbud"), token=TOKEN))[1]
    assert first["reference"] != second["reference"]
    assert git(register, "rev-list", "--count", f"main..{BRANCH}") == "2"
    assert git(register, "show", f"{BRANCH}~1:{PATH}") + "\n" == TEXT


def test_forty_at_once(register: Path, tmp_path: Path) -> None:
    """Forty municipalities at once: forty branches, forty receipts."""
    docket = docket_of(register)
    busy = set(docket.submissions_by)
    names = [name for name in docket.register if name not in busy][:40]
    made: dict[str, Any] = {"clock": still(), "limiter": Limiter(most=100)}
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
        (TEXT.replace("[folkeskole]", "[beskaeftigelse]"), ["/areas"]),
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
    with desk_of(register, tmp_path, clock=still(late)) as port:
        status, data, _ = post(port, body())
    assert status == 422
    assert "Fristen i runden" in data["errors"][0]["message"]["da"]


def test_mended_after_the_deadline(register: Path, tmp_path: Path) -> None:
    """What came in time and still waits may change its contact later, and nothing else."""
    with desk_of(register, tmp_path, clock=still()) as port:
        post(port, body(token=TOKEN))
    late = datetime.fromisoformat("2031-07-10T12:00:00+02:00")
    with desk_of(register, tmp_path, clock=still(late)) as port:
        contact = post(port, body(TEXT.replace("post@", "ny@"), token=TOKEN))
        area = post(port, body(TEXT.replace("folkeskole", "dagtilbud"), token=TOKEN))
    assert contact[0] == 201
    assert area[0] == 422
    assert [error["pointer"] for error in area[1]["errors"]] == ["/areas"]
    assert main(["-C", str(register), "accept", BRANCH]) == 0
    assert found_in(register, "2031-08-01") == []


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
    with desk_of(register, tmp_path, clock=still()) as port:
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
    with desk_of(register, tmp_path, clock=still()) as port:
        assert post(port, body())[0] == 201


def plain(port: int, fields: dict[str, str], path: str = "/desk/2031-skole/") -> tuple[int, str]:
    """Status and page of the answer to a form that was sent without a script."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        kind = "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Origin": ORIGIN}
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/desk/2031-skole/", {}, 404),  # nothing is built here that it could be shown on
        ("/desk/2099-nej/", {}, 404),
        ("/desk/..%2f..%2fx/", {}, 405),
        ("/en/desk/2031-skole/", {"municipality": "\x00" * 9, "motivation": "x" * 70_000}, 404),
        ("/desk/2031-skole/", {"motivation": "x" * 200_000}, 413),
    ],
)
def test_plain_nonsense(port: int, path: str, fields: dict[str, str], status: int) -> None:
    """Whatever a form sends, the answer is never 5xx."""
    assert plain(port, fields, path)[0] == status


def test_waiting(register: Path, port: int) -> None:
    """The desk says whose submission waits, until it is in the register."""

    def asked(round_: str) -> list[str]:
        with urlopen(f"http://127.0.0.1:{port}/desk/{round_}/waiting") as answer:
            found: list[str] = json.loads(answer.read())["waiting"]
        return found

    assert asked("2031-skole") == []
    post(port, body())
    assert asked("2031-skole") == ["randers"]
    assert asked("--help") == []
    assert main(["-C", str(register), "accept", BRANCH]) == 0
    assert asked("2031-skole") == []


def test_rate_of_a_municipality(register: Path, tmp_path: Path) -> None:
    """One municipality cannot be flooded from many addresses."""
    made: dict[str, Any] = {"clock": still(), "limiter": Limiter(most=2)}
    with desk_of(register, tmp_path, proxied=True, **made) as port:
        statuses = [post(port, body(), X_Forwarded_For=f"192.0.2.{n}")[0] for n in range(3)]
        other = post(port, body(TEXT.replace("randers", "vejle")), X_Forwarded_For="192.0.2.9")
    assert statuses == [201, 201, 429]
    assert other[0] == 201


def test_killed(register: Path, tmp_path: Path) -> None:
    """A receipt that was given is in Git, however the desk dies."""
    script = (
        "import sys; from pathlib import Path; from docket.server.desk import Desk; "
        "from docket.server.door import open_door; "
        f"desk = Desk(Path({str(register)!r}), frozenset({{{ORIGIN!r}}})); "
        f"door = open_door(Path({str(tmp_path)!r}), 0, desk); "
        "print(door.effective_port, flush=True); door.run()"
    )
    names = ["randers", "vejle", "skive", "struer", "lemvig", "thisted"]
    (register / "submissions/2031-skole/round.yml").write_text(OPEN_NOW, encoding="utf-8")
    commit(register, "a round that is open by the real clock")
    for name in names:
        running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert running.stdout
        port = int(running.stdout.readline())
        given = post(port, body(TEXT.replace("randers", name)))
        running.kill()
        running.communicate()
        assert given[0] == 201
        branch = f"submission/2031-skole/{name}"
        assert given[1]["reference"] in git(register, "show", "--no-patch", "--format=%B", branch)
    git(register, "fsck", "--strict")
