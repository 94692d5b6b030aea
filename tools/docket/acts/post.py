"""What waits to be mailed is made from the log and given to the mail server."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from docket.acts import evidence
from docket.acts.compose import address
from docket.acts.letters import Letter
from docket.acts.notices import Notices, sent_by
from docket.acts.outbox import Outbox
from docket.acts.smtp import Sent, Server, send_all
from docket.domain.docket import Docket
from docket.domain.mail import Mailbox
from docket.domain.paths import ORGANISER, SCHEMA, TEXT, OwnFile, parse
from docket.git import log
from docket.git.store import Store
from docket.loading.loader import read
from docket.loading.trees import snapshot
from docket.text.errors import CommandError

NOTHING = "-"
"""Up to where a log was mailed that had nothing yet."""


@dataclass(frozen=True, slots=True)
class Post:
    """How a desk mails: by which server, from whom, with links to which address of its own."""

    server: Server
    sender: Mailbox
    base: str = ""

    @property
    def address(self) -> str:
        """From which address. Raises `CommandError` where no mail server could take it."""
        found = address(self.sender.name, self.sender.email)
        if found is None:
            raise CommandError("errors.post.sender", name=self.sender.email)
        return found.addr_spec


def begin(store: Store) -> None:
    """Mail what is received from now on, and what an earlier run left; not what is older."""
    outbox, entries = Outbox.of(store), _own(store)
    if outbox.told not in {NOTHING, *(one.commit for one in entries)}:
        outbox.told = entries[-1].commit if entries else NOTHING


def forget(store: Store) -> None:
    """What is received from now on is not mailed, also where mail is set up later."""
    Outbox.of(store).told = ""


def deliver(store: Store, post: Post, clock: Callable[[], datetime]) -> Sent:
    """Make the mails about what the log has new, and send what is due.

    Raises `CommandError`, `NoHistory`, OSError.
    """
    outbox, entries = Outbox.of(store), _own(store)
    commits = [one.commit for one in entries]
    told = commits.index(outbox.told) + 1 if outbox.told in commits else 0
    new = entries[told:] if outbox.told else ()
    if new:
        docket = _calls(store, clock())
        known = evidence.entries(store, docket.organiser)
        notices = Notices(store, docket, post.sender, base=post.base, told=known)
        for entry in new:
            notices.put(entry, clock())
            outbox.told = entry.commit
    return send_all(outbox, post.server, post.address, clock)


def put_letters(store: Store, post: Post, letters: Iterable[Letter], now: datetime) -> int:
    """Let letters wait, each once: the same words to the same address; how many are new.

    Answers go to whom the letter was from, since a mail server may send from its own name only.
    """
    outbox, new = Outbox.of(store), 0
    for letter in letters:
        old = letter.message
        body = old.get_body(("plain",))
        words = f"{letter.address}\n{old['Subject']}\n{body.get_content() if body else ''}"
        name = f"letter.{hashlib.sha256(words.encode()).hexdigest()}"
        message = copy(old)
        for header in ("X-Unsent", "From", "Date"):
            del message[header]
        for header, value in sent_by(post.sender, now).items():
            message[header] = value
        if old["From"]:
            message["Reply-To"] = old["From"]
        new += outbox.put(name, message, now, now)
    return new


def _own(store: Store) -> Sequence[log.Entry]:
    signer = evidence.signer_of(store)
    return log.read_log(store, signer.public) if signer else ()


def _calls(store: Store, now: datetime) -> Docket:
    """The register without what others wrote: whose it is, and its rounds."""
    tree = snapshot(store, store.commit())
    places = {path: parse(path) for path in tree}
    own = [
        path
        for path, place in places.items()
        if path.startswith((SCHEMA, TEXT))
        or path == ORGANISER
        or (place and place.name == OwnFile.ROUND)
    ]
    return read({path: tree[path] for path in own}, now)
