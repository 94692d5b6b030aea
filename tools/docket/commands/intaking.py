"""What the commands do that take something in: review, receive, accept."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import datetime

from docket import trouble
from docket.commands.common import OK, WRONG, lang_of, store_of
from docket.forge.answer import markdown
from docket.model import Both
from docket.paths import printable, show_path
from docket.reading.formats import instant
from docket.reading.trees import LIMIT
from docket.record import intake, mail
from docket.record.examine import Given, examine
from docket.record.journal import Arrival
from docket.record.store import Store
from docket.report import github, machine, text
from docket.report.common import Report
from docket.review import Review
from docket.trouble import Trouble


def review(options: argparse.Namespace) -> int:
    """What HEAD would change on BASE."""
    received = _instant(options.received)
    with store_of(options) as store:
        found = examine(store, options.base, options.head, Given(received, options.by))
    sys.stdout.write(_told(found, options.format, lang_of(options), received))
    return WRONG if found.findings else OK


def receive(options: argparse.Namespace) -> int:
    """Register what came by another way, with its receipt, in one commit."""
    arrival = Arrival(_instant(options.received), options.via, options.reference)
    try:
        with options.file.open("rb") as file:
            content = file.read(LIMIT * 512)
    except OSError:
        name = show_path(str(options.file))
        raise Trouble(f"{name} kan ikke åbnes.", f"{name} cannot be opened.") from None
    name = options.file.with_suffix(".yml").name
    if options.file.suffix.lower() in (".eml", ".msg"):
        content = _attached(content)
    return _take(
        options, lambda store: intake.receive(store, options.round, name, content, arrival)
    )


def accept(options: argparse.Namespace) -> int:
    """Review, merge and receipt of a branch, in one go."""
    received = _instant(options.received) if options.received else None
    arrival = Arrival(received, options.via, options.reference) if received else None
    return _take(options, lambda store: intake.accept(store, options.branch, arrival))


def _take(options: argparse.Namespace, work: Callable[[Store], Review]) -> int:
    """Do `work`; refuse in the sender's words what has a finding."""
    try:
        with store_of(options) as store:
            found = work(store)
    except intake.NoRound as error:
        known = ", ".join(error.known)
        raise Trouble(
            f"Der er ingen runde {show_path(options.round)}. Runderne er: {known}",
            f"There is no round {show_path(options.round)}. The rounds are: {known}",
        ) from None
    except intake.NothingNew:
        name = show_path(options.branch)
        raise Trouble(
            f"Der er intet nyt på {name}: det hele er i registeret.",
            f"There is nothing new on {name}: the register has it all.",
        ) from None
    except LookupError:
        raise Trouble(
            "Skriv, hvornår den blev modtaget: --received 2022-08-05T14:03:11+02:00",
            "Write when it was received: --received 2022-08-05T14:03:11+02:00",
        ) from None
    lang = lang_of(options)
    if found.findings or found.crossed:
        sys.stdout.write(markdown(found, found.docket.now))
        return WRONG
    done = Both("Registreret", "Registered").of(lang)
    for one in found.submissions:
        sys.stdout.write(f"{done}: {found.docket.register[one.municipality].full}, {one.round}\n")
    return OK


def _told(found: Review, form: str, lang: str, received: datetime) -> str:
    report = Report(
        found.docket,
        found.findings,
        {},
        lang,
        frozenset(touch.path for touch in found.touched),
    )
    if form == "markdown":
        return markdown(found, received)
    if form == "github":
        return github.write(report)
    if form == "json":
        more = {
            "routine": found.is_routine,
            "changed": [printable(touch.path) for touch in found.touched],
        }
        return json.dumps({**machine.as_data(report), **more}, ensure_ascii=False, indent=2) + "\n"
    return text.write(report)


def _attached(content: bytes) -> bytes:
    try:
        return mail.attached(content)
    except mail.NoAttachment as error:
        raise trouble.no_attachment(error) from None


def _instant(text: str) -> datetime:
    try:
        return instant(text)
    except ValueError:
        raise trouble.no_instant() from None
