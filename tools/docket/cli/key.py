"""`docket key`: the pair of keys that seals a round's contacts and opens them."""

import argparse
import json
import sys

from docket.acts import key
from docket.cli.session import OK, lang_of
from docket.text.catalogue import say
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """The private key into a file of its own; the line for round.yml on stdout."""
    public = key.make(options.file)
    sys.stdout.write(f"seal: {json.dumps(public)}\n")
    name = show_path(str(options.file))
    sys.stderr.write(say("seal.made", lang_of(options), name=name) + "\n")
    return OK
