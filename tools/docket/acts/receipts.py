"""The journal of receipts: what was received when and by which way, a line each."""

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from docket.acts.yamledit import Uneditable, append
from docket.domain.instants import instant
from docket.domain.mail import Confirmation
from docket.domain.nouns import Place, Receipt
from docket.domain.paths import OwnFile, own_path, parse
from docket.domain.states import Way
from docket.loading import yamlfile
from docket.loading.document import Document
from docket.loading.loader import Parse
from docket.loading.trees import Unreadable
from docket.text.errors import CommandError

LONGEST = 200
"""So many characters has a reference at most."""
HEAD_LINE = "# yaml-language-server: $schema=../../schema/receipts.json\n"
LONGEST = 200
"""So many characters a reference may have, as in schema/text.json."""
QUOTED = ("reference", "blob", "domain")
"""What could be taken for a number or a comment."""


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


def receipt_of(line: Line) -> Receipt:
    """The receipt that a line will be; its place is the journal that it will stand in."""
    place, arrival = parse(line.path), line.arrival
    round_, slug = (place.round, place.slug) if place else ("", "")
    return Receipt(
        round=round_,
        place=Place(own_path(round_, OwnFile.RECEIPTS)),
        municipality=slug,
        received=arrival.received,
        via=arrival.via,
        blob=line.blob,
        reference=arrival.reference,
    )


class Grown(NamedTuple):
    """The journals that grow, as they will be, and by how many lines in all.

    Nothing can be added to those in `broken`, which do not read as lists of receipts.
    """

    files: dict[str, bytes]
    added: int
    broken: tuple[str, ...]

    def must_be_whole(self) -> None:
        """What cannot be written on is corrected first, by hand. Raises `CommandError`."""
        for path in self.broken:
            raise CommandError("errors.act.broken", path=path)


def fits(reference: str) -> bool:
    """Whether a receipt can hold a reference: a short line that begins and ends with no space."""
    plain = reference.isprintable() and reference == reference.strip()
    return plain and len(reference) <= LONGEST


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


def written(
    tree: Mapping[str, bytes],
    lines: Iterable[Line],
    reader: Parse = yamlfile.read,
    confirmed: Sequence[Confirmation] = (),
) -> Grown:
    """The journals of `tree` that grow by `lines`, judged as they will be.

    What the last receipt before it has already told gets no second one. What is `confirmed` comes
    after them, once.
    """
    by_journal: dict[str, list[tuple[str, Line]]] = defaultdict(list)
    for one in confirmed:
        by_journal[one.path] = []
    for line in lines:
        if place := parse(line.path):
            by_journal[own_path(place.round, OwnFile.RECEIPTS)].append((place.slug, line))
    files: dict[str, bytes] = {}
    added, broken = 0, []
    for path, of_round in sorted(by_journal.items()):
        try:
            content = tree.get(path, HEAD_LINE.encode())
            journal = reader(path, content)
            own = [one for one in confirmed if one.path == path]
            rows = [*_untold(journal, of_round), *_unconfirmed(journal, own)]
            if rows:
                entries = [(_written(row), row) for row in rows]
                files[path] = append(path, content, entries, reader)
                added += len(rows)
        except (Unreadable, Uneditable):
            broken.append(path)
    return Grown(files, added, tuple(broken))


def _untold(journal: Document, lines: Iterable[tuple[str, Line]]) -> list[dict[str, Any]]:
    """The receipts that a journal does not tell yet, oldest first."""
    told: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for one in journal.data if isinstance(journal.data, list) else ():
        if isinstance(one, dict) and (when := _when(one.get("received"))):
            told[str(one.get("municipality"))].append((when, str(one.get("blob"))))
    rows: list[dict[str, Any]] = []
    for slug, line in sorted(lines, key=lambda one: (one[1].arrival.received, one[0])):
        this = (line.arrival.received, line.blob)
        earlier = [one for one in told[slug] if one[0] <= this[0]]
        if this not in earlier and not (earlier and max(earlier)[1] == line.blob):
            told[slug].append(this)
            rows.append(_row(slug, line))
    return rows


def _unconfirmed(journal: Document, confirmed: Iterable[Confirmation]) -> Iterator[dict[str, Any]]:
    """The confirmations that a journal does not tell yet."""
    rows = journal.data if isinstance(journal.data, list) else ()
    told = {one.get("reference") for one in rows if isinstance(one, dict) and "confirmed" in one}
    for one in confirmed:
        if one.reference not in told:
            yield _confirmed(one)


def _confirmed(one: Confirmation) -> dict[str, Any]:
    whose = {"municipality": one.municipality, "reference": one.reference}
    return {**whose, "confirmed": {"at": one.at.isoformat(), "domain": one.domain}}


def row_confirmed(one: Confirmation) -> str:
    """The line of the journal that a confirmation is, as it can be pasted."""
    return f"- {_written(_confirmed(one))}"


def _row(slug: str, line: Line) -> dict[str, str]:
    """A receipt, without a reference that none can hold: its time is what counts."""
    arrival = line.arrival
    told = {"municipality": slug, "received": arrival.received.isoformat(), "via": str(arrival.via)}
    if arrival.reference and fits(arrival.reference):
        told["reference"] = arrival.reference
    return {**told, "blob": line.blob}


def row(slug: str, received: str, via: Way, *, reference: str, blob: str) -> str:
    """A line of the journal, as it can be pasted."""
    told = {"municipality": slug, "received": received, "via": str(via)}
    told |= {"reference": reference} if reference else {}
    return f"- {_written({**told, 'blob': blob})}"


def _written(row: Mapping[str, Any]) -> str:
    """A receipt on one line."""
    quoted = {key: json.dumps(row[key], ensure_ascii=False) for key in QUOTED if key in row}
    inner = {key: _written(value) for key, value in row.items() if isinstance(value, dict)}
    told = {**row, **quoted, **inner}
    return "{" + ", ".join(f"{key}: {value}" for key, value in told.items()) + "}"


def _when(text: object) -> datetime | None:
    try:
        return instant(str(text))
    except ValueError:
        return None
