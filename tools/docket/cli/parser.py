"""The parser of the command: what argparse says, in the reader's language and with the way on."""

import argparse
import re
import sys
from collections.abc import Iterable
from functools import partial
from typing import Any, NoReturn

from docket.text.catalogue import say
from docket.text.errors import CommandError

# What argparse says, in English alone, and the sentence for it. An order counts: the first fits.
CASES = {
    "missing": r"the following arguments are required: (?P<names>.*)",
    "choice": r"argument (?P<name>.+?): invalid choice: (?P<value>.*) "
    r"\(choose from (?P<known>.*)\)",
    "number": r"argument (?P<name>.+?): invalid int value: (?P<value>.*)",
    "flag": r"argument (?P<name>.+?): ignored explicit argument (?P<value>.*)",
    "value": r"argument (?P<name>.+?): expected .*",
    "other": r"(?P<message>.*)",
}
SILENT = partial(argparse.HelpFormatter, width=80)
"""Writes nothing, and so need not know how wide the terminal is."""


class Parser(argparse.ArgumentParser):
    """A parser that tells its help, and what is wrong, in `lang`."""

    def __init__(self, *, lang: str, add_help: bool = True, **how: Any) -> None:  # noqa: ANN401
        """Make a parser, as argparse does."""
        self.lang = lang
        formatter = _formatter(lang) if add_help else SILENT
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=formatter, **how)
        if add_help:  # what is shared takes the titles of whom it goes to
            self._positionals.title = say("terminal.help.arguments", lang)
            self._optionals.title = say("terminal.help.options", lang)
            self.add_argument("-h", "--help", action="help", help=say("terminal.help.help", lang))

    def error(self, message: str) -> NoReturn:
        """Raise `CommandError` with the reason and the help to look at."""
        raise misuse(message, f"{self.prog} --help")


class Version(argparse.Action):
    """Tells the version, and the line of requirements.txt that installs it; ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:  # noqa: ANN401
        """Write it."""
        from docket import __version__  # noqa: PLC0415 - only this needs them
        from docket.scaffold.pin import pin  # noqa: PLC0415

        sys.stdout.write(f"docket {__version__}\n{pin()}\n")
        parser.exit()


def misuse(message: str, help_: str) -> CommandError:
    """What argparse's `message` is to a reader; `help_` is the command that tells more."""
    for key, pattern in CASES.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _told(key, {**found.groupdict(), "help": help_})
    raise ValueError(message)


def unknown(words: Iterable[str], help_: str) -> CommandError:
    """That nobody knows what to do with these words of a command."""
    return CommandError("errors.command.unknown", names=list(words), help=help_)


def _told(key: str, facts: dict[str, Any]) -> CommandError:
    if key == "missing":
        facts["names"] = facts["names"].split(", ")
    if "value" in facts:
        facts["value"] = facts["value"].strip("'\"")
    if key == "choice":
        from docket.domain.spelling import nearest  # noqa: PLC0415 - nobody else waits for it

        known = [one.strip("'\"") for one in facts["known"].split(", ")]
        facts["known"], facts["near"] = ", ".join(known), nearest(facts["value"], known, {})
        key = "choice_near" if facts["near"] else key
    return CommandError(f"errors.command.{key}", **facts)


def _formatter(lang: str) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.HelpFormatter):
        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:  # noqa: ANN401
            """As argparse does, under our own word."""
            own = f"{say('terminal.help.usage', lang)} "
            super().add_usage(usage, actions, groups, own if prefix is None else prefix)

    return Formatter
