"""`docket summary`: the overview for those who decide."""

import argparse
import sys
from pathlib import Path

from docket import summary
from docket.commands import OK, docket_of, lang_of, root_of, round_of
from docket.model import Round
from docket.paths import show_path
from docket.rules import check
from docket.store import Store
from docket.summary.lines import Summary, summarise
from docket.trouble import Trouble
from docket.view import all_rounds, round_view


def summary_of(options: argparse.Namespace) -> int:
    """One round, or without one all rounds."""
    if options.format == "xlsx" and options.output is None and sys.stdout.isatty():
        raise Trouble(
            "Et regneark kan ikke vises her. Skriv, hvor det skal gemmes: -o overblik.xlsx",
            "A workbook cannot be shown here. Write where to keep it: -o summary.xlsx",
        )
    if options.with_contacts and options.output is not None:
        _keep_out(Store(root_of(options)), options.output)
    content = _content(options)
    if options.output is None:
        sys.stdout.buffer.write(content)
        return OK
    try:
        options.output.write_bytes(content)
    except OSError:
        name = show_path(str(options.output))
        raise Trouble(
            f"{name} kan ikke skrives. Er filen åben, så luk den.",
            f"{name} cannot be written. If the file is open, close it.",
        ) from None
    return OK


def _keep_out(store: Store, output: Path) -> None:
    """The organiser's copy may not lie where the next commit would publish it. Raises `Trouble`."""
    place = output.resolve()
    if not place.is_relative_to(store.top.resolve()):
        return
    if store.attempt("check-ignore", "--quiet", "--", str(place)) is None:
        raise Trouble(
            "Filen har kontaktoplysninger og ville ligge i registeret, som alle kan læse. "
            "Gem den et andet sted.",
            "The file has contacts and would lie in the register, which everybody can read. "
            "Keep it somewhere else.",
        )


def _content(options: argparse.Namespace) -> bytes:
    docket, lang = docket_of(options), lang_of(options)
    findings = check(docket)
    head = Store(root_of(options)).head()

    def told(call: Round) -> Summary:
        view = round_view(docket, call, findings)
        return summarise(docket, view, head, lang, contacts=options.with_contacts)

    if options.round:
        return summary.write(options.format, told(round_of(docket, options.round)))
    calls = [view.call for view in all_rounds(docket, findings)]
    if not calls:
        raise Trouble("Der er ingen runder endnu.", "There are no rounds yet.")
    return summary.write_rounds(options.format, [told(call) for call in calls], lang)
