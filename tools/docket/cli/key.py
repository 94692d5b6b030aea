"""`docket key`: the pair of keys that seals a round's contacts and opens them."""

import argparse
import json
import sys

from docket.acts import evidence, key
from docket.cli.session import OK, WRONG, docket_of, lang_of, store_of
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """The private key where nobody else reads it; the line for a file on stdout."""
    if options.desk:
        return _desk(options)
    if options.file is None:
        raise CommandError("errors.key.nowhere")
    if options.check:
        return _check(options)
    public = key.make(options.file)
    sys.stdout.write(f"seal: {json.dumps(public)}\n")
    name = show_path(str(options.file))
    sys.stderr.write(say("seal.made", lang_of(options), name=name) + "\n")
    return OK


def _desk(options: argparse.Namespace) -> int:
    """The key that signs receipts, in the Git folder; the line for organiser.yml on stdout."""
    with store_of(options) as store:
        signer = evidence.new_signer(store)
        place = show_path(str(store.shared / evidence.PLACE))
    sys.stdout.write(f"signers: [{{key: {signer.public}}}]\n")
    sys.stderr.write(say("seal.desk", lang_of(options), name=place) + "\n")
    return OK


def _check(options: argparse.Namespace) -> int:
    """Whether the key opens each contact that is sealed to it, also those that wait."""
    docket, lang = docket_of(options), lang_of(options)
    with store_of(options) as store:
        tried = key.tried(store, docket, options.file)
    shut = [one for one in tried if not one.opens]
    for one in shut:
        name = docket.register[one.municipality].full
        sys.stdout.write(say("seal.shut", lang, where=show_path(one.where), name=name) + "\n")
    opened = len(tried) - len(shut)
    sys.stdout.write(say("seal.opened", lang, count=opened) + "\n")
    return WRONG if shut else OK
