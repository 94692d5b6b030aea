"""For people: the place, the line with a caret, what to write instead, where it is explained."""

import unicodedata

from docket.domain.nouns import Finding, Place
from docket.loading.decoding import decode, lines
from docket.loading.trees import Unreadable
from docket.report.common import Report
from docket.text.catalogue import say
from docket.text.escape import show_path

WIDTH = 96
BOLD, RED, DIM, PLAIN = "\x1b[1m", "\x1b[31;1m", "\x1b[2m", "\x1b[0m"


def write(report: Report) -> str:
    """A paragraph for each finding, and how many there are."""
    parts = [_paragraph(report, finding) for finding in report.findings]
    return "\n".join([*parts, _total(report)]) + "\n"


def _paragraph(report: Report, finding: Finding) -> str:
    def paint(style: str, text: str) -> str:
        return f"{style}{text}{PLAIN}" if report.colour else text

    rows = [
        f"{paint(BOLD, spot(finding.place))} {paint(RED, finding.code)}",
        *(paint(DIM, row) for row in _line(report, finding.place)),
        f"  {report.message(finding)}",
        *(f"  {say('report.see', report.lang, place=spot(place))}" for place in finding.also),
        paint(DIM, f"  {report.address(finding.code)}"),
    ]
    return "\n".join(rows) + "\n"


def spot(place: Place) -> str:
    """A place as editors and terminals open it: path:line:column."""
    return f"{show_path(place.path)}:{place.line}:{place.column}"


def _line(report: Report, place: Place) -> list[str]:
    """The line itself with a caret under the place; nothing for a file that cannot be read."""
    try:
        content, _ = decode(place.path, report.files[place.path])
    except (Unreadable, KeyError):
        return []
    found = lines(content)
    if place.line > len(found) or not found[place.line - 1].strip():
        return []
    line = "".join(char if char.isprintable() else " " for char in found[place.line - 1])
    start = max(0, place.column - 1 - WIDTH // 2)
    shown, before = line[start : start + WIDTH], line[start : place.column - 1]
    number = str(place.line)
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * _width(before)}^"]


def _width(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def _total(report: Report) -> str:
    lang = report.lang
    if not report.findings:
        return say("report.well", lang, files=len(report.docket.places))
    files = len({finding.place.path for finding in report.findings})
    return say(
        "report.wrong",
        lang,
        errors=say("report.errors", lang, count=len(report.findings)),
        files=say("report.files", lang, count=files),
    )
