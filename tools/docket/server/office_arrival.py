"""When something came, as somebody in the office says it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from docket.acts.receipts import Arrival, fits
from docket.domain.instants import instant
from docket.domain.states import Way
from docket.server.office_visit import Visit
from docket.text.errors import CommandError


def arrival_of(visit: Visit, via: Way) -> Arrival:
    """What the form's `received` and `reference` say. Raises `CommandError`."""
    text = visit.sent.of("received")
    if not text:
        raise CommandError("office.time.empty")
    received = time_of(text, visit.docket.organiser.zone)
    if received > visit.now:
        raise CommandError("office.time.future")
    reference = visit.sent.of("reference")
    if not fits(reference):
        raise CommandError("office.time.reference")
    return Arrival(received, via, reference)


def time_of(text: str, zone: ZoneInfo) -> datetime:
    """A time as a browser writes it, in the organiser's zone. Raises `CommandError`."""
    whole = text if text.count(":") > 1 else f"{text}:00"
    try:
        bare = instant(f"{whole}Z").replace(tzinfo=zone)
    except ValueError:
        raise CommandError("office.time.wrong") from None
    # an hour that the zone does not have is told as the one that it is
    return bare.astimezone(UTC).astimezone(zone)


def written(moment: datetime, zone: ZoneInfo) -> str:
    """A time as a browser's field has it."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0).isoformat()
