"""The summary as a note in Markdown: two pages for those who decide."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from docket.domain.instants import Moment
from docket.domain.nouns import Decision
from docket.summary.calendar import rounds
from docket.summary.columns import area_name, located, name_of
from docket.summary.lines import Line, Summary
from docket.summary.table import Cell, Column, Table
from docket.summary.totals import PRIVATE, designated, totals, version
from docket.text.l10n import write_day, write_list, write_moment, write_number
from docket.views import sentences
from docket.views.figures import APPROVALS
from docket.views.round import STATES, STATUSES, is_stopped

ACTIVE = re.compile(r"[\\`*_\[\]<>|#&~$]")


def write(summary: Summary) -> bytes:
    """The whole note."""
    parts = [*_head(summary), *_numbers(summary), *_outcome(summary), *_list(summary)]
    return ("\n\n".join(part for part in [*parts, *_end(summary)] if part) + "\n").encode()


def write_rounds(summaries: Sequence[Summary], lang: str) -> bytes:
    """All rounds as one table."""
    table = rounds(summaries, lang)
    return f"# {table.name}\n\n{grid(table, lang)}\n".encode()


def plain(text: str) -> str:
    """`text` on one line, without the power to be markup."""
    return ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))


def grid(table: Table, lang: str) -> str:
    """A table as Markdown has it; columns of numbers to the right."""
    first = table.rows[0] if table.rows else ()
    lines = [
        [plain(column.title) for column in table.columns],
        ["--:" if isinstance(cell, int) else "---" for cell in first or table.columns],
        *([plain(_cell(cell, lang)) for cell in row] for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _head(summary: Summary) -> Iterator[str]:
    view, lang = summary.view, summary.lang
    yield f"# {plain(view.round.title.of(lang))}"
    if summary.contacts:
        yield f"**{PRIVATE.of(lang)}**"
    if view.round.rehearsal:
        yield summary.say("**Dette er en øvelse.**", "**This is an exercise.**")
    lead = sentences.lead(summary.docket, view, lang)
    yield f"**{STATES[view.state].of(lang)}.** {plain(lead)}"
    when = _when(summary, summary.docket.now)
    yield summary.say(
        f"Opgjort {when}, udgave {version(summary)}.", f"As of {when}, version {version(summary)}."
    )


def _numbers(summary: Summary) -> Iterator[str]:
    count, lang = summary.figures, summary.lang
    yield f"## {summary.say('Tallene', 'The numbers')}"
    of = write_number(count.municipalities, lang)
    if count.count is None:
        yield summary.say(
            "Hvor mange {many} der har meldt sig, vides ikke.",
            "How many {many} have answered is not known.",
        )
    else:
        told = write_number(count.count, lang)
        yield summary.say(
            f"**{told} af {of} {{many}}** har meldt sig.",
            f"**{told} of {of} {{many}}** have answered.",
        ) + "".join(_besides(summary))
    shown = totals(summary)
    yield from (grid(table, lang) for table in (shown if summary.lines else shown[:1]))


def _besides(summary: Summary) -> Iterator[str]:
    """What the first number does not say."""
    count = summary.figures
    unread = len(summary.unread)
    for number, da, en in (
        (count.late, "af dem kom efter fristen", "of them came after the deadline"),
        (count.withdrawn, "har trukket sig (ikke talt med)", "withdrew (not counted)"),
        (count.rejected, "er afvist politisk (ikke talt med)", "said no politically (not counted)"),
        (
            unread,
            f"fil{'er' * (unread > 1)} kan ikke læses (ikke talt med)",
            f"file{'s' * (unread > 1)} cannot be read (not counted)",
        ),
    ):
        if number:
            yield f" {write_number(number, summary.lang)} {summary.say(da, en)}."


def _outcome(summary: Summary) -> Iterator[str]:
    decision, lang = summary.view.decision, summary.lang
    if decision is None:
        return
    if decision.designated:
        yield from _chosen(summary, decision)
    if decision.note:
        yield plain(decision.note.of(lang))
    stop = decision.stopped
    if stop and is_stopped(summary.docket, decision):
        yield f"## {summary.say('Stoppet', 'Stopped')} {write_day(stop.date, lang)}"
        yield f"{plain(stop.reason.of(lang))} ([{summary.say('kilde', 'source')}](<{stop.source}>))"


def _chosen(summary: Summary, decision: Decision) -> Iterator[str]:
    lang = summary.lang
    yield f"## {summary.say('Udpeget', 'Designated')}"
    who = summary.view.round.decides
    by = summary.say(" af ", " by ") + plain(who.of(lang)) if who else ""
    on = write_day(decision.decided, lang)
    yield summary.say(f"Udpeget {on}{by}:", f"Designated on {on}{by}:")
    yield grid(designated(summary), lang)


def _list(summary: Summary) -> Iterator[str]:
    if not summary.view.round.register:
        return
    yield f"## {summary.say('Hvem har meldt sig?', 'Who has answered?')}"
    if not summary.lines:
        yield summary.say("Ingen endnu.", "Nobody yet.")
        return
    words = summary.say(
        "{One}|{Region}|Område|Modtaget|Godkendelse|Status",
        "{One}|{Region}|Area|Received|Approval|Status",
    ).split("|")
    if summary.contacts:
        words.append(summary.say("Kontakt", "Contact"))
    columns = tuple(Column(word) for word in words)
    table = Table("", columns, tuple(_row(summary, line) for line in summary.lines))
    yield grid(located(summary, table), summary.lang)
    wrote = sum(bool(line.motivation) for line in summary.lines)
    if wrote:
        count = write_number(wrote, summary.lang)
        yield summary.say(
            f"{count} har begrundet deres ønske. Begrundelserne står i regnearket.",
            f"{count} gave their reasons. The reasons are in the workbook.",
        )


def _row(summary: Summary, line: Line) -> tuple[Cell, ...]:
    lang = summary.lang
    areas = [area_name(summary, one) for one in line.areas]
    if summary.view.round.wishes > 1:
        areas = [f"{rank}. {name}" for rank, name in enumerate(areas, start=1)]
    received = _when(summary, line.received) if line.received else ""
    if line.in_time is False:
        received += summary.say(" (for sent)", " (late)")
    council = [APPROVALS[line.approval].of(lang), line.council.body]
    council += [write_day(line.council.date, lang)] if line.council.date else []
    codes = f" ({', '.join(line.corrections)})" if line.corrections else ""
    status = STATUSES[line.status].of(lang) + codes
    told = (
        line.municipality.name,
        line.municipality.region,
        write_list(areas, lang),
        received,
        write_list(filter(None, council), lang),
        status,
    )
    one = line.contact
    contact = write_list(
        filter(None, (name_of(summary, one), one.title, one.email, one.phone)), lang
    )
    return (*told, contact) if summary.contacts else told


def _end(summary: Summary) -> Iterator[str]:
    view = summary.view
    yield f"## {summary.say('Hvad sker der nu?', 'What happens next?')}"
    yield plain(_next(summary))
    sources = [*view.round.sources, *(view.decision.sources if view.decision else ())]
    if sources:
        yield f"## {summary.say('Kilder', 'Sources')}"
        yield "\n".join(f"- <{source}>" for source in dict.fromkeys(sources))


def _next(summary: Summary) -> str:
    """The next step for those who decide; the page tells it to those who can submit."""
    view, lang = summary.view, summary.lang
    if not view.takes_submissions or view.round.decides is None or view.round.rehearsal:
        return sentences.next_step(summary.docket, view, lang)
    who = view.round.decides.of(lang)
    return summary.say(
        f"Når fristen er udløbet, er det {who}, der udpeger.",
        f"When the deadline has passed, it is {who} that designates.",
    )


def _when(summary: Summary, moment: Moment) -> str:
    return write_moment(moment, summary.lang, summary.docket.organiser.zone)


def _cell(cell: Cell, lang: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return write_day(cell, lang)
    return write_number(cell, lang) if isinstance(cell, int) else cell
