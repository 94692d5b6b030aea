"""What the organiser's commands share: shown first, checked, and written after a yes."""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from docket import report
from docket.commands import asking
from docket.commands.common import OK, WRONG, docket_of, lang_of, store_of
from docket.docket import Docket
from docket.form.entry import dated
from docket.model import Both
from docket.office.edit import Uneditable, edit
from docket.paths import show_path
from docket.reading.formats import day
from docket.reading.read import blob_id
from docket.record import acts
from docket.record.acts import Make, Plan
from docket.report.common import Report
from docket.trouble import Trouble


@dataclass(frozen=True)
class Act:
    """What a command is about to do: its plan, what to show of it, and what the record says."""

    plan: Plan
    shown: Callable[[], str]
    message: Callable[[], str]


def planned(options: argparse.Namespace, make: Make) -> Plan:
    """The plan of an act on the register at hand. Raises `Trouble`."""
    now = docket_of(options).now
    with store_of(options) as store:
        return acts.plan(store, now, make)


def perform(options: argparse.Namespace, act: Act) -> int:
    """Show an act; refuse it where it breaks a rule; write it after a yes."""
    lang, plan = lang_of(options), act.plan
    blobs = plan.before.blobs
    if all(blobs.get(path) == blob_id(content) for path, content in plan.files.items()):
        return _say(
            lang,
            "Det står der allerede. Intet er skrevet.",
            "It is there already. Nothing is written.",
        )
    sys.stdout.write(act.shown())
    if plan.found.findings:
        told = Report(plan.docket, plan.found.findings, plan.tree, lang)
        sys.stdout.write("\n" + report.write("text", told))
        _say(lang, "Intet er skrevet.", "Nothing is written.")
        return WRONG
    sys.stdout.flush()
    if options.dry_run:
        return _say(lang, "En prøve: intet er skrevet.", "A trial: nothing is written.")
    if not options.yes and not _agreed(lang):
        return _say(lang, "Intet er skrevet.", "Nothing is written.")
    with store_of(options) as store:
        commit = acts.carry_out(store, plan, act.message())
    names = ", ".join(map(show_path, plan.files))
    return _say(lang, f"Gemt i {names} ({commit[:10]})", f"Kept in {names} ({commit[:10]})")


def files_of(plan: Plan) -> str:
    """The files of a plan as they will be."""
    told = []
    for path, content in plan.files.items():
        told += [f"{show_path(path)}:", *(f"  {row}" for row in content.decode().splitlines()), ""]
    return "\n".join([*told, ""]).removesuffix("\n")


def edited(path: str, content: bytes, changes: Mapping[str, Any]) -> bytes:
    """`content` with its fields as `changes` say, all else as it was. Raises `Trouble`."""
    try:
        return edit(content, changes)
    except Uneditable:
        raise Trouble(
            f"{path} kan ikke rettes herfra. Ret den i hånden, og se efter med docket check.",
            f"{path} cannot be changed from here. Change it by hand, then run docket check.",
        ) from None


def must_be_whole(docket: Docket, path: str) -> None:
    """A file with findings is corrected first: the rules cannot judge it. Raises `Trouble`."""
    if not docket.is_whole(path):
        raise Trouble(
            f"{path} skal rettes først. Se, hvad der er galt: docket check",
            f"{path} must be corrected first. See what is wrong: docket check",
        )


def date_of(option: str, text: str) -> str:
    """`text`, if it is a date, as people write one. Raises `Trouble`."""
    try:
        return day(dated(text)).isoformat()
    except ValueError:
        raise Trouble(
            f"Skriv en dato, for eksempel {option} 2022-09-09",
            f"Write a date, such as {option} 2022-09-09",
        ) from None


def _agreed(lang: str) -> bool:
    if not asking.is_there():
        raise Trouble(
            "Intet er skrevet. Læs det igennem, og skriv det samme igen med --yes.",
            "Nothing is written. Read it through and write the same again with --yes.",
        )
    return asking.confirm(Both("Skal det skrives? (ja/nej)", "Write it? (yes/no)").of(lang))


def _say(lang: str, da: str, en: str) -> int:
    sys.stdout.write(Both(da, en).of(lang) + "\n")
    return OK
