"""The totals of a round as small tables: areas, approval, regions, who is designated."""

from docket.domain.nouns import Designation
from docket.domain.states import ApprovalStatus
from docket.summary.columns import area_name
from docket.summary.lines import Summary
from docket.summary.table import Cell, Field, Table, tabulate
from docket.views.figures import AreaFigures, RegionFigures


def totals(summary: Summary) -> tuple[Table, ...]:
    """Every total; those that cannot be counted in this round are left out."""
    kept = summary.view.round.register
    placed = kept and summary.figures.regions
    return (
        _areas(summary),
        *([_approvals(summary)] if kept and summary.asked.approval else []),
        *([_regions(summary)] if placed else []),
    )


def facts(summary: Summary) -> tuple[tuple[str, Cell], ...]:
    """What a reader must know before the numbers: which round, as of when, from which commit."""
    view, count = summary.view, summary.figures
    values: dict[str, Cell] = {
        "round": view.round.title.of(summary.lang),
        "as_of": summary.local(summary.docket.now),
        "version": version(summary),
        "state": summary.say(f"words.state.{view.state}"),
        "deadline": summary.local(view.round.deadline),
        "answered": count.count,
        "all": count.municipalities,
    }
    if summary.contacts:
        values = {"confidential": summary.say("summary.private"), **values}
    if view.round.register:
        values |= {"late": count.late, "withdrawn": count.withdrawn, "rejected": count.rejected}
    if summary.unread:
        values["unread"] = len(summary.unread)
    return tuple((summary.say(f"summary.facts.{name}"), value) for name, value in values.items())


def above(summary: Summary) -> list[str]:
    """The same in the first lines of the list: round, deadline, as of when, for whom."""
    round_ = summary.view.round
    dated = "undated" if round_.deadline is None else "dated"
    facts = {"deadline": round_.deadline, "now": summary.docket.now}
    return [
        summary.say("summary.above.title", title=round_.title, round=round_.slug),
        summary.say(f"summary.above.{dated}", **facts),
        *([summary.say("summary.above.private")] if summary.contacts else []),
    ]


def version(summary: Summary) -> str:
    """The commit that the summary was made from."""
    if summary.head is None:
        return ""
    commit = summary.head.commit[:10]
    return summary.say("summary.head.changed", commit=commit) if summary.head.changed else commit


def designated(summary: Summary) -> Table:
    """Who is designated, in the order of the decision."""
    return tabulate(summary, "summary.outcome.heading", OUTCOME, summary.view.designated)


def _areas(summary: Summary) -> Table:
    """Seats and designations of each area; wishes where they are kept here."""
    round_ = summary.view.round
    wishes = ("first", "all") if round_.wishes > 1 else ("submissions",)
    names = ("area", "seats", "designated", *(wishes if round_.register else ()))
    fields = [field for field in AREAS if field.name in names]
    return tabulate(summary, "summary.areas.heading", fields, summary.figures.areas)


def _approvals(summary: Summary) -> Table:
    counted = (summary.figures.approvals or {}).items()
    return tabulate(summary, "summary.approvals.heading", APPROVALS, counted)


def _regions(summary: Summary) -> Table:
    return tabulate(summary, "summary.regions.heading", REGIONS, summary.figures.regions)


def _seats(summary: Summary, one: AreaFigures) -> Cell:
    return summary.say("summary.areas.no_seats") if one.seats is None else one.seats


def _approval(summary: Summary, one: tuple[ApprovalStatus, int]) -> Cell:
    return summary.say(f"words.approval.{one[0]}")


def _municipality(summary: Summary, one: Designation) -> Cell:
    return summary.docket.register[one.municipality].name


def _region(summary: Summary, one: Designation) -> Cell:
    return summary.docket.register[one.municipality].region


def _area(summary: Summary, one: AreaFigures | Designation) -> Cell:
    return area_name(summary, one.area)


AREAS: tuple[Field[AreaFigures], ...] = (
    Field("summary.areas.area", _area, 34),
    Field("summary.areas.seats", _seats, 18, counts=True),
    Field("summary.areas.submissions", lambda _, one: one.first, 18, counts=True),
    Field("summary.areas.first", lambda _, one: one.first, 18, counts=True),
    Field("summary.areas.all", lambda _, one: one.named, 18, counts=True),
    Field("summary.areas.designated", lambda _, one: one.designated, 18, counts=True),
)
APPROVALS: tuple[Field[tuple[ApprovalStatus, int]], ...] = (
    Field("summary.approvals.approval", _approval, 34),
    Field("summary.approvals.submissions", lambda _, one: one[1], 18, counts=True),
)
REGIONS: tuple[Field[RegionFigures], ...] = (
    Field("summary.regions.region", lambda _, one: one.region, 34),
    Field("summary.regions.many", lambda _, one: one.municipalities, 18, counts=True),
    Field("summary.regions.submissions", lambda _, one: one.live, 18, counts=True),
    Field("summary.regions.designated", lambda _, one: one.designated, 18, counts=True),
)
OUTCOME: tuple[Field[Designation], ...] = (
    Field("summary.outcome.one", _municipality, 34),
    Field("summary.outcome.region", _region),
    Field("summary.outcome.area", _area, 24),
    Field("summary.outcome.until", lambda summary, one: one.until or summary.view.until, 18),
)
