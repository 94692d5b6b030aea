"""The answer to a submitter, in Markdown: Danish, with the English folded below it.

Nothing that somebody wrote comes through raw: no mention, link, image or comment.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from docket.domain.nouns import Finding
from docket.report.common import Report
from docket.rules.review import Review
from docket.text.escape import inert, show_path
from docket.text.l10n import write_moment
from docket.views import sentences
from docket.views.round import round_view

CONFUSING = "@#:."
"""Signs by which a forge makes a mention, a reference or a link, even of an escaped text."""
FEW, MANY = 5, 30
ROOM = 16_000
"""So many characters of findings are told in each language: a comment holds 65,536."""
SIMPLE = re.compile(r"[a-z0-9/.-]+")


def markdown(review: Review, received: datetime) -> str:
    """The whole answer, in both languages."""
    danish, english = (_answer(review, received, lang) for lang in ("da", "en"))
    return f"{danish}\n<details>\n<summary>In English</summary>\n\n{english}\n</details>\n"


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
    report = Report(review.docket, review.findings, {}, lang)
    zone = review.docket.organiser.zone
    rows = [_what(report, review, write_moment(received, lang, zone, weekday=True)), ""]
    if review.is_routine:
        rows += [_all_well(report, review)]
    elif review.findings:
        rows += [
            report.say(
                "**Der er problemer.** Ret dem, og send igen. Intet er gået tabt.",
                "**There is a problem.** Correct it and send again. Nothing is lost.",
            ),
            "",
            *_rows(report),
        ]
    else:
        rows += [
            report.say(
                "Arrangøren ser ændringen igennem, før den bliver lagt i registeret.",
                "The organiser reads the change before it goes into the register.",
            )
        ]
    if review.crossed:
        names = ", ".join(map(path_of, review.crossed[:FEW]))
        names += f" (+{len(review.crossed) - FEW})" if review.crossed[FEW:] else ""
        rows += [
            "",
            report.say(
                f"I mellemtiden er dette ændret: {names}. Hent den nye udgave, og ret i den.",
                f"Meanwhile this was changed: {names}. Fetch the new version and correct that.",
            ),
        ]
    return "\n".join(rows) + "\n"


def _what(report: Report, review: Review, when: str) -> str:
    docket = review.docket
    told = [
        report.say(
            f"**{quoted(docket.register[one.municipality].full)}** i runden "
            f"»{quoted(docket.rounds[one.round].title.da)}«",
            f"**{quoted(docket.register[one.municipality].full)}** in the round "
            f"“{quoted(docket.rounds[one.round].title.en)}”",
        )
        for one in review.submissions[:FEW]
        if one.round in docket.rounds
    ]
    of = report.say(" fra ", " from ") if told else ""
    return report.say(f"Modtaget {when}", f"Received {when}") + of + ", ".join(told) + "."


def _all_well(report: Report, review: Review) -> str:
    well = report.say("**Alt er i orden.**", "**All is well.**")
    round_ = review.docket.rounds.get(review.submissions[0].round) if review.submissions else None
    if round_ is None:
        return well
    view = round_view(review.docket, round_, ())
    later = report.say(
        "Arrangøren lægger den i registeret. Gem denne besked: den er jeres kvittering.",
        "The organiser puts it into the register. Keep this message: it is your receipt.",
    )
    return f"{well} {later}\n\n{quoted(sentences.next_step(review.docket, view, report.lang))}"


def _rows(report: Report) -> Iterator[str]:
    """A row for each finding, as many as a comment can hold."""
    room = ROOM
    for number, finding in enumerate(report.findings):
        row = _row(report, finding)
        room -= len(row)
        if number >= MANY or room < 0:
            left = len(report.findings) - number
            yield report.say(
                f"- … og {left} mere. Ret først dem, der står her.",
                f"- … and {left} more. Correct those above first.",
            )
            return
        yield row


def _row(report: Report, finding: Finding) -> str:
    place = f"{path_of(finding.place.path)}, {report.say('linje', 'line')} {finding.place.line}"
    message = quoted(report.message(finding))
    return f"- {place}: {message} ([{finding.code}]({report.address(finding.code)}))"
