"""Sends the desk's branches to the forge, after their receipts were given."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from docket.domain.languages import PACKAGE
from docket.forge.pull_request import Unsent, resume
from docket.git.store import Store
from docket.text.errors import CommandError, trouble_of

AGAIN = 60.0
"""Seconds until what did not come through is tried once more."""


@dataclass(frozen=True)
class Courier:
    """Works in a thread of its own: nobody waits for the forge, and a crash only delays.

    `tell` is told the number of each pull request, and why a branch did not come through.
    """

    root: Path
    tell: Callable[[str], object]
    again: float = AGAIN
    lang: str = PACKAGE[0]
    bell: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begin, with what an earlier run left unsent."""
        self.ring("")
        threading.Thread(target=self._work, daemon=True, name="courier").start()

    def ring(self, _: str) -> None:
        """Say that there is something to send."""
        self.bell.set()

    def _work(self) -> None:
        left = False
        while True:
            self.bell.wait(self.again if left else None)
            self.bell.clear()
            left = not self._send()

    def _send(self) -> bool:
        """Send everything that is unsent; whether all of it came through."""
        whole = True
        try:
            with closing(Store(self.root)) as store:
                for one in resume(store):
                    whole = whole and not isinstance(one, Unsent)
                    self.tell(
                        str(one) if isinstance(one, Unsent) else f"{one.branch}: #{one.number}"
                    )
        except (CommandError, OSError) as error:
            self.tell(trouble_of(error).of(self.lang))
            return False
        return whole
