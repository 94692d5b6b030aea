"""`docket adopt`: receipts from before the log, shown one by one and taken over after a yes."""

import argparse
import sys
from datetime import UTC, datetime

from docket.acts import adopt, evidence
from docket.cli import prompts
from docket.cli.session import OK, docket_of, lang_of, store_of
from docket.text.catalogue import say
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """Show what the branches claim; write it into the log after a yes."""
    docket, lang = docket_of(options), lang_of(options)
    with store_of(options) as store:
        found = adopt.claims(store, evidence.entries(store, docket.organiser))
        if not found:
            sys.stdout.write(say("adopt.nothing", lang) + "\n")
            return OK
        for one in found:
            facts = {"path": show_path(str(one.place)), "reference": show_path(one.reference)}
            row = say("adopt.claim", lang, docket.organiser, received=one.received, **facts)
            sys.stdout.write(row + "\n")
        sys.stdout.flush()
        if not options.yes and not prompts.agreed(say("adopt.agree", lang), lang):
            sys.stdout.write(say("adopt.left", lang) + "\n")
            return OK
        count = adopt.adopt(store, found, datetime.now(UTC).replace(microsecond=0))
    sys.stdout.write(say("adopt.done", lang, count=count) + "\n")
    return OK
