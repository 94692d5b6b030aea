"""The journal of receipts: what was received when and by which way, a line each."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from docket.domain.instants import instant
from docket.domain.paths import OwnFile, own_path, parse
from docket.domain.states import Way
from docket.loading import yamlfile

LONGEST = 200
"""So many characters has a reference at most."""
HEAD_LINE = "# yaml-language-server: $schema=../../schema/receipts.json\n"


@dataclass(frozen=True, slots=True)
class Arrival:
    """When something was received, by which way, and under which number."""

    received: datetime
    via: Way
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line to come: where a submission lies, Git's id of its bytes, and how they came."""

    path: str
    blob: str
    arrival: Arrival


class Grown(NamedTuple):
    """The journals that grow, as they will be, and by how many lines in all."""

    files: dict[str, bytes]
    added: int


def arrival(received: str, via: str, reference: str) -> Arrival:
    """An arrival as a message or a comment tells it. Raises ValueError where it makes no sense."""
    if len(reference) > LONGEST or not reference.isprintable():
        raise ValueError(reference)
    return Arrival(instant(received), Way(via), reference)


def has_place(line: Line, tree: Mapping[str, bytes], register: Container[str]) -> bool:
    """Whether a line can stand in a journal: its round is there, and its municipality exists."""
    place = parse(line.path)
    if place is None:
        return False
    return own_path(place.round, OwnFile.ROUND) in tree and place.slug in register


def written(tree: Mapping[str, bytes], lines: Iterable[Line]) -> Grown:
    """The journals of `tree` that grow by `lines`.

    What the last receipt before it has already told gets no second one.
    """
    files: dict[str, bytes] = {}
    added = 0
    for line in sorted(lines, key=lambda one: (one.arrival.received, one.path)):
        place = parse(line.path)
        if place is None:
            continue
        journal = own_path(place.round, OwnFile.RECEIPTS)
        text = files.get(journal) or tree.get(journal, HEAD_LINE.encode())
        if not _is_told(journal, text, place.slug, line):
            files[journal] = text + _row(text, place.slug, line)
            added += 1
    return Grown(files, added)


def _row(text: bytes, slug: str, line: Line) -> bytes:
    """A receipt as it is written below `text`."""
    arrival = line.arrival
    gap = "" if text.endswith(b"\n") else "\n"
    written = row(
        slug,
        arrival.received.isoformat(),
        arrival.via,
        reference=arrival.reference,
        blob=line.blob,
    )
    return f"{gap}{written}\n".encode("utf-8", "surrogateescape")


def row(slug: str, received: str, via: Way, *, reference: str, blob: str) -> str:
    """A line of the journal."""
    number = f", reference: {json.dumps(reference, ensure_ascii=False)}" if reference else ""
    return f'- {{municipality: {slug}, received: {received}, via: {via}{number}, blob: "{blob}"}}'


def _is_told(path: str, text: bytes, slug: str, line: Line) -> bool:
    data, received = yamlfile.read(path, text).data, line.arrival.received
    earlier = [
        (when, str(one.get("blob")))
        for one in (data if isinstance(data, list) else ())
        if isinstance(one, dict) and one.get("municipality") == slug
        if (when := _when(one.get("received"))) and when <= received
    ]
    return (received, line.blob) in earlier or (bool(earlier) and max(earlier)[1] == line.blob)


def _when(text: object) -> datetime | None:
    try:
        return instant(str(text))
    except ValueError:
        return None
