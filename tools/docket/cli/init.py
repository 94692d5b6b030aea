"""`docket init`: another organiser's repository, with its own register, areas and texts."""

import argparse
import sys
from datetime import UTC, datetime

from docket.cli import register_questions
from docket.cli.session import OK, lang_of
from docket.domain.languages import PACKAGE
from docket.scaffold import place
from docket.scaffold.repository import SOURCE, collect, files
from docket.text.catalogue import say
from docket.text.escape import show_path
from docket.text.l10n import language_name


def run(options: argparse.Namespace) -> int:
    """Ask what it is to be, make it, and say what comes next."""
    lang = lang_of(options)
    place.must_be_free(options.target)
    target = options.target.absolute()
    plan = register_questions.plan_of(options, SOURCE)
    foreign = [one for one in plan.languages if one not in PACKAGE]
    made = files(collect(SOURCE), plan, datetime.now(UTC).date())
    place.put(made, target, say("init.made.commit", lang))
    sys.stdout.write(say("init.made.next", lang, folder=show_path(str(options.target))))
    for one in foreign:
        language = language_name(one, lang)
        sys.stdout.write(say("init.made.translate", lang, lang=one, language=language))
    return OK
