"""`docket send`: pull requests for the desk's branches that have none yet."""

import argparse
import sys

from docket.cli.session import OK, lang_of, store_of
from docket.forge import pull_request
from docket.forge.pull_request import Unsent
from docket.git.remote import TOKEN
from docket.text.catalogue import say
from docket.text.errors import CommandError

UNSENT = 2


def run(options: argparse.Namespace) -> int:
    """Send what is unsent, and tell of each how it went."""
    lang = lang_of(options)
    with store_of(options) as store:
        waiting = pull_request.unsent(store)
        if waiting and not options.dry_run and pull_request.target_of(store) is None:
            raise CommandError("errors.send.nowhere", number=str(len(waiting)), token=TOKEN)
        done = [] if options.dry_run else list(pull_request.resume(store))
    if options.dry_run:
        sys.stdout.writelines(f"{branch}\n" for branch in waiting)
    for one in done:
        if isinstance(one, Unsent):
            facts = {"branch": one.branch, "answer": one.answer, "token": TOKEN}
            sys.stderr.write(say(f"pull_request.unsent.{one.kind}", lang, **facts) + "\n")
        else:
            sys.stdout.write(f"{one.branch}: #{one.number} {one.address}\n")
    if not waiting:
        sys.stderr.write(say("pull_request.all_sent", lang) + "\n")
    return UNSENT if any(isinstance(one, Unsent) for one in done) else OK
