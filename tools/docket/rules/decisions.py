"""Rules of a decision: seats, order, and whom it may name."""

from collections import Counter
from collections.abc import Iterator

from docket.domain.arrival import received
from docket.domain.docket import Docket
from docket.domain.instants import begins, day_of, is_late
from docket.domain.lifecycle import held, is_called_off, is_live, is_rejected
from docket.domain.nouns import Decision, Designation, Finding, Place, Round, Submission
from docket.domain.paths import OwnFile, own_path, submission_path


def d01_seats(docket: Docket) -> Iterator[Finding]:
    """No more are designated in an area than it has seats."""
    for decision, round_ in _decided(docket):
        taken: Counter[str] = Counter()
        for index, entry in enumerate(decision.designated):
            taken[entry.area] += 1
            seats = round_.seats.get(entry.area)
            if seats is not None and taken[entry.area] == seats + 1:
                count = sum(one.area == entry.area for one in decision.designated)
                facts = {"area": docket.areas[entry.area], "seats": seats, "count": count}
                also = (docket.at(round_.path, f"/seats/{entry.area}"),)
                yield Finding("D01", _entry(docket, decision, index), facts=facts, also=also)


def d02_unasked(docket: Docket) -> Iterator[Finding]:
    """Who is designated has a live submission that was received in time."""
    for decision, round_, index, entry in _registered(docket):
        path = submission_path(round_.slug, entry.municipality)
        submission = _submission(docket, round_, entry)
        name = {"municipality": docket.register[entry.municipality].name, "path": path}
        place = _entry(docket, decision, index)
        when = begins(decision.decided, docket.organiser.zone)
        if submission is None:
            if docket.is_whole(path):
                yield Finding("D02", place, "missing", name)
        elif docket.is_timed(round_.slug) and is_late(
            received(docket, submission), round_.deadline, docket.organiser.zone
        ):
            yield Finding("D02", place, "late", name, (docket.at(submission.path),))
        elif not is_live(docket, submission, when) and not is_rejected(docket, submission, when):
            also = (docket.at(submission.path, "/withdrawn"),)
            yield Finding("D02", place, "withdrawn", name, also)


def d03_before_deadline(docket: Docket) -> Iterator[Finding]:
    """A round is decided when its deadline has passed, never before; a stop may come sooner."""
    for decision, round_ in _chosen(docket):
        place = docket.at(decision.path, "/decided")
        if round_.deadline is None:
            if round_.register:
                yield Finding("D03", place, "unsettled", {"round": round_.title})
        elif decision.decided < day_of(round_.deadline, docket.organiser.zone):
            facts = {"decided": decision.decided, "deadline": round_.deadline}
            yield Finding("D03", place, facts=facts, also=(docket.at(round_.path, "/deadline"),))


def d04_order(docket: Docket) -> Iterator[Finding]:
    """A round is decided no earlier than the rounds it comes after; a stop may come sooner."""
    for decision, round_ in _chosen(docket):
        for index, name in enumerate(round_.after):
            earlier, first = docket.decisions.get(name), docket.rounds.get(name)
            unread = not docket.is_whole(own_path(name, OwnFile.DECISION))
            if first is None or unread or (earlier and earlier.decided <= decision.decided):
                continue
            facts = {"decided": decision.decided, "round": first.title}
            place = docket.at(decision.path, "/decided")
            also = (docket.at(round_.path, f"/after/{index}"),)
            yield Finding("D04", place, "later" if earlier else "", facts, also)


def d05_wish(docket: Docket) -> Iterator[Finding]:
    """Who is designated in an area has wished for that area."""
    for decision, round_, index, entry in _registered(docket):
        submission = _submission(docket, round_, entry)
        if submission and entry.area not in submission.areas:
            facts = {
                "municipality": docket.register[entry.municipality].name,
                "area": docket.areas[entry.area],
                "areas": [docket.areas[one] for one in submission.areas],
                "words": submission.areas,
            }
            also = (docket.at(submission.path, "/areas"),)
            yield Finding("D05", _entry(docket, decision, index), facts=facts, also=also)


def d06_twice(docket: Docket) -> Iterator[Finding]:
    """A municipality is designated once: one area, one agreement in force."""
    for decision, round_ in _decided(docket):
        first: dict[str, int] = {}
        when = begins(decision.decided, docket.organiser.zone)
        for index, entry in enumerate(decision.designated):
            facts = {"municipality": docket.register[entry.municipality].name, "area": entry.area}
            place = _entry(docket, decision, index)
            if entry.municipality in first:
                also = _entry(docket, decision, first[entry.municipality])
                yield Finding("D06", place, facts=facts, also=(also,))
            first.setdefault(entry.municipality, index)
            for other, number in held(docket, entry.municipality, round_, when):
                more = {**facts, "round": docket.rounds[other.round].title}
                yield Finding("D06", place, "held", more, (_entry(docket, other, number),))


def d07_refused(docket: Docket) -> Iterator[Finding]:
    """Nobody is designated whose council has said no."""
    for decision, round_ in _decided(docket):
        when = begins(decision.decided, docket.organiser.zone)
        for index, entry in enumerate(decision.designated):
            submission = _submission(docket, round_, entry)
            if submission and is_rejected(docket, submission, when):
                facts = {"municipality": docket.register[entry.municipality].name}
                also = (docket.at(submission.path, "/approval/status"),)
                yield Finding("D07", _entry(docket, decision, index), facts=facts, also=also)


def _decided(docket: Docket) -> Iterator[tuple[Decision, Round]]:
    """Each decision with its round, where that could be read."""
    for decision in docket.decisions.values():
        round_ = docket.rounds.get(decision.round)
        if round_ and docket.is_whole(round_.path):
            yield decision, round_


def _chosen(docket: Docket) -> Iterator[tuple[Decision, Round]]:
    """Each of them but the rounds stopped before anybody was designated."""
    return (one for one in _decided(docket) if not is_called_off(one[0]))


def _registered(docket: Docket) -> Iterator[tuple[Decision, Round, int, Designation]]:
    """Each designation in a round whose submissions are kept here."""
    for decision, round_ in _decided(docket):
        if round_.register:
            for index, entry in enumerate(decision.designated):
                yield decision, round_, index, entry


def _submission(docket: Docket, round_: Round, entry: Designation) -> Submission | None:
    for one in docket.submissions_by.get(entry.municipality, ()):
        if one.round == round_.slug:
            return one if docket.is_whole(one.path) else None
    return None


def _entry(docket: Docket, decision: Decision, index: int) -> Place:
    return docket.at(decision.path, f"/designated/{index}")
