"""For GitLab's merge requests: Code Quality.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import json

from docket.report.common import Report, fingerprints
from docket.text.escape import printable


def write(report: Report) -> str:
    """A list of issues, each with a fingerprint by which GitLab knows it again."""
    found = [
        {
            "description": report.whole(finding),
            "check_name": finding.code,
            "fingerprint": mark,
            "severity": "major",
            "location": {
                "path": printable(finding.place.path),
                "lines": {"begin": finding.place.line},
            },
        }
        for finding, mark in zip(report.findings, fingerprints(report.findings), strict=True)
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
