"""What each command of `docket` is called, where it is, and what can be written after it."""

import argparse
from collections.abc import Callable
from pathlib import Path

from docket import summary
from docket.report import FORMATS
from docket.text.terminology import neutral

WAYS = ("pull-request", "e-mail", "form")
PARTIES = ("submitter", "organiser")
REVIEW_FORMATS = ("text", "json", "markdown", "github")
FIELDS = {
    "municipality": "/municipality",
    "name": "/contact/name",
    "title": "/contact/title",
    "email": "/contact/email",
    "phone": "/contact/phone",
    "status": "/approval/status",
    "body": "/approval/body",
    "date": "/approval/date",
    "minutes": "/approval/minutes",
    "motivation": "/motivation",
}
"""What `docket submit` can be told instead of asking, and the fields that it fills in."""
Say = Callable[[str, str], str]
Command = Callable[[str, str], argparse.ArgumentParser]
"""A command's name, and what it does.

The module of that name is imported when it runs: nobody waits for what another command needs.
"""


def declare(command: Command, say: Say) -> None:
    """All commands, in the order in which `docket --help` tells them."""
    _reading(command, say)
    _taking_in(command, say)
    _overview(command, say)
    _opening(command, say)
    _deciding(command, say)
    _submitting(command, say)
    _founding(command, say)


def _reading(command: Command, say: Say) -> None:
    checking = command("check", say("se filerne efter", "check the files"))
    checking.add_argument("--format", choices=FORMATS, default="text")
    explaining = command("explain", say("forklar en regel", "explain a rule"))
    explaining.add_argument("code", metavar="CODE")
    command("pages", say("skriv sidens filer", "write the site's files"))
    command("build", say("byg siden", "build the site"))
    serve = say("byg siden, og vis den med skranken", "build the site and serve it with the desk")
    serving = command("serve", serve)
    serving.add_argument("--port", type=int, default=8000)
    told = say("sidens adresse bag en proxy", "the site's address behind a proxy")
    serving.add_argument("--address", metavar="https://…", default="", help=told)


def _submitting(command: Command, say: Say) -> None:
    told = say("send en tilkendegivelse fra terminalen", "send a submission from the terminal")
    submitting = command("submit", told)
    file = say("en udfyldt .yml-fil; ellers bliver der spurgt", "a filled-in .yml file; else asks")
    submitting.add_argument("file", metavar="FILE", type=Path, nargs="?", help=file)
    submitting.add_argument("--round", metavar="ROUND", default="")
    for name in FIELDS:
        submitting.add_argument(f"--{name}", metavar=say("SVAR", "ANSWER"))
    several = say("flere gange i prioriteret rækkefølge", "several times, in order of priority")
    submitting.add_argument("--area", action="append", default=[], metavar="AREA", help=several)
    dry = say("vis filen, og send intet", "show the file and send nothing")
    submitting.add_argument("--dry-run", action="store_true", help=dry)


def _taking_in(command: Command, say: Say) -> None:
    told = say("se, hvad en ændring vil gøre", "see what a change would do")
    reviewing = command("review", told)
    reviewing.add_argument("base", metavar="BASE")
    reviewing.add_argument("head", metavar="HEAD")
    reviewing.add_argument("--received", metavar="INSTANT", required=True)
    reviewing.add_argument("--by", choices=PARTIES, default="submitter")
    reviewing.add_argument("--format", choices=REVIEW_FORMATS, default="text")
    told = say("registrér en fil, der er kommet", "register a file that came")
    receiving = command("receive", told)
    receiving.add_argument("file", metavar="FILE", type=Path)
    receiving.add_argument("--round", metavar="ROUND", required=True)
    receiving.add_argument("--received", metavar="INSTANT", required=True)
    receiving.add_argument("--via", choices=WAYS, required=True)
    told = say("læg en gren i registeret", "put a branch into the register")
    accepting = command("accept", told)
    accepting.add_argument("branch", metavar="BRANCH")
    accepting.add_argument("--received", metavar="INSTANT")
    accepting.add_argument("--via", choices=WAYS, default="pull-request")
    for taking in (receiving, accepting):
        taking.add_argument("--reference", default="")
    told = say(
        "åbn pull requests for skrankens grene", "open pull requests for the desk's branches"
    )
    sending = command("send", told)
    told = say("vis dem kun", "only show them")
    sending.add_argument("--dry-run", action="store_true", help=told)


def _overview(command: Command, say: Say) -> None:
    told = say("overblikket til dem, der beslutter", "the overview for those who decide")
    summing = command("summary", told)
    summing.add_argument("round", metavar="ROUND", nargs="?")
    summing.add_argument("--format", choices=tuple(summary.FORMATS), default="md")
    told = say("gem i denne fil", "keep it in this file")
    summing.add_argument("-o", "--output", metavar="FILE", type=Path, help=told)
    told = say("med kontaktpersoner: kun til jer selv", "with contacts: for yourselves only")
    summing.add_argument("--with-contacts", action="store_true", help=told)
    opens = say("nøglen til dem", "the key to them")
    summing.add_argument("--key", metavar="FILE", type=Path, help=opens)
    keying = command("key", say("lav nøglen til et segl", "make a seal's key"))
    keying.add_argument("file", metavar="FILE", type=Path)
    told = say("det, der venter på jer", "what waits for you")
    waiting = command("inbox", told)
    waiting.add_argument("--format", choices=("text", "json"), default="text")


def _opening(command: Command, say: Say) -> None:
    told = say("opret en runde", "create a round")
    opening = command("open", told)
    told = say("rundens mappe, for eksempel 2027-forsoeg", "the round's folder")
    opening.add_argument("round", metavar="ROUND", nargs="?", help=told)
    text = say("TEKST", "TEXT")
    for name, metavar, told in (
        ("like", "ROUND", say("begynd med det, der stod i denne", "begin with what this one had")),
        ("title-da", text, say("rundens navn på dansk", "the round's name in Danish")),
        ("title-en", text, say("rundens navn på engelsk", "the round's name in English")),
        ("opens", "INSTANT", say("hvornår den åbner", "when it opens")),
        ("deadline", "INSTANT", say("fristen", "the deadline")),
        ("receiver", text, say("hvem der tager imod", "who receives")),
        ("contact", text, say("hvem man skriver til der", "whom to write to there")),
        ("email", "E-MAIL", say("modtagerens e-mail", "the receiver's e-mail")),
        ("decides-da", text, say("hvem der udpeger, på dansk", "who designates, in Danish")),
        ("decides-en", text, say("hvem der udpeger, på engelsk", "who designates, in English")),
        ("note-da", text, say("en bemærkning på dansk", "a note in Danish")),
        ("note-en", text, say("en bemærkning på engelsk", "a note in English")),
    ):
        opening.add_argument(f"--{name}", metavar=metavar, help=told)
    told = say("område og pladser; uden tal: ikke begrænset", "area and seats; no number: no limit")
    opening.add_argument("--seats", metavar="AREA=N", action="append", default=[], help=told)
    told = say("så mange områder må der nævnes", "so many areas may be named")
    opening.add_argument("--wishes", metavar="N", type=int, help=told)
    told = say("en runde, der afgøres først", "a round that is decided first")
    opening.add_argument("--after", metavar="ROUND", action="append", help=told)
    told = say("en kilde", "a source")
    opening.add_argument("--source", metavar="https://…", action="append", help=told)
    told = say("en øvelse, der kan slettes", "an exercise that can be deleted")
    opening.add_argument("--rehearsal", action="store_true", help=told)
    _writing(opening, say)


def _deciding(command: Command, say: Say) -> None:
    told = say("skriv, hvem der er udpeget", "write who is designated")
    deciding = command("decide", told)
    deciding.add_argument("round", metavar="ROUND")
    deciding.add_argument("chosen", metavar="SLUG[:AREA]", nargs="+")
    deciding.add_argument("--decided", metavar="DATE", help=say("ellers i dag", "default: today"))
    told = say("sidste dag, det gælder", "the last day in force")
    deciding.add_argument("--until", metavar="DATE", help=told)
    told = say("en kilde", "a source")
    deciding.add_argument("--source", metavar="https://…", action="append", help=told)
    told = say("ret en udpegning, der står der", "change a decision that is there")
    deciding.add_argument("--change", action="store_true", help=told)
    told = say("stop en runde, afgjort eller ej", "stop a round, decided or not")
    stopping = command("stop", told)
    stopping.add_argument("round", metavar="ROUND")
    for name, metavar, told in (
        ("reason-da", say("TEKST", "TEXT"), say("grunden på dansk", "the reason in Danish")),
        ("reason-en", say("TEKST", "TEXT"), say("grunden på engelsk", "the reason in English")),
        ("source", "https://…", say("kilden", "the source")),
    ):
        stopping.add_argument(f"--{name}", metavar=metavar, help=told)
    stopping.add_argument("--date", metavar="DATE", help=say("ellers i dag", "default: today"))
    for writing in (deciding, stopping):
        _writing(writing, say)


def _founding(command: Command, say: Say) -> None:
    told = say("lav et register til jeres egen indkaldelse", "make a register for your own call")
    founding = command("init", told)
    told = say("en ny eller tom mappe", "a new or empty folder")
    founding.add_argument("target", metavar="DIR", type=Path, help=told)
    told = say("hvem der kan svare: slug;name, evt. region og code", "who may answer: slug,name")
    founding.add_argument("--register", metavar="FILE.csv", type=Path, help=told)
    told = say("behold listen og områderne herfra", "keep the register and the areas of this one")
    founding.add_argument("--keep-register", action="store_true", help=told)
    both = say("Dansk/Engelsk", "Danish/English")
    told = say("et område; gerne flere gange", "an area; several times")
    founding.add_argument("--area", metavar=f"slug={both}", action="append", default=[], help=told)
    keys = ", ".join(neutral())
    told = say(f"hvad de hedder: {keys} (a=en skole/a school)", f"what they are called: {keys}")
    founding.add_argument("--word", metavar=f"KEY={both}", action="append", default=[], help=told)
    for name, metavar, told in (
        ("name", both, say("indkaldelsens navn", "the call's name")),
        ("organiser", both, say("hvem I er", "who you are")),
        ("email", "E-MAIL", say("hvor man skriver til jer", "where to write to you")),
        ("site", "https://…", say("sidens adresse", "the site's address")),
        ("zone", "ZONE", say("jeres tidszone", "your time zone")),
    ):
        founding.add_argument(f"--{name}", metavar=metavar, help=told)


def _writing(parser: argparse.ArgumentParser, say: Say) -> None:
    told = say("vis det uden at skrive", "show it without writing")
    parser.add_argument("--dry-run", action="store_true", help=told)
    told = say("skriv uden at spørge", "write without asking")
    parser.add_argument("--yes", action="store_true", help=told)
