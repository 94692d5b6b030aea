"""The organiser's own acts: planned on a commit, checked, and then kept as one more commit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from docket.domain.docket import Docket
from docket.domain.paths import Touch
from docket.domain.states import Party
from docket.git.history import read_history
from docket.git.locking import Busy, keep, writing
from docket.git.objects import blob_id
from docket.git.store import Store
from docket.loading import yamlfile
from docket.loading.loader import read
from docket.loading.trees import Overlay, snapshot
from docket.rules.review import Review, review

Tree = Mapping[str, bytes]
Make = Callable[[Docket, Tree], dict[str, bytes]]


@dataclass(frozen=True)
class Plan:
    """Files to write on the commit `base`, and what is wrong with the register if they are."""

    base: str
    before: Docket
    tree: Tree
    files: Mapping[str, bytes]
    found: Review

    @property
    def docket(self) -> Docket:
        """The register as it would be."""
        return self.found.docket

    @property
    def stands(self) -> bool:
        """Whether all of it is there already."""
        blobs = self.before.blobs
        return all(blobs.get(path) == blob_id(content) for path, content in self.files.items())


@dataclass(frozen=True)
class Act:
    """What somebody is about to do: its plan, and how it is told in a language.

    `preview` says what it means, also where a rule is broken; `record` is what its commit says.
    """

    plan: Plan
    preview: Callable[[str], str]
    record: Callable[[str], str]


def plan(store: Store, now: datetime, make: Make) -> Plan:
    """What `make` would write in the register, judged at `now`; nothing is written.

    Raises `NoHistory`, `NoRegister`, and what `make` raises.
    """
    base = store.commit()
    tree, history = snapshot(store, base), read_history(store, base)
    parse = cache(yamlfile.read)
    before = read(tree, now, history, parse)
    files = make(before, tree)
    over = Overlay(tree, files)
    touched = [Touch(path, deleted=False) for path in files]
    found = review(before, read(over, now, history, parse), touched, (), Party.ORGANISER)
    return Plan(base, before, over, files, found)


def carry_out(store: Store, planned: Plan, message: str) -> str:
    """Keep what was planned, if nothing came in between; answer the commit. Raises `Busy`."""
    with writing(store) as base:
        if base != planned.base:
            raise Busy
        keep(store, base, (base,), planned.files, message)
        return store.commit()
