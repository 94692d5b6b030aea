"""What a forge merged and nobody gave a receipt: which pull request it was, and what to paste."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from docket.acts import receipts
from docket.acts.inbox import InboxKind, Item, SubmissionItem
from docket.domain.docket import Docket
from docket.domain.paths import parse
from docket.domain.states import Way
from docket.git.store import Store

NUMBER = re.compile(r"(?:^Merge pull request |\()(#[0-9]{1,9})\b")
"""How forges name a pull request in the first line of the commit that merges it."""
UNKNOWN = "…"
"""Where only the forge knows the time."""


@dataclass(frozen=True, slots=True)
class Landing:
    """The commit that brought a file to the branch as it is, and the pull request it names."""

    commit: str
    number: str


def landings(store: Store) -> Mapping[str, Landing]:
    """What brought each file below `submissions`, by its path."""
    text = store.run(
        *("log", "--first-parent", "--diff-merges=first-parent"),
        *("--no-show-signature", "--no-color", "--no-renames", "--name-only", "-z"),
        *("--format=%x01%H %s", "HEAD", "--", f":(top){store.prefix}submissions"),
    )
    found: dict[str, Landing] = {}
    commit = subject = ""
    for part in text.split("\0"):
        word = part.lstrip("\n")
        if word.startswith("\x01"):
            commit, _, subject = word[1:].partition(" ")
        elif word:
            number = NUMBER.search(subject)
            landing = Landing(commit, number[1] if number else "")
            found.setdefault(word.removeprefix(store.prefix), landing)
    return found


def unreceipted(items: Iterable[Item]) -> Iterator[SubmissionItem]:
    """The submissions without a receipt among what waits."""
    for item in items:
        if isinstance(item, SubmissionItem) and item.kind is InboxKind.UNRECEIPTED:
            yield item


def with_lines(store: Store, docket: Docket, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, with the line to paste for each submission that a pull request brought."""
    known = landings(store) if any(unreceipted(items)) else {}
    lines = {
        item: line_of(docket, item, known[item.path].number)
        for item in unreceipted(items)
        if item.path in known and known[item.path].number
    }
    return tuple(
        replace(item, line=lines[item])
        if isinstance(item, SubmissionItem) and item in lines
        else item
        for item in items
    )


def line_of(docket: Docket, item: SubmissionItem, number: str, received: str = UNKNOWN) -> str:
    """The line of receipts.yml for a submission that came by the pull request `number`."""
    place = parse(item.path)
    slug = place.slug if place else ""
    blob = docket.blobs[item.path]
    return receipts.row(slug, received, Way.PULL_REQUEST, reference=number, blob=blob)
