"""The answer to a submitter, in Markdown: in the register's first language, the others folded.

Nothing that somebody wrote comes through raw: no mention, link, image or comment.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from docket.acts import changes_text
from docket.acts.changes import compared, is_routine
from docket.acts.changes_text import Reader
from docket.domain.nouns import Finding
from docket.report.common import Report
from docket.rules.review import Review
from docket.text.catalogue import say
from docket.text.escape import show_path
from docket.text.markup import inert
from docket.views import sentences
from docket.views.round import round_view

CONFUSING = "@#:."
"""Signs by which a forge makes a mention, a reference or a link, even of an escaped text."""
FEW, MANY = 5, 30
ROOM = 16_000
"""So many characters of findings are told in each language: a comment holds 65,536."""
SIMPLE = re.compile(r"[a-z0-9/.-]+")


def markdown(review: Review, received: datetime) -> str:
    """The whole answer, in all languages of the register."""
    first, *others = review.docket.organiser.languages
    return "".join(
        [_answer(review, received, first), *(_folded(review, received, one) for one in others)]
    )


def _folded(review: Review, received: datetime, lang: str) -> str:
    """The answer in another language, folded."""
    folded, text = say("answer.folded", lang), _answer(review, received, lang)
    return f"\n<details>\n<summary>{folded}</summary>\n\n{text}\n</details>\n"


def quoted(text: str) -> str:
    """`text` so that it stays text: escaped, and no sign of it starts a mention or a link."""
    safe = str(inert(text))
    for sign in CONFUSING:
        safe = safe.replace(f"&#{ord(sign)};", f"&#{ord(sign)};&#8203;")
    return safe


def path_of(path: str) -> str:
    """A path as code where it is a plain one, else as text."""
    return f"`{path}`" if SIMPLE.fullmatch(path) else quoted(show_path(path))


def _answer(review: Review, received: datetime, lang: str) -> str:
    rows = [_received(review, received, lang), ""]
    if is_routine(review):
        rows.append(_all_well(review, lang))
    elif review.findings:
        report = Report(review.docket, review.findings, {}, lang)
        rows += [say("answer.wrong", lang), "", *_rows(report)]
    else:
        rows.append(say("answer.looked_at", lang))
    reader = Reader(lang, mark=quoted)
    for one in compared(review)[:FEW]:
        rows += ["", *(f"- {row}" for row in changes_text.sentences(review.docket, one, reader))]
    if review.crossed:
        few, more = review.crossed[:FEW], len(review.crossed) - FEW
        key = "answer.crossed_more" if more > 0 else "answer.crossed"
        rows += ["", say(key, lang, paths=[path_of(path) for path in few], count=more)]
    return "\n".join(rows) + "\n"


def _received(review: Review, when: datetime, lang: str) -> str:
    """When it came, and of whom in which round, as far as that is known."""
    docket = review.docket
    submissions = [
        say(
            "answer.submission",
            lang,
            name=quoted(docket.register[one.municipality].full),
            round=quoted(docket.rounds[one.round].title.of(lang)),
        )
        for one in review.submissions[:FEW]
        if one.round in docket.rounds
    ]
    key = "answer.received_of" if submissions else "answer.received"
    return say(key, lang, docket.organiser, when=when, submissions=submissions)


def _all_well(review: Review, lang: str) -> str:
    docket = review.docket
    round_ = docket.rounds.get(review.submissions[0].round) if review.submissions else None
    if round_ is None:
        return say("answer.well", lang)
    step = sentences.next_step(docket, round_view(docket, round_, ()), lang)
    return f"{say('answer.well_kept', lang)}\n\n{quoted(step)}"


def _rows(report: Report) -> Iterator[str]:
    """A row for each finding, as many as a comment can hold."""
    room = ROOM
    for number, finding in enumerate(report.findings):
        row = _row(report, finding)
        room -= len(row)
        if number >= MANY or room < 0:
            yield say("answer.more", report.lang, count=len(report.findings) - number)
            return
        yield row


def _row(report: Report, finding: Finding) -> str:
    return say(
        "answer.finding",
        report.lang,
        path=path_of(finding.place.path),
        line=str(finding.place.line),
        message=quoted(report.message(finding)),
        code=finding.code,
        address=report.address(finding.code),
    )
