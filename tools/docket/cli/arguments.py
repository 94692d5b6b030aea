"""What can be written after `docket`: each command, and its options in the order of its help.

What is told of a command or an option stands in the catalogue under their names, so that a new
one needs a line here and, if it is to be told, an entry there.
"""

from collections.abc import Callable
from pathlib import Path

from docket import summary
from docket.cli.command import Command
from docket.domain.asked import KINDS
from docket.domain.states import Party, Way
from docket.report import FORMATS

WAYS = tuple(way.value for way in Way)
PARTIES = tuple(party.value for party in Party)
OCCASIONS = ("receipt", "approval", "decision", "stop")
"""What letters are about: the words of `Occasion`, which is slow to import."""
REVIEW_FORMATS = ("text", "json", "markdown", "github")
FIELDS = {
    pointer: pointer[1:].replace("/", "-").removesuffix("-status")
    for pointer in KINDS
    if pointer != "/areas"
}
"""The fields of a submission, and the options that fill them in; its areas have `--area`."""


Listing = Callable[[str], Command]
"""Lists a command under its name.

The module of that name is imported when it runs: nobody waits for what another command needs.
"""


def declare_shared(every: Command) -> None:
    """The options of all commands: they stand before or after the name."""
    every.add("-C", dest="folder", metavar="folder")
    every.add("--at", metavar="instant")
    every.add("--lang", choices=tuple(map(str, every.languages)))


def declare(command: Listing) -> None:
    """All commands, in the order in which `docket --help` tells them."""
    _reading(command)
    _taking_in(command)
    _overview(command)
    _opening(command("open"))
    _deciding(command("decide"))
    _stopping(command("stop"))
    _submitting(command("submit"))
    _founding(command("init"))
    _upgrading(command("upgrade"))


def _reading(command: Listing) -> None:
    command("check").add("--format", choices=FORMATS, default="text")
    command("explain").add("code", metavar="code")
    command("pages")
    command("build")
    serving = command("serve")
    serving.add("--port", type=int, default=8000)
    serving.add("--host", metavar="host", default="127.0.0.1")
    serving.add("--address", metavar="address", default="")
    serving.add("--proxy", metavar="host", default="127.0.0.1")
    serving.add("--office-user", metavar="header", default="")
    serving.add("--office-address", metavar="address", default="")
    serving.add("--office-socket", metavar="file", type=Path)
    serving.add("--propose", action="store_true")


def _taking_in(command: Listing) -> None:
    reviewing = command("review")
    reviewing.add("base", metavar="base")
    reviewing.add("head", metavar="head")
    reviewing.add("--received", metavar="instant", required=True)
    reviewing.add("--by", choices=PARTIES, default=Party.SUBMITTER.value)
    reviewing.add("--format", choices=REVIEW_FORMATS, default="text")
    receiving = command("receive")
    receiving.add("file", metavar="file", type=Path)
    receiving.add("--round", metavar="round", required=True)
    receiving.add("--received", metavar="instant")
    receiving.add("--via", choices=WAYS, default=Way.E_MAIL.value)
    accepting = command("accept")
    accepting.add("branch", metavar="branch")
    accepting.add("--received", metavar="instant")
    accepting.add("--via", choices=WAYS, default=Way.PULL_REQUEST.value)
    accepting.add("--instead", action="store_true")
    for taking in (receiving, accepting):
        taking.add("--reference", default="")
        taking.add("--propose", action="store_true")
    _filling_in(receiving)
    verifying = command("verify")
    verifying.add("file", metavar="file", type=Path, nargs="?")
    verifying.add("--signers", metavar="file", type=Path)
    command("send").add("--dry-run", action="store_true")
    command("adopt").add("--yes", action="store_true")
    erasing = command("erase")
    erasing.add("round", metavar="round")
    erasing.add("--yes", action="store_true")


def _overview(command: Listing) -> None:
    summing = command("summary")
    summing.add("round", metavar="round", nargs="?")
    summing.add("--format", choices=tuple(summary.FORMATS), default="md")
    summing.add("-o", "--output", metavar="file", type=Path)
    summing.add("--with-contacts", action="store_true")
    summing.add("--key", metavar="file", type=Path)
    keying = command("key")
    keying.add("file", metavar="file", type=Path, nargs="?")
    keying.add("--desk", action="store_true")
    keying.add("--check", action="store_true")
    lettering = command("letters")
    lettering.add("round", metavar="round")
    lettering.add("--about", choices=OCCASIONS, required=True)
    lettering.add("-o", "--output", metavar="folder", type=Path)
    lettering.add("--key", metavar="file", type=Path)
    lettering.add("--send", action="store_true")
    lettering.add("--yes", action="store_true")
    command("inbox").add("--format", choices=("text", "json"), default="text")


def _opening(opening: Command) -> None:
    opening.add("round", metavar="round", nargs="?")
    opening.add("--like", metavar="round")
    opening.add_texts("title")
    opening.add("--opens", metavar="instant")
    opening.add("--deadline", metavar="instant")
    opening.add("--retention", metavar="day")
    opening.add("--seal", metavar="file")
    opening.add("--receiver", metavar="text")
    opening.add("--contact", metavar="text")
    opening.add("--email", metavar="email")
    opening.add_texts("decides", "note")
    opening.add("--seats", metavar="seats", action="append", default=[])
    opening.add("--wishes", metavar="number", type=int)
    opening.add("--after", metavar="round", action="append")
    opening.add("--source", metavar="address", action="append")
    opening.add("--rehearsal", action="store_true")
    _writing(opening)


def _deciding(deciding: Command) -> None:
    deciding.add("round", metavar="round")
    deciding.add("chosen", metavar="chosen", nargs="+")
    deciding.add("--decided", metavar="day")
    deciding.add("--until", metavar="day")
    deciding.add("--source", metavar="address", action="append")
    deciding.add("--change", action="store_true")
    _writing(deciding)


def _stopping(stopping: Command) -> None:
    stopping.add("round", metavar="round")
    stopping.add_texts("reason")
    stopping.add("--reason", dest="reasons", metavar="text")
    stopping.add("--source", metavar="address")
    stopping.add("--date", metavar="day")
    _writing(stopping)


def _writing(writing: Command) -> None:
    writing.add("--dry-run", action="store_true")
    writing.add("--yes", action="store_true")
    writing.add("--propose", action="store_true")


def _submitting(submitting: Command) -> None:
    submitting.add("file", metavar="file", type=Path, nargs="?")
    submitting.add("--round", metavar="round", default="")
    _filling_in(submitting)
    submitting.add("--dry-run", action="store_true")


def _filling_in(filling: Command) -> None:
    for pointer, name in FIELDS.items():
        short = name if pointer.startswith("/withdrawn/") else pointer.rpartition("/")[2]
        names = dict.fromkeys((f"--{name}", f"--{short}"))
        filling.add(*names, dest=name.replace("-", "_"), metavar="answer")
    filling.add("--area", metavar="area", action="append", default=[])
    filling.add("--set", metavar="set", action="append", default=[])


def _founding(founding: Command) -> None:
    founding.add("target", metavar="folder", type=Path)
    founding.add("--language", metavar="language", action="append")
    founding.add("--register", metavar="sheet", type=Path)
    founding.add("--keep-register", action="store_true")
    founding.add("--area", metavar="named_area", action="append", default=[])
    founding.add("--word", metavar="word", action="append", default=[])
    founding.add("--name", metavar="names")
    founding.add("--organiser", metavar="names")
    founding.add("--email", metavar="email")
    founding.add("--site", metavar="address")
    founding.add("--zone", metavar="zone")
    founding.add("--tool", metavar="tool")


def _upgrading(upgrading: Command) -> None:
    upgrading.add("files", metavar="copied", nargs="*")
    upgrading.add("--tool", metavar="tool")
    upgrading.add("--dry-run", action="store_true")
