"""`docket receive`: register what came by another way."""

import argparse

from docket.acts import mail
from docket.acts.receive import receive
from docket.cli.session import lang_of, store_of
from docket.cli.taken import arrival_of, tell_taken
from docket.domain.paths import ENDING
from docket.loading.limits import LIMIT
from docket.text.errors import CommandError
from docket.text.escape import show_path

MOST = 512 * LIMIT
"""So many bytes of an e-mail are read."""


def run(options: argparse.Namespace) -> int:
    """Register what came, with its receipt, in one commit."""
    arrival = arrival_of(options)
    try:
        with options.file.open("rb") as file:
            content = file.read(MOST)
    except OSError:
        name = show_path(str(options.file))
        raise CommandError("errors.file.unopened", name=name) from None
    if options.file.suffix.lower() in (".eml", ".msg"):
        content = mail.attached(content)
    name = options.file.with_suffix(ENDING).name
    with store_of(options) as store:
        found = receive(store, options.round, name, content, arrival)
    return tell_taken(found, lang_of(options))
