"""`docket check`: all rules on the working copy."""

import argparse
import os
import sys
from pathlib import Path

from docket import report
from docket.cli.session import OK, WRONG, docket_of, lang_of, root_of
from docket.git.store import Store
from docket.loading.trees import Folder
from docket.report.common import Report
from docket.rules import check as find


def run(options: argparse.Namespace) -> int:
    """All rules on the working copy."""
    docket, root = docket_of(options), root_of(options)
    found = Report(
        docket,
        find(docket),
        Folder(root),
        lang_of(options),
        changed=Store(root).changed() if options.format == "github" else frozenset(),
        colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
    )
    sys.stdout.write(report.write(options.format, found))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if options.format == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(report.summary(found))
    return WRONG if found.findings else OK
