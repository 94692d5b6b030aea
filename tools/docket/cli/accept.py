"""`docket accept`: a branch into the register."""

import argparse

from docket.acts.accept import accept
from docket.acts.receipts import Arrival
from docket.cli.session import instant_of, lang_of, store_of
from docket.cli.taken import tell_taken
from docket.domain.states import Way


def run(options: argparse.Namespace) -> int:
    """Review, merge and receipt of a branch, in one go."""
    received = instant_of(options.received) if options.received else None
    arrival = Arrival(received, Way(options.via), options.reference) if received else None
    with store_of(options) as store:
        found = accept(store, options.branch, arrival)
    return tell_taken(found, lang_of(options))
