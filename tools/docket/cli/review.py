"""`docket review`: what a change would do, read from Git's objects alone."""

import argparse
import json
import sys
from datetime import datetime

from docket.acts import changes_text
from docket.acts.changes import compared, is_routine
from docket.acts.changes_text import Reader, paragraphs, sentences
from docket.acts.examine import Given, examine
from docket.cli.session import OK, WRONG, instant_of, lang_of, store_of
from docket.domain.states import Party
from docket.forge.answer import markdown
from docket.report import github, machine, text
from docket.report.common import Report
from docket.rules.review import Review
from docket.text.catalogue import say
from docket.text.escape import printable


def run(options: argparse.Namespace) -> int:
    """What HEAD would change on BASE."""
    received = instant_of(options.received)
    with store_of(options) as store:
        found = examine(store, options.base, options.head, Given(received, Party(options.by)))
    sys.stdout.write(_told(found, options.format, lang_of(options), received))
    return WRONG if found.findings else OK


def _told(found: Review, form: str, lang: str, received: datetime) -> str:
    changed = frozenset(touch.path for touch in found.touched)
    report = Report(found.docket, found.findings, {}, lang, changed=changed)
    if form == "markdown":
        return markdown(found, received)
    comparisons = compared(found)
    if form == "github":
        title = say("changes.title", lang)
        told = [
            github.notice(
                one.entry.path, title, " ".join(sentences(found.docket, one, Reader(lang)))
            )
            for one in comparisons
        ]
        return github.write(report) + "".join(told)
    if form == "json":
        more = {
            "routine": is_routine(found),
            "changes": [changes_text.data(found.docket, one) for one in comparisons],
            "changed": [printable(touch.path) for touch in found.touched],
        }
        return json.dumps({**machine.as_data(report), **more}, ensure_ascii=False, indent=2) + "\n"
    rows = paragraphs(found.docket, comparisons, Reader(lang, private=True))
    return "\n".join([text.write(report), *rows, ""]) if comparisons else text.write(report)
