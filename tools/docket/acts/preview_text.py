"""What a choice would mean, in words for those who are about to make it."""

from collections import Counter
from collections.abc import Iterator

from docket.acts.preview import Answer, Chosen, Outlook, to_come
from docket.domain.docket import Docket
from docket.domain.nouns import Decision, Round
from docket.domain.states import ApprovalStatus
from docket.text.catalogue import say
from docket.text.tables import aligned


def meaning(outlook: Outlook, lang: str) -> str:
    """The whole of it, a line each."""
    parts = (_when, _areas, _regions, councils, losses)
    rows = [_title(outlook.view.round, lang)]
    rows += [row for part in parts for row in part(outlook, lang)]
    return "\n".join(rows) + "\n"


def of_stop(docket: Docket, decision: Decision, lang: str) -> str:
    """What a stop would mean: for whom, why, and what is open to them again."""
    stop, round_ = decision.stopped, docket.rounds[decision.round]
    if stop is None:
        return ""
    names = [docket.register[one.municipality].name for one in decision.designated]
    again = [one.slug for one in to_come(docket, round_)]
    rows = [
        _title(round_, lang),
        say("preview.stop.day", lang, day=stop.date),
        say("preview.stop.reason", lang, reason=stop.reason),
        say("preview.stop.source", lang, source=stop.source),
        say(f"preview.stop.{'freed' if names else 'nobody'}", lang, names=names),
    ]
    if names and again:
        rows.append(say("preview.stop.again", lang, rounds=again))
    return "\n".join(rows) + "\n"


def _title(round_: Round, lang: str) -> str:
    return say("preview.title", lang, title=round_.title, round=round_.slug)


def _when(outlook: Outlook, lang: str) -> Iterator[str]:
    decision, deadline = outlook.decision, outlook.view.round.deadline
    key = "preview.decided_until" if decision.until else "preview.decided"
    yield say(key, lang, day=decision.decided, until=decision.until)
    if deadline:
        yield say("preview.deadline", lang, outlook.docket.organiser, deadline=deadline)


def _areas(outlook: Outlook, lang: str) -> Iterator[str]:
    for one in outlook.figures.areas:
        here = [chosen for chosen in outlook.chosen if chosen.designation.area == one.area]
        key = "preview.area" if one.seats is None else "preview.area_seats"
        area = outlook.docket.areas[one.area]
        yield ""
        yield say(key, lang, area=area, designated=len(here), seats=one.seats)
        yield from (f"  {row}" for row in aligned([_cells(outlook, one, lang) for one in here]))


def _cells(outlook: Outlook, one: Chosen, lang: str) -> tuple[str, ...]:
    """One of the chosen: name, region, wish, receipt, council."""
    who, round_, answer = one.municipality, outlook.view.round, one.answer
    if answer is None:
        unanswered = say("preview.chosen.unanswered", lang) if round_.register else ""
        return (who.name, who.region, "", unanswered, "")
    wish = ""
    if answer.rank is None:
        wish = say("preview.chosen.unwished", lang)
    elif round_.wishes > 1:
        wish = say("preview.chosen.wish", lang, rank=answer.rank)
    return (
        *(who.name, who.region, wish),
        _received(outlook.docket, answer, lang),
        _council(outlook.docket, answer, lang),
    )


def _received(docket: Docket, answer: Answer, lang: str) -> str:
    key = {True: "in_time", False: "late", None: "received"}[answer.in_time]
    if answer.row.received is None:
        key = "unregistered"
    return say(f"preview.chosen.{key}", lang, docket.organiser, when=answer.row.received)


def _council(docket: Docket, answer: Answer, lang: str) -> str:
    if not docket.organiser.asked.approval:
        return ""
    council = answer.row.submission.approval
    day = council.date if council else None
    key = f"preview.chosen.{'council_day' if day else 'council'}"
    return say(key, lang, approval=_word(answer.approval, lang), day=day)


def _word(approval: ApprovalStatus, lang: str) -> str:
    return say(f"words.approval.{approval}", lang).lower()


def _regions(outlook: Outlook, lang: str) -> Iterator[str]:
    counts = [f"{one.region} {one.designated}" for one in outlook.figures.regions]
    if counts:
        yield ""
        yield say("preview.all.regions", lang, outlook.docket.organiser, counts=counts)


def councils(outlook: Outlook, lang: str) -> Iterator[str]:
    """Where the councils of the chosen stand, and how many are left out, a sentence each."""
    if not outlook.view.round.register:
        return
    count = Counter(one.answer.approval for one in outlook.chosen if one.answer)
    counts = [f"{_word(one, lang)} {count[one]}" for one in ApprovalStatus if count[one]]
    if counts and outlook.docket.organiser.asked.approval:
        yield say("preview.all.approvals", lang, counts=counts)
    if outlook.view.live:
        left, answered = len(outlook.left_out), outlook.figures.count or 0
        yield say("preview.all.left_out", lang, left=left, all=answered)


def losses(outlook: Outlook, lang: str) -> Iterator[str]:
    """What the chosen could not do elsewhere."""
    if outlook.lost:
        yield say("preview.all.lost", lang, rounds=[one.slug for one in outlook.lost])
    for one in outlook.chosen:
        for other in one.elsewhere:
            name = one.municipality.name
            yield say("preview.all.lost_elsewhere", lang, name=name, round=other.slug)
