"""What the tests of the forge share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.hub import REPOSITORY, Hub, running
from support.randers import RECEIVED, TEXT, desk_branch
from support.worlds import git


@pytest.fixture
def hub(register: Path, tmp_path: Path) -> Iterator[Hub]:
    """A small GitHub that has the register, and is its origin; one branch waits at the desk."""
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(register), str(bare))
    git(bare, "config", "http.receivepack", "true")
    desk_branch(register, (TEXT, RECEIVED))
    with running(bare) as found:
        git(register, "remote", "add", "origin", f"{found.address}/{REPOSITORY}.git")
        yield found
