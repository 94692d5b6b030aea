"""`docket check`: all rules on the working copy."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docket import report
from docket.cli.session import OK, WRONG, docket_of, lang_of, root_of
from docket.domain.languages import Language
from docket.domain.paths import SCHEMA, text_path
from docket.loading.spoken import texts_in
from docket.loading.trees import Folder
from docket.report.common import Report
from docket.rules import check as find
from docket.text.errors import CommandError
from docket.text.own import missing, told

OWN = ("municipality.json", "area.json", "submission.json")
"""The schemas that are each register's own."""


def run(options: argparse.Namespace) -> int:
    """All rules on the working copy."""
    gc.disable()  # all that is read stays until the end: there is nothing to collect
    try:
        return _check(options)
    finally:
        gc.enable()


def _check(options: argparse.Namespace) -> int:
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
    languages, told_in = docket.organiser.languages, lang_of(options)
    faults = [fault for lang in languages for fault in _faults(tree, lang, languages)]
    wrong = [f"{fault.of(told_in)}\n" for fault in faults]
    sys.stderr.write("".join(wrong))
    return WRONG if found.findings or wrong else OK


def _faults(tree: Folder, lang: Language, languages: Sequence[str]) -> Iterator[CommandError]:
    """What is wrong with the register's own words in a language, and which it lacks.

    It was checked, and something is to be mended: so the exit code is that of a finding.
    """
    yield from told(lang, tree.get(text_path(lang), b"")).faults
    yield from missing(lang, lang.own)
    yield from _lacking(tree, lang, languages)


def _lacking(
    files: Mapping[str, bytes], lang: str, languages: Sequence[str]
) -> Iterator[CommandError]:
    """The texts of the register's own schemas that are not in a language of it.

    Text by text; of a file that says nothing in it, its name alone.
    """
    for name in OWN:
        path = f"{SCHEMA}{name}"
        found = [*texts_in(json.loads(files.get(path, b"{}")), lang, languages)]
        lacking = [(at, text) for at, text, is_said in found if not is_said]
        if 1 < len(lacking) == len(found):
            yield CommandError("own_texts.schema_file", path=path, lang=lang, count=len(lacking))
            continue
        for at, text in lacking:
            yield CommandError("own_texts.schema", path=path, lang=lang, field=at, text=text)
