"""`docket erase`: what the desk keeps of a round, deleted when its retention is over."""

import argparse
import sys

from docket.acts.erase import Holding, erase, holding
from docket.cli import prompts
from docket.cli.session import OK, docket_of, lang_of, round_of, store_of
from docket.text.catalogue import say
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """Show what there is; delete it after a yes."""
    docket, lang = docket_of(options), lang_of(options)
    round_ = round_of(docket, options.round)
    with store_of(options) as store:
        found = holding(store, docket, round_)
        if not found.refs:
            return _end(lang, "nothing", round=round_.slug)
        _show(found, lang)
        if not options.yes and not prompts.agreed(say("erase.agree", lang), lang):
            return _end(lang, "left")
        still = erase(store, found)
    _end(lang, "done", count=len(found.blobs))
    return _end(lang, "still", count=still) if still else OK


def _show(found: Holding, lang: str) -> None:
    for ref in found.branches:
        sys.stdout.write(f"{show_path(ref)}\n")
    sys.stdout.write(say("erase.kept", lang, count=len(found.blobs)) + "\n")
    sys.stdout.flush()


def _end(lang: str, key: str, **facts: object) -> int:
    sys.stdout.write(say(f"erase.{key}", lang, **facts) + "\n")
    return OK
