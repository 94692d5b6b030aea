"""The workflows: valid, least privilege, pinned, and no stranger's text in a shell."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.worlds import ROOT

BIN = Path(sys.executable).parent
FLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github/actions").glob("*/action.yml"))
OWN = {path.parent.name for path in ACTIONS}


def _name(path: Path) -> str:
    return path.parent.name if path in ACTIONS else path.stem


def _steps(found: dict[str, Any]) -> list[dict[str, Any]]:
    jobs = found.get("jobs", {"": found.get("runs")})
    return [step for job in jobs.values() for step in job["steps"]]


def _run(*words: str) -> None:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "files", "more"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml", ()),
        ("vendor.github-actions", ".github/actions/*/action.yml", ()),
        ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/hjaelp.yml", ()),
        ("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml", ()),
        ("vendor.dependabot", ".github/dependabot.yml", ()),
        ("vendor.gitlab-ci", ".gitlab-ci.yml", ("--data-transform", "gitlab-ci")),
    ],
)
def test_schema(schema: str, files: str, more: tuple[str, ...]) -> None:
    """Each file is right by its published schema."""
    paths = [str(path.relative_to(ROOT)) for path in ROOT.glob(files)]
    assert paths
    _run(str(BIN / "check-jsonschema"), "--builtin-schema", schema, *more, *paths)


def test_zizmor() -> None:
    """Zizmor finds nothing that is not excused beside its reason."""
    _run(str(BIN / "zizmor"), "--offline", "--quiet", "--pedantic", ".github")


def test_actionlint() -> None:
    """Actionlint finds nothing wrong with expressions, contexts and keys."""
    _run(str(BIN / "actionlint"), *map(str, FLOWS))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_least_privilege(path: Path) -> None:
    """Nothing is allowed but what a job names; the whole history is there, and no token stays."""
    text = path.read_text(encoding="utf-8")
    assert "\npermissions: {}\n" in text
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert text.count("actions/checkout@") == text.count("fetch-depth: 0")
    assert text.count("timeout-minutes:") == text.count("runs-on:")


@pytest.mark.parametrize("path", [*FLOWS, *ACTIONS], ids=_name)
def test_pinned(path: Path) -> None:
    """Every action is pinned by commit, or is our own from the same commit."""
    for action in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8")):
        own = action.removeprefix("$/.github/actions/")
        assert own in OWN or re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action


@pytest.mark.parametrize("path", [*FLOWS, *ACTIONS], ids=_name)
def test_no_text_in_a_shell(path: Path) -> None:
    """No expression stands in a line that a shell runs."""
    for step in _steps(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert "${{" not in step.get("run", ""), step


def test_answer_never_touches_the_change() -> None:
    """The answer checks out the base only; once the change is fetched, only ours runs."""
    flow = (ROOT / ".github/workflows/answer.yml").read_text(encoding="utf-8")
    action = (ROOT / ".github/actions/answer/action.yml").read_text(encoding="utf-8")
    for text in (flow, action):
        assert "ref:" not in text
        assert "head.sha" not in text
        assert "head.ref" not in text
    assert "actions/checkout" not in action
    after = action[action.index("refs/docket/head") :]
    assert re.findall(r"run: (.*)", after) == [".venv/bin/python -m docket.forge answer"]


@pytest.mark.parametrize("name", sorted(OWN))
def test_an_action_holds_what_its_job_may(name: str) -> None:
    """What writes imports only what is pinned for the forge, and each action is called once."""
    calls = [one for path in FLOWS for one in re.findall(r"uses: \$/\S+/(\w+)", path.read_text())]
    assert calls.count(name) == 1
    action = (ROOT / f".github/actions/{name}/action.yml").read_text(encoding="utf-8")
    made = re.findall(r"make (\S+)", action)
    assert made == [".venv/forge" if "docket.forge" in action else ".venv/run"]
