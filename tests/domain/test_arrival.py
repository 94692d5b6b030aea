"""Received when, and which version counts: in any order of receipts, landings and deletions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise, takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.cli.main import main
from docket.domain.arrival import arrival, counted, received, standing, versions
from docket.domain.docket import Docket
from docket.domain.languages import Texts
from docket.domain.nouns import (
    Organiser,
    Place,
    Receipt,
    Round,
    Submission,
    Withdrawal,
)
from docket.domain.past import stood
from docket.domain.states import Way
from support.randers import PATH, RECEIVED, TEXT, desk_branch, put
from support.worlds import commit, docket_of, found_in

ROUND, SLUG = "r", "aarhus"
HERE = f"submissions/{ROUND}/{SLUG}.yml"
START = datetime(2031, 3, 1, tzinfo=UTC)
DAYS = 12
AREAS = ("skole", "job")


@dataclass(frozen=True)
class Act:
    """What somebody did on a day: sent an answer, sent a withdrawal, or the file was deleted.

    `on_paper`: a receipt was given that day. `lands`: the day on which it came to the branch.
    """

    day: int
    kind: str
    area: str = ""
    on_paper: bool = False
    lands: int | None = None

    @property
    def blob(self) -> str:
        """Its bytes, one name for the same bytes."""
        return "" if self.kind == "delete" else f"{self.kind}-{self.area}"

    @property
    def when(self) -> datetime:
        """What the evidence says: the receipt, else the landing."""
        return _at(self.day if self.on_paper else self.lands or self.day)


def _at(day: int) -> datetime:
    return START + timedelta(days=day, hours=12)


@st.composite
def _lives(draw: st.DrawFn) -> list[Act]:
    """A municipality's acts, a day each, as they truly were: no bytes are sent twice in a row."""
    acts: list[Act] = []
    for day in range(draw(st.integers(1, 6))):
        exists = any(one.lands is not None for one in acts) and acts[-1].kind != "delete"
        kind = draw(st.sampled_from(["send", "send", "withdraw", *(["delete"] * exists)]))
        area = draw(st.sampled_from(AREAS)) if kind != "delete" else ""
        on_paper = kind != "delete" and draw(st.booleans())
        left = [one.blob for one in takewhile(lambda one: one.lands is None, reversed(acts))]
        on_paper |= f"{kind}-{area}" in left  # else nothing tells it from what was left then
        bare = [one.blob for one in acts if not one.on_paper]
        is_left = on_paper and f"{kind}-{area}" not in bare and draw(st.booleans())
        act = Act(day * 2, kind, area, on_paper, None if is_left else day * 2 + 1)
        if not acts or acts[-1].blob != act.blob:
            acts.append(act)
    return acts


def _entry(act: Act) -> Submission:
    gone = Withdrawal(date(2031, 1, 1)) if act.kind == "withdraw" else None
    return Submission(ROUND, HERE, SLUG, (act.area,), None, None, withdrawn=gone)


def _receipt(act: Act) -> Receipt:
    return Receipt(ROUND, Place("j"), SLUG, _at(act.day), Way.FORM, act.blob, f"F-{act.day}")


def _docket(acts: Sequence[Act], deadline: int | None, now: datetime, seed: int) -> Docket:
    """What code makes of it: a branch in its order, and a journal in any."""
    journal = [_receipt(one) for one in acts if one.on_paper]
    random.Random(seed).shuffle(journal)
    landed = [(_at(one.lands), one.blob) for one in acts if one.lands is not None]
    entries = {one.blob: _entry(one) for one in acts if one.blob}
    known = tuple(one._replace(entry=entries.get(one.blob)) for one in versions(landed, journal))
    here = landed[-1][1] if landed else ""
    words = Texts({"da": "r", "en": "r"})
    return Docket(
        Organiser(ZoneInfo("UTC"), ""),
        {},
        {},
        now,
        rounds={
            ROUND: Round(
                ROUND, "p", words, {}, deadline=None if deadline is None else _at(deadline)
            )
        },
        submissions=(entries[here],) if here else (),
        receipts=tuple(journal),
        versions={HERE: known},
        blobs={HERE: here} if here else {},
        places={HERE: {}} if here else {},
        held=frozenset(entries),
    )


class Naive:
    """The rules as they are written, read by somebody who knows what happened."""

    def __init__(self, acts: Sequence[Act], deadline: int | None) -> None:
        """Put what counts in the order in which the evidence has it."""
        told = sorted(acts, key=lambda one: one.when)
        self.acts = [next(same) for _, same in groupby(told, key=lambda one: one.blob)]
        self.deadline = _at(deadline) if deadline is not None else None

    def in_time(self, act: Act) -> bool:
        """At or before the deadline."""
        return self.deadline is None or act.when <= self.deadline

    def line(self) -> list[Act]:
        """After a deletion or withdrawal in time, a new submission is judged by its own."""
        begun = 0
        for index, (before, after) in enumerate(pairwise(self.acts), start=1):
            if after.kind == "send" and before.kind != "send":
                ends = []
                for one in reversed(self.acts[:index]):
                    if one.kind == "send":
                        break
                    ends.append(one)
                if self.in_time(ends[-1]):
                    begun = index
        return self.acts[begun:]

    def received(self) -> datetime | None:
        """The first receipt, else the first landing."""
        line = [one for one in self.line() if one.kind != "delete"]
        receipts = [one.when for one in line if one.on_paper]
        landings = [one.when for one in line if one.lands is not None]
        return min(receipts) if receipts else min(landings, default=None)

    def counts(self) -> str:
        """The last version received in time."""
        found = [one.blob for one in self.line() if one.blob and self.in_time(one)]
        return found[-1] if found else ""


@given(acts=_lives(), deadline=st.none() | st.integers(0, DAYS), seed=st.integers(0, 5))
def test_as_the_rules_are_written(acts: list[Act], deadline: int | None, seed: int) -> None:
    """Received when, and which version counts: the same as a plain reading of the rules."""
    docket, naive = _docket(acts, deadline, _at(99), seed), Naive(acts, deadline)
    assert [one.blob for one in docket.versions[HERE]] == [one.blob for one in naive.acts]
    for entry in docket.submissions:
        assert received(docket, entry) == (naive.received() or docket.now)
        version, counts = counted(docket, entry), naive.counts()
        late = deadline is not None and counts not in ("", docket.blobs[HERE])
        assert (version.blob if version else "") == (counts if late else "")


@given(acts=_lives(), day=st.integers(-1, DAYS + 2), seed=st.integers(0, 5))
def test_as_it_stood(acts: list[Act], day: int, seed: int) -> None:
    """At an instant the submission is there in the version last received by then, if any was."""
    now = _docket(acts, 5, _at(day), seed)
    docket = stood(now, now.versions)
    by_then = [one for one in Naive(acts, 5).acts if one.when <= _at(day)]
    expected = [_entry(by_then[-1])] if by_then and by_then[-1].blob else []
    assert list(docket.submissions) == expected
    assert all(one.received <= docket.now for one in docket.receipts)
    assert docket.past
    assert stood(docket, docket.versions) == docket


def test_a_withdrawal_after_two_changes(register: Path) -> None:
    """Three versions come, and only the last lands: the first receipt stands, its way too."""
    changed = TEXT.replace("[folkeskole]", "[dagtilbud]")
    branch = desk_branch(
        register,
        (TEXT, RECEIVED),
        (changed, "2031-03-06T10:00:00+01:00"),
        (changed + "withdrawn: {date: 2031-03-07}\n", "2031-03-07T10:00:00+01:00"),
    )
    assert main(["-C", str(register), "accept", branch]) == 0
    docket = docket_of(register, "2031-03-08")
    (entry,) = docket.submissions_by["randers"]
    first, latest = arrival(docket, entry), standing(docket, entry)
    assert received(docket, entry) == datetime.fromisoformat(RECEIVED)
    assert first
    assert first.receipt
    assert (first.receipt.via, first.receipt.reference) == (Way.FORM, "F-0")
    assert latest
    assert latest.receipt
    assert latest.receipt.reference == "F-2"
    told = [one.entry.areas for one in docket.versions[PATH] if one.entry]
    assert told == [("folkeskole",), ("dagtilbud",), ("dagtilbud",)]


def test_a_clock_that_was_set_back(register: Path) -> None:
    """What landed later is later, whatever the clock: nothing is locked before the deadline."""
    for path in ("submissions/proeve/randers.yml", PATH):
        put(register, TEXT, path)
        commit(register, "first", "2031-03-05T10:00:00+01:00")
        put(register, TEXT.replace("[folkeskole]", "[dagtilbud]"), path)
        commit(register, "changed", "2031-03-04T10:00:00+01:00")
        assert [one for one in found_in(register, "2031-03-08") if "T03" in one] == []
        assert [one for one in found_in(register, "2031-08-08") if "T03" in one] == []


@pytest.mark.parametrize(
    ("day", "last"),
    [("2031-03-20", TEXT), ("2031-03-06", TEXT + "withdrawn: {date: 2031-03-06, reason: x}\n")],
    ids=["taken back before its day", "mended"],
)
def test_no_fresh_start(register: Path, day: str, last: str) -> None:
    """A withdrawal that never took effect begins nothing anew, nor does one that is mended."""
    texts = (TEXT, TEXT + f"withdrawn: {{date: {day}}}\n", last)
    for hour, text in enumerate(texts, start=10):
        put(register, text)
        commit(register, "x", f"2031-03-06T{hour}:00:00+01:00")
    docket = docket_of(register, "2031-04-01")
    (entry,) = docket.submissions_by["randers"]
    assert received(docket, entry) == datetime.fromisoformat("2031-03-06T10:00:00+01:00")
