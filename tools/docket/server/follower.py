"""Lets a served site follow its branch: fetched, brought forward, and built again.

It is built again where the branch has moved, whoever moved it, and where time alone changes what
the pages say: a day begins, a round opens or closes. Until that is done the old pages answer.
"""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from docket.acts import evidence
from docket.acts.follow import TOLD, fetch, forward
from docket.acts.outbox import Outbox, Stage
from docket.domain.docket import Docket
from docket.domain.instants import begins, day_after, day_of
from docket.git import objects
from docket.git.locking import writing
from docket.git.remote import ORIGIN, has_origin
from docket.git.store import Store
from docket.loading.loader import load
from docket.server.status import Status
from docket.site.build import build_whole
from docket.site.swap import turn
from docket.text.errors import CommandError, trouble_of
from docket.text.escape import show_path

LOOK = 5.0
"""Seconds between two looks at the branch."""
FETCHED, LONGEST = timedelta(minutes=1), timedelta(minutes=15)
"""Between two fetches; and where nobody answers, twice as long each time, up to the longest."""
READ = ("submissions", "schema", "text")
"""What the desk reads of the branch, and a build of the working copy."""
SECONDS = 60.0
"""So long a fetch may take."""
AGAIN = timedelta(minutes=10)
"""After which a build that failed is tried once more, where nothing has moved."""


@dataclass
class Follower:
    """Works in a thread of its own: nobody waits for the forge, or for a build.

    `place` is the name of the served folder in `root`; `tell` is told once of what is in the way.
    """

    root: Path
    place: str
    tell: Callable[[CommandError], object]
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    look: float = LOOK
    fetched: timedelta = FETCHED
    status: Status = field(init=False)
    _branch: str = field(init=False, default="")
    _tried: str = field(init=False, default="")
    _until: datetime = field(init=False)
    _fetch_at: datetime = field(init=False)
    _pause: timedelta = field(init=False)
    _told: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Nothing is built yet, and the first look fetches."""
        self._until = self._fetch_at = now = self.clock()
        self._pause, self.status = self.fetched, Status(now)

    def start(self) -> None:
        """Follow from here on; the site is built. Raises `CommandError`, OSError."""
        threading.Thread(target=self._work, daemon=True, name="follower").start()

    def build(self) -> None:
        """Build the site as the branch has it. Raises `CommandError`, OSError."""
        with turn(self.root), closing(Store(self.root)) as store:
            now = self.clock()
            self._branch = self._branch or objects.branch(store)
            self._tried, self._until = store.commit(), now + AGAIN
            self._say("unkept", _unkept(store))
            docket = load(self.root, now, past=True)
            build_whole(self.root, docket, place=self.place, with_desk=True)
            signer, known = evidence.signer_of(store), docket.organiser.signers
        self._until = _until(docket)
        signed = signer is not None and signer.public in {one.key for one in known}
        self.status = replace(self.status, commit=self._tried, built=self.clock(), signed=signed)

    def step(self) -> None:
        """Look once, and do what is to be done. Raises `CommandError`, OSError, ValueError."""
        with closing(Store(self.root)) as store:
            if objects.branch(store) != self._branch:
                raise CommandError("errors.follow.away", name=self._name)
            if has_origin(store) and self.clock() >= self._fetch_at:
                self._fetch(store)
            self._say("forward", forward(store, self._name))
            queue = Outbox.of(store).root / Stage.WAITING
            self.status = replace(self.status, mails=len(list(queue.glob("[!.]*"))))
            stale = store.commit() != self._tried or self.clock() > self._until
            if stale:
                with writing(store):  # who moved the branch has the working copy in order, too
                    pass
        if stale:
            self.build()

    @property
    def _name(self) -> str:
        return self._branch.removeprefix("refs/heads/")

    def _work(self) -> None:
        bell = threading.Event()
        while not bell.wait(self.look):
            try:
                self.step()
            except (CommandError, OSError, ValueError) as error:  # the next look is another try
                self._say("look", trouble_of(error))
            else:
                self._say("look", None)

    def _fetch(self, store: Store) -> None:
        came, now = fetch(store, self._name, SECONDS), self.clock()
        self._pause = self.fetched if came else min(2 * self._pause, LONGEST)
        self._fetch_at = now + self._pause
        if came:
            self.status = replace(self.status, fetched=now)
        self._say("fetch", None if came else CommandError("errors.follow.silent", name=ORIGIN))

    def _say(self, kind: str, trouble: CommandError | None) -> None:
        """Tell of a trouble of a kind, once until it is over or another."""
        said = repr((trouble.key, trouble.facts)) if trouble else ""
        if trouble and said != self._told.get(kind):
            self.tell(trouble)
        self._told[kind] = said


def _unkept(store: Store) -> CommandError | None:
    """What is to be said where the site shows what the desk does not go by yet."""
    found = store.differing(*READ)
    names = [*map(show_path, found[:TOLD])]
    return CommandError("errors.follow.unkept", names=names, count=len(names)) if found else None


def _until(docket: Docket) -> datetime:
    """Up to when the pages are right, if nothing is written."""
    now, zone = docket.now, docket.organiser.zone
    tomorrow = begins(day_after(day_of(now, zone)), zone)
    moments = [at for one in docket.rounds.values() for at in (one.opens, one.deadline)]
    return min([tomorrow, *(at for at in moments if isinstance(at, datetime) and at > now)])
