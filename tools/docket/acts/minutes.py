"""The organiser's acts as the record says them: the message of each commit."""

from collections.abc import Callable, Iterable, Iterator

from docket.acts.preview import Outlook
from docket.domain.docket import Docket
from docket.domain.nouns import Bilingual, Decision, Designation, Round
from docket.text.l10n import write_day, write_list, write_moment


def opened(docket: Docket, round_: Round, lang: str) -> str:
    """The record of a round that is opened."""
    say, zone = _say(lang), docket.organiser.zone
    rows = [say(f"Runden {round_.slug} oprettet", f"Round {round_.slug} created"), ""]
    rows.append(f"»{round_.title.da}«" if lang == "da" else f"“{round_.title.en}”")
    seats = [_seats(docket, area, count, lang) for area, count in round_.seats.items()]
    rows.append(f"{say('Pladser', 'Seats')}: {write_list(seats, lang)}")
    for word, moment in (
        (say("Åbner", "Opens"), round_.opens),
        (say("Frist", "Deadline"), round_.deadline),
    ):
        told = write_moment(moment, lang, zone, weekday=True) if moment else ""
        rows.append(f"{word}: {told or say('ikke fastsat', 'not settled')}")
    if round_.receiver:
        rows.append(f"{say('Modtager', 'Receiver')}: {round_.receiver.name}")
    if round_.decides:
        rows.append(f"{say('Udpeges af', 'Designated by')}: {round_.decides.of(lang)}")
    return "\n".join(rows)


def decided(outlook: Outlook, lang: str, before: Decision | None) -> str:
    """The record of a decision, or of one that is changed."""
    docket, decision = outlook.docket, outlook.decision
    say = _say(lang)
    names = _names(docket, decision.designated, lang)
    first = say(f"Udpeget i {decision.round}: {names}", f"Designated in {decision.round}: {names}")
    if before:
        first = say(
            f"Udpegningen i {decision.round} ændret", f"Decision of {decision.round} changed"
        )
    who = outlook.view.round.decides
    by = say(f" af {who.da}", f" by {who.en}") if who else ""
    on = write_day(decision.decided, lang)
    rows = [first, "", say(f"Udpeget {on}{by}.", f"Designated on {on}{by}.")]
    rows += [
        f"- {one.municipality.full}: {docket.areas[one.designation.area].of(lang)}"
        for one in outlook.chosen
    ]
    if decision.until:
        until = write_day(decision.until, lang)
        rows.append(say(f"Gælder til og med {until}.", f"In force up to and including {until}."))
    if before:
        rows += ["", *differences(docket, before, decision, lang)]
    return "\n".join([*rows, *decision.sources])


def stopped(decision: Decision, lang: str) -> str:
    """The record of a stop."""
    say, stop = _say(lang), decision.stopped
    if stop is None:
        raise ValueError(decision.round)
    on = write_day(stop.date, lang)
    first = say(f"Runden {decision.round} stoppet {on}", f"Round {decision.round} stopped on {on}")
    return "\n".join([first, "", stop.reason.of(lang), stop.source])


def differences(docket: Docket, old: Decision, new: Decision, lang: str) -> Iterator[str]:
    """What one decision says that another does not, a line each."""
    say = _say(lang)
    gone = [one for one in old.designated if one not in new.designated]
    come = [one for one in new.designated if one not in old.designated]
    if come:
        yield f"{say('Nye', 'New')}: {_names(docket, come, lang)}"
    if gone:
        yield f"{say('Ikke længere', 'No longer')}: {_names(docket, gone, lang)}"
    words = (say("Udpeget", "Designated"), say("Gælder til og med", "In force up to and including"))
    days = ((old.decided, new.decided), (old.until, new.until))
    for word, (was, now) in zip(words, days, strict=True):
        if was != now:
            told = [write_day(day, lang) if day else "–" for day in (was, now)]
            yield f"{word}: {told[0]} → {told[1]}"
    if added := [one for one in new.sources if one not in old.sources]:
        yield f"{say('Kilder', 'Sources')}: {write_list(added, lang)}"


def _names(docket: Docket, designated: Iterable[Designation], lang: str) -> str:
    return write_list([docket.register[one.municipality].name for one in designated], lang, "and")


def _seats(docket: Docket, area: str, count: int | None, lang: str) -> str:
    free = Bilingual("(ikke begrænset)", "(not limited)").of(lang)
    return f"{docket.areas[area].of(lang)} {free if count is None else count}"


def _say(lang: str) -> Callable[[str, str], str]:
    return lambda da, en: Bilingual(da, en).of(lang)
