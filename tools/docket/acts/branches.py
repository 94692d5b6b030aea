"""The branches that are not taken in: what Git has here, without asking any server."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from docket.acts.accept import logged, told_at
from docket.acts.changes import Comparison, changes, compared, is_routine, waited
from docket.acts.confirmed import proof, proved_before
from docket.acts.examine import Given, examine
from docket.acts.inbox import BranchItem
from docket.acts.propose import proposal_with
from docket.acts.receipts import Line
from docket.acts.rivals import ties_of
from docket.domain.nouns import Submission
from docket.domain.paths import BRANCH, parse
from docket.git.log import Entry
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


@dataclass(frozen=True, slots=True)
class Onto:
    """What branches are held against: a commit, and what the logs say that it trusts.

    `parse` remembers: the branches differ by one file each.
    """

    store: Store
    base: str
    told: Sequence[Entry]
    parse: Parse


def branches(store: Store, now: datetime) -> Iterator[BranchItem]:
    """Each proposed branch that brings something new: when it came, whether it is routine."""
    base = store.commit()
    seen = set[str]()
    onto = Onto(store, base, told_at(store, base), cache(yamlfile.read))
    found: list[tuple[BranchItem, str]] = []
    for ref, commit in _proposed(store):
        if commit not in seen:
            seen.add(commit)
            found += _waits(onto, ref, commit, now)
    for item, link in found:
        others = [
            one for one, its in found if link and its not in ("", link) and one.place == item.place
        ]
        yield _beside(item, others[0]) if others else item


def _beside(item: BranchItem, other: BranchItem) -> BranchItem:
    """What waits beside a rival's answer: the organiser has to look at both."""
    entry, there = item.changes[0].entry, other.changes[0].entry
    differs = Comparison(entry, changes(there, entry), rival=other.branch)
    return replace(item, routine=False, changes=(*item.changes, differs))


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


def _waits(onto: Onto, ref: str, commit: str, now: datetime) -> Iterator[tuple[BranchItem, str]]:
    """What a branch brings, if it is new, and with which private link it came."""
    store, told, base = onto.store, onto.told, onto.base
    name = _name(ref)
    try:
        lines = logged(store, told, base, ref)
        received = lines[-1].arrival.received if lines else now
        found = examine(store, base, ref, Given(received, lines=lines), onto.parse)
    except NoHistory:
        yield BranchItem(name, routine=False, commit=commit), ""
        return
    if any(store.blob_at(base, one.path) != store.blob_at(ref, one.path) for one in found.touched):
        ties = ties_of(told, found.before, lines)
        item = _item(ties.seen_in(found), name, lines)
        proved, before = proof(store, told, lines), proved_before(store, told, lines)
        item = replace(
            item,
            bond=ties.bond,
            confirmed=proved,
            confirmed_before=before,
            commit=commit,
            proposal=_proposal(store, item, commit),
        )
        yield item, ties.link


def _proposal(store: Store, item: BranchItem, commit: str) -> str:
    place = item.place
    return proposal_with(store, place, store.blob_at(commit, str(place))) if place else ""


def _item(found: Review, name: str, lines: Sequence[Line]) -> BranchItem:
    """What waits on a branch, and what it changes: in the register, and from version to version."""
    in_turn = tuple(waited(found, lines))
    ours = [place for one in found.touched if (place := parse(one.path)) and place.is_submission]
    place = ours[0] if len(ours) == 1 else None
    return BranchItem(
        branch=name,
        routine=is_routine(found) and (found.continues or not any(one.alters for one in in_turn)),
        sound=found.is_sound,
        changes=(*compared(found), *in_turn),
        findings=found.findings,
        arrival=lines[-1].arrival if lines else None,
        place=place,
        municipality=place.slug if place and place.slug in found.docket.register else "",
    )
