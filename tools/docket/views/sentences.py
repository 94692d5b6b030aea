"""Where a round stands and what comes next, in whole sentences."""

from docket.domain.docket import Docket
from docket.domain.mail import Confirmation
from docket.domain.states import RoundState
from docket.text.catalogue import say
from docket.text.escape import one_line
from docket.views.round import RoundView


def past(docket: Docket, lang: str) -> str:
    """That one looks at the past, "" where one does not."""
    return say("stand.past", lang, docket.organiser, now=docket.now) if docket.past else ""


def confirmed(docket: Docket, slug: str, found: Confirmation | None, lang: str) -> str:
    """From which domain an answer was confirmed, and whose that is; or that it was not."""
    if found is None:
        return say("words.confirmed.none", lang)
    own = docket.register[slug].domain
    key = "own" if found.is_at(own) else "other" if own else "plain"
    return say(f"words.confirmed.{key}", lang, docket.organiser, domain=one_line(found.domain))


def lead(docket: Docket, view: RoundView, lang: str) -> str:
    """The one sentence that says where the round stands."""
    return _standing("lead", docket, view, lang)


def date_line(docket: Docket, view: RoundView, lang: str) -> str:
    """The date that counts now, in as few words as can be."""
    return _standing("date", docket, view, lang)


def rest(docket: Docket, view: RoundView, lang: str) -> str:
    """What is to be said beside that date: how long is left, how many are designated."""
    return _standing("rest", docket, view, lang)


def _standing(kind: str, docket: Docket, view: RoundView, lang: str) -> str:
    round_, decision = view.round, view.decision
    stop = decision.stopped if decision else None
    return say(
        f"round.{kind}.{_lead(view)}",
        lang,
        docket.organiser,
        opens=round_.opens,
        deadline=round_.deadline,
        days=view.days_left,
        count=len(view.designated),
        decided=decision and decision.decided,
        stopped=stop and stop.date,
        until=view.until,
        year=round_.slug[:4],
    )


def next_step(docket: Docket, view: RoundView, lang: str) -> str:
    """What happens next, and when, as far as that is known."""
    key = _next(view)
    who = view.round.decides or say("round.next.organiser", lang)
    step = say(
        f"round.next.{key}",
        lang,
        docket.organiser,
        who=who,
        until=view.until,
        receiver=receiver(view, lang),
    )
    before = view.round.after if key == "announced" else ()
    titles = [docket.rounds[name].title for name in before if name in docket.rounds]
    return " ".join([step, *(say("round.next.after", lang, round=title) for title in titles)])


def _lead(view: RoundView) -> str:
    """Which sentence says where the round stands."""
    announced = "opens" if view.round.opens else "announced"
    days = {None: "no_deadline", 0: "today", 1: "tomorrow"}
    return {
        RoundState.ANNOUNCED: "unknown" if view.is_unknown else announced,
        RoundState.OPEN: days.get(view.days_left, "days_left"),
        RoundState.CLOSED: "closed",
        RoundState.DECIDED: "decided" if view.designated else "nobody",
        RoundState.STOPPED: "stopped" if view.decided else "called_off",
        RoundState.ENDED: "ended",
    }[view.state]


def _next(view: RoundView) -> str:
    """Which sentence says what comes next."""
    return {
        RoundState.ANNOUNCED: "unknown" if view.is_unknown else "announced",
        RoundState.OPEN: _next_open(view),
        RoundState.CLOSED: "closed",
        RoundState.DECIDED: "in_force" if view.until else "decided",
        RoundState.STOPPED: "over",
        RoundState.ENDED: "over",
    }[view.state]


def _next_open(view: RoundView) -> str:
    if not view.round.register:
        return "elsewhere"
    return "practice" if view.round.rehearsal else "open"


def receiver(view: RoundView, lang: str) -> str:
    """To whom answers are sent, with the address."""
    receiver = view.round.receiver
    if receiver is None:
        return say("round.next.organiser", lang)
    return f"{receiver.name} ({receiver.email})" if receiver.email else receiver.name
