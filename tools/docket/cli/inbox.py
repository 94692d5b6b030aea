"""`docket inbox`: what waits for the organiser."""

import argparse
import sys

from docket.acts import inbox_text
from docket.acts.accept import told_at
from docket.acts.branches import branches
from docket.acts.confirmed import unwritten
from docket.acts.erase import due
from docket.acts.inbox import LockItem, MailItem, agenda
from docket.acts.merged import with_lines
from docket.acts.outbox import Outbox
from docket.cli.session import OK, docket_of, lang_of, progress, store_of
from docket.git.locks import left_behind
from docket.rules import check
from docket.text.escape import show_path


def run(options: argparse.Namespace) -> int:
    """What waits, as the register and the branches here tell it."""
    docket = docket_of(options, past=True)
    if sys.stdout.isatty() and sys.stderr.isatty():
        progress(options, "terminal.looking")
    with store_of(options) as store:
        locked = [LockItem(path) for path in left_behind(store)]
        unsent = [
            MailItem(show_path(str(path)), mail.to, mail.subject, mail.why, mail.words)
            for path, mail in Outbox.of(store).aside()
        ]
        waiting = tuple(branches(store, docket.now))
        told = with_lines(store, docket, agenda(docket, check(docket)))
        proved = unwritten(store, told_at(store, store.commit()), docket)
        items = (*locked, *unsent, *waiting, *told, *proved, *due(store, docket))
    if options.format == "json":
        sys.stdout.write(inbox_text.data(docket, items))
    else:
        sys.stdout.write(inbox_text.text(docket, items, lang_of(options)))
    return OK
