"""Where a round stands and what comes next, in whole sentences."""

from docket.docket import Docket
from docket.model import Both, Moment
from docket.standing import is_called_off
from docket.telling.view import RoundView
from docket.words import write_day, write_moment, write_number


def lead(docket: Docket, view: RoundView, lang: str) -> str:
    """The one sentence that says where the round stands."""
    return docket.organiser.say(_LEADS[view.state](docket, view), lang)


def next_step(docket: Docket, view: RoundView, lang: str) -> str:
    """What happens next, and when, as far as that is known."""
    return docket.organiser.say(_NEXT[view.state](docket, view), lang)


def days_left(days: int | None) -> Both:
    """How long until the deadline's day."""
    if days is None:
        return Both("", "")
    if days == 0:
        return Both("Det er i dag.", "That is today.")
    if days == 1:
        return Both("Det er i morgen.", "That is tomorrow.")
    return Both(
        f"Der er {write_number(days, 'da')} dage tilbage.",
        f"{write_number(days, 'en')} days are left.",
    )


def _when(docket: Docket, moment: Moment) -> Both:
    zone = docket.organiser.zone
    return Both(
        write_moment(moment, "da", zone, weekday=True),
        write_moment(moment, "en", zone, weekday=True),
    )


def _announced(docket: Docket, view: RoundView) -> Both:
    if not view.call.register:
        return Both(
            "Runden er varslet. Fristen kender vi ikke.",
            "The round is announced. We do not know its deadline.",
        )
    if view.call.opens is None:
        return Both(
            "Runden er varslet. Fristen er ikke fastsat endnu.",
            "The round is announced. Its deadline is not settled yet.",
        )
    opens = _when(docket, view.call.opens)
    return Both(f"Runden åbner {opens.da}.", f"The round opens on {opens.en}.")


def _open(docket: Docket, view: RoundView) -> Both:
    if view.call.deadline is None:
        return Both("Runden er åben og har ingen frist.", "The round is open and has no deadline.")
    deadline, left = _when(docket, view.call.deadline), days_left(view.days_left)
    return Both(f"Fristen er {deadline.da}. {left.da}", f"The deadline is {deadline.en}. {left.en}")


def _closed(docket: Docket, view: RoundView) -> Both:
    when = _when(docket, view.call.deadline) if view.call.deadline else Both("", "")
    return Both(
        f"Fristen var {when.da}. Der er ikke udpeget nogen endnu.",
        f"The deadline was {when.en}. Nobody is designated yet.",
    )


def _decided(_: Docket, view: RoundView) -> Both:
    if view.decision is None:
        return Both("", "")
    count, day = len(view.decision.designated), view.decision.decided
    if not count:
        return Both(
            f"Runden blev afgjort {write_day(day, 'da')}, og ingen blev udpeget.",
            f"The round was decided on {write_day(day, 'en')}, and nobody was designated.",
        )
    return Both(
        f"{count} {{many}} blev udpeget {write_day(day, 'da')}."
        if count != 1
        else f"Én {{one}} blev udpeget {write_day(day, 'da')}.",
        f"{count} {{many}} were designated on {write_day(day, 'en')}."
        if count != 1
        else f"One {{one}} was designated on {write_day(day, 'en')}.",
    )


def _stopped(_: Docket, view: RoundView) -> Both:
    stop = view.decision.stopped if view.decision else None
    if view.decision is None or stop is None:
        return Both("", "")
    before = Both("", "")
    if is_called_off(view.decision):
        before = Both(", før nogen var udpeget", ", before anybody was designated")
    return Both(
        f"Runden blev stoppet {write_day(stop.date, 'da')}{before.da}.",
        f"The round was stopped on {write_day(stop.date, 'en')}{before.en}.",
    )


def _ended(_: Docket, view: RoundView) -> Both:
    until = view.until
    if until is None:
        return Both("", "")
    return Both(
        f"Aftalerne gjaldt til og med {write_day(until, 'da')}.",
        f"The agreements were in force up to and including {write_day(until, 'en')}.",
    )


def _who(view: RoundView) -> Both:
    return view.call.decides or Both("arrangøren", "the organiser")


def _next_announced(docket: Docket, view: RoundView) -> Both:
    if not view.call.register:
        return Both("Vi ved ikke, hvad der sker nu.", "We do not know what happens next.")
    titles = [docket.rounds[name].title for name in view.call.after if name in docket.rounds]
    after = Both(
        "".join(f" Runden afgøres efter »{title.da}«." for title in titles),
        "".join(f" The round is decided after “{title.en}”." for title in titles),
    )
    return Both(
        "Arrangøren giver besked, når {them} kan melde sig." + after.da,
        "The organiser will say when {many} can answer." + after.en,
    )


def _next_open(_: Docket, view: RoundView) -> Both:
    if view.call.rehearsal:
        return Both(
            "Prøv at udfylde formularen. Der udpeges ingen i en prøverunde.",
            "Try the form. Nobody is designated in a practice round.",
        )
    who = _who(view)
    return Both(
        "{Them} kan melde sig nu. En administrativ tilkendegivelse er nok; den politiske "
        f"godkendelse kan komme bagefter. Når fristen er udløbet, er det {who.da}, der udpeger.",
        "{Many} can answer now. An administrative signal is enough; political approval "
        f"can follow. When the deadline has passed, it is {who.en} that designates.",
    )


def _next_closed(_: Docket, view: RoundView) -> Both:
    who = _who(view)
    return Both(
        f"Nu er det {who.da}, der udpeger blandt dem, der har meldt sig. Datoen er ikke oplyst.",
        f"Now it is {who.en} that designates among those who answered. The date has not "
        "been announced.",
    )


def _next_decided(_: Docket, view: RoundView) -> Both:
    until = view.until
    others = Both(
        "{Many}, der ikke blev udpeget, kan melde sig i andre runder.",
        "{Many} not designated can answer other rounds.",
    )
    if until is None:
        return others
    return Both(
        f"Aftalerne gælder til og med {write_day(until, 'da')}. {others.da}",
        f"The agreements are in force up to and including {write_day(until, 'en')}. {others.en}",
    )


def _next_over(_: Docket, __: RoundView) -> Both:
    return Both(
        "Der sker ikke mere i denne runde. {Many} uden en gældende aftale kan melde sig i andre "
        "runder.",
        "Nothing more happens in this round. {Many} without an agreement in force can "
        "answer other rounds.",
    )


_LEADS = {
    "announced": _announced,
    "open": _open,
    "closed": _closed,
    "decided": _decided,
    "stopped": _stopped,
    "ended": _ended,
}
_NEXT = {
    "announced": _next_announced,
    "open": _next_open,
    "closed": _next_closed,
    "decided": _next_decided,
    "stopped": _next_over,
    "ended": _next_over,
}
