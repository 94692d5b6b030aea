"""Questions on a terminal: on stderr, so that what a command writes stays apart."""

import sys
from collections.abc import Callable

from docket.domain.languages import PACKAGE
from docket.text.catalogue import sentence
from docket.text.errors import CommandError

Check = Callable[[str], list[str]]
"""What is wrong with an answer, in sentences; nothing where it is right."""


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
        for one in wrong:
            sys.stderr.write(f"  {one}\n")


def confirm(question: str, lang: str) -> bool:
    """Whether the answer is yes, in `lang` or the package's; asked until it is yes or no."""
    while True:
        answer = _line(f"{question} ").lower()
        if answer in _words("yes", lang):
            return True
        if answer in _words("no", lang):
            return False


def agreed(question: str, lang: str) -> bool:
    """The same of what is to be written. Raises `CommandError` where nobody can answer."""
    if not is_there():
        raise CommandError("errors.act.unread")
    return confirm(question, lang)


def _words(name: str, lang: str) -> list[str]:
    key = f"questions.{name}"
    return " ".join(sentence(key, one) for one in (lang, *PACKAGE)).split()


def _line(shown: str) -> str:
    sys.stderr.write(shown)
    sys.stderr.flush()
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    if not line:
        sys.stderr.write("\n")
        raise CommandError("errors.command.interrupted")
    return line.strip()
