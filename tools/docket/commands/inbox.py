"""`docket inbox`: what waits for the organiser."""

import argparse
import sys

from docket.commands.common import OK, docket_of, lang_of, store_of, tell
from docket.office import reminder
from docket.office.agenda import agenda
from docket.record.pending import branches
from docket.rules import check


def inbox(options: argparse.Namespace) -> int:
    """What waits, as the register and the branches here tell it."""
    docket = docket_of(options)
    if sys.stdout.isatty() and sys.stderr.isatty():
        tell(options, "Ser grenene igennem …", "Looking through the branches …")
    with store_of(options) as store:
        waiting = tuple(branches(store, docket.now))
    items = (*waiting, *agenda(docket, check(docket)))
    if options.format == "json":
        sys.stdout.write(reminder.data(docket, items))
    else:
        sys.stdout.write(reminder.text(docket, items, lang_of(options)))
    return OK
