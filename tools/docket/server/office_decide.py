"""Who is designated, by ticks with what they mean beside them; and a round stopped."""

from collections.abc import Iterator
from datetime import date

from docket.acts import minutes, preview_text
from docket.acts.decide import AlreadyDecided, Choice, decide
from docket.acts.plan import Act
from docket.acts.preview import Outlook, outlook
from docket.acts.stop import stop
from docket.domain.instants import day_of
from docket.domain.languages import Texts
from docket.domain.nouns import Round, Stop
from docket.domain.paths import OwnFile, own_path
from docket.server.office_act import Shown, attempt, day_said
from docket.server.office_visit import Reply, Visit
from docket.text.errors import CommandError
from docket.views import sentences
from docket.views.round import RoundView, Row, round_view

PART = "part"


def decided(visit: Visit, slug: str) -> Reply:
    """The form of a decision; what it would mean; or it is written."""
    round_ = visit.round(slug)
    view = round_view(visit.docket, round_, visit.findings)
    shown: Reply | Shown = Shown()
    ticked = _stands(visit, round_)
    if visit.is_post:
        path = own_path(slug, OwnFile.DECISION)
        shown = attempt(visit, lambda: _decided(visit, round_), f"/runder/{slug}/", path)
        ticked = {one: visit.sent.of(f"area-{one}") for one in visit.sent.all("chosen")}
    if isinstance(shown, Reply):
        return shown
    context = {"shown": shown, "figures": _figures(visit, shown, slug)}
    if visit.sent.of("do") == PART:
        return visit.part("office_decide_preview.html", **context)
    return visit.page(
        "office_decide.html",
        shown.status,
        **context,
        round=round_,
        lead=sentences.lead(visit.docket, view, visit.lang),
        rows=list(_rows(visit, view, ticked)),
        before=visit.docket.decisions.get(slug),
        others=visit.sent.of("others"),
        said=_said(visit, round_),
        problem=shown.problem,
        moved=shown.moved,
    )


def stopped(visit: Visit, slug: str) -> Reply:
    """The form of a stop; what it would mean; or it is written."""
    round_ = visit.round(slug)
    shown: Reply | Shown = Shown()
    if visit.is_post:
        path = own_path(slug, OwnFile.DECISION)
        shown = attempt(visit, lambda: _stopped(visit, round_), f"/runder/{slug}/", path)
    if isinstance(shown, Reply):
        return shown
    return visit.page(
        "office_stop.html",
        shown.status,
        round=round_,
        said=dict(visit.sent.fields) or {"date": _today(visit).isoformat()},
        shown=shown,
        problem=shown.problem,
        moved=shown.moved,
    )


def _decided(visit: Visit, round_: Round) -> Act:
    """What is ticked. Raises `CommandError`."""
    sent = visit.sent
    chosen = [(one, sent.of(f"area-{one}")) for one in sent.all("chosen")]
    for word in filter(None, map(str.strip, sent.of("others").split(","))):
        name, _, area = word.partition(":")
        chosen.append((name, area))
    if not chosen:
        raise CommandError("office.decide.nobody")
    choice = Choice(
        chosen=chosen,
        decided=day_said(visit, "decided"),
        until=day_said(visit, "until"),
        sources=sent.of("source").split(),
        change=bool(sent.of("change")),
    )
    try:
        return decide(visit.store, visit.docket, round_, choice)
    except AlreadyDecided as error:
        rows = minutes.differences(error.docket, error.before, error.after, visit.lang)
        raise CommandError("office.decide.again", changes="; ".join(rows)) from None


def _stopped(visit: Visit, round_: Round) -> Act:
    of = visit.sent.of
    reason = Texts({one: of(f"reason-{one}") for one in visit.docket.organiser.languages})
    if not all((*reason.values(), of("source"))):
        raise CommandError("office.stop.empty")
    wanted = Stop(day_said(visit, "date") or _today(visit), reason, of("source"))
    return stop(visit.store, visit.docket, round_, wanted)


def _today(visit: Visit) -> date:
    return day_of(visit.now, visit.docket.organiser.zone)


def _stands(visit: Visit, round_: Round) -> dict[str, str]:
    """Who is designated already, and where."""
    decision = visit.docket.decisions.get(round_.slug)
    return {one.municipality: one.area for one in decision.designated} if decision else {}


def _said(visit: Visit, round_: Round) -> dict[str, str]:
    if visit.is_post:
        return dict(visit.sent.fields)
    decision = visit.docket.decisions.get(round_.slug)
    day = decision.decided if decision else _today(visit)
    until = decision.until.isoformat() if decision and decision.until else ""
    return {"decided": day.isoformat(), "until": until}


def _rows(
    visit: Visit, view: RoundView, ticked: dict[str, str]
) -> Iterator[tuple[Row, bool, str, str]]:
    """Who can be chosen: the row, whether it is ticked, its area, and where its council stands."""
    for row in view.live:
        slug, council = row.municipality.slug, row.submission.approval
        area = ticked.get(slug, "") or next(iter(row.submission.areas), "")
        status = visit.say(f"words.approval.{council.status}") if council else "–"
        day = visit.say("office.decide.day", day=council.date) if council and council.date else ""
        yield row, slug in ticked, area, f"{status} {day}".strip()


def _figures(visit: Visit, shown: Shown, slug: str) -> dict[str, object] | None:
    """What a choice means, in numbers and sentences; None where there is none that can be read."""
    after = shown.act.plan.docket.decisions.get(slug) if shown.act else None
    if shown.act is None or after is None:
        return None
    found: Outlook = outlook(shown.act.plan.docket, after)
    regions = [one for one in found.figures.regions if one.designated or one.live]
    return {
        "chosen": len(found.chosen),
        "areas": found.figures.areas,
        "regions": regions,
        "councils": list(preview_text.councils(found, visit.lang)),
        "losses": list(preview_text.losses(found, visit.lang)),
    }
