"""`docket review`: what a change would do, read from Git's objects alone."""

import argparse
import json
import sys
from datetime import datetime

from docket.acts.examine import Given, examine
from docket.cli.session import OK, WRONG, instant_of, lang_of, store_of
from docket.domain.states import Party
from docket.forge.answer import markdown
from docket.report import github, machine, text
from docket.report.common import Report
from docket.rules.review import Review
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
    if form == "github":
        return github.write(report)
    if form == "json":
        more = {
            "routine": found.is_routine,
            "changed": [printable(touch.path) for touch in found.touched],
        }
        return json.dumps({**machine.as_data(report), **more}, ensure_ascii=False, indent=2) + "\n"
    return text.write(report)
