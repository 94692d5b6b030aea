"""The language of the terminal."""

import os
import re


def terminal_language() -> str:
    """By the first variable that says one (POSIX); "" where none does."""
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    name = re.split("[_.@-]", said)[0].lower()
    return "" if name in ("c", "posix") else name
