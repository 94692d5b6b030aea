"""The branches that are not taken in: what Git has here, without asking any server."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache

from docket.acts.accept import logged
from docket.acts.changes import compared, is_routine, waited
from docket.acts.examine import Given, examine
from docket.acts.inbox import BranchItem
from docket.acts.receipts import Line
from docket.domain.nouns import Submission
from docket.domain.paths import BRANCH, parse
from docket.git.refusals import NoHistory
from docket.git.store import Store
from docket.loading import yamlfile
from docket.loading.loader import Parse
from docket.rules.review import Review

PROPOSED = re.compile(
    rf"refs/(heads|remotes/[^/]+)/{BRANCH}.+"
    r"|refs/(remotes/[^/]+/)?(pull|pulls|pr|merge-requests)/[0-9]+(/head)?"
)
"""The desk's and the command's branches, and what forges call pull and merge requests."""


def branches(store: Store, now: datetime) -> Iterator[BranchItem]:
    """Each proposed branch that brings something new: when it came, whether it is routine."""
    base = store.commit()
    parse = cache(yamlfile.read)  # the branches differ by one file each
    seen: set[str] = set()
    for ref, commit in _proposed(store):
        if commit not in seen:
            seen.add(commit)
            yield from _waits(store, base, ref, now, parse)


def waiting(store: Store, now: datetime) -> Iterator[tuple[str, Submission]]:
    """The submissions that proposed branches bring, each with the branch's name."""
    base, parse = store.commit(), cache(yamlfile.read)
    for ref, _ in _proposed(store):
        with suppress(NoHistory):
            for one in examine(store, base, ref, Given(now), parse).submissions:
                yield _name(ref), one


def _name(ref: str) -> str:
    return re.sub(r"^refs/(heads/|remotes/)?", "", ref)


def _proposed(store: Store) -> Iterator[tuple[str, str]]:
    """The names and commits of what is proposed and not merged; those of this clone first."""
    form = "--format=%(refname) %(objectname) %(objecttype)"
    for line in sorted(store.run("for-each-ref", "--no-merged", "HEAD", form).splitlines()):
        ref, commit, kind = line.split()
        if PROPOSED.fullmatch(ref) and kind == "commit":
            yield ref, commit


def _waits(store: Store, base: str, ref: str, now: datetime, parse: Parse) -> Iterator[BranchItem]:
    name = _name(ref)
    try:
        lines = logged(store, base, ref)
        received = lines[-1].arrival.received if lines else now
        found = examine(store, base, ref, Given(received, lines=lines), parse)
    except NoHistory:
        yield BranchItem(name, routine=False)
        return
    if any(store.blob_at(base, one.path) != store.blob_at(ref, one.path) for one in found.touched):
        yield _item(found, name, lines)


def _item(found: Review, name: str, lines: Sequence[Line]) -> BranchItem:
    """What waits on a branch, and what it changes: in the register, and from version to version."""
    in_turn = tuple(waited(found, lines))
    ours = [place for one in found.touched if (place := parse(one.path)) and place.is_submission]
    place = ours[0] if len(ours) == 1 else None
    return BranchItem(
        branch=name,
        routine=is_routine(found) and not any(one.alters for one in in_turn),
        sound=found.is_sound,
        changes=(*compared(found), *in_turn),
        findings=found.findings,
        received=lines[-1].arrival.received if lines else None,
        place=place,
        municipality=place.slug if place and place.slug in found.docket.register else "",
    )
