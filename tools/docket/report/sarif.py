"""For code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

import json
from urllib.parse import quote

from docket.domain.nouns import Finding, Place
from docket.report.common import Report, fingerprints
from docket.text.catalogue import say
from docket.text.messages import codes, rule_text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def write(report: Report) -> str:
    """One run with all rules and all findings."""
    places = {code: place for place, code in enumerate(codes())}
    driver = {
        "name": "docket",
        "rules": [_rule(report, code) for code in places],
    }
    results = [
        _result(report, finding, places[finding.code], mark)
        for finding, mark in zip(report.findings, fingerprints(report.findings), strict=True)
    ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "language": say("report.sarif.language", report.lang),
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(report: Report, code: str) -> dict[str, object]:
    text = rule_text(code, report.docket.organiser, report.lang)
    return {
        "id": code,
        "shortDescription": {"text": text.rule},
        "fullDescription": {"text": text.why},
        "helpUri": report.address(code),
        "defaultConfiguration": {"level": "error"},
    }


def _result(report: Report, finding: Finding, index: int, mark: str) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": "error",
        "message": {"text": report.whole(finding)},
        "locations": [_location(finding.place)],
        "partialFingerprints": {"docket/v1": mark},
    }
    if finding.also:
        result["relatedLocations"] = [_location(place) for place in finding.also]
    return result


def _location(place: Place) -> dict[str, object]:
    uri = quote(place.path.encode("utf-8", "surrogateescape"))
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
