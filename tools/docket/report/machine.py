"""For programs: JSON with every place and both languages."""

import json

from docket.domain.nouns import Finding
from docket.report.common import Report
from docket.text.escape import printable

VERSION = 1
"""Changes when the form does."""


def write(report: Report) -> str:
    """The findings as JSON."""
    return json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n"


def as_data(report: Report) -> dict[str, object]:
    """The findings as plain data."""
    docket = report.docket
    return {
        "version": VERSION,
        "at": docket.now.astimezone(docket.organiser.zone).isoformat(),
        "findings": [_entry(report, finding) for finding in report.findings],
    }


def _entry(report: Report, finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "code": finding.code,
        "path": printable(place.path),
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
        "message": {
            lang: report.whole(finding, lang) for lang in report.docket.organiser.languages
        },
        "also": [
            {"path": printable(other.path), "line": other.line, "column": other.column}
            for other in finding.also
        ],
    }
