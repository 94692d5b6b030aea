"""The tests of whatever asks Git, with all that users have set for it against us at once."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from support.hostile_git import SETTINGS, VARIABLES, configured
from support.worlds import ROOT, git, world

FILES = (
    "git",
    "acts/test_intake.py",
    "acts/test_inbox.py",
    "forge/test_pull_request.py",
    "server/test_office_inbox.py",
    "scaffold",
)


def main() -> int:
    """Run them; answer pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        other = world(place / "other")
        before = git(other, "rev-parse", "HEAD")
        hostile = {name: value.format(other=other) for name, value in VARIABLES.items()}
        hostile["GIT_CONFIG_GLOBAL"] = str(configured(place, SETTINGS))
        places = [f"tests/{name}" for name in FILES]
        words = [sys.executable, "-m", "pytest", "-m", "not browser", *places, *sys.argv[1:]]
        code = subprocess.run(words, check=False, cwd=ROOT, env=os.environ | hostile).returncode
        if code:
            return code
        return int(git(other, "rev-parse", "HEAD") != before or bool(git(other, "status", "-s")))


if __name__ == "__main__":
    sys.exit(main())
