"""Rules of one municipality: one area, one agreement, one live submission."""

from collections.abc import Iterable, Iterator

from docket.docket import Docket
from docket.evidence import received
from docket.model import Finding, Round, Submission
from docket.reading.envelope import header, header_of
from docket.standing import held, in_effect, is_waiting, sees


def m01_wishes(docket: Docket) -> Iterator[Finding]:
    """A submission names no more areas than its round takes."""
    for submission, call in standing(docket):
        if len(submission.areas) > call.wishes:
            place = docket.at(submission.path, f"/areas/{call.wishes}")
            facts = {
                "areas": submission.areas,
                "first": submission.areas[0],
                "limit": call.wishes,
                "kept": submission.areas[: call.wishes],
            }
            yield Finding("M01", place, "" if call.wishes == 1 else "wishes", facts)


def m02_offered(docket: Docket) -> Iterator[Finding]:
    """A submission names only areas that its round offers."""
    for submission, call in standing(docket):
        for index, area in enumerate(submission.areas):
            if area not in call.seats:
                facts = {"area": area, "offered": tuple(call.seats), "round": call.title}
                yield Finding("M02", docket.at(submission.path, f"/areas/{index}"), facts=facts)


def m03_holds(docket: Docket) -> Iterator[Finding]:
    """A municipality with a designation in force when its submission came cannot submit again."""
    for submission, call in standing(docket):
        when = received(docket, submission)
        for decision, index in held(docket, submission.municipality, call, when):
            facts = {
                "municipality": docket.register[submission.municipality].name,
                "area": decision.designated[index].area,
                "round": docket.rounds[decision.round].title,
                "decided": decision.decided,
            }
            also = (docket.at(decision.path, f"/designated/{index}"),)
            place = docket.at(submission.path, "/municipality")
            yield Finding("M03", place, facts=facts, also=also)


def m04_elsewhere(docket: Docket) -> Iterator[Finding]:
    """A municipality has one live submission at a time among the rounds not yet decided."""
    judged = {submission.path: call for submission, call in standing(docket)}
    for submissions in docket.submissions_by.values():
        earlier: list[Submission] = []
        for when, _, submission in sorted(
            (received(docket, one), one.path, one) for one in submissions
        ):
            earlier = [one for one in earlier if is_waiting(docket, one, when)]
            if call := judged.get(submission.path):
                yield from _elsewhere(docket, submission, call, earlier)
            if docket.is_whole(submission.path) and submission.round in docket.rounds:
                earlier.append(submission)


def m05_sealed(docket: Docket) -> Iterator[Finding]:
    """In a round with a seal the contact is sealed, for that round and that municipality."""
    for submission in docket.submissions:
        call, contact = docket.rounds.get(submission.round), submission.contact
        if call is None or contact is None:
            continue
        facts: dict[str, object] = {"round": call.title}
        if not contact.sealed:
            if call.seal:
                yield Finding("M05", docket.at(submission.path, "/contact"), "open", facts)
            continue
        known, wanted = header_of(contact.sealed), header(call.slug, submission.municipality)
        if known != wanted:
            ours = isinstance(known, dict) and known.keys() == wanted.keys()
            place = docket.at(submission.path, "/contact/sealed")
            facts["municipality"] = docket.register[submission.municipality].full
            yield Finding("M05", place, "moved" if ours else "broken", facts)


def _elsewhere(
    docket: Docket, submission: Submission, call: Round, earlier: Iterable[Submission]
) -> Iterator[Finding]:
    for other in earlier:
        elsewhere = docket.rounds[other.round]
        if sees(call, elsewhere):
            facts = {
                "municipality": docket.register[submission.municipality].name,
                "round": elsewhere.title,
                "path": other.path,
            }
            place = docket.at(submission.path, "/municipality")
            yield Finding("M04", place, "", facts, (docket.at(other.path, "/municipality"),))


def standing(docket: Docket) -> Iterator[tuple[Submission, Round]]:
    """The submissions that are not withdrawn, each with its round, where that could be read."""
    for submission in docket.submissions:
        call = docket.rounds.get(submission.round)
        withdrawn = submission.withdrawn
        if withdrawn and in_effect(withdrawn.date, docket.now, docket.organiser.zone):
            continue
        if call and docket.is_whole(call.path):
            yield submission, call
