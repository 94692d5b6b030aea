"""What is written in the office goes on at once to where the register came from.

Straight to its branch; where that is protected, as the round's open proposal.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from docket.acts import propose
from docket.acts.accept import round_touched
from docket.acts.follow import forward
from docket.acts.propose import Proposal, Refused, proposal, straight
from docket.acts.submit import base_of
from docket.domain.nouns import Forge
from docket.git import objects, remote
from docket.git.store import Store
from docket.server.office_open import folder_of
from docket.server.office_visit import NOT_YET, Reply, Visit
from docket.text.errors import CommandError

WRITES = ("keep", "accept", "instead")
"""What the buttons that write a commit say."""
NEW = "/runder/ny/"
Answer = Callable[[Visit], Reply]


@dataclass
class Sender:
    """How acts leave the office; `request` asks the forge for a pull request of a pushed branch.

    `proposes`: never straight to the branch. It is set where the forge refuses that, and takes a
    proposal: a full disk over there refuses both.
    """

    request: Callable[[Store, Forge | None, Proposal, str], object]
    proposes: bool = False

    def answer(self, visit: Visit, answer: Answer) -> Reply:
        """What `answer` says, once what it wrote is sent. Raises `CommandError`, OSError."""
        if not (visit.is_post and visit.sent.of("do") in WRITES and remote.has_origin(visit.store)):
            return answer(visit)
        if not self.proposes:
            try:
                return self._straight(visit, answer)
            except Refused as error:
                if not error.by_rule:
                    raise
        with proposal(visit.store, _round(visit)) as made, _on(visit, made) as there:
            reply = answer(there)
            if not propose.send(made):
                return reply
            self.proposes = True
            title = objects.message(made.store, made.store.commit()).partition("\n")[0]
            self.request(made.store, there.docket.organiser.forge, made, title)
            return replace(reply, location=f"{reply.location}&on={made.branch}")

    def _straight(self, visit: Visit, answer: Answer) -> Reply:
        with straight(visit.store) as made, _on(visit, made) as there:
            reply = answer(there)
            if propose.send(made) and not _is_here(visit.store, made):
                return replace(reply, location=f"{reply.location}&here={NOT_YET}")
            return reply


def _is_here(store: Store, made: Proposal) -> bool:
    """Bring the branch to what was sent; it counts, also where that cannot be done now."""
    try:
        store.run("update-ref", f"{propose.THERE}{made.branch}", made.store.commit())
        return forward(store, made.branch) is None
    except (CommandError, OSError):  # the follower tries again, and tells
        return False


@contextmanager
def _on(visit: Visit, made: Proposal) -> Iterator[Visit]:
    """The same request, to the register as it stands there."""
    yield replace(visit, store=made.store, base=base_of(made.store, visit.now))


def _round(visit: Visit) -> str:
    """The round that something is written in."""
    if branch := visit.sent.of("branch"):
        return round_touched(visit.store, branch)
    if visit.path == NEW:
        return folder_of(visit)
    return visit.sent.of("round") or visit.path.removeprefix("/runder/").partition("/")[0]
