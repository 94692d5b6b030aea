"""What Git refuses, and what keeps it from telling what happened."""

import re
from enum import StrEnum

from docket.text.errors import CommandError, Trouble
from docket.text.escape import show_path

GITPYTHON = re.compile(r"\s*stderr: '(.*)'\s*", re.DOTALL)


class GitError(Trouble):
    """Git says no; its own words are the message."""

    def __init__(self, words: str) -> None:
        """Keep them, without what GitPython puts around them."""
        found = GITPYTHON.fullmatch(words)
        self.words = found[1] if found else words
        super().__init__(self.words)

    def __str__(self) -> str:
        """Git's own words."""
        return self.words


class Missing(StrEnum):
    """What keeps Git from telling what happened."""

    GIT = "git"
    """Git is not here."""
    REPOSITORY = "none"
    OWNER = "owner"
    """The repository is another user's."""
    COMMIT = "unborn"
    """There is none yet."""
    NAMED_COMMIT = "unknown"
    HISTORY = "shallow"
    """A part of it was not fetched."""
    BRANCH = "detached"
    """None is checked out."""


class NoHistory(CommandError):
    """Git cannot tell what happened: `kind` says why."""

    def __init__(self, kind: Missing, name: str = "") -> None:
        """Keep the kind, and the name that is not known."""
        super().__init__(f"errors.git.{kind}", name=show_path(name))
        self.kind = kind
        self.name = name
