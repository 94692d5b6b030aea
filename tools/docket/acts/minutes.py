"""The organiser's acts as the record says them: the message of each commit."""

from collections.abc import Iterable, Iterator

from docket.acts.preview import Outlook
from docket.domain.docket import Docket
from docket.domain.nouns import Decision, Designation, Round
from docket.text.catalogue import say


def opened(docket: Docket, round_: Round, lang: str) -> str:
    """The record of a round that is opened."""
    seats = [_seats(docket, area, count, lang) for area, count in round_.seats.items()]
    rows = [
        say("minutes.opened.first", lang, round=round_.slug),
        "",
        say("minutes.opened.title", lang, title=round_.title),
        say("minutes.opened.seats", lang, seats=seats),
    ]
    for key, moment in (("opens", round_.opens), ("deadline", round_.deadline)):
        settled = "" if moment else "_unsettled"
        rows.append(say(f"minutes.opened.{key}{settled}", lang, docket.organiser, when=moment))
    if round_.receiver:
        rows.append(say("minutes.opened.receiver", lang, receiver=round_.receiver.name))
    if round_.decides:
        rows.append(say("minutes.opened.decides", lang, who=round_.decides))
    return "\n".join(rows)


def mended(docket: Docket, before: Round, after: Round, lang: str) -> str:
    """The record of a round that is mended."""
    rows = [say("minutes.mended.first", lang, round=after.slug), ""]
    if before.deadline != after.deadline:
        for key, moment in (("before", before.deadline), ("after", after.deadline)):
            settled = "" if moment else "_unsettled"
            rows.append(say(f"minutes.mended.{key}{settled}", lang, docket.organiser, when=moment))
    if before.seats != after.seats:
        seats = [
            [_seats(docket, area, count, lang) for area, count in one.seats.items()]
            for one in (before, after)
        ]
        rows.append(say("minutes.mended.seats", lang, before=seats[0], after=seats[1]))
    return "\n".join(rows)


def decided(outlook: Outlook, lang: str, before: Decision | None) -> str:
    """The record of a decision, or of one that is changed."""
    docket, decision, who = outlook.docket, outlook.decision, outlook.view.round.decides
    names = _names(docket, decision.designated)
    first, day = ("changed" if before else "first"), ("day_by" if who else "day")
    rows = [
        say(f"minutes.decided.{first}", lang, round=decision.round, names=names),
        "",
        say(f"minutes.decided.{day}", lang, day=decision.decided, who=who),
    ]
    rows += [
        f"- {one.municipality.full}: {docket.areas[one.designation.area].of(lang)}"
        for one in outlook.chosen
    ]
    if decision.until:
        rows.append(say("minutes.decided.until", lang, until=decision.until))
    if before:
        rows += ["", *differences(docket, before, decision, lang)]
    return "\n".join([*rows, *decision.sources])


def stopped(decision: Decision, lang: str) -> str:
    """The record of a stop."""
    stop = decision.stopped
    if stop is None:
        raise ValueError(decision.round)
    first = say("minutes.stopped.first", lang, round=decision.round, day=stop.date)
    return "\n".join([first, "", stop.reason.of(lang), stop.source])


def differences(docket: Docket, old: Decision, new: Decision, lang: str) -> Iterator[str]:
    """What one decision says that another does not, a line each."""
    gone = [one for one in old.designated if one not in new.designated]
    come = [one for one in new.designated if one not in old.designated]
    for key, named in (("come", come), ("gone", gone)):
        if named:
            yield say(f"minutes.changed.{key}", lang, names=_names(docket, named))
    for key, before, after in (
        ("decided", old.decided, new.decided),
        ("until", old.until, new.until),
    ):
        if before != after:
            yield say(f"minutes.changed.{key}", lang, before=before or "–", after=after or "–")
    if added := [one for one in new.sources if one not in old.sources]:
        yield say("minutes.changed.sources", lang, sources=added)


def _names(docket: Docket, designated: Iterable[Designation]) -> list[str]:
    return [docket.register[one.municipality].name for one in designated]


def _seats(docket: Docket, area: str, count: int | None, lang: str) -> str:
    if count is None:
        return say("minutes.opened.unlimited", lang, area=docket.areas[area])
    return f"{docket.areas[area].of(lang)} {count}"
