"""Where a round stands and what comes next, in whole sentences."""

from docket.domain.docket import Docket
from docket.domain.instants import Moment
from docket.domain.lifecycle import is_called_off
from docket.domain.nouns import Bilingual
from docket.text.l10n import write_day, write_moment, write_number
from docket.text.pairs import pair
from docket.views.round import RoundView


def lead(docket: Docket, view: RoundView, lang: str) -> str:
    """The one sentence that says where the round stands."""
    return pair(docket.organiser, _LEADS[view.state](docket, view), lang)


def next_step(docket: Docket, view: RoundView, lang: str) -> str:
    """What happens next, and when, as far as that is known."""
    return pair(docket.organiser, _NEXT[view.state](docket, view), lang)


def days_left(days: int | None) -> Bilingual:
    """How long until the deadline's day."""
    if days is None:
        return Bilingual("", "")
    if days == 0:
        return Bilingual("Det er i dag.", "That is today.")
    if days == 1:
        return Bilingual("Det er i morgen.", "That is tomorrow.")
    return Bilingual(
        f"Der er {write_number(days, 'da')} dage tilbage.",
        f"{write_number(days, 'en')} days are left.",
    )


def _when(docket: Docket, moment: Moment) -> Bilingual:
    zone = docket.organiser.zone
    return Bilingual(
        write_moment(moment, "da", zone, weekday=True),
        write_moment(moment, "en", zone, weekday=True),
    )


def _announced(docket: Docket, view: RoundView) -> Bilingual:
    if not view.round.register:
        return Bilingual(
            "Runden er varslet. Fristen kender vi ikke.",
            "The round is announced. We do not know its deadline.",
        )
    if view.round.opens is None:
        return Bilingual(
            "Runden er varslet. Fristen er ikke fastsat endnu.",
            "The round is announced. Its deadline is not settled yet.",
        )
    opens = _when(docket, view.round.opens)
    return Bilingual(f"Runden åbner {opens.da}.", f"The round opens on {opens.en}.")


def _open(docket: Docket, view: RoundView) -> Bilingual:
    if view.round.deadline is None:
        return Bilingual(
            "Runden er åben og har ingen frist.", "The round is open and has no deadline."
        )
    deadline, left = _when(docket, view.round.deadline), days_left(view.days_left)
    return Bilingual(
        f"Fristen er {deadline.da}. {left.da}", f"The deadline is {deadline.en}. {left.en}"
    )


def _closed(docket: Docket, view: RoundView) -> Bilingual:
    when = _when(docket, view.round.deadline) if view.round.deadline else Bilingual("", "")
    return Bilingual(
        f"Fristen var {when.da}. Der er ikke udpeget nogen endnu.",
        f"The deadline was {when.en}. Nobody is designated yet.",
    )


def _decided(_: Docket, view: RoundView) -> Bilingual:
    if view.decision is None:
        return Bilingual("", "")
    count, day = len(view.decision.designated), view.decision.decided
    if not count:
        return Bilingual(
            f"Runden blev afgjort {write_day(day, 'da')}, og ingen blev udpeget.",
            f"The round was decided on {write_day(day, 'en')}, and nobody was designated.",
        )
    return Bilingual(
        f"{count} {{many}} blev udpeget {write_day(day, 'da')}."
        if count != 1
        else f"Én {{one}} blev udpeget {write_day(day, 'da')}.",
        f"{count} {{many}} were designated on {write_day(day, 'en')}."
        if count != 1
        else f"One {{one}} was designated on {write_day(day, 'en')}.",
    )


def _stopped(_: Docket, view: RoundView) -> Bilingual:
    stop = view.decision.stopped if view.decision else None
    if view.decision is None or stop is None:
        return Bilingual("", "")
    before = Bilingual("", "")
    if is_called_off(view.decision):
        before = Bilingual(", før nogen var udpeget", ", before anybody was designated")
    return Bilingual(
        f"Runden blev stoppet {write_day(stop.date, 'da')}{before.da}.",
        f"The round was stopped on {write_day(stop.date, 'en')}{before.en}.",
    )


def _ended(_: Docket, view: RoundView) -> Bilingual:
    until = view.until
    if until is None:
        return Bilingual("", "")
    return Bilingual(
        f"Aftalerne gjaldt til og med {write_day(until, 'da')}.",
        f"The agreements were in force up to and including {write_day(until, 'en')}.",
    )


def _who(view: RoundView) -> Bilingual:
    return view.round.decides or Bilingual("arrangøren", "the organiser")


def _next_announced(docket: Docket, view: RoundView) -> Bilingual:
    if not view.round.register:
        return Bilingual("Vi ved ikke, hvad der sker nu.", "We do not know what happens next.")
    titles = [docket.rounds[name].title for name in view.round.after if name in docket.rounds]
    after = Bilingual(
        "".join(f" Runden afgøres efter »{title.da}«." for title in titles),
        "".join(f" The round is decided after “{title.en}”." for title in titles),
    )
    return Bilingual(
        "Arrangøren giver besked, når {them} kan melde sig." + after.da,
        "The organiser will say when {many} can answer." + after.en,
    )


def _next_open(_: Docket, view: RoundView) -> Bilingual:
    if view.round.rehearsal:
        return Bilingual(
            "Prøv at udfylde formularen. Der udpeges ingen i en prøverunde.",
            "Try the form. Nobody is designated in a practice round.",
        )
    who = _who(view)
    return Bilingual(
        "{Them} kan melde sig nu. En administrativ tilkendegivelse er nok; den politiske "
        f"godkendelse kan komme bagefter. Når fristen er udløbet, er det {who.da}, der udpeger.",
        "{Many} can answer now. An administrative signal is enough; political approval "
        f"can follow. When the deadline has passed, it is {who.en} that designates.",
    )


def _next_closed(_: Docket, view: RoundView) -> Bilingual:
    who = _who(view)
    return Bilingual(
        f"Nu er det {who.da}, der udpeger blandt dem, der har meldt sig. Datoen er ikke oplyst.",
        f"Now it is {who.en} that designates among those who answered. The date has not "
        "been announced.",
    )


def _next_decided(_: Docket, view: RoundView) -> Bilingual:
    until = view.until
    others = Bilingual(
        "{Many}, der ikke blev udpeget, kan melde sig i andre runder.",
        "{Many} not designated can answer other rounds.",
    )
    if until is None:
        return others
    return Bilingual(
        f"Aftalerne gælder til og med {write_day(until, 'da')}. {others.da}",
        f"The agreements are in force up to and including {write_day(until, 'en')}. {others.en}",
    )


def _next_over(_: Docket, __: RoundView) -> Bilingual:
    return Bilingual(
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
