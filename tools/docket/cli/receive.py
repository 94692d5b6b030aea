"""`docket receive`: register what came by another way."""

import argparse

from docket.acts import mail
from docket.acts.receipts import Arrival
from docket.acts.receive import receive
from docket.cli.session import instant_of, lang_of, store_of
from docket.cli.taken import tell_taken
from docket.loading.trees import LIMIT
from docket.text.errors import PairError
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """Register what came, with its receipt, in one commit."""
    arrival = Arrival(instant_of(options.received), options.via, options.reference)
    try:
        with options.file.open("rb") as file:
            content = file.read(LIMIT * 512)
    except OSError:
        name = show_path(str(options.file))
        raise PairError(f"{name} kan ikke åbnes.", f"{name} cannot be opened.") from None
    name = options.file.with_suffix(".yml").name
    if options.file.suffix.lower() in (".eml", ".msg"):
        content = mail.attached(content)
    with store_of(options) as store:
        found = receive(store, options.round, name, content, arrival)
    return tell_taken(found, lang_of(options))
