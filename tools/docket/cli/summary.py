"""`docket summary`: the overview for those who decide."""

import argparse
import sys

from docket import summary
from docket.acts.files import must_be_read
from docket.cli.files import put_file
from docket.cli.session import OK, docket_of, lang_of, root_of, round_of
from docket.domain.nouns import Round
from docket.git.place import is_shared
from docket.git.store import Store
from docket.rules import check
from docket.summary.lines import Opener, Summary, summarise, unopened
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path
from docket.views.round import all_rounds, round_view


def run(options: argparse.Namespace) -> int:
    """One round, or without one all rounds."""
    if options.format == "xlsx" and options.output is None and sys.stdout.isatty():
        raise CommandError("errors.summary.no_file")
    if options.key and not options.with_contacts:
        raise CommandError("errors.summary.key_alone")
    if options.with_contacts and options.output is not None and is_shared(options.output):
        raise CommandError("errors.summary.shared")
    content = _content(options)
    if options.output is None:
        sys.stdout.buffer.write(content)
        return OK
    try:
        put_file(options.output, content)
    except (PermissionError, IsADirectoryError):  # Windows says so of a workbook that is open
        name = show_path(str(options.output))
        raise CommandError("errors.summary.unwritten", name=name) from None
    return OK


def _content(options: argparse.Namespace) -> bytes:
    docket, lang = docket_of(options, past=True), lang_of(options)
    findings = check(docket)
    head = Store(root_of(options)).head()
    opener = _opener(options)

    def overview(round_: Round) -> Summary:
        found = summarise(docket, round_view(docket, round_, findings), head, lang, opener)
        _tell_sealed(options, found)
        return found

    if options.round:
        return summary.write(options.format, overview(round_of(docket, options.round)))
    rounds = [view.round for view in all_rounds(docket, findings)]
    if not rounds:
        for slug in docket.folders:
            must_be_read(docket, slug)
        raise CommandError("errors.summary.no_rounds")
    return summary.write_rounds(options.format, [overview(one) for one in rounds], lang)


def _opener(options: argparse.Namespace) -> Opener | None:
    """What hands out the contacts; None where they were not asked for."""
    if not options.with_contacts:
        return None
    if not options.key:
        return unopened
    from docket.acts import key  # noqa: PLC0415 - slow to import, and only a key needs it

    return key.opener(options.key)


def _tell_sealed(options: argparse.Namespace, found: Summary) -> None:
    """Say how many contacts could not be shown, and why."""
    count = sum(bool(line.contact.sealed) for line in found.lines)
    if count:
        key = "seal.other_key" if options.key else "seal.closed"
        sentence = say(key, lang_of(options), round=found.view.round.slug, count=count)
        sys.stderr.write(f"{sentence}\n")
