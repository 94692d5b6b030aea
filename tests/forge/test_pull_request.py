"""From a branch of the desk to a pull request, against a small GitHub with real Git behind it."""

import os
from pathlib import Path

import pytest

from docket.cli.main import main
from docket.forge import pull_request
from docket.forge.pull_request import Sent, Unsent
from docket.git.store import Store
from support.hub import REPOSITORY, TOKEN, Fault, Hub, basic, environment
from support.randers import BRANCH, PATH, TEXT
from support.worlds import commit, git

TIP = f"refs/heads/{BRANCH}"


def send(root: Path, hub: Hub, token: str = TOKEN) -> Sent | None:
    """Send the branch; waiting takes no time."""
    return pull_request.send(Store(root), BRANCH, environment(hub, token), wait=lambda _: None)


def posts(hub: Hub) -> int:
    """How many pull requests were asked for."""
    return sum(round_.startswith("POST") for round_ in hub.calls)


def test_send(register: Path, hub: Hub) -> None:
    """The branch is pushed and has one pull request, which tells the receipt and no contact."""
    assert pull_request.unsent(Store(register)) == (BRANCH,)
    address = f"{hub.address}/{REPOSITORY}/pull/1"
    assert send(register, hub) == Sent(BRANCH, 1, address)
    assert hub.bare
    assert git(hub.bare, "rev-parse", TIP) == git(register, "rev-parse", TIP)
    (pull,) = hub.pulls
    assert pull["title"] == "Randers Kommune: 2031-skole"
    assert "Modtaget 5. marts 2031 kl. 10.00 gennem skranken. Kvittering F-0." in pull["body"]
    assert "post@kommune.example" not in pull["body"]
    assert pull_request.unsent(Store(register)) == ()
    assert send(register, hub) == Sent(BRANCH, 1, address)
    assert posts(hub) == 1


def test_a_second_version(register: Path, hub: Hub) -> None:
    """A new version of a sent branch is unsent until it is pushed; its pull request stays."""
    send(register, hub)
    git(register, "switch", "--quiet", BRANCH)
    (register / PATH).write_text(TEXT.replace("post@", "ny@"), "utf-8")
    commit(register, "x")
    git(register, "switch", "--quiet", "main")
    assert pull_request.unsent(Store(register)) == (BRANCH,)
    assert send(register, hub) is not None
    assert hub.bare
    assert git(hub.bare, "rev-parse", TIP) == git(register, "rev-parse", TIP)
    assert len(hub.pulls) == 1


def test_accepted_is_not_sent(register: Path, hub: Hub) -> None:
    """What the organiser has taken in already needs no pull request."""
    assert main(["-C", str(register), "accept", BRANCH]) == 0
    assert list(pull_request.resume(Store(register), environment(hub))) == []
    assert hub.calls == []


@pytest.mark.parametrize(
    "faults",
    [
        [basic(500, "oops"), basic(502, "oops")],
        [basic(403, "secondary rate limit", Retry_After="1")],
        ["drop", "drop"],
        ["go on", basic(503, "oops")],
        ["go on", "drop"],
        ["go on", "lose"],
    ],
)
def test_troubled_line(register: Path, hub: Hub, faults: list[Fault | str]) -> None:
    """Whatever passes is tried again, and there is one pull request in the end."""
    hub.faults = list(faults)
    sent = send(register, hub)
    assert sent
    assert [one["number"] for one in hub.pulls] == [sent.number]


def test_somebody_was_faster(register: Path, hub: Hub) -> None:
    """A pull request that somebody opened meanwhile (422) is found, and reported as ours."""
    hub.faster = BRANCH
    assert send(register, hub) == Sent(BRANCH, 1, f"{hub.address}/{REPOSITORY}/pull/1")


@pytest.mark.parametrize("token", ["wrong", "wr\u00f8ng", "x y"])
def test_wrong_token(register: Path, hub: Hub, token: str) -> None:
    """A token that is not accepted is told as such; the branch stays unsent."""
    with pytest.raises(Unsent) as caught:
        send(register, hub, token)
    assert caught.value.kind == "token"
    assert token not in str(caught.value)
    assert pull_request.unsent(Store(register)) == (BRANCH,)


def test_forbidden(register: Path, hub: Hub) -> None:
    """A token that may push but not open a pull request leaves the branch unsent."""
    hub.faults = ["go on", basic(403, "Resource not accessible by personal access token")]
    with pytest.raises(Unsent) as caught:
        send(register, hub)
    assert caught.value.kind == "token"
    assert pull_request.unsent(Store(register)) == (BRANCH,)
    assert [type(one) for one in pull_request.resume(Store(register), environment(hub))] == [Sent]


def test_diverged(register: Path, hub: Hub) -> None:
    """A branch that is another one on the forge is not pushed over."""
    assert hub.bare
    other = git(hub.bare, "commit-tree", "-m", "other", "main^{tree}")
    git(hub.bare, "update-ref", TIP, other)
    with pytest.raises(Unsent) as caught:
        send(register, hub)
    assert caught.value.kind == "diverged"
    assert git(hub.bare, "rev-parse", TIP) == other


def test_nobody_answers(register: Path, hub: Hub) -> None:
    """Where nobody answers, all are told unsent, the later ones without a try."""
    git(register, "branch", "submission/2031-skole/skive", BRANCH)
    git(register, "remote", "set-url", "origin", f"http://127.0.0.1:9/{REPOSITORY}.git")
    found = list(pull_request.resume(Store(register), environment(hub), wait=lambda _: None))
    assert [getattr(one, "kind", "") for one in found] == ["unreachable", "unreachable"]


@pytest.mark.parametrize("origin", ["", "/tmp/somewhere.git", "https://gitlab.example/a/b.git"])
def test_nowhere(register: Path, hub: Hub, origin: str) -> None:
    """Without a token, or a remote on GitHub, nothing is done."""
    assert pull_request.send(Store(register), BRANCH, {}) is None
    git(register, "remote", "remove", "origin")
    if origin:
        git(register, "remote", "add", "origin", origin)
    assert pull_request.send(Store(register), BRANCH, {"DOCKET_TOKEN": TOKEN}) is None
    assert hub.calls == []


@pytest.mark.parametrize(
    ("origin", "address"),
    [
        ("https://github.com/a/b", "https://github.com/a/b.git"),
        ("https://github.com/a/b.git", "https://github.com/a/b.git"),
        ("git@github.com:a/b.c.git", "https://github.com/a/b.c.git"),
        ("ssh://git@github.com/a/b.git", "https://github.com/a/b.git"),
    ],
)
def test_address(register: Path, origin: str, address: str) -> None:
    """A remote on GitHub is known however it is written; the token goes by https."""
    git(register, "remote", "add", "origin", origin)
    target = pull_request.target_of(Store(register), {"DOCKET_TOKEN": TOKEN})
    assert target
    assert target.address == address
    assert target.api.address == f"https://api.github.com/repos/{address[19:-4]}"


def test_the_token_is_nowhere(
    register: Path, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token is in no argument of a process, no file of the repository, no trace of Git."""
    trace, seen = tmp_path / "trace", tmp_path / "seen"
    spy = tmp_path / "bin/git"
    spy.parent.mkdir()
    real = next(
        path for place in os.environ["PATH"].split(":") if (path := Path(place) / "git").exists()
    )
    spy.write_text(f'#!/bin/sh\necho "$@" >> {seen}\nexec {real} "$@"\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{spy.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("GIT_TRACE_CURL", str(trace))
    monkeypatch.setenv("GIT_TRACE_REDACT", "0")
    assert send(register, hub)
    assert "push" in seen.read_text()
    assert "Authorization" in trace.read_text()
    files = [path for path in register.rglob("*") if path.is_file()]
    for path in (seen, trace, *files):
        assert TOKEN.encode() not in path.read_bytes()


def test_command(
    register: Path,
    hub: Hub,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`docket send` tells which branches have no pull request, and opens them."""
    words = ["-C", str(register), "send"]
    assert main([*words, "--dry-run"]) == 0
    assert capsys.readouterr().out == f"{BRANCH}\n"
    monkeypatch.delenv("DOCKET_TOKEN", raising=False)
    assert main(words) == 2
    assert "DOCKET_TOKEN" in capsys.readouterr().err
    for name, value in environment(hub, "wrong").items():
        monkeypatch.setenv(name, value)
    assert main(words) == 2
    assert "GitHub tager ikke imod nøglen" in capsys.readouterr().err
    monkeypatch.setenv("DOCKET_TOKEN", TOKEN)
    assert main(words) == 0
    assert capsys.readouterr().out.startswith(f"{BRANCH}: #1 http")
    assert main(words) == 0
    assert "Alt er sendt." in capsys.readouterr().err
