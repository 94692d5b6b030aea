"""`docket accept`: a branch into the register."""

import argparse

from docket.acts.accept import accept, round_touched
from docket.cli.place import place
from docket.cli.session import lang_of, store_of
from docket.cli.taken import arrival_of, tell_taken


def run(options: argparse.Namespace) -> int:
    """Review, merge and receipt of a branch, in one go."""
    arrival = arrival_of(options) if options.received else None
    with store_of(options) as store:
        round_ = round_touched(store, options.branch)
    with place(options, round_) as here:
        found = accept(here.store, options.branch, arrival, instead=options.instead)
        return tell_taken(here, found, lang_of(options))
