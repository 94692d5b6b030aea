"""`docket summary`: the overview for those who decide."""

import argparse
import sys
from functools import partial
from pathlib import Path

from docket import summary
from docket.cli.session import OK, docket_of, lang_of, root_of, round_of, tell
from docket.domain.nouns import Round
from docket.git.place import is_shared
from docket.git.store import Store
from docket.rules import check
from docket.summary.lines import Opener, Summary, summarise, unopened
from docket.text.errors import PairError
from docket.text.escape import show_path
from docket.views.round import all_rounds, round_view


def run(options: argparse.Namespace) -> int:
    """One round, or without one all rounds."""
    if options.format == "xlsx" and options.output is None and sys.stdout.isatty():
        raise PairError(
            "Et regneark kan ikke vises her. Skriv, hvor det skal gemmes: -o overblik.xlsx",
            "A workbook cannot be shown here. Write where to keep it: -o summary.xlsx",
        )
    if options.key and not options.with_contacts:
        raise PairError(
            "En nøgle åbner kontaktpersoner. Skriv også --with-contacts",
            "A key opens contacts. Write --with-contacts too",
        )
    if options.with_contacts and options.output is not None and is_shared(options.output):
        raise PairError(
            "Filen har kontaktoplysninger og ville ligge i registeret, som alle kan læse. "
            "Gem den et andet sted.",
            "The file has contacts and would lie in the register, which everybody can read. "
            "Keep it somewhere else.",
        )
    content = _content(options)
    if options.output is None:
        sys.stdout.buffer.write(content)
        return OK
    try:
        options.output.write_bytes(content)
    except OSError:
        name = show_path(str(options.output))
        raise PairError(
            f"{name} kan ikke skrives. Er filen åben, så luk den.",
            f"{name} cannot be written. If the file is open, close it.",
        ) from None
    return OK


def _opener(path: Path) -> Opener:
    """What opens sealed contacts with the key in a file. Raises `CommandError`."""
    from docket.acts import seal  # noqa: PLC0415 - slow to import, and only a key needs it

    name = show_path(str(path))
    try:
        key = seal.read_key(path.read_bytes())
    except OSError:
        raise PairError(f"{name} kan ikke åbnes.", f"{name} cannot be opened.") from None
    except seal.NoKey:
        raise PairError(
            f"{name} er ikke en privat nøgle fra docket key. Er nøglen væk, så tag overblikket "
            "uden --key: kun de forseglede kontaktpersoner mangler.",
            f"{name} is no private key from docket key. If the key is lost, make the summary "
            "without --key: only the sealed contacts are missing.",
        ) from None
    return partial(seal.open_contact, key)


def _tell_sealed(options: argparse.Namespace, found: Summary) -> None:
    """Say how many contacts could not be shown, and why."""
    count = sum(bool(line.contact.sealed) for line in found.lines)
    if not count:
        return
    round_ = found.view.round.slug
    if options.key:
        tell(
            options,
            f"{round_}: nøglen åbner ikke {count} af kontaktpersonerne. Resten af overblikket er "
            "helt.",
            f"{round_}: the key does not open {count} of the contacts. The rest of the summary is "
            "whole.",
        )
    else:
        tell(
            options,
            f"{round_}: {count} af kontaktpersonerne er forseglet. Åbn dem med --key FILE",
            f"{round_}: {count} of the contacts are sealed. Open them with --key FILE",
        )


def _content(options: argparse.Namespace) -> bytes:
    docket, lang = docket_of(options), lang_of(options)
    findings = check(docket)
    head = Store(root_of(options)).head()
    opener = _opener(options.key) if options.key else unopened

    def told(round_: Round) -> Summary:
        view = round_view(docket, round_, findings)
        found = summarise(docket, view, head, lang, opener if options.with_contacts else None)
        _tell_sealed(options, found)
        return found

    if options.round:
        return summary.write(options.format, told(round_of(docket, options.round)))
    calls = [view.round for view in all_rounds(docket, findings)]
    if not calls:
        raise PairError("Der er ingen runder endnu.", "There are no rounds yet.")
    return summary.write_rounds(options.format, [told(round_) for round_ in calls], lang)
