"""`docket check`: all rules on the working copy."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from docket import report
from docket.cli.session import OK, WRONG, docket_of, lang_of, root_of
from docket.domain.languages import Language
from docket.domain.paths import text_path
from docket.loading.trees import Folder
from docket.report.common import Report
from docket.rules import check as find
from docket.text.own import missing, told


def run(options: argparse.Namespace) -> int:
    """All rules on the working copy."""
    tree = Folder(root_of(options))
    docket = docket_of(options, tree)
    found = Report(
        docket,
        find(docket),
        tree,
        lang_of(options),
        changed=tree.store.changed() if options.format == "github" else frozenset(),
        colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
    )
    sys.stdout.write(report.write(options.format, found))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if options.format == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(report.summary(found))
    wrong = [line for lang in docket.organiser.languages for line in _texts(options, tree, lang)]
    sys.stderr.write("".join(wrong))
    return WRONG if found.findings or wrong else OK


def _texts(options: argparse.Namespace, tree: Folder, lang: Language) -> Iterator[str]:
    """What is wrong with the register's own sentences in a language, and which it lacks.

    It was checked, and something is to be mended: so the exit code is that of a finding.
    """
    content = tree.get(text_path(lang), b"")
    for fault in (*told(lang, content).faults, *missing(lang, lang.own)):
        yield f"{fault.of(lang_of(options))}\n"
