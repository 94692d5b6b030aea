"""`docket init`: another organiser's repository, with its own register, areas and texts."""

import argparse
import re
import sys
from datetime import UTC, datetime

from docket.cli import register_questions
from docket.cli.session import OK, lang_of
from docket.domain.languages import PACKAGE
from docket.scaffold import place
from docket.scaffold.copies import Home
from docket.scaffold.pin import home, pin
from docket.scaffold.repository import files
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path
from docket.text.l10n import language_name

HOME = re.compile(r"([\w.-]+/[\w.-]+)@([0-9a-f]{40})")


def run(options: argparse.Namespace) -> int:
    """Ask what it is to be, make it, and say what comes next."""
    lang = lang_of(options)
    place.must_be_free(options.target)
    target = options.target.absolute()
    tool = home_of(options)
    plan = register_questions.plan_of(options)
    line = pin(tool)
    made = files(plan, datetime.now(UTC).date(), tool, line)
    place.put(made, target, say("init.made.commit", lang))
    sys.stdout.write(say("init.made.next", lang, folder=show_path(str(options.target))))
    for one in plan.languages:
        if one not in PACKAGE:
            facts = {"lang": one, "language": language_name(one, lang)}
            sys.stdout.write(say("init.made.translate", lang, **facts))
    if "file://" in line:
        sys.stdout.write(say("init.made.local", lang, line=line))
    return OK


def home_of(options: argparse.Namespace) -> Home | None:
    """Where the workflows are to call the package's actions from. Raises `CommandError`."""
    if options.tool is None:
        return home()
    found = HOME.fullmatch(options.tool.strip())
    if not found:
        raise CommandError("init.fault.tool", text=show_path(options.tool))
    return Home(*found.groups())
