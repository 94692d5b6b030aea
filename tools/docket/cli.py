"""The command `docket`: arguments, the clock, exit codes.

0: nothing wrong. 1: something in the submissions is. 2: could not be checked.
"""

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from docket import desk, pages, site, texts, trouble
from docket.docket import Docket
from docket.explain import explain
from docket.formats import moment
from docket.history import History, read_history
from docket.model import Both
from docket.read import NoRegister, load_schemas, read
from docket.report import FORMATS, github
from docket.report.common import Report
from docket.rules import check
from docket.standing import begins
from docket.store import NoHistory, Store
from docket.trees import Folder
from docket.trouble import Trouble

OK, WRONG, TROUBLE = 0, 1, 2
Say = Callable[[str, str], str]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Trouble(
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
        code: int = options.run(options)
    except Trouble as trouble:
        sys.stderr.write(f"docket: {trouble.text.of(lang)}\n")
        return TROUBLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TROUBLE
    return code


def _language(words: Sequence[str]) -> str:
    """The language asked for, known before the rest so that every trouble is told in it."""
    for index, word in enumerate(words):
        if word == "--lang=en" or (word == "--lang" and words[index + 1 : index + 2] == ["en"]):
            return "en"
    return "da"


def _parser(lang: str) -> _Parser:
    def say(da: str, en: str) -> str:
        return Both(da, en).of(lang)

    shared = _Parser(add_help=False)
    shared.add_argument(
        "-C",
        dest="folder",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=say(
            "registerets mappe (ellers den, du står i)", "the register's folder (default: here)"
        ),
    )
    shared.add_argument(
        "--at",
        metavar="INSTANT",
        default=argparse.SUPPRESS,
        help=say("se det, som det så ud da", "see it as it stood then"),
    )
    shared.add_argument("--lang", choices=("da", "en"), default=argparse.SUPPRESS)
    parser = _Parser(prog="docket", parents=[shared], allow_abbrev=False)
    commands = parser.add_subparsers(metavar=say("KOMMANDO", "COMMAND"), required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], told: str) -> _Parser:
        made: _Parser = commands.add_parser(
            name, parents=[shared], help=told, description=told, allow_abbrev=False
        )
        made.set_defaults(run=run)
        return made

    checking = command("check", _check, say("se filerne efter", "check the files"))
    checking.add_argument("--format", choices=tuple(FORMATS), default="text")
    explaining = command("explain", _explain, say("forklar en regel", "explain a rule"))
    explaining.add_argument("code", metavar="CODE")
    command("pages", _pages, say("skriv sidens filer", "write the site's files"))
    serving = command("serve", _serve, say("byg siden, og vis den", "build the site and show it"))
    serving.add_argument("--port", type=int, default=8000)
    return parser


def load(root: Path, at: str | None) -> Docket:
    """The docket of the register in `root`, now or as it stood `at` then. Raises `Trouble`."""
    try:
        tree = Folder(root)
        docket = read(tree, datetime.now(UTC), _history(root) if len(tree) else None)
        return replace(docket, now=begins(moment(at), docket.organiser.zone)) if at else docket
    except NoRegister:
        raise trouble.no_register(root) from None
    except ValueError:
        raise trouble.no_instant() from None


def _history(root: Path) -> History:
    try:
        return read_history(Store(root))
    except NoHistory as error:
        raise trouble.no_history(error) from None


def _load(options: argparse.Namespace) -> Docket:
    return load(_root(options), getattr(options, "at", None))


def _check(options: argparse.Namespace) -> int:
    docket, root = _load(options), _root(options)
    told = Report(
        docket,
        check(docket),
        Folder(root),
        getattr(options, "lang", "da"),
        Store(root).changed() if options.format == "github" else frozenset(),
        colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
    )
    sys.stdout.write(FORMATS[options.format](told))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if options.format == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(github.summary(told))
    return WRONG if told.findings else OK


def _explain(options: argparse.Namespace) -> int:
    code = options.code.upper()
    if code not in texts.texts():
        known = ", ".join(texts.texts())
        raise Trouble(
            f"Der er ingen regel {options.code!r}. Reglerne er {known}.",
            f"There is no rule {options.code!r}. The rules are {known}.",
        )
    sys.stdout.write(explain(code, getattr(options, "lang", "da")))
    return OK


def write_pages(root: Path, at: str | None) -> Docket:
    """Write the generated pages of the register in `root`. Raises `Trouble`."""
    docket = load(root, at)
    schemas = load_schemas(Folder(root))
    site.write(root / "site", pages.pages(docket, schemas, check(docket), Store(root).head()))
    return docket


def _pages(options: argparse.Namespace) -> int:
    write_pages(_root(options), getattr(options, "at", None))
    return OK


def _serve(options: argparse.Namespace) -> int:
    root = _root(options).resolve()
    docket = load(root, getattr(options, "at", None))
    try:
        server = desk.open_door(root / "public", options.port)
    except OSError:
        raise Trouble(
            f"Port {options.port} er optaget. Vælg en anden: docket serve --port 8001",
            f"Port {options.port} is taken. Choose another: docket serve --port 8001",
        ) from None
    _tell(options, "Bygger siden …", "Building the site …")
    try:
        site.build(root, {"DOCKET_AT": docket.now.isoformat() if hasattr(options, "at") else ""})
    except site.BuildFailed as error:
        raise Trouble(f"Siden kan ikke bygges.\n{error}", f"Building failed.\n{error}") from None
    address = f"http://127.0.0.1:{options.port}/"
    _tell(
        options,
        f"Siden er på {address} (stop med Ctrl+C)",
        f"The site is at {address} (stop with Ctrl+C)",
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    return OK


def _root(options: argparse.Namespace) -> Path:
    return Path(getattr(options, "folder", "."))


def _tell(options: argparse.Namespace, da: str, en: str) -> None:
    """Progress, where it disturbs no output."""
    sys.stderr.write(Both(da, en).of(getattr(options, "lang", "da")) + "\n")
