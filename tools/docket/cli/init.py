"""`docket init`: another organiser's repository, with its own register, areas and texts."""

import argparse
import sys
from datetime import UTC, datetime

from docket.cli import register_questions
from docket.cli.session import OK, lang_of
from docket.scaffold import place
from docket.scaffold.repository import SOURCE, collect, files
from docket.text.catalogue import say
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """Ask what it is to be, make it, and say what comes next."""
    lang = lang_of(options)
    place.must_be_free(options.target)
    target = options.target.absolute()
    plan = register_questions.plan_of(options, SOURCE)
    made = files(collect(SOURCE), plan, datetime.now(UTC).date())
    place.put(made, target, say("init.made.commit", lang))
    sys.stdout.write(say("init.made.next", lang, folder=show_path(str(options.target))))
    return OK
