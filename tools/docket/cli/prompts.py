"""Questions on a terminal: on stderr, so that what a command writes stays apart."""

import sys
from collections.abc import Callable

from docket.text.errors import PairError

Check = Callable[[str], list[str]]
"""What is wrong with an answer, in sentences; nothing where it is right."""
YES = ("ja", "j", "yes", "y")


def is_there() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, check: Check, *, given: str = "") -> str:
    """The answer to `question`, asked again until it is right; Enter alone takes what is given."""
    shown = f"{question} [{given}]: " if given else f"{question}: "
    while True:
        answer = _line(shown) or given
        wrong = check(answer)
        if not wrong:
            return answer
        for sentence in wrong:
            sys.stderr.write(f"  {sentence}\n")


def confirm(question: str) -> bool:
    """Whether the answer is yes, in Danish or English."""
    return _line(f"{question} ").lower() in YES


def _line(shown: str) -> str:
    sys.stderr.write(shown)
    sys.stderr.flush()
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    if not line:
        sys.stderr.write("\n")
        raise PairError("Afbrudt. Intet er skrevet.", "Interrupted. Nothing is written.")
    return line.strip()
