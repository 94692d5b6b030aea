"""The page of a sender's own answer: `/mit-svar/`, where its private link leads.

Built, it asks for the link; the desk renders the part between its marks again, with the answer.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from docket.domain.instants import Day
from docket.domain.states import ApprovalStatus, RoundState, Status
from docket.form import fields as form
from docket.form.told import told
from docket.site.pages.form import Setting
from docket.site.templating import page
from docket.text.catalogue import say
from docket.text.l10n import write_day, write_moment
from docket.views.round import RoundView, round_view

UNDER_WAY = (RoundState.ANNOUNCED, RoundState.OPEN, RoundState.CLOSED)
OUTCOMES = (Status.DESIGNATED, Status.PASSED_OVER)


class Step(StrEnum):
    """What the page does: it asks for the link, shows the answer, or asks whether to withdraw."""

    ASK = "ask"
    SHOW = "show"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What the desk tells of an answer to whoever holds its link.

    `stand` is a word of the catalogue's `own.next`, `link` the address with the token ("" where it
    is not told), `receipt` the file that proves it, `earlier` receipts with their times. `values`
    by pointer; empty where the bytes are gone, and then `content` is None. `mail` is a word of
    `own.mail`, "" where nothing is told of it.
    """

    round: str
    slug: str
    stand: str
    received: datetime
    reference: str
    values: Mapping[str, str] = field(default_factory=dict)
    content: str | None = None
    blob: str = ""
    receipt: str = ""
    token: str = ""
    link: str = ""
    rival: bool = False
    mail: str = ""
    earlier: Sequence[tuple[str, datetime]] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


def pages(setting: Setting, lang: str) -> Iterator[tuple[str, str]]:
    """The page as it is built, where there is a desk that can answer it."""
    if setting.desk:
        yield f"{lang}/mit-svar/index.md", page("own.md", setting.docket, lang, 1, _asking(setting))


def asking(setting: Setting, lang: str, typed: str, error: str) -> str:
    """The part of the page that asks for the link once more, with what is wrong with it."""
    context = _asking(setting) | {"typed": typed, "error": error}
    return page("own_body.html", setting.docket, lang, 1, context)


def shown(setting: Setting, own: Own, lang: str, depth: int, step: Step = Step.SHOW) -> str:
    """The part of the page that tells of an answer; `depth` as `templating.page` has it."""
    docket = setting.docket
    view = round_view(docket, docket.rounds[own.round], ())
    withdrawn = "/withdrawn/date" in own.values
    fields = form.fields(docket, setting.schemas, view.round, lang)
    is_public = docket.organiser.asked.is_public
    rows = list(told(docket, fields, {**own.values, "/municipality": own.slug}, lang))
    context = {
        "step": step,
        "own": own,
        "round": view.round,
        "full": docket.register[own.slug].full,
        "head": "other"
        if own.stand == "other"
        else f"withdrawn_{own.stand}"
        if withdrawn
        else own.stand,
        "withdrawn": withdrawn,
        "coming": list(_coming(setting, own, view, lang)),
        "public": [row[1:] for row in rows if is_public(row.pointer)],
        "private": [row[1:] for row in rows if not is_public(row.pointer)],
        "file": base64.b64encode(own.receipt.encode()).decode(),
        "exactly": lambda one: write_moment(one, lang, docket.organiser.zone, weekday=True),
        "reason": fields["/withdrawn/reason"],
        "before": view.round.deadline is None or view.takes_submissions,
    }
    return page("own_body.html", docket, lang, depth, context)


def _asking(setting: Setting) -> dict[str, object]:
    receivers = [one.receiver for one in setting.docket.rounds.values() if one.receiver]
    told = receivers[-1] if receivers else None
    return {"step": Step.ASK, "typed": "", "error": "", "receiver": told}


def _coming(setting: Setting, own: Own, view: RoundView, lang: str) -> Iterator[str]:
    """What comes next, a sentence each."""
    organiser, round_ = setting.docket.organiser, view.round

    def told(key: str, **facts: object) -> str:
        return say(f"own.next.{key}", lang, organiser, **facts)

    if own.rival:
        yield told("rival")
    yield told(own.stand)
    row = next((one for one in view.rows if one.municipality.slug == own.slug), None)
    if row and row.status in OUTCOMES and own.stand == "accepted":
        yield told(row.status.replace("-", "_"))
    if "/withdrawn/date" in own.values or view.state not in UNDER_WAY:
        return
    if round_.deadline:
        when = write_moment(round_.deadline, lang, organiser.zone, weekday=True)
        yield told("until", deadline=when) if view.takes_submissions else told("locked")
    if own.values.get("/approval/status") == ApprovalStatus.PENDING:
        date = _day(own.values.get("/approval/date", ""), lang)
        yield told("meeting", date=date) if date else told("approval")
    if round_.decides and not round_.rehearsal:
        yield told("decides", who=round_.decides.of(lang))


def _day(text: str, lang: str) -> str:
    try:
        return write_day(Day.fromisoformat(text), lang)
    except ValueError:
        return ""
