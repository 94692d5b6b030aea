"""The forge's form: what is typed there becomes one proposal, whatever it looks like."""

from pathlib import Path

import pytest

from docket.acts.receipts import arrival
from support.organise import FIELDS, FLOW, STEP, install, send
from support.randers import PATH, TEXT, propose
from support.worlds import commit, docket_of, git

CAME = "2026-01-05T10:00:00+01:00"
BRANCH = "proposal/2031-skole"
EVIL = '"; touch x; $(touch x) `touch x` --dry-run'


@pytest.fixture
def forge(register: Path, tmp_path: Path) -> Path:
    """The repository on the forge, and a checkout of it in `register` as a workflow has it."""
    bare = tmp_path / "forge.git"
    round_ = register / "submissions/2031-skole/round.yml"  # open by the real clock
    text = round_.read_text("utf-8").replace("opens: 2031", "opens: 2020")
    round_.write_text(text.replace("after: [2030-job]\n", ""), "utf-8")
    commit(register, "open", "2026-01-01T12:00:00+01:00")
    propose(register, {PATH: TEXT}, CAME)
    git(tmp_path, "clone", "--quiet", "--bare", str(register), str(bare))
    git(register, "branch", "--quiet", "--delete", "--force", "change")
    git(register, "remote", "add", "origin", str(bare))
    git(register, "fetch", "--quiet", "origin")
    install(register, "from docket.cli.main import main; raise SystemExit(main())")
    return bare


def test_inputs() -> None:
    """The forge takes ten fields at most, and each goes to the environment under its name."""
    inputs = FLOW[True]["workflow_dispatch"]["inputs"]  # YAML 1.1 reads `on` so
    assert len(inputs) <= 10
    assert {name.upper() for name in inputs} == FIELDS
    for name, field in inputs.items():
        assert field["description"].startswith(f"{name}: ")  # the label, as the guide names it
        assert STEP["env"][name.upper()] == f"${{{{ github.event.inputs.{name} }}}}"


@pytest.mark.parametrize(
    ("typed", "branch", "path"),
    [
        (
            {"act": "open", "round": "2032-x", "like": "2031-skole", "until": "2032-06-30"},
            "proposal/2032-x",
            "submissions/2032-x/round.yml",
        ),
        (
            {"act": "stop", "round": "2031-skole", "reason": f"da: {EVIL}; en: {EVIL}"}
            | {"source": "https://kilde.example/"},
            BRANCH,
            "submissions/2031-skole/decision.yml",
        ),
    ],
)
def test_proposed(
    register: Path, forge: Path, typed: dict[str, str], branch: str, path: str
) -> None:
    """Each act is one commit on its branch, by whom the forge knows, and the address is told."""
    code, told = send(register, **typed)
    assert code == 0, told
    assert told.endswith(
        f"~~~\nhttps://github.com/example/docket/compare/main...{branch}?expand=1\n"
    )
    assert git(forge, "diff", "--name-only", "main", branch) == path
    assert git(forge, "log", "-1", "--format=%an %ae", branch) == "octo 1+octo@example.org"
    assert not (register / "x").exists()
    assert git(register, "status", "--porcelain") == "?? .venv/"


@pytest.mark.usefixtures("forge")
def test_what_was_typed_stands(register: Path) -> None:
    """What looks like a command to a shell is text."""
    typed = {"reason": f"da: {EVIL}; en: -x", "source": "https://kilde.example/"}
    code, told = send(register, act="stop", round="2031-skole", **typed)
    assert code == 0, told
    git(register, "fetch", "--quiet", "origin")
    git(register, "checkout", "--quiet", f"origin/{BRANCH}")
    stop = docket_of(register).decisions["2031-skole"].stopped
    assert stop
    assert dict(stop.reason) == {"da": EVIL, "en": "-x"}


@pytest.mark.usefixtures("forge")
def test_taken_in(register: Path) -> None:
    """A branch with an answer that came by e-mail is taken in with its time and reference."""
    typed = {"branch": "change", "when": CAME, "source": "J-17"}
    code, told = send(register, act="accept", **typed)
    assert code == 0, told
    git(register, "fetch", "--quiet", "origin")
    git(register, "checkout", "--quiet", f"origin/{BRANCH}")
    last = docket_of(register).receipts[-1]
    found = arrival(last.received.isoformat(), last.via, last.reference)
    assert found == arrival(CAME, "e-mail", "J-17")


def test_decided(register: Path, forge: Path) -> None:
    """Several are named in one field; what breaks a rule is told, and nothing is pushed."""
    typed = {"chosen": "viborg:folkeskole  odder:dagtilbud", "until": "2035-12-31"}
    code, told = send(register, act="decide", round="2031-skole", **typed)
    assert code == 1
    assert "D02" in told or "D03" in told
    assert git(forge, "for-each-ref", "refs/heads/proposal") == ""
    code, told = send(register, act="decide", round="2031-skole")
    assert code == 2
