"""Everything that waits for the organiser, told by the register and by what lies in its Git."""

from collections.abc import Sequence

from docket.acts.accept import told_at
from docket.acts.branches import branches
from docket.acts.confirmed import unwritten
from docket.acts.erase import due
from docket.acts.inbox import Item, LockItem, MailItem, ProposalItem, agenda
from docket.acts.merged import with_lines
from docket.acts.outbox import Outbox
from docket.acts.propose import open_proposals
from docket.domain.docket import Docket
from docket.domain.nouns import Finding
from docket.git.locks import left_behind
from docket.git.store import Store
from docket.text.escape import show_path


def all_that_waits(store: Store, docket: Docket, findings: Sequence[Finding]) -> tuple[Item, ...]:
    """All of it, in no order; `findings` are those of `docket`."""
    unsent = (
        MailItem(show_path(str(path)), mail.to, mail.subject, mail.why, mail.words)
        for path, mail in Outbox.of(store).aside()
    )
    return (
        *map(LockItem, left_behind(store)),
        *map(ProposalItem, open_proposals(store)),
        *unsent,
        *branches(store, docket.now),
        *with_lines(store, docket, agenda(docket, findings)),
        *unwritten(store, told_at(store, store.commit()), docket),
        *due(store, docket),
    )
