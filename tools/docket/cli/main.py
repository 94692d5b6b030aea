"""The command `docket`: its words and its exit codes.

0: nothing wrong. 1: something in the submissions is. 2: could not be checked.
"""

import argparse
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from docket.cli.arguments import LANGUAGES, Command, declare, declare_shared
from docket.text.catalogue import say
from docket.text.errors import CommandError, trouble_of

TROUBLE = 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CommandError("errors.command.unreadable", message=message)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:  # noqa: ANN401
        from importlib.metadata import version  # noqa: PLC0415 - slow, and only this needs it

        sys.stdout.write(f"docket {version('docket')}\n")
        parser.exit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answer its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language(words)
    for stream in (sys.stdout, sys.stderr):  # a terminal may know fewer letters than we write
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = argparse.Namespace(folder=".", at="", lang=lang)
        code = _run(_parser(lang).parse_args(words, options))
        sys.stdout.flush()
    except (CommandError, OSError) as error:
        if not isinstance(error, BrokenPipeError):  # nobody reads on: that is no trouble
            sys.stderr.write(f"docket: {trouble_of(error).of(lang)}\n")
        _leave()
        return TROUBLE
    except Exception:  # noqa: BLE001 - a fault of ours is never one in the submissions
        traceback.print_exc()
        return TROUBLE
    return code


def _leave() -> None:
    """Let Python end in peace, also where what is left of stdout has nowhere to go."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    code: int = import_module(f"docket.cli.{options.command}").run(options)
    return code


def _language(words: Sequence[str]) -> str:
    """The language asked for: known before the rest, so that every trouble is told in it."""
    asking = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    asking.add_argument("--lang", nargs="?")
    lang = asking.parse_known_args(words)[0].lang
    return lang if lang in LANGUAGES else LANGUAGES[0]


def _parser(lang: str) -> _Parser:
    """The parser of all commands. What is shared and not written is absent."""
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    declare_shared(Command("shared", lang, shared))
    parser = _Parser(prog="docket", parents=[shared], allow_abbrev=False)
    Command("shared", lang, parser).add("--version", action=_Version, nargs=0)
    metavar = say("commands.metavars.command", lang)
    listed = parser.add_subparsers(metavar=metavar, required=True)

    def command(name: str) -> Command:
        told = say(f"commands.{name}.help", lang)
        made = listed.add_parser(
            name, parents=[shared], help=told, description=told, allow_abbrev=False
        )
        made.set_defaults(command=name)
        return Command(name, lang, made)

    declare(command)
    return parser
