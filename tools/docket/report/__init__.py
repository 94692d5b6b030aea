"""Findings for their readers: people, forges and programs. Each format is one function."""

from collections.abc import Callable, Mapping

from docket.report import github, gitlab, junit, machine, sarif, text
from docket.report.common import Report

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text.write,
    "github": github.write,
    "json": machine.write,
    "sarif": sarif.write,
    "junit": junit.write,
    "gitlab": gitlab.write,
}
