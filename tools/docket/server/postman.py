"""Mails what the desk received, after its receipts were given."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from docket.acts.outbox import Outbox
from docket.acts.post import Post, begin, deliver
from docket.domain.languages import PACKAGE
from docket.git.store import Store
from docket.text.catalogue import say
from docket.text.errors import CommandError, trouble_of

AGAIN = 30.0
"""Seconds until it is looked whether what waits is due."""

QUIET, WAITS = 0.5, 20
"""Seconds without a new receipt before mails are made, and how often that is waited for."""


@dataclass(frozen=True)
class Postman:
    """Works in a thread of its own: nobody waits for a mail server, and a crash only delays.

    `tell` is told what did not come through, without an address.
    """

    root: Path
    post: Post
    tell: Callable[[str], object]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    again: float = AGAIN
    lang: str = PACKAGE[0]
    bell: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begin, with what an earlier run left. Raises `CommandError`, OSError."""
        with closing(Store(self.root)) as store:
            begin(store)
        self.ring("")
        threading.Thread(target=self._work, daemon=True, name="postman").start()

    def ring(self, _: str) -> None:
        """Say that there is something to mail."""
        self.bell.set()

    def _work(self) -> None:
        left = True
        while True:
            self.bell.wait(self.again if left else None)
            for _ in range(WAITS):  # while many answer at once, the machine is theirs
                self.bell.clear()
                if not self.bell.wait(QUIET):
                    break
            left = self._deliver()

    def _deliver(self) -> bool:
        """Mail all that is due; whether something waits."""
        try:
            with closing(Store(self.root)) as store:
                sent = deliver(store, self.post, self.clock)
                waits = bool(Outbox.of(store).waiting())
        except (CommandError, OSError, ValueError) as error:  # also a file that somebody changed
            self.tell(trouble_of(error).of(self.lang))
            return True
        for key, count in (("put_off", sent.put_off), ("aside", sent.aside)):
            if count:
                self.tell(say(f"mails.log.{key}", self.lang, count=count, words=sent.words))
        return waits
