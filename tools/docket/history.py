"""What Git knows of the register."""

from pathlib import Path

from git import Repo
from git.exc import GitError

from docket.model import Head


def changed(root: Path) -> frozenset[str]:
    """The paths that the checked-out commit changes against its first parent; none if unknown."""
    try:
        with Repo(root) as repo:
            names = repo.git.diff("--name-only", "-z", "--no-renames", "HEAD^1", "HEAD")
            return frozenset(filter(None, names.split("\0")))
    except (GitError, ValueError, OSError):
        return frozenset()


def head(root: Path) -> Head | None:
    """The checked-out commit of the repository at `root`; None where there is none."""
    try:
        with Repo(root) as repo:
            commit = repo.head.commit.hexsha
            changed = bool(repo.git.status("--porcelain", "--", "submissions", "schema"))
            return Head(commit, changed)
    except (GitError, ValueError, OSError):
        return None
