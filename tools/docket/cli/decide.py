"""`docket decide`: who is designated in a round."""

import argparse

from docket.acts.decide import Choice, decide
from docket.cli.perform import date_of, perform
from docket.cli.session import docket_of, round_of, store_of


def run(options: argparse.Namespace) -> int:
    """Who is designated in a round."""
    docket = docket_of(options)
    round_ = round_of(docket, options.round)
    named = (word.partition(":") for word in options.chosen)
    choice = Choice(
        chosen=[(name, area) for name, _, area in named],
        decided=date_of("--decided", options.decided) if options.decided else None,
        until=date_of("--until", options.until) if options.until else None,
        sources=options.source or (),
        change=options.change,
    )
    with store_of(options) as store:
        act = decide(store, docket, round_, choice)
    return perform(options, act)
