"""The totals of a round as small tables: areas, approval, regions, who is designated."""

from datetime import datetime

from docket.domain.instants import Moment
from docket.domain.nouns import Bilingual
from docket.summary.columns import area_name, located
from docket.summary.lines import Summary
from docket.summary.table import Cell, Column, Table
from docket.views.figures import APPROVALS
from docket.views.round import STATES

PRIVATE = Bilingual(
    "Arrangørens eget eksemplar med kontaktoplysninger. Må ikke sendes videre.",
    "The organiser's own copy, with contacts. Not to be passed on.",
)


def totals(summary: Summary) -> tuple[Table, ...]:
    """Every total; those that cannot be counted in this round are left out."""
    kept = summary.view.round.register
    placed = kept and summary.figures.regions
    return (
        _areas(summary),
        *([_approvals(summary)] if kept else []),
        *([_regions(summary)] if placed else []),
    )


def facts(summary: Summary) -> tuple[tuple[str, Cell], ...]:
    """What a reader must know before the numbers: which round, as of when, from which commit."""
    round_, count = summary.view.round, summary.figures
    told: list[tuple[str, Cell]] = [
        (summary.say("Runde", "Round"), round_.title.of(summary.lang)),
        (summary.say("Opgjort", "As of"), summary.local(summary.docket.now)),
        (summary.say("Udgave", "Version"), version(summary)),
        (summary.say("Stand", "State"), STATES[summary.view.state].of(summary.lang)),
        (summary.say("Frist", "Deadline"), _moment(summary, round_.deadline)),
        (summary.say("Har meldt sig", "Have answered"), count.count),
        (summary.say("{Many} i alt", "{Many} in all"), count.municipalities),
    ]
    if round_.register:
        told += [
            (summary.say("Kom efter fristen", "Came after the deadline"), count.late),
            (summary.say("Trukket tilbage", "Withdrawn"), count.withdrawn),
            (summary.say("Politisk afvist", "Politically rejected"), count.rejected),
        ]
    if summary.unread:
        told.append(
            (
                summary.say("Filer, der ikke kan læses", "Files that cannot be read"),
                len(summary.unread),
            )
        )
    marks = (
        [(summary.say("Fortroligt", "Confidential"), PRIVATE.of(summary.lang))]
        if summary.contacts
        else []
    )
    return (*marks, *told)


def version(summary: Summary) -> str:
    """The commit that the summary was made from."""
    if summary.head is None:
        return ""
    more = summary.say(" med ændringer", " with changes") if summary.head.changed else ""
    return summary.head.commit[:10] + more


def _moment(summary: Summary, moment: Moment | None) -> Cell:
    return summary.local(moment) if isinstance(moment, datetime) else moment


def _areas(summary: Summary) -> Table:
    """Seats and designations of each area; wishes where they are kept here."""
    kept, ranked = summary.view.round.register, summary.view.round.wishes > 1
    columns = [
        Column(summary.say("Område", "Area"), width=34),
        _number(summary, "Pladser", "Seats"),
    ]
    if kept:
        columns.append(_number(summary, "Tilkendegivelser", "Submissions"))
    if kept and ranked:
        columns[-1] = _number(summary, "1. ønske", "First wish")
        columns.append(_number(summary, "Alle ønsker", "All wishes"))
    columns.append(_number(summary, "Udpeget", "Designated"))
    rows = []
    for one in summary.figures.areas:
        wishes: list[Cell] = [one.first, one.named] if ranked else [one.first]
        seats = summary.say("ikke oplyst", "not stated") if one.seats is None else one.seats
        rows.append(
            (area_name(summary, one.area), seats, *(wishes if kept else []), one.designated)
        )
    return Table(summary.say("Områder", "Areas"), tuple(columns), tuple(rows))


def _approvals(summary: Summary) -> Table:
    columns = (
        Column(summary.say("Politisk godkendelse", "Political approval"), width=34),
        _number(summary, "Tilkendegivelser", "Submissions"),
    )
    counted = (summary.figures.approvals or {}).items()
    rows = tuple((APPROVALS[code].of(summary.lang), count) for code, count in counted)
    return Table(summary.say("Politisk godkendelse", "Political approval"), columns, rows)


def _regions(summary: Summary) -> Table:
    columns = (
        Column(summary.say("{Region}", "{Region}"), width=34),
        _number(summary, "{Many}", "{Many}"),
        _number(summary, "Tilkendegivelser", "Submissions"),
        _number(summary, "Udpeget", "Designated"),
    )
    regions = summary.figures.regions
    rows = tuple((one.region, one.municipalities, one.live, one.designated) for one in regions)
    return Table(summary.say("{Regions}", "{Regions}"), columns, rows)


def designated(summary: Summary) -> Table:
    """Who is designated, in the order of the decision."""
    docket, view = summary.docket, summary.view
    columns = (
        Column(summary.say("{One}", "{One}"), width=34),
        Column(summary.say("{Region}", "{Region}")),
        Column(summary.say("Område", "Area"), width=24),
        Column(summary.say("Gælder til og med", "In force until"), width=18),
    )
    rows = tuple(
        (
            docket.register[one.municipality].name,
            docket.register[one.municipality].region,
            area_name(summary, one.area),
            one.until or view.until,
        )
        for one in view.designated
    )
    return located(summary, Table(summary.say("Udpeget", "Designated"), columns, rows))


def _number(summary: Summary, da: str, en: str) -> Column:
    return Column(summary.say(da, en), width=18)
