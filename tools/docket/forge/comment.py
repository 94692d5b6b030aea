"""Receipts in waiting: a comment on a pull request keeps them until the journal takes them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from docket.acts import receipts
from docket.acts.receipts import Line
from docket.domain.states import Way
from docket.forge.api import Json

BOT = "github-actions[bot]"
MARK = "<!-- docket -->"
START, END = "<!-- docket:receipts ", " -->"
PATH = re.compile(r"submissions/[a-z0-9-]{1,60}/[a-z0-9-]{1,60}\.yml")
BLOB = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
WAYS = {Way.PULL_REQUEST, Way.FORM}
MOST = 50
"""So many are kept, the first of all among them: a comment holds 65,536 characters."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A receipt in waiting: a line for the journal, and the head that brought it."""

    head: str
    line: Line


def is_ours(comment: Json) -> bool:
    """Whether a comment is the one that we write; nobody else's is believed."""
    user, body = comment.get("user") or {}, comment.get("body") or ""
    ours = user.get("login") == BOT and user.get("type") == "Bot"
    return ours and body.startswith(MARK)


def hidden(seen: Sequence[Seen]) -> str:
    """What was seen so far, as a comment that nothing in it can end."""
    plain = [one for one in seen if PATH.fullmatch(one.line.path)]
    latest = plain if len(plain) <= MOST else [plain[0], *plain[1 - MOST :]]
    text = json.dumps([_fields(one) for one in latest])
    safe = text.replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"{START}{safe}{END}"


def seen_in(body: str) -> tuple[Seen, ...]:
    """The receipts in waiting that a comment keeps, but for those that make no sense."""
    _, found, rest = body.rpartition(START)
    try:
        entries = json.loads(rest.partition(END)[0]) if found else []
    except ValueError:
        return ()
    return tuple(_sound(entries if isinstance(entries, list) else []))


def _fields(seen: Seen) -> dict[str, str]:
    line, arrival = seen.line, seen.line.arrival
    return {
        "head": seen.head,
        "path": line.path,
        "blob": line.blob,
        "received": arrival.received.isoformat(),
        "via": arrival.via,
        "reference": arrival.reference,
    }


def _seen(fields: Mapping[str, object]) -> Seen:
    """What `_fields` made them of. Raises ValueError where they make no sense."""

    def word(key: str) -> str:
        return str(fields.get(key, ""))

    arrival = receipts.arrival(word("received"), word("via"), word("reference"))
    if (
        arrival.via not in WAYS
        or not PATH.fullmatch(word("path"))
        or not BLOB.fullmatch(word("blob"))
    ):
        raise ValueError(fields)
    return Seen(word("head"), Line(word("path"), word("blob"), arrival))


def _sound(entries: Sequence[object]) -> Iterator[Seen]:
    for one in entries:
        if isinstance(one, dict):
            with suppress(ValueError):
                yield _seen(one)
