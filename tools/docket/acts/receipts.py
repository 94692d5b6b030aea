"""The journal of receipts: what was received when and by which way, a line each."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from docket.domain.instants import instant
from docket.domain.paths import OwnFile, own_path, parse
from docket.loading import yamlfile
from docket.loading.trees import Overlay

HEAD_LINE = "# yaml-language-server: $schema=../../schema/receipts.json\n"


@dataclass(frozen=True, slots=True)
class Arrival:
    """When something was received, by which way, and under which number."""

    received: datetime
    via: str
    reference: str = ""


Line = tuple[str, str, Arrival]
"""Where a submission lies, Git's id of its bytes, and how they came."""


def has_place(line: Line, tree: Mapping[str, bytes], register: Container[str]) -> bool:
    """Whether a line can stand in a journal: its round is there, and its municipality exists."""
    place = parse(line[0])
    if place is None:
        return False
    return own_path(place.round, OwnFile.ROUND) in tree and place.slug in register


def written(tree: Mapping[str, bytes], lines: Iterable[Line]) -> dict[str, bytes]:
    """The journals of `tree` that grow by `lines`, as they will be.

    What the last receipt before it has already told gets no second one.
    """
    files: dict[str, bytes] = {}
    for path, blob, arrival in sorted(lines, key=lambda one: (one[2].received, one[0])):
        files |= _with(Overlay(tree, files), path, blob, arrival)
    return files


def _with(tree: Mapping[str, bytes], path: str, blob: str, arrival: Arrival) -> dict[str, bytes]:
    place = parse(path)
    if place is None:
        return {}
    slug, journal = place.slug, own_path(place.round, OwnFile.RECEIPTS)
    old = tree[journal].decode("utf-8", "surrogateescape") if journal in tree else HEAD_LINE
    if _is_told(journal, old, slug, blob, arrival.received):
        return {}
    reference = f", reference: {json.dumps(arrival.reference, ensure_ascii=False)}"
    line = (
        f"- {{municipality: {slug}, received: {arrival.received.isoformat()}, via: {arrival.via}"
        f'{reference if arrival.reference else ""}, blob: "{blob}"}}\n'
    )
    gap = "" if old.endswith("\n") else "\n"
    return {journal: f"{old}{gap}{line}".encode("utf-8", "surrogateescape")}


def _is_told(path: str, text: str, slug: str, blob: str, received: datetime) -> bool:
    data = yamlfile.read(path, text.encode("utf-8", "surrogateescape")).data
    earlier = [
        (when, str(one.get("blob")))
        for one in (data if isinstance(data, list) else ())
        if isinstance(one, dict) and one.get("municipality") == slug
        if (when := _when(one.get("received"))) and when <= received
    ]
    return (received, blob) in earlier or (bool(earlier) and max(earlier)[1] == blob)


def _when(text: object) -> datetime | None:
    try:
        return instant(str(text))
    except ValueError:
        return None
