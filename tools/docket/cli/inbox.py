"""`docket inbox`: what waits for the organiser."""

import argparse
import sys

from docket.acts import inbox_text
from docket.acts.waits import all_that_waits
from docket.cli.session import OK, docket_of, lang_of, progress, store_of
from docket.rules import check


def run(options: argparse.Namespace) -> int:
    """What waits, as the register and the branches here tell it."""
    docket = docket_of(options, past=True)
    if sys.stdout.isatty() and sys.stderr.isatty():
        progress(options, "terminal.looking")
    with store_of(options) as store:
        items = all_that_waits(store, docket, check(docket))
    if options.format == "json":
        sys.stdout.write(inbox_text.data(docket, items))
    else:
        sys.stdout.write(inbox_text.text(docket, items, lang_of(options)))
    return OK
