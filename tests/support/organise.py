"""The forge's form as it is sent: the last step of the action, run as the forge runs it."""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from support.worlds import ROOT, neutral

FLOW = yaml.safe_load((ROOT / ".github/workflows/organise.yml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / ".github/actions/organise/action.yml").read_text("utf-8"))
STEP = ACTION["runs"]["steps"][-1]
FIELDS = {key for key, value in STEP["env"].items() if "inputs." in value}


def install(root: Path, code: str) -> None:
    """Let the command that the workflow calls in `root` be this Python `code`."""
    command = root / ".venv/bin/docket"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!{sys.executable}\n{code}\n", "utf-8")
    command.chmod(0o755)


def send(root: Path, **typed: str) -> tuple[int, str]:
    """The form sent with what was typed: the exit code, and what its reader is told."""
    summary = root.parent / "summary.md"
    own = {"PYTHONPATH": os.pathsep.join(sys.path), "GITHUB_ACTIONS": "true"}
    own |= {"RUNNER_TEMP": str(root.parent), "GITHUB_STEP_SUMMARY": str(summary)}
    own |= {"GIT_AUTHOR_NAME": "octo", "GIT_AUTHOR_EMAIL": "1+octo@example.org"}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEP["run"]],
        cwd=root,
        env={**neutral(), **own, **{key: typed.get(key.lower(), "") for key in FIELDS}},
        check=False,
    )
    return done.returncode, summary.read_text("utf-8")
