"""What the organiser's commands share: shown first, checked, and written after a yes."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from docket import report
from docket.acts.plan import Act, carry_out
from docket.cli import prompts
from docket.cli.place import Place
from docket.cli.session import OK, WRONG, lang_of
from docket.domain.instants import day
from docket.loading.written import dated
from docket.report.common import Report
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path


def perform(options: argparse.Namespace, place: Place, act: Act) -> int:
    """Show an act; refuse it where it breaks a rule; write it in its place after a yes."""
    lang, plan = lang_of(options), act.plan
    if plan.stands:
        return _end(lang, "stands")
    sys.stdout.write(act.preview(lang))
    if plan.found.findings:
        findings = Report(plan.docket, plan.found.findings, plan.tree, lang)
        sys.stdout.write("\n" + report.write("text", findings))
        _end(lang, "unwritten")
        return WRONG
    sys.stdout.flush()
    if options.dry_run:
        return _end(lang, "trial")
    if not options.yes and not prompts.agreed(say("questions.act.write", lang), lang):
        return _end(lang, "unwritten")
    commit = carry_out(place.store, plan, act.record(lang))
    if told := place.sent(lang):
        sys.stdout.write(told)
        return OK
    return _end(lang, "written", files=[*map(show_path, plan.files)], commit=commit[:10])


def date_of(option: str, text: str, languages: Sequence[str]) -> date:
    """The date that an option names, as people write one in `languages`. Raises `CommandError`."""
    try:
        return day(dated(text, languages))
    except ValueError:
        raise CommandError("errors.act.day", option=option) from None


def _end(lang: str, key: str, **facts: object) -> int:
    sys.stdout.write(say(f"terminal.act.{key}", lang, **facts) + "\n")
    return OK
