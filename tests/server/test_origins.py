"""Which form the desk listens to: addresses compare as browsers send them."""

from pathlib import Path

import pytest

from docket.cli.main import main
from docket.server.origins import is_one, origin_of
from support.desk import body, desk_of, post, still
from support.randers import TEXT
from support.worlds import git

SAME = [
    ("https://Melding.Example", "https://melding.example"),
    ("https://melding.example/", "https://melding.example"),
    ("https://melding.example:443", "https://melding.example"),
    ("https://melding.example.", "https://melding.example"),
    ("HTTP://127.0.0.1:80", "http://127.0.0.1"),
    ("http://localhost:8000", "http://localhost:8000"),
    ("https://tilkendegørelse.example", "https://xn--tilkendegrelse-yqb.example"),
    ("https://TILKENDEGØRELSE.example", "https://xn--tilkendegrelse-yqb.example"),
    ("https://a\u030aben.example", "https://xn--ben-tla.example"),
    ("https://melding。example", "https://melding.example"),
    ("http://[::1]:80", "http://[::1]"),
    ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
]
OTHER = [
    "",
    "null",
    "https://melding.example.evil.example",
    "https://melding.example:8443",
    "http://melding.example",
    "https://user@melding.example",
    "https://melding.example@evil.example",
    "https://melding.example/",
    "https://melding.example?x",
    "https://melding.example, https://melding.example",
    "https://",
    "ftp://melding.example",
    "https://melding.example:99999",
    "https://[::1",
]


@pytest.mark.parametrize(("address", "sent"), SAME)
def test_the_same_origin(address: str, sent: str) -> None:
    """What an organiser may write is what a browser sends."""
    assert origin_of(address) == sent
    assert is_one(sent, {address})


@pytest.mark.parametrize("sent", OTHER)
def test_another_origin(sent: str) -> None:
    """Anything else is somebody else's, and never an error."""
    assert not is_one(sent, {"https://melding.example"})


def test_over_http(register: Path, tmp_path: Path) -> None:
    """A desk whose address has a capital and a port takes what the browser sends there."""
    (tmp_path / "public").mkdir()
    with desk_of(register, tmp_path / "public", clock=still()) as port:
        sent = {"Origin": "http://DESK.example:80"}
        assert post(port, body(), **sent)[0] == 201
        assert post(port, body(TEXT + "# x"), Origin="http://desk.example:81")[0] == 403
    assert git(register, "branch", "--list", "submission/*")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://melding.example/kald", "--address https://melding.example."),
        ("https://kl@melding.example", "--address https://melding.example."),
        ("https://melding.example?x=1", "--address https://melding.example."),
        ("melding.example", "melding.example er ikke en sides adresse"),
        ("https://", "er ikke en sides adresse"),
        ("https://mel ding.example", "er ikke en sides adresse"),
    ],
)
def test_told_at_the_start(
    register: Path, capsys: pytest.CaptureFixture[str], address: str, said: str
) -> None:
    """An address at which no form could be heard is refused before anything is served."""
    assert main(["-C", str(register), "serve", "--address", address]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_no_such_port(register: Path, capsys: pytest.CaptureFixture[str], port: str) -> None:
    """A port that there is not is no traceback."""
    assert main(["-C", str(register), "serve", f"--port={port}"]) == 2
    assert f"Der er ingen port {port}." in capsys.readouterr().err
