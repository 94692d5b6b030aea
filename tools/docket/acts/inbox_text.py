"""What waits, told: for the organiser at a terminal, and for programs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from docket.acts.inbox import Item
from docket.domain.docket import Docket
from docket.domain.nouns import Bilingual
from docket.report.common import Report
from docket.text.escape import printable, show_path
from docket.text.l10n import write_moment, write_number

VERSION = 1
HEADINGS: Mapping[str, Bilingual] = {
    "branch": Bilingual("Tilkendegivelser, der ikke er taget ind", "Submissions not taken in yet"),
    "wrong": Bilingual("Filer, der skal rettes", "Files to be corrected"),
    "unreceipted": Bilingual("Tilkendegivelser uden kvittering", "Submissions without a receipt"),
    "approval": Bilingual(
        "Politisk behandling, der skulle være sket", "Political decisions now due"
    ),
    "deadline": Bilingual("Frister inden for en uge", "Deadlines within a week"),
    "undecided": Bilingual("Runder, der venter på udpegning", "Rounds that wait for a decision"),
    "retained": Bilingual(
        "Kontaktpersoner, der skal slettes (skriv så erased: DATO i round.yml)",
        "Contacts to be erased (then write erased: DATE in round.yml)",
    ),
}


def text(docket: Docket, items: Sequence[Item], lang: str) -> str:
    """Everything that waits, under headings, each with what to do."""
    zone = docket.organiser.zone
    when = write_moment(docket.now, lang, zone, weekday=True)
    rows = [Bilingual(f"Indbakken {when}", f"Inbox, {when}").of(lang)]
    for kind, heading in HEADINGS.items():
        found = [item for item in items if item.kind == kind]
        if found:
            rows += ["", f"{heading.of(lang)} ({write_number(len(found), lang)})"]
            rows += [f"  {line}" for item in found for line in _told(docket, item, lang)]
    if not items:
        rows += ["", Bilingual("Intet venter.", "Nothing waits.").of(lang)]
    return "\n".join(rows) + "\n"


def data(docket: Docket, items: Sequence[Item]) -> str:
    """The same as JSON."""
    zone = docket.organiser.zone
    reports = [Report(docket, item.findings, {}) for item in items]
    told = [
        {
            "kind": item.kind,
            "round": item.round,
            "municipality": item.municipality or None,
            "when": _iso(docket, item),
            "branch": printable(item.ref) or None,
            "path": printable(item.path) or None,
            "routine": item.routine,
            "findings": [
                {
                    "code": one.code,
                    "message": {lang: report.message(one, lang) for lang in ("da", "en")},
                }
                for one in item.findings
            ],
        }
        for item, report in zip(items, reports, strict=True)
    ]
    whole = {"version": VERSION, "at": docket.now.astimezone(zone).isoformat(), "items": told}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _told(docket: Docket, item: Item, lang: str) -> Iterator[str]:
    who = docket.register[item.municipality].full if item.municipality else ""
    when = write_moment(item.when, lang, docket.organiser.zone) if item.when else ""
    yield _SENTENCES[item.kind](item, who, when).of(lang)
    report = Report(docket, item.findings, {}, lang)
    for one in item.findings:
        yield f"  {one.code}: {report.message(one)}"
    if item.kind == "branch" and item.routine:
        yield f"  docket accept {show_path(item.ref)}" + ("" if when else " --received …")


def _branch(item: Item, who: str, when: str) -> Bilingual:
    name = f"{who}, {item.round}" if who else show_path(item.ref)
    received = Bilingual(f"modtaget {when}", f"received {when}")
    if not when:
        received = Bilingual(
            "modtaget: se det i mailen eller på pull requesten",
            "received: see the e-mail or the pull request",
        )
    if item.routine:
        end = Bilingual("Alt er i orden.", "All is well.")
    elif item.findings:
        end = Bilingual(f"Skal rettes ({item.ref}).", f"To be corrected ({item.ref}).")
    else:
        end = Bilingual(
            f"Se den selv igennem ({item.ref}).", f"Look through it yourself ({item.ref})."
        )
    return Bilingual(f"{name}: {received.da}. {end.da}", f"{name}: {received.en}. {end.en}")


_SENTENCES: Mapping[str, Callable[[Item, str, str], Bilingual]] = {
    "branch": _branch,
    "wrong": lambda item, _, __: Bilingual(show_path(item.path), show_path(item.path)),
    "unreceipted": lambda item, who, when: Bilingual(
        f"{who}, {item.round}: " + (f"på grenen {when}" if when else "ikke gemt i Git endnu"),
        f"{who}, {item.round}: " + (f"on the branch {when}" if when else "not committed yet"),
    ),
    "approval": lambda item, who, when: Bilingual(
        f"{who}, {item.round}: skulle behandles {when}, men filen siger stadig »afventer«",
        f"{who}, {item.round}: due on {when}, but the file still says “pending”",
    ),
    "deadline": lambda item, _, when: Bilingual(f"{item.round}: {when}", f"{item.round}: {when}"),
    "retained": lambda item, who, when: (
        Bilingual(
            f"{item.path}: {who}, gemmes til {when}", f"{item.path}: {who}, kept until {when}"
        )
        if who
        else Bilingual(
            f"{item.round}: de forseglede, gemmes til {when}. Slet nøglen og alle kopier.",
            f"{item.round}: the sealed ones, kept until {when}. Delete the key and every copy.",
        )
    ),
    "undecided": lambda item, _, when: Bilingual(
        f"{item.round}: fristen var {when}", f"{item.round}: the deadline was {when}"
    ),
}


def _iso(docket: Docket, item: Item) -> str | None:
    if isinstance(item.when, datetime):
        return item.when.astimezone(docket.organiser.zone).isoformat()
    return item.when.isoformat() if item.when else None
