"""What has happened, what is to come, and what others subscribe to."""

import re
import shutil
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from docket.cli.main import main
from docket.domain.docket import Docket
from docket.rules import check
from docket.views.events import SubmissionEvent, dates, events
from docket.views.round import all_rounds
from support.generated import generated
from support.randers import RECEIVED, TEXT, desk_branch
from support.worlds import AT, ROOT, commit, docket_of

ATOM = "{http://www.w3.org/2005/Atom}"


def _told(docket: Docket) -> list[tuple[str, str, str]]:
    rounds = all_rounds(docket, check(docket))
    return [(one.kind, one.round.slug, one.municipality) for one in events(docket, rounds)]


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2029-12-31", ""),
        ("2030-01-01", "opened"),
        ("2030-01-25", "approved opened"),
        ("2030-01-25T10:00:00+01:00", "approved opened received"),
        ("2030-02-02", "approved closed opened received"),
        ("2030-02-20", "approved closed opened pending received"),
        ("2030-03-01", "approved closed decided designated opened pending received"),
    ],
)
def test_only_what_has_happened(register: Path, at: str, told: str) -> None:
    """An event is told from its instant on, and not before."""
    docket = docket_of(register, at)
    kinds = {kind for kind, round_, _ in _told(docket) if round_ == "2030-job"}
    assert " ".join(sorted(kinds)) == told


def test_what_came_in_the_minute_of_the_build(register: Path) -> None:
    """Pages are of a whole minute, and tell of what came in it: no later build may follow."""
    receipts = register / "submissions/2031-skole/receipts.yml"
    late = receipts.read_text("utf-8").replace("T11:15:00", "T11:15:20")
    receipts.write_text(late, "utf-8")
    for at, told in (("11:14:55", False), ("11:15:25", True)):
        page = generated(register, f"2031-02-02T{at}+01:00")["da/kommuner/odder.md"]
        assert ("badge--received" in page.partition("Hvad er der sket?")[2]) == told


def test_a_deadline_closes_when_its_day_has_ended() -> None:
    """The round on employment closed when 8 August 2022 had ended, and not before."""
    before, after = "2022-08-08T23:59:59+02:00", "2022-08-09T00:00:00+02:00"
    closed = ("closed", "2022-beskaeftigelse", "")
    assert closed not in _told(docket_of(ROOT, before))
    assert closed in _told(docket_of(ROOT, after))


def test_a_rehearsal_has_no_dates(register: Path) -> None:
    """The dates are those of the real rounds."""
    docket = docket_of(register, "2029-12-01")
    told = {one.round.slug for one in dates(docket, all_rounds(docket, check(docket)))}
    assert told >= {"2030-job", "2031-skole"}
    assert "proeve" not in told


@pytest.mark.parametrize("lang", ["da", "en"])
def test_feed(register: Path, lang: str) -> None:
    """The feed is Atom as RFC 4287 wants it: ids, dates, links, an author, the latest first."""
    root = ET.fromstring(generated(register)[f"{lang}/data/haendelser.atom"])
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    for name in ("id", "title", "updated", f"author/{ATOM}name"):
        assert root.findtext(f"{ATOM}{name}")
    assert [one.get("rel") for one in root.findall(f"{ATOM}link")] == ["self", "alternate"]
    entries = root.findall(f"{ATOM}entry")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(entries) > 5
    assert len(set(ids)) == len(ids)
    times = []
    for one in entries:
        assert one.findtext(f"{ATOM}title")
        assert len(one.findall(f"{ATOM}link")) == 1
        times.append(datetime.fromisoformat(one.findtext(f"{ATOM}updated") or ""))
        assert times[-1].utcoffset() is not None
    assert all(later >= earlier for later, earlier in pairwise(times))
    assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    kinds = {one.find(f"{ATOM}category").get("term") for one in entries}  # type: ignore[union-attr]
    assert kinds == {"opened", "received", "closed", "decided"}
    assert "Øvelse" not in "".join(one.findtext(f"{ATOM}title") or "" for one in entries)


def test_ids_are_stable(register: Path) -> None:
    """Later, every entry is still there under its id, with its date."""

    def entries(at: str) -> dict[str | None, str | None]:
        root = ET.fromstring(generated(register, at)["da/data/haendelser.atom"])
        found = root.findall(f"{ATOM}entry")
        return {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}updated") for one in found}

    early, late = entries("2031-02-10"), entries(AT)
    assert early.items() <= late.items()


@pytest.mark.parametrize("lang", ["da", "en"])
def test_calendar(register: Path, lang: str) -> None:
    """The calendar is iCalendar as RFC 5545 wants it, and a parser reads the right dates."""
    text = generated(register)[f"{lang}/data/frister.ics"]
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert "\n" not in "".join(lines)
    assert all(len(line.encode()) <= 75 for line in lines)
    found: dict[str, Any] = {
        str(one["uid"]): one for one in Calendar.from_ical(text).walk("VEVENT")
    }
    assert all(one["dtstamp"].dt.utcoffset() is not None for one in found.values())
    skole = found["2031-skole-deadline@docket.example"]
    assert skole["dtstart"].dt.isoformat() == "2031-06-30T10:00:00+00:00"
    opens = found["2031-skole-opens@docket.example"]
    assert opens["dtstart"].dt.isoformat() == "2031-01-01"
    assert opens["dtend"].dt.isoformat() == "2031-01-02"
    assert not [uid for uid in found if uid.startswith("proeve")]


def test_calendar_does_not_change_by_itself(register: Path) -> None:
    """A day later what is past has the same bytes: nothing in it comes from the clock."""
    early, late = (generated(register, at)["da/data/frister.ics"] for at in (AT, "2031-03-02"))
    changed = [
        (a, b) for a, b in zip(early.split("\r\n"), late.split("\r\n"), strict=True) if a != b
    ]
    assert all(re.match("DTSTAMP", a) for a, _ in changed)
    assert len(changed) <= 1  # the deadline that is still to come


def _history(root: Path, at: str) -> list[tuple[str, tuple[str, ...], str]]:
    """What is told of Randers: kind, areas as they were then, the receipt's number."""
    docket = docket_of(root, at)
    rounds = all_rounds(docket, check(docket))
    return [
        (one.kind, one.areas, one.version.receipt.reference if one.version.receipt else "")
        for one in reversed(events(docket, rounds))
        if isinstance(one, SubmissionEvent) and one.municipality == "randers"
    ]


def test_each_event_as_it_was(register: Path) -> None:
    """Each event tells what it held then; after a withdrawal and a new answer the earlier stay."""
    job, gone = TEXT.replace("[folkeskole]", "[dagtilbud]"), "withdrawn: {date: 2031-03-07}\n"
    branch = desk_branch(
        register,
        (TEXT, RECEIVED),
        (job, "2031-03-06T10:00:00+01:00"),
        (job + gone, "2031-03-07T10:00:00+01:00"),
        (TEXT + "motivation: igen\n", "2031-03-07T11:00:00+01:00"),
    )
    assert main(["-C", str(register), "accept", branch]) == 0
    first, other = ("folkeskole",), ("dagtilbud",)
    assert _history(register, "2031-03-08") == [
        ("received", first, "F-0"),
        ("changed", other, "F-1"),
        ("withdrawn", other, "F-2"),
        ("received", first, "F-3"),
    ]
    made = generated(register, "2031-03-08")
    entries = ET.fromstring(made["da/data/haendelser.atom"]).findall(f"{ATOM}entry")
    ids = [one.findtext(f"{ATOM}id") or "" for one in entries]
    assert [one.rpartition("#")[2] for one in ids if "randers" in one] == [
        "received-randers-2",
        "received-randers",
    ]
    page = made["da/kommuner/randers.md"]
    assert page.count("Begrundelse") == 1
    assert re.findall(r"badge--(\w+)", page.partition("Hvad er der sket?")[2]) == [
        "received",
        "withdrawn",
        "changed",
        "received",
    ]


def test_a_round_stopped_before_its_deadline(register: Path) -> None:
    """It has no deadline to come, and none that passes later."""
    stop = "stop 2031-skole --reason-da x --reason-en x --source https://docket.example --yes --at"
    assert main(["-C", str(register), *stop.split(), "2031-03-01"]) == 0
    for at in ("2031-03-02", "2031-08-01"):
        docket = docket_of(register, at)
        rounds = all_rounds(docket, check(docket))
        assert ("deadline", "2031-skole") not in [
            (one.kind, one.round.slug) for one in dates(docket, rounds)
        ]
        assert ("closed", "2031-skole", "") not in _told(docket)
        assert "2031-skole-deadline" not in generated(register, at)["da/data/frister.ics"]


def test_an_entry_that_changes_says_so(register: Path) -> None:
    """A decision that is written down anew changes its entry, and the time of the change."""

    def updated() -> dict[str | None, str | None]:
        root = ET.fromstring(generated(register, "2031-06-01")["da/data/haendelser.atom"])
        found = root.findall(f"{ATOM}entry")
        return {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}updated") for one in found}

    before = updated()
    path = register / "submissions/2030-job/decision.yml"
    path.write_text(path.read_text("utf-8").replace("aarhus", "odense"), "utf-8")
    commit(register, "changed", "2031-05-01T10:00:00+02:00")
    changed = dict(updated().items() - before.items())
    assert changed == {
        "https://docket.example/runder/2030-job/#decided": "2031-05-01T10:00:00+02:00"
    }


def test_a_calendar_without_dates_is_one(register: Path) -> None:
    """In a new register the calendar holds what every calendar must: one component."""
    for round_ in ("2030-job", "2031-skole"):
        shutil.rmtree(register / "submissions" / round_)
    made = Calendar.from_ical(generated(register)["da/data/frister.ics"])
    assert not made.walk("VEVENT")
    assert [one.name for one in made.subcomponents] == ["VTIMEZONE"]
