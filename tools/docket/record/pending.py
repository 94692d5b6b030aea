"""The branches that are not taken in: what Git has here, without asking any server."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from docket.office.agenda import Item
from docket.reading import yamlfile
from docket.reading.read import Parse
from docket.record.examine import Given, examine
from docket.record.intake import OURS, receipts_on
from docket.record.store import NoHistory, Store
from docket.review import Review
from docket.rules.changes import is_submission

PROPOSED = re.compile(
    r"refs/(heads|remotes/[^/]+)/submission/.+"
    r"|refs/(remotes/[^/]+/)?(pull|pulls|pr|merge-requests)/[0-9]+(/head)?"
)
"""The desk's and the command's branches, and what forges call pull and merge requests."""


def branches(store: Store, now: datetime) -> Iterator[Item]:
    """Each proposed branch that brings something new: when it came, whether it is routine."""
    base = store.commit()
    parse = cache(yamlfile.read)  # the branches differ by one file each
    seen: set[str] = set()
    for ref, commit in _proposed(store):
        if commit not in seen:
            seen.add(commit)
            yield from _waits(store, base, ref, now, parse)


def _proposed(store: Store) -> Iterator[tuple[str, str]]:
    """The names and commits of what is proposed and not merged; those of this clone first."""
    form = "--format=%(refname) %(objectname) %(objecttype)"
    for line in sorted(store.run("for-each-ref", "--no-merged", "HEAD", form).splitlines()):
        ref, commit, kind = line.split()
        if PROPOSED.fullmatch(ref) and kind == "commit":
            yield ref, commit


def _waits(store: Store, base: str, ref: str, now: datetime, parse: Parse) -> Iterator[Item]:
    name = re.sub(r"^refs/(heads/|remotes/)?", "", ref)
    try:
        lines = receipts_on(store, base, ref) if OURS.fullmatch(ref) else []
        received = lines[-1][2].received if lines else None
        found = examine(store, base, ref, Given(received or now, lines=lines), parse)
    except NoHistory:
        yield Item("branch", "", ref=name, routine=False)
        return
    if any(store.blob_at(base, one.path) != store.blob_at(ref, one.path) for one in found.touched):
        yield _item(found, name, received)


def _item(found: Review, name: str, received: datetime | None) -> Item:
    ours = [one.path for one in found.touched if is_submission(one.path)]
    _, call, file = ours[0].split("/") if len(ours) == 1 else ("", "", "")
    slug = file.removesuffix(".yml")
    return Item(
        "branch",
        call,
        slug if slug in found.docket.register else "",
        received,
        name,
        found.is_routine,
        found.findings,
        ours[0] if len(ours) == 1 else "",
    )
