"""What Git refuses, and what keeps it from telling what happened."""

import re
from enum import StrEnum

from docket.text.errors import CommandError, Trouble
from docket.text.escape import show_path

CAUSES = {
    "unfetched": re.compile("promisor"),
    "damaged": re.compile(
        r"missing (blob|tree|commit) object|bad object|not a tree object"
        r"|is corrupt|object file .* is empty"
        r"|unable to (read|parse) (tree|sha1|object|[0-9a-f]{40})|[Cc]ould not read [0-9a-f]{40}"
    ),
}
"""What Git says, in its own words, of a repository that lacks something."""


class GitError(Trouble):
    """Git says no; its own words are the message."""

    def __init__(self, words: str) -> None:
        """Find out what they mean."""
        super().__init__(words)
        self.words = words
        if not self.is_known:
            for cause, sign in CAUSES.items():
                if sign.search(words):
                    self.key, self.is_known = f"errors.git.{cause}", True
                    break

    def __str__(self) -> str:
        """Git's own words."""
        return self.words


class TimedOut(GitError):
    """Git did not answer in so many seconds: what it was asked for may be done all the same."""

    def __init__(self, seconds: float) -> None:
        """Say how long."""
        super().__init__(f"timed out after {seconds:g} seconds")


class Missing(StrEnum):
    """What keeps Git from telling what happened."""

    GIT = "git"
    """Git is not here."""
    REPOSITORY = "none"
    OWNER = "owner"
    """The repository is another user's."""
    BARE = "bare"
    """The user lets Git read a bare one only where it is named."""
    FORMAT = "sha256"
    COMMIT = "unborn"
    """There is none yet."""
    NAMED_COMMIT = "unknown"
    HISTORY = "shallow"
    """A part of it was not fetched."""
    FILES = "sparse"
    """Some are kept out of the working copy."""
    BRANCH = "detached"
    """None is checked out."""


class NoHistory(CommandError):
    """Git cannot tell what happened: `kind` says why."""

    def __init__(self, kind: Missing, name: str = "") -> None:
        """Keep the kind, and the name that is not known."""
        super().__init__(f"errors.git.{kind}", name=show_path(name))
        self.kind = kind
        self.name = name
