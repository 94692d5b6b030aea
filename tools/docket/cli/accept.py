"""`docket accept`: a branch into the register."""

import argparse

from docket.acts.accept import accept
from docket.cli.session import lang_of, store_of
from docket.cli.taken import arrival_of, tell_taken


def run(options: argparse.Namespace) -> int:
    """Review, merge and receipt of a branch, in one go."""
    arrival = arrival_of(options) if options.received else None
    with store_of(options) as store:
        found = accept(store, options.branch, arrival, instead=options.instead)
    return tell_taken(found, lang_of(options))
