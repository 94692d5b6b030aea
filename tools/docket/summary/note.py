"""The summary as a note in Markdown: two pages for those who decide."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from docket.domain.asked import Kind
from docket.domain.nouns import Decision
from docket.summary.calendar import rounds
from docket.summary.columns import area_name, name_of, own_field
from docket.summary.lines import Line, Summary
from docket.summary.table import Cell, Field, Table, tabulate
from docket.summary.totals import designated, totals, version
from docket.text.l10n import write_day, write_list, write_moment, write_number
from docket.views import sentences

ACTIVE = re.compile(r"[\\`*_\[\]<>|#&~$]")


def write(summary: Summary) -> bytes:
    """The whole note."""
    parts = [
        *_past(summary),
        *_head(summary),
        *_numbers(summary),
        *_outcome(summary),
        *_list(summary),
        *_own(summary),
    ]
    return ("\n\n".join(part for part in [*parts, *_end(summary)] if part) + "\n").encode()


def write_rounds(summaries: Sequence[Summary], lang: str) -> bytes:
    """All rounds as one table."""
    table = rounds(summaries, lang)
    parts = [*_past(summaries[0]), f"# {table.name}", grid(table, lang)]
    return ("\n\n".join(parts) + "\n").encode()


def plain(text: str) -> str:
    """`text` on one line, without the power to be markup."""
    return ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))


def grid(table: Table, lang: str) -> str:
    """A table as Markdown has it; columns of numbers to the right."""
    lines = [
        [plain(column.title) for column in table.columns],
        ["--:" if column.counts else "---" for column in table.columns],
        *([plain(_cell(cell, lang)) for cell in row] for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _past(summary: Summary) -> Iterator[str]:
    if line := sentences.past(summary.docket, summary.lang):
        yield f"**{plain(line)}**"


def _head(summary: Summary) -> Iterator[str]:
    view, docket = summary.view, summary.docket
    yield f"# {plain(view.round.title.of(summary.lang))}"
    if summary.contacts:
        yield f"**{summary.say('summary.private')}**"
    if view.round.rehearsal:
        yield f"**{summary.say('summary.head.exercise')}**"
    lead = plain(sentences.lead(docket, view, summary.lang))
    yield f"**{summary.say(f'words.state.{view.state}')}.** {lead}"
    yield summary.say("summary.head.as_of", now=docket.now, version=version(summary))


def _numbers(summary: Summary) -> Iterator[str]:
    count, of = summary.figures.count, summary.figures.municipalities
    yield f"## {summary.say('summary.numbers.heading')}"
    if count is None:
        yield summary.say("summary.numbers.unknown")
    else:
        answered = summary.say("summary.numbers.answered", count=count, all=of)
        yield " ".join([answered, *_besides(summary)])
    shown = totals(summary)
    yield from (grid(table, summary.lang) for table in (shown if summary.lines else shown[:1]))


def _besides(summary: Summary) -> Iterator[str]:
    """What the first number does not say."""
    figures = summary.figures
    for name, count in (
        ("late", figures.late),
        ("withdrawn", figures.withdrawn),
        ("rejected", figures.rejected),
        ("unread", len(summary.unread)),
    ):
        if count:
            yield summary.say(f"summary.numbers.{name}", count=count)


def _outcome(summary: Summary) -> Iterator[str]:
    decision, stop = summary.view.decision, summary.stop
    if decision is None:
        return
    if decision.designated:
        yield from _chosen(summary, decision)
    if decision.note:
        yield plain(decision.note.of(summary.lang))
    if stop:
        yield f"## {summary.say('summary.outcome.stopped', day=stop.date)}"
        source = f"[{summary.say('summary.outcome.source')}](<{stop.source}>)"
        yield f"{plain(stop.reason.of(summary.lang))} ({source})"


def _chosen(summary: Summary, decision: Decision) -> Iterator[str]:
    table, who = designated(summary), summary.view.round.decides
    yield f"## {table.name}"
    key = f"summary.outcome.{'on_by' if who else 'on'}"
    yield summary.say(key, plain, day=decision.decided, who=who)
    yield grid(table, summary.lang)


def _list(summary: Summary) -> Iterator[str]:
    if not summary.view.round.register:
        return
    is_asked = summary.asked.approval
    fields = [one for one in FIELDS if is_asked or one.name != "approval"]
    fields += [CONTACT] if summary.contacts else []
    table = tabulate(summary, "summary.list.heading", fields, summary.lines)
    yield f"## {table.name}"
    if not table.rows:
        yield summary.say("summary.list.nobody")
        return
    yield grid(table, summary.lang)
    reasons = sum(bool(line.motivation) for line in summary.lines)
    if reasons:
        yield summary.say("summary.list.reasons", count=reasons)


def _own(summary: Summary) -> Iterator[str]:
    """What was answered to the register's own fields; long texts stand in the sheet."""
    fields = [own_field(one) for one in summary.own if one.kind is not Kind.TEXT]
    lines = [line for line in summary.lines if line.own]
    if fields and lines:
        table = tabulate(summary, "summary.own.heading", (FIELDS[0], *fields), lines)
        yield f"## {table.name}"
        yield grid(table, summary.lang)


def _areas(summary: Summary, line: Line) -> Cell:
    names = [area_name(summary, slug) for slug in line.areas]
    if summary.view.round.wishes > 1:
        names = [f"{rank}. {name}" for rank, name in enumerate(names, start=1)]
    return write_list(names, summary.lang)


def _received(summary: Summary, line: Line) -> Cell:
    if line.received is None:
        return ""
    when = write_moment(line.received, summary.lang, summary.docket.organiser.zone)
    return summary.say("summary.list.late", when=when) if line.in_time is False else when


def _approval(summary: Summary, line: Line) -> Cell:
    stands, council = summary.say(f"words.approval.{line.approval}"), line.council
    day = write_day(council.date, summary.lang) if council.date else ""
    return write_list(filter(None, (stands, council.body, day)), summary.lang)


def _status(summary: Summary, line: Line) -> Cell:
    codes = f" ({', '.join(line.corrections)})" if line.corrections else ""
    return summary.say(f"words.status.{line.status}") + codes


def _contact(summary: Summary, line: Line) -> Cell:
    one = line.contact
    parts = (name_of(summary, one), one.title, one.email, one.phone)
    return write_list(filter(None, parts), summary.lang)


FIELDS: tuple[Field[Line], ...] = (
    Field("summary.list.one", lambda _, line: line.municipality.name),
    Field("summary.list.region", lambda _, line: line.municipality.region),
    Field("summary.list.area", _areas),
    Field("summary.list.received", _received),
    Field("summary.list.approval", _approval),
    Field("summary.list.status", _status),
)
CONTACT: Field[Line] = Field("summary.list.contact", _contact)


def _end(summary: Summary) -> Iterator[str]:
    view = summary.view
    yield f"## {summary.say('summary.next.heading')}"
    yield plain(_next(summary))
    sources = [*view.round.sources, *(view.decision.sources if view.decision else ())]
    if sources:
        yield f"## {summary.say('summary.next.sources')}"
        yield "\n".join(f"- <{source}>" for source in dict.fromkeys(sources))


def _next(summary: Summary) -> str:
    """The next step for those who decide; the page tells it to those who can submit."""
    view, who = summary.view, summary.view.round.decides
    if not view.is_open or who is None or view.round.rehearsal:
        return sentences.next_step(summary.docket, view, summary.lang)
    return summary.say("summary.next.designates", who=who)


def _cell(cell: Cell, lang: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return write_day(cell, lang)
    return write_number(cell, lang) if isinstance(cell, int | float) else cell
