"""Where the organiser's commands write: on the branch at hand, or on a proposal (`--propose`)."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from docket.acts import propose
from docket.acts.propose import Proposal
from docket.cli.session import store_of
from docket.domain.docket import Docket
from docket.git import objects
from docket.git.history import read_history
from docket.git.store import Store
from docket.loading.loader import organiser_of, read
from docket.loading.trees import snapshot
from docket.text.catalogue import say


@dataclass(frozen=True)
class Place:
    """The repository as it is written on, and the proposal that this is, if it is one."""

    store: Store
    proposal: Proposal | None = None

    def docket(self, here: Docket) -> Docket:
        """The register as the act finds it, where it stands so `here`."""
        if self.proposal is None:
            return here
        base = self.proposal.base
        return read(snapshot(self.store, base), here.now, read_history(self.store, base))

    def sent(self, lang: str) -> str:
        """Send what was written, if it was proposed; what came of it, in a sentence.

        Raises `CommandError`, and `Busy` where somebody proposed first.
        """
        from docket.forge import push  # noqa: PLC0415 - slow, and only this needs it

        made = self.proposal
        if made is None or not propose.send(made):
            return ""
        forge = organiser_of(snapshot(self.store, made.base)).forge
        title = objects.message(self.store, self.store.commit()).partition("\n")[0]
        outcome, address = push.request(
            self.store, forge, made.branch, title, continues=made.continues
        )
        return say(f"proposal.{outcome}", lang, branch=made.branch, address=address) + "\n"


@contextmanager
def place(options: argparse.Namespace, round_: str) -> Iterator[Place]:
    """Where an act on a round is to be written. Raises `CommandError`."""
    with store_of(options) as store:
        if not options.propose:
            yield Place(store)
            return
        with propose.proposal(store, round_) as found:
            yield Place(found.store, found)
