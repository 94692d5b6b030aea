"""What the organiser's commands share: shown first, checked, and written after a yes."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass

from docket import report
from docket.acts import plan as plans
from docket.acts.plan import Make, Plan
from docket.cli import prompts
from docket.cli.session import OK, WRONG, docket_of, lang_of, store_of
from docket.domain.nouns import Bilingual
from docket.git.objects import blob_id
from docket.report.common import Report
from docket.text.errors import PairError
from docket.text.escape import show_path


@dataclass(frozen=True)
class Act:
    """What a command is about to do: its plan, what to show of it, and what the record says."""

    plan: Plan
    shown: Callable[[], str]
    message: Callable[[], str]


def planned(options: argparse.Namespace, make: Make) -> Plan:
    """The plan of an act on the register at hand. Raises `CommandError`."""
    now = docket_of(options).now
    with store_of(options) as store:
        return plans.plan(store, now, make)


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
        commit = plans.carry_out(store, plan, act.message())
    names = ", ".join(map(show_path, plan.files))
    return _say(lang, f"Gemt i {names} ({commit[:10]})", f"Kept in {names} ({commit[:10]})")


def _agreed(lang: str) -> bool:
    if not prompts.is_there():
        raise PairError(
            "Intet er skrevet. Læs det igennem, og skriv det samme igen med --yes.",
            "Nothing is written. Read it through and write the same again with --yes.",
        )
    return prompts.confirm(Bilingual("Skal det skrives? (ja/nej)", "Write it? (yes/no)").of(lang))


def _say(lang: str, da: str, en: str) -> int:
    sys.stdout.write(Bilingual(da, en).of(lang) + "\n")
    return OK
