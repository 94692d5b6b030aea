"""The command `docket`: its words and its exit codes.

0: nothing wrong. 1: something in the submissions is. 2: could not be checked.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from docket.cli.arguments import Say, declare
from docket.text.errors import CommandError, PairError

TROUBLE = 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise PairError(
            "Kommandoen kan ikke læses. Se, hvad der kan skrives: docket --help",
            f"The command cannot be read ({message}). See what can be written: docket --help",
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answer its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language(words)
    for stream in (sys.stdout, sys.stderr):  # a terminal may know fewer letters than we write
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = _parser(lang).parse_args(words)
        code = _run(options)
    except CommandError as trouble:
        sys.stderr.write(f"docket: {trouble.of(lang)}\n")
        return TROUBLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    return code


def _run(options: argparse.Namespace) -> int:
    code: int = import_module(f"docket.cli.{options.command}").run(options)
    return code


def _language(words: Sequence[str]) -> str:
    """The language asked for, known before the rest so that every trouble is told in it."""
    for index, word in enumerate(words):
        if word == "--lang=en" or (word == "--lang" and words[index + 1 : index + 2] == ["en"]):
            return "en"
    return "da"


def _parser(lang: str) -> _Parser:
    def say(da: str, en: str) -> str:
        return en if lang == "en" else da

    shared = _shared(say)
    parser = _Parser(prog="docket", parents=[shared], allow_abbrev=False)
    listed = parser.add_subparsers(metavar=say("KOMMANDO", "COMMAND"), required=True)

    def command(name: str, told: str) -> argparse.ArgumentParser:
        made = listed.add_parser(
            name, parents=[shared], help=told, description=told, allow_abbrev=False
        )
        made.set_defaults(command=name)
        return made

    declare(command, say)
    return parser


def _shared(say: Say) -> _Parser:
    """The options of all commands. Unset ones are absent: they stand before or after the name."""
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    folder = say(
        "registerets mappe (ellers den, du står i)", "the register's folder (default: here)"
    )
    shared.add_argument("-C", dest="folder", metavar="DIR", help=folder)
    then = say("se det, som det så ud da", "see it as it stood then")
    shared.add_argument("--at", metavar="INSTANT", help=then)
    shared.add_argument("--lang", choices=("da", "en"))
    return shared
