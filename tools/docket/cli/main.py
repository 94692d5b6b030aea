"""The command `docket`: its words and its exit codes.

0: nothing wrong. 1: something in the submissions is. 2: could not be checked.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from docket.cli.arguments import declare, declare_shared
from docket.cli.command import Command
from docket.cli.parser import Parser, Version, unknown
from docket.cli.terminal import terminal_language
from docket.domain.languages import PACKAGE, Language
from docket.loading.languages import languages_at
from docket.text.catalogue import entries, say
from docket.text.errors import CommandError, trouble_of

TROUBLE = 2
NOTES = ("md", "markdown")
FOR_PEOPLE = ("text", *NOTES)
"""The formats that are read as they are written; all others are for programs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answer its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    languages, lang = _languages(words)
    _let_write(sys.stdout, sys.stderr)
    try:
        options = parsed(words, lang, languages)
        if _is_for_programs(options):
            _let_write(sys.stdout, encoding="utf-8")
        code = _run(options)
        sys.stdout.flush()
    except (CommandError, OSError) as error:
        if not isinstance(error, BrokenPipeError):  # nobody reads on: that is no trouble
            sys.stderr.write(f"docket: {trouble_of(error).of(lang)}\n")
        _leave()
        return TROUBLE
    except Exception:  # noqa: BLE001 - a fault of ours is never one in the submissions
        import traceback  # noqa: PLC0415 - slow, and hardly ever needed

        traceback.print_exc()
        return TROUBLE
    return code


def _let_write(*streams: TextIO, encoding: str | None = None) -> None:
    """Let the streams write all we say: a terminal may know fewer letters than we do."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _is_for_programs(options: argparse.Namespace) -> bool:
    """Whether a program reads what is written, or a file takes it: it is UTF-8 on any machine."""
    format_ = getattr(options, "format", "text")
    is_file = options.command == "submit" and not sys.stdout.isatty()
    return is_file or format_ not in FOR_PEOPLE or (format_ in NOTES and not sys.stdout.isatty())


def _leave() -> None:
    """Let Python end in peace, also where what is left of stdout has nowhere to go."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    code: int = import_module(f"docket.cli.{options.command}").run(options)
    return code


def parsed(
    words: Sequence[str], lang: str, languages: Sequence[str] = PACKAGE
) -> argparse.Namespace:
    """What is asked for, told in `lang`, of a register in `languages`. Raises `CommandError`.

    First by a parser that has nothing to tell, which is made in half the time.
    """
    try:
        return _parsed(words, lang, languages, is_told=False)
    except CommandError:
        return _parsed(words, lang, languages, is_told=True)


def _parsed(
    words: Sequence[str], lang: str, languages: Sequence[str], *, is_told: bool
) -> argparse.Namespace:
    options = argparse.Namespace(folder=".", at="", lang=lang)
    first = words[0] if words else ""
    parser = _parser(lang, languages, first, is_told=is_told)
    options, left = parser.parse_known_args(words, options)
    options.languages = languages
    options.lang = lang  # with the register's own sentences
    if left:
        raise unknown(left, f"docket {options.command} --help")
    return options


def _languages(words: Sequence[str]) -> tuple[tuple[Language, ...], Language]:
    """The register's languages, and the one asked for, else the terminal's, else the first.

    Where a register is only to be made and the terminal says nothing, its first is spoken.

    Known before the rest, and all is told in it. Outside of a register it is English where the
    package does not have the terminal's.
    """
    asking = Parser(lang="", add_help=False)
    asking.add_argument("--lang", nargs="?")
    asking.add_argument("-C", dest="folder", nargs="?")
    asking.add_argument("--language", action="append", nargs="?")  # of what `init` is to make
    asked = asking.parse_known_args(words)[0]
    found = () if asked.language else languages_at(Path(asked.folder or "."))
    languages = found or PACKAGE
    lang = asked.lang or terminal_language() or next(iter(asked.language or ()), "")
    usual = languages[0] if found or not lang else languages[-1]
    return languages, next((one for one in languages if one == lang), usual)


def _parser(lang: str, languages: Sequence[str], first: str, *, is_told: bool) -> Parser:
    """The parser of the command called `first`, else of all. What is not written is absent."""

    def words(**keys: str) -> dict[str, Any]:
        return {name: say(key, lang) for name, key in keys.items()} if is_told else {}

    shared = Parser(lang=lang, add_help=False, argument_default=argparse.SUPPRESS)
    declare_shared(Command("shared", lang, shared, languages, is_told=is_told))
    how: dict[str, Any] = {"lang": lang, "parents": [shared], "add_help": is_told}
    parser = Parser(prog="docket", **how)
    Command("shared", lang, parser, is_told=is_told).add("--version", action=Version, nargs=0)
    told = words(metavar="commands.metavars.command", title="terminal.help.commands")
    listed = parser.add_subparsers(prog="docket", dest="command", required=True, **told)
    is_known = not is_told or f"commands.{first}.help" in entries("commands")

    def command(name: str) -> Command:
        if first != name and is_known:
            return Command(name, lang)
        key = f"commands.{name}.help"
        made = listed.add_parser(name, **words(help=key, description=key), **how)
        made.set_defaults(command=name)
        return Command(name, lang, made, languages, is_told=is_told)

    declare(command)
    return parser
