"""Findings for their readers: people, forges and programs. Each format is one module."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a command pays only for the format that it writes
    from docket.report.common import Report

FORMATS = {
    "text": "docket.report.text",
    "github": "docket.report.github",
    "json": "docket.report.machine",
    "sarif": "docket.report.sarif",
    "junit": "docket.report.junit",
    "gitlab": "docket.report.gitlab",
}


def write(name: str, report: "Report") -> str:
    """The report in the format `name`."""
    written: str = import_module(FORMATS[name]).write(report)
    return written


def summary(report: "Report") -> str:
    """What GitHub shows above the log of a job: a table, where annotations end after ten."""
    written: str = import_module(FORMATS["github"]).summary(report)
    return written
