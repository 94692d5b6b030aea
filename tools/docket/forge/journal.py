"""The journal of what was merged: the receipts that comments kept, and what has none."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from docket.acts import accept, merged
from docket.acts.inbox import agenda
from docket.acts.receipts import Line
from docket.domain.docket import Docket
from docket.domain.instants import is_late
from docket.domain.paths import OwnFile, own_path
from docket.forge.api import Api, Json
from docket.forge.comment import is_ours, seen_in
from docket.git.history import read_history
from docket.git.store import Store
from docket.loading.loader import read
from docket.loading.trees import snapshot
from docket.report.github import notice
from docket.rules.times import t01_late
from docket.text.catalogue import say

MOST_PAGES = 100


class Journaled(NamedTuple):
    """How many receipts were written, and what is told of those that are missing."""

    added: int
    missing: tuple[str, ...]


def journal(store: Store, api: Api, now: datetime) -> Journaled:
    """Write the receipts of merged pull requests that are not written yet; tell what has none."""
    closed = api.pages("pulls?state=closed", MOST_PAGES)
    pulls = {int(pull["number"]): pull for pull in closed if pull.get("merged_at")}
    lines: list[Line] = []
    for comment in filter(is_ours, api.pages("issues/comments", MOST_PAGES)):
        number = comment["issue_url"].rpartition("/")[2]
        if int(number) in pulls:
            lines += [one.line for one in seen_in(str(comment["body"]))]
    added = accept.journal_merged(store, lines)
    commit = store.commit()
    docket = read(snapshot(store, commit), now, read_history(store, commit))
    missing = (*_unreceipted(store, docket, pulls), *_lost(store, docket, lines))
    return Journaled(added, missing)


def _unreceipted(store: Store, docket: Docket, pulls: Mapping[int, Json]) -> Iterator[str]:
    """What a pull request brought without a receipt, with the line to paste."""
    items = tuple(merged.unreceipted(agenda(docket, ())))
    known = merged.landings(store) if items else {}
    by_commit = {str(pull.get("merge_commit_sha")): number for number, pull in pulls.items()}
    for item in items:
        number = _number(known[item.path], by_commit) if item.path in known else 0
        if number in pulls:
            opened = str(pulls[number]["created_at"])
            line = merged.line_of(docket, item, f"#{number}", opened)
            facts = {"municipality": item.municipality, "number": f"#{number}", "line": line}
            yield _warning(item.round, "missing", facts)


def _number(landing: merged.Landing, by_commit: Mapping[str, int]) -> int:
    """The pull request that brought a file: by its merge, else as the commit names it."""
    return by_commit.get(landing.commit) or int(landing.number.removeprefix("#") or 0)


def _lost(store: Store, docket: Docket, lines: Sequence[Line]) -> Iterator[str]:
    """What was received in time, and stands as late because a squash lost those bytes."""
    late = {finding.place.path for finding in t01_late(docket)}
    held = store.objects("HEAD") if late else frozenset()
    for line in lines:
        entry = docket.submission_at(line.path)
        if line.path not in late or line.blob in held or entry is None:
            continue
        received, deadline = line.arrival.received, docket.rounds[entry.round].deadline
        if not is_late(received, deadline, docket.organiser.zone):
            facts = {
                "municipality": entry.municipality,
                "number": line.arrival.reference,
                "head": line.arrival.reference.removeprefix("#"),
            }
            yield _warning(entry.round, "lost", {**facts, "received": received})


def _warning(round_: str, key: str, facts: Mapping[str, object]) -> str:
    path = own_path(round_, OwnFile.RECEIPTS)
    message = say(f"answer.log.{key}", "en", **facts, journal=path)
    return notice(path, say("answer.log.title", "en"), message, kind="warning")
