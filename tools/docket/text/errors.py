"""What keeps a command from its work: which sentence says so, and its facts."""

import errno
import os
import re
from collections.abc import Sequence

from docket.text.catalogue import say
from docket.text.escape import printable

CAUSES = {
    os.strerror(code): kind
    for code, kind in (
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "denied"),
        (errno.EPERM, "denied"),
    )
}
"""What a machine says, in its own words, and what it means."""


class CommandError(Exception):
    """A command cannot do its work: it says why, and what to do.

    `key` names the sentence in the catalogue; `facts` fill its holes.
    """

    def __init__(self, key: str, /, **facts: object) -> None:
        """Keep what is to be said."""
        super().__init__(key)
        self.key = key
        self.facts = facts

    def of(self, lang: str) -> str:
        """The sentence in `lang`."""
        return say(self.key, lang, **self.facts)


class Faulty(CommandError):
    """What is wrong at some place, a line for each; `key` says which place."""

    def __init__(self, key: str, faults: Sequence[CommandError], /, **facts: object) -> None:
        """Keep the faults, and the facts of their place."""
        super().__init__(key, **facts)
        self.faults = faults

    def of(self, lang: str) -> str:
        """All of it in `lang`."""
        lines = "\n".join(fault.of(lang) for fault in self.faults)
        return say(self.key, lang, **self.facts, faults=lines)


class Trouble(CommandError):
    """The machine would not: its own words say why, those of the system or of a program.

    `is_known`: the cause is one of the machine's, whatever was asked of it.
    """

    def __init__(self, words: object) -> None:
        """Find out what they mean; a warning is no cause."""
        lines = [one for one in str(words).splitlines() if not one.startswith("warning:")]
        text = re.sub(r"\[Errno \d+\] ", "", printable(" ".join(" ".join(lines).split())))
        kind = next((kind for sign, kind in CAUSES.items() if sign in text), "other")
        super().__init__(f"errors.machine.{kind}", words=text)
        self.is_known = kind != "other"


def trouble_of(error: Exception) -> CommandError:
    """What `error` tells a reader."""
    return error if isinstance(error, CommandError) else Trouble(error)
