"""For GitHub: annotations in the log, and a job summary.

Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
GitHub shows ten annotations of a step, so what the change at hand touches comes first.
"""

from docket.domain.nouns import Finding
from docket.report.common import Report
from docket.text.catalogue import say
from docket.text.escape import show_path
from docket.text.markup import inert


def write(report: Report) -> str:
    """A workflow command for each finding."""
    return "".join(_annotation(report, finding) for finding in ordered(report))


def summary(report: Report) -> str:
    """The same as a table in Markdown, for the file named by GITHUB_STEP_SUMMARY."""
    if not report.findings:
        return say("report.job.well", report.lang) + "\n"
    titles = (say(f"report.job.{name}", report.lang) for name in ("file", "line", "what", "rule"))
    rows = [
        f"| {inert(show_path(one.place.path))} | {one.place.line} "
        f"| {inert(report.message(one))} | [{one.code}]({report.address(one.code)}) |"
        for one in ordered(report)
    ]
    return "\n".join([f"| {' | '.join(titles)} |", "| --- | --- | --- | --- |", *rows]) + "\n"


def notice(path: str, title: str, message: str, *, kind: str = "notice") -> str:
    """A workflow command that tells something of a file: a "notice", or a "warning"."""
    return f"::{kind} file={_value(show_path(path))},title={_value(title)}::{_text(message)}\n"


def ordered(report: Report) -> list[Finding]:
    """The findings, those in changed files first."""
    return sorted(report.findings, key=lambda one: one.place.path not in report.changed)


def _annotation(report: Report, finding: Finding) -> str:
    place = finding.place
    path = place.path if place.path.isprintable() else show_path(place.path)
    where = f"file={_value(path)},line={place.line},col={place.column}"
    return f"::error {where},title={finding.code}::{_text(report.whole(finding))}\n"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
