"""For test reports: JUnit XML, a test for each file, as Jenkins and GitLab read it."""

from xml.etree import ElementTree as ET

from docket.domain.nouns import Finding
from docket.report.common import Report
from docket.report.text import spot
from docket.text.escape import show_path


def write(report: Report) -> str:
    """One suite; each file is a test case, and each finding in it a failure."""
    by_path: dict[str, list[Finding]] = {path: [] for path in sorted(report.docket.places)}
    for finding in report.findings:
        by_path.setdefault(finding.place.path, []).append(finding)
    failing = sum(bool(findings) for findings in by_path.values())
    counts = {"tests": str(len(by_path)), "failures": str(failing), "errors": "0"}
    suites = ET.Element("testsuites", {"name": "docket", **counts})
    suite = ET.SubElement(suites, "testsuite", {"name": "docket", **counts, "skipped": "0"})
    for path, findings in by_path.items():
        case = ET.SubElement(suite, "testcase", {"classname": "docket", "name": show_path(path)})
        if findings:
            codes = ", ".join(dict.fromkeys(finding.code for finding in findings))
            failure = ET.SubElement(case, "failure", {"message": codes, "type": findings[0].code})
            failure.text = "\n".join(
                f"{spot(one.place)} {one.code} {report.whole(one)}" for one in findings
            )
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, "unicode") + "\n"
