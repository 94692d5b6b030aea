"""Who watches over a served desk: where it listens, and its line for each request."""

import json
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from docket.server.desk import Desk
from docket.server.door import Terms, open_door
from support.built import running
from support.desk import ORIGIN, body, still
from support.worlds import ROOT, neutral


def _ask(port: int, method: str, path: str, content: str = "", host: str = "127.0.0.1") -> int:
    headers = {"Content-Type": "application/json", "Origin": ORIGIN, "User-Agent": "Bodil"}
    with closing(HTTPConnection(host, port, timeout=30)) as connection:
        connection.request(method, path, content, headers | {"X-Forwarded-For": "192.0.2.9"})
        return connection.getresponse().status


def test_a_line_for_each_request(register: Path, tmp_path: Path) -> None:
    """It says what and how long, and nothing of who asked or what they wrote or looked for."""
    told: list[str] = []
    public = tmp_path / "public"
    (public / "æble").mkdir(parents=True)
    (public / "æble/index.html").write_text("x", "utf-8")
    desk = Desk(register, frozenset({ORIGIN}), clock=still())
    with running(open_door(public, 0, desk, Terms(tell=told.append))) as port:
        statuses = [
            _ask(port, "GET", "/%C3%A6ble/?navn=Bodil"),
            _ask(port, "POST", "/desk", json.dumps(body())),
            _ask(port, "GET", "/bodil@kommune.example"),
            _ask(port, "BODIL", "/"),
        ]
    desk.turns.close()
    assert statuses == [200, 201, 404, 405]
    words = [line.split(" ") for line in told]
    assert [(one[1], " ".join(one[3:])) for one in words] == [
        ("200", "GET /æble/"),
        ("201", "POST /desk"),
        ("404", "-"),
        ("405", "-"),
    ]
    for line in told:
        for private in ("odil", "192.0.2.9", "127.0.0.1", "post@kommune.example"):
            assert private not in line


def test_another_address(public: Path) -> None:
    """It listens where it is told to, and nowhere else."""
    with running(open_door(public, 0, None, Terms(host="127.0.0.3"))) as port:
        assert _ask(port, "GET", "/", host="127.0.0.3") == 200
        with pytest.raises(ConnectionRefusedError):
            _ask(port, "GET", "/")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--host 0.0.0.0", "--address https://"),
        ("--host 203.0.113.9 --address https://desk.example", "203.0.113.9"),
        ("--proxy proxy.example --address https://desk.example", "proxy.example"),
        ("--host nowhere.invalid --address https://desk.example", "nowhere.invalid"),
    ],
)
def test_no_such_place(words: str, said: str, register: Path) -> None:
    """Open to others it needs the site's address; an address that is not here is named."""
    run = "import sys; from docket.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", run, "-C", str(register), "serve", *words.split()],
        env=neutral() | {"PYTHONPATH": str(ROOT / "tools")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
