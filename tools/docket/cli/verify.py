"""`docket verify`: whether a receipt is genuine, for which bytes and from when."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from docket.acts.files import must_be_whole
from docket.acts.verify import FALSE, Judged, Verdict, here, judge, reaching, unordered
from docket.cli.session import OK, WRONG, lang_of, moment_of, root_of
from docket.domain.instants import begins
from docket.domain.nouns import Municipality, Organiser
from docket.domain.paths import ORGANISER, SCHEMA
from docket.git.allowed import Known, NotAllowed, read_allowed
from docket.git.receipt import MOST
from docket.git.refusals import NoHistory
from docket.git.signing import shown
from docket.git.store import Store
from docket.loading.loader import read
from docket.loading.register import NoRegister
from docket.loading.trees import Folder, Unreadable
from docket.text.catalogue import entries, say
from docket.text.errors import CommandError
from docket.text.escape import one_line, show_path, visible
from docket.text.l10n import write_moment
from docket.text.terminology import stranger

UNJUDGED = 2
ZONE = ZoneInfo("Europe/Copenhagen")
"""In which a time is told where no register says another."""


@dataclass(frozen=True)
class _Against:
    """What a receipt is judged against: keys, if any; a register and its log, if at hand."""

    organiser: Organiser
    known: Sequence[Known] | None = None
    names: Mapping[str, Municipality] = field(default_factory=dict)
    store: Store | None = None


def run(options: argparse.Namespace) -> int:
    """The verdict; what the receipt says; what the register at hand knows besides."""
    data, against = _given(options.file), _against(options)
    zone = against.organiser.zone
    now = (
        begins(moment_of(options.at, options.languages), zone) if options.at else datetime.now(UTC)
    )
    reaches = reaching(against.store) if against.store else unordered
    found = judge(data, against.known, now, reaches)
    sys.stdout.write("".join(f"{row}\n" for row in _told(found, against, lang_of(options))))
    if against.store:
        against.store.close()
    if found.verdict is Verdict.GENUINE:
        return OK
    return WRONG if found.verdict in FALSE else UNJUDGED


def _given(file: Path | None) -> bytes:
    """What is to be judged. Raises `CommandError`."""
    if file is None or str(file) == "-":
        return sys.stdin.buffer.read(MOST + 1)
    return _read(file)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST + 1)
    except OSError:
        raise CommandError("errors.file.unopened", name=show_path(str(file))) from None


def _against(options: argparse.Namespace) -> _Against:
    """The keys of a file; else those of the register here; else none. Raises `CommandError`."""
    if options.signers:
        return _Against(stranger(ZONE), _allowed(options.signers))
    root = root_of(options)
    tree = Folder(root)
    try:
        docket = read({path: tree[path] for path in tree if _is_own(path)}, datetime.now(UTC))
    except (NoRegister, Unreadable):
        return _Against(stranger(ZONE))
    must_be_whole(docket, ORGANISER)
    organiser = docket.organiser
    known = [Known(one.key, last=one.last) for one in organiser.signers] or None
    try:
        store = Store(root)
    except NoHistory:  # the keys are enough
        return _Against(organiser, known, docket.register)
    return _Against(organiser, known, docket.register, store)


def _is_own(path: str) -> bool:
    return path == ORGANISER or path.startswith(SCHEMA)


def _allowed(file: Path) -> Sequence[Known]:
    name = show_path(str(file))
    try:
        found = read_allowed(_read(file).decode("utf-8-sig", "replace"))
    except NotAllowed as error:
        raise CommandError("errors.verify.line", name=name, line=str(error)) from None
    if not found:
        raise CommandError("errors.verify.no_key", name=name)
    return found


def _told(found: Judged, against: _Against, lang: str) -> Iterator[str]:
    """The verdict; where it is none against the receipt, what that says, and its file."""
    proof, entry, organiser = found.proof, found.entry, against.organiser
    facts = {
        "id": proof.id if proof else "",
        "key": shown(found.public) if found.public else "",
        "logged": entry.logged if entry else "",
    }
    yield say(f"verify.said.{found.verdict}", lang, organiser, **facts)
    if proof is None or entry is None or found.verdict in FALSE:
        return
    if found.verdict is Verdict.GENUINE and against.store:
        yield from (say(f"verify.here.{one}", lang) for one in here(against.store, found))
    yield ""
    if found.verdict is not Verdict.GENUINE:
        yield say("verify.row.claim", lang)
    rows = [
        (say(f"verify.row.{name}", lang, organiser), text)
        for name, text in _rows(found, against, lang).items()
        if text
    ]
    width = max(len(label) for label, _ in rows)
    yield from (f"{label:{width}}  {one_line(text)}" for label, text in rows)
    yield ""
    yield f"{say('verify.row.file', lang)}:"
    lines = proof.content.decode("utf-8", "replace").removesuffix("\n").split("\n")
    yield from (f"    {visible(row)}".rstrip() for row in lines)


def _rows(found: Judged, against: _Against, lang: str) -> Mapping[str, str]:
    """What a receipt says, by the name of its row."""
    proof, entry = found.proof, found.entry
    if proof is None or entry is None:
        return {}
    named = against.names.get(entry.municipality)
    way = f"words.way.{entry.via}"
    return {
        "received": write_moment(entry.received, lang, against.organiser.zone, weekday=True),
        "municipality": named.full if named else entry.municipality,
        "round": entry.round,
        "via": say(way, lang) if way in entries("words") else entry.via,
        "reference": entry.reference,
        "continues": entry.continues,
        "confirms": entry.confirms,
        "id": proof.id,
        "key": f"{shown(found.public)} {found.known.name if found.known else ''}".strip(),
    }
