"""`docket decide`: who is designated in a round."""

import argparse

from docket.acts.decide import Choice, decide
from docket.cli.perform import date_of, perform
from docket.cli.place import place
from docket.cli.session import docket_of, round_name, round_of


def run(options: argparse.Namespace) -> int:
    """Who is designated in a round."""
    named = (word.partition(":") for word in options.chosen)
    choice = Choice(
        chosen=[(name, area) for name, _, area in named],
        decided=date_of("--decided", options.decided, options.languages)
        if options.decided
        else None,
        until=date_of("--until", options.until, options.languages) if options.until else None,
        sources=options.source or (),
        change=options.change,
    )
    with place(options, round_name(options.round)) as here:
        docket = here.docket(docket_of(options))
        act = decide(here.store, docket, round_of(docket, options.round), choice)
        return perform(options, here, act)
