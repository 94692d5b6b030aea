"""Rules of one municipality: one area, one agreement, one live submission."""

from collections.abc import Iterable, Iterator

from docket.domain.arrival import received
from docket.domain.docket import Docket
from docket.domain.instants import in_effect
from docket.domain.lifecycle import held, is_waiting, sees
from docket.domain.nouns import Finding, Round, Submission
from docket.domain.paths import OwnFile, own_path
from docket.loading.envelope import header, header_of


def m01_wishes(docket: Docket) -> Iterator[Finding]:
    """A submission names no more areas than its round takes."""
    for submission, round_ in standing(docket):
        if len(submission.areas) > round_.wishes:
            place = docket.at(submission.path, f"/areas/{round_.wishes}")
            facts = {
                "areas": [docket.areas[one] for one in submission.areas],
                "first": submission.areas[0],
                "limit": round_.wishes,
                "kept": submission.areas[: round_.wishes],
            }
            yield Finding("M01", place, "" if round_.wishes == 1 else "wishes", facts)


def m02_offered(docket: Docket) -> Iterator[Finding]:
    """A submission names only areas that its round offers."""
    for submission, round_ in standing(docket):
        for index, area in enumerate(submission.areas):
            if area not in round_.seats:
                facts = {"area": area, "offered": tuple(round_.seats), "round": round_.title}
                yield Finding("M02", docket.at(submission.path, f"/areas/{index}"), facts=facts)


def m03_holds(docket: Docket) -> Iterator[Finding]:
    """A municipality with a designation in force when its submission came cannot submit again."""
    for submission, round_ in timed(docket):
        when = received(docket, submission)
        for decision, index in held(docket, submission.municipality, round_, when):
            facts = {
                "municipality": docket.register[submission.municipality].name,
                "area": docket.areas[decision.designated[index].area],
                "round": docket.rounds[decision.round].title,
                "decided": decision.decided,
            }
            also = (docket.at(decision.path, f"/designated/{index}"),)
            place = docket.at(submission.path, "/municipality")
            yield Finding("M03", place, facts=facts, also=also)


def m04_elsewhere(docket: Docket) -> Iterator[Finding]:
    """A municipality has one live submission at a time among the rounds not yet decided."""
    judged = {submission.path: round_ for submission, round_ in timed(docket)}
    known = {round_ for round_ in docket.rounds if _is_known(docket, round_)}
    for submissions in docket.submissions_by.values():
        earlier: list[Submission] = []
        for when, _, submission in sorted(
            (received(docket, one), one.path, one) for one in submissions
        ):
            earlier = [one for one in earlier if is_waiting(docket, one, when)]
            if round_ := judged.get(submission.path):
                yield from _elsewhere(docket, submission, round_, earlier)
            if docket.is_whole(submission.path) and submission.round in known:
                earlier.append(submission)


def m05_sealed(docket: Docket) -> Iterator[Finding]:
    """In a round with a seal the contact is sealed, for that round and that municipality."""
    for submission in docket.submissions:
        round_, contact = docket.rounds.get(submission.round), submission.contact
        if round_ is None or contact is None:
            continue
        facts: dict[str, object] = {"round": round_.title}
        if not contact.sealed:
            if round_.seal:
                yield Finding("M05", docket.at(submission.path, "/contact"), "open", facts)
            continue
        known, wanted = header_of(contact.sealed)[0], header(round_.slug, submission.municipality)
        if known != wanted:
            ours = isinstance(known, dict) and known.keys() == wanted.keys()
            place = docket.at(submission.path, "/contact/sealed")
            facts["municipality"] = docket.register[submission.municipality].full
            yield Finding("M05", place, "moved" if ours else "broken", facts)


def _elsewhere(
    docket: Docket, submission: Submission, round_: Round, earlier: Iterable[Submission]
) -> Iterator[Finding]:
    for other in earlier:
        elsewhere = docket.rounds[other.round]
        if sees(round_, elsewhere):
            facts = {
                "municipality": docket.register[submission.municipality].name,
                "round": elsewhere.title,
                "path": other.path,
            }
            place = docket.at(submission.path, "/municipality")
            yield Finding("M04", place, "", facts, (docket.at(other.path, "/municipality"),))


def _is_known(docket: Docket, round_: str) -> bool:
    """Whether all can be read that tells where a round stands, and what came when."""
    return all(docket.is_whole(own_path(round_, one)) for one in OwnFile)


def standing(docket: Docket) -> Iterator[tuple[Submission, Round]]:
    """The submissions that are not withdrawn, each with its round, where that could be read."""
    for submission in docket.submissions:
        round_ = docket.rounds.get(submission.round)
        withdrawn = submission.withdrawn
        organiser = docket.organiser
        if withdrawn and not organiser.has_zone:
            continue  # nobody knows whether its day has begun
        if withdrawn and in_effect(withdrawn.date, docket.now, organiser.zone):
            continue
        if round_ and docket.is_whole(round_.path):
            yield submission, round_


def timed(docket: Docket) -> Iterator[tuple[Submission, Round]]:
    """Those of them of which it can be known when they were received."""
    return ((one, round_) for one, round_ in standing(docket) if docket.is_timed(round_.slug))
