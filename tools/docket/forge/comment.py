"""Receipts in waiting: a comment on a pull request keeps them until the journal takes them."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from docket.acts.receipts import Arrival, Line
from docket.domain.instants import instant

START, END = "<!-- docket:receipts ", " -->"
KEYS = ("head", "path", "blob", "received", "via", "reference")
PATH = re.compile(r"submissions/[a-z0-9-]{1,60}/[a-z0-9-]{1,60}\.yml")
BLOB = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
MOST = 50
"""So many are kept, the first of all among them: a comment holds 65,536 characters."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that came with a head, and how: a receipt in waiting."""

    head: str
    path: str
    blob: str
    arrival: Arrival

    @property
    def line(self) -> Line:
        """The line for the journal."""
        return (self.path, self.blob, self.arrival)


def hidden(seen: Sequence[Seen]) -> str:
    """What was seen so far, as a comment that nothing in it can end."""
    plain = [one for one in seen if PATH.fullmatch(one.path)]
    kept = plain if len(plain) <= MOST else [plain[0], *plain[1 - MOST :]]
    told = json.dumps([dict(zip(KEYS, _words(one), strict=True)) for one in kept])
    safe = told.replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"{START}{safe}{END}"


def seen_in(body: str) -> tuple[Seen, ...]:
    """The receipts in waiting that a comment keeps, but for those that make no sense."""
    _, found, rest = body.rpartition(START)
    try:
        told = json.loads(rest.partition(END)[0]) if found else []
    except ValueError:
        return ()
    return tuple(_sound(told if isinstance(told, list) else []))


def _words(one: Seen) -> tuple[str, ...]:
    arrival = one.arrival
    received = arrival.received.isoformat()
    return (one.head, one.path, one.blob, received, arrival.via, arrival.reference)


def _sound(told: Sequence[object]) -> Iterator[Seen]:
    for one in told:
        words = [str(one.get(key, "")) for key in KEYS] if isinstance(one, dict) else [""] * 6
        head, path, blob, received, via, reference = words
        if PATH.fullmatch(path) and BLOB.fullmatch(blob) and via in ("pull-request", "form"):
            with suppress(ValueError):
                yield Seen(head, path, blob, Arrival(instant(received), via, reference))
