"""The workflows: valid, least privilege, pinned, and no stranger's text in a shell."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.worlds import ROOT

BIN = Path(sys.executable).parent
FLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def _run(*words: str) -> None:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "files", "more"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml", ()),
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
    _run(str(BIN / "zizmor"), "--offline", "--quiet", ".github")


def test_actionlint() -> None:
    """Actionlint finds nothing wrong with expressions, contexts and keys."""
    _run(str(BIN / "actionlint"), *map(str, FLOWS))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_least_privilege(path: Path) -> None:
    """Nothing is allowed but what a job names; every action is pinned by commit."""
    text = path.read_text(encoding="utf-8")
    assert "\npermissions: {}\n" in text
    for action in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert text.count("actions/checkout@") == text.count("fetch-depth: 0")
    assert text.count("timeout-minutes:") == text.count("runs-on:")


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_no_text_in_a_shell(path: Path) -> None:
    """No expression stands in a line that a shell runs."""
    text = path.read_text(encoding="utf-8")
    for block in re.findall(r"run: (\|\n(?:          .*\n)+|.*\n)", text):
        assert "${{" not in block, block


def test_answer_never_touches_the_change() -> None:
    """The answer checks out the base only; once the change is fetched, only ours runs."""
    text = (ROOT / ".github/workflows/answer.yml").read_text(encoding="utf-8")
    assert "ref:" not in text
    assert "head.sha" not in text
    assert "head.ref" not in text
    after = text[text.index("refs/docket/head") :]
    assert re.findall(r"run: (.*)", after) == [".venv/bin/python -m docket.forge answer"]
