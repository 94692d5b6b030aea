"""What `docket receive` and `docket accept` share: when it came, and what was taken in."""

import argparse
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from docket.acts.changes import compared
from docket.acts.changes_text import Reader, sentences
from docket.acts.receipts import Arrival, fits
from docket.acts.refusal_text import refusal
from docket.cli.place import Place
from docket.cli.session import OK, WRONG, instant_of, moment_of
from docket.domain.instants import is_late
from docket.domain.nouns import Submission
from docket.domain.states import Way
from docket.rules.review import Review
from docket.text.catalogue import say
from docket.text.errors import CommandError


def arrival_of(
    options: argparse.Namespace, came: datetime | None = None, reference: str = ""
) -> Arrival:
    """When something came, by which way, and under which number, as the options say.

    Where they say nothing, `came` and `reference` hold: those of an e-mail. Raises `CommandError`,
    also where it is not that late yet: now, or at what `--at` names.
    """
    told = options.received or (came.isoformat() if came else "")
    if not told:
        raise CommandError("errors.take.no_time")
    received = instant_of(told)
    now = moment_of(options.at, options.languages) if options.at else datetime.now(UTC)
    if is_late(received, now, ZoneInfo("UTC")):
        raise CommandError("errors.take.future", received=told)
    if not fits(options.reference):
        raise CommandError("errors.take.reference")
    own = reference if fits(reference) else ""
    return Arrival(received, Way(options.via), options.reference or own)


def tell_taken(place: Place, found: Review, lang: str) -> int:
    """Say what was taken in, or proposed; what has a finding is refused in the sender's words.

    Raises `CommandError` where a proposal could not be sent.
    """
    if found.findings or found.crossed:
        sys.stdout.write(refusal(found, lang))
        return WRONG
    docket, reader = found.docket, Reader(lang, private=True)
    rows = []
    for one in compared(found):
        facts = {"name": docket.register[one.entry.municipality].full, "round": one.entry.round}
        if _is_there(found, one.entry):
            rows.append(say("intake.already", lang, **facts))
            continue
        rows.append(say(f"intake.{'proposed' if place.proposal else 'registered'}", lang, **facts))
        rows += [f"  {row}" for row in sentences(docket, one, reader)]
    sent = place.sent(lang)
    sys.stdout.write("".join(f"{row}\n" for row in rows) + sent)
    return OK


def _is_there(found: Review, entry: Submission) -> bool:
    """Whether the register had the very file, and every receipt of it."""
    before, after = found.before, found.docket
    key = entry.round, entry.municipality
    same = before.blobs.get(entry.path) == after.blobs.get(entry.path)
    return same and before.receipts_by.get(key) == after.receipts_by.get(key)
