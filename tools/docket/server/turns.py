"""One writer at a time, and none waits for each of those before it.

Whoever has the turn does the work of all that wait by then: what is right of it is put on the
disk at once, so that many at the same minute cost little more than one.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from docket.acts.deskwork import Deskwork, Pending, Receipt
from docket.acts.outbox import Outbox
from docket.acts.standing import Standing
from docket.acts.submit import Base, SentFile
from docket.git.log import Entry
from docket.rules.review import Review
from docket.server.clock import Clock

TIDIED = 200
"""After so many receipts Git may tidy up, in nobody's way."""


@dataclass
class Job:
    """A submission that arrived at an instant, and what came of it."""

    sent: SentFile
    arrived: datetime
    base: Base | None = None
    answer: Receipt | Review | None = None
    error: Exception | None = None


@dataclass
class Turns:
    """The desk's work, opened when it is first needed, for one thread at a time."""

    start: Callable[[], Deskwork]
    clock: Clock
    queue: list[Job] = field(default_factory=list)
    gate: threading.Lock = field(default_factory=threading.Lock)
    lock: threading.RLock = field(default_factory=threading.RLock)
    opened: Deskwork | None = None
    tidy: Callable[[], None] = lambda: None
    given: int = 0

    @property
    def work(self) -> Deskwork:
        """The register and its log. Raises `CommandError`, OSError."""
        with self.lock:
            if self.opened is None:
                self.opened = self.start()
            return self.opened

    def close(self) -> None:
        """End Git's helper processes."""
        with self.lock:
            if self.opened:
                self.opened.store.close()
            self.opened = None

    def base(self, now: datetime) -> Base:
        """The register as its branch has it. Raises `CommandError`, OSError."""
        with self.lock:
            return self.work.base(now)

    def knows(self, link: str) -> bool:
        """Whether a private link is of an answer. Raises `CommandError`, OSError."""
        with self.lock:
            return link in self.work.senders.by_link

    def look(self, link: str, now: datetime) -> Standing | None:
        """Where the answer with a link stands. Raises `CommandError`, OSError."""
        with self.lock:
            return self.work.look(link, now)

    def received(self, reference: str, now: datetime) -> Standing:
        """Where the answer with a receipt stands. Raises `CommandError`, OSError."""
        with self.lock:
            return self.work.received(reference, now)

    def confirm(self, token: str, arrived: datetime) -> Entry | None:
        """Log what a mailed token confirms; the answer's entry, None where it is of none.

        Raises `Untrue`, `Busy`, `CommandError`, `GitError`, OSError.
        """
        with self.lock:
            reference = Outbox.of(self.work.store).confirms(token)
            if not reference:
                return None
            self.clock.trust(self.work.last)
            try:
                return self.work.confirm(reference, arrived, self.clock.now())
            except Exception:
                self.close()  # what is on the disk is read again
                raise

    def waiting(self, round_: str) -> list[str]:
        """The municipalities that wait in a round. Raises `CommandError`, OSError."""
        with self.lock:
            return self.work.waiting(round_)

    def take(self, sent: SentFile, arrived: datetime) -> tuple[Base, Receipt | Review]:
        """The register, and the receipt or what is wrong.

        Raises `Untrue`, `Busy`, `OtherAnswer`, `CommandError`, `GitError`, OSError.
        """
        job = Job(sent, arrived)
        with self.gate:
            self.queue.append(job)
        with self.lock:
            if job.base is None and job.error is None:
                with self.gate:
                    jobs, self.queue = self.queue, []
                self._do(jobs)
        if job.error:
            raise job.error
        if job.base is None or job.answer is None:
            raise RuntimeError(sent.branch)
        return job.base, job.answer

    def _do(self, jobs: Sequence[Job]) -> None:
        pending: dict[tuple[str, str], tuple[Job, Pending]] = {}
        for job in jobs:
            key = job.sent.round, job.sent.slug
            if key in pending:  # the second answer of one municipality is judged after its first
                self._keep(pending)
                pending = {}
            try:
                self.clock.trust(self.work.last)
                job.base = self.work.base(job.arrived)
                found = self.work.judge(job.base, job.sent, self.clock.now())
            except Exception as error:  # noqa: BLE001 - whoever sent it is told, and nobody else
                job.error = error
                continue
            if isinstance(found, Pending):
                pending[key] = job, found
            else:
                job.answer = found
        self._keep(pending)

    def _keep(self, pending: dict[tuple[str, str], tuple[Job, Pending]]) -> None:
        try:
            self.work.keep([found for _, found in pending.values()])
        except Exception as error:  # noqa: BLE001 - each of them is told
            self.close()  # what is on the disk is read again
            for job, _ in pending.values():
                job.error = error
            return
        for job, found in pending.values():
            job.answer = found.receipt
        before, self.given = self.given, self.given + len(pending)
        if before // TIDIED != self.given // TIDIED:
            threading.Thread(target=self.tidy, daemon=True).start()
