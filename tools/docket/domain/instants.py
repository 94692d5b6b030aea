"""Days and instants: how they are written (RFC 3339), and when a day begins in a zone."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Day = date  # fields are called `date`, and would hide it
Moment = Day | datetime
"""A whole day in the organiser's zone, or an instant with its offset."""

# Written in the subset of regular expressions that Python and JavaScript read alike,
# because the form in the browser checks by the same patterns.
DAY = "(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"  # far from both ends of the calendar
HOUR = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"  # 24:00 is tomorrow: some readers take it, and some do not
INSTANT = rf"{DAY}T{HOUR}(?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?(?:Z|[+-]{HOUR})"


def day(text: str) -> date:
    """The date YYYY-MM-DD. Raises ValueError."""
    if not re.fullmatch(DAY, text):
        raise ValueError(text)
    return date.fromisoformat(text)


def instant(text: str) -> datetime:
    """The instant with its offset. Raises ValueError."""
    if not re.fullmatch(INSTANT, text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def moment(text: str) -> Moment:
    """A date or an instant. Raises ValueError."""
    return day(text) if re.fullmatch(DAY, text) else instant(text)


def begins(moment: Moment, zone: ZoneInfo) -> datetime:
    """The instant at which `moment` begins."""
    return moment if isinstance(moment, datetime) else _midnight(moment, zone)


@lru_cache(2**10)  # of a deadline all submissions ask
def _midnight(day: Day, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def minute(instant: datetime) -> datetime:
    """The beginning of the minute that `instant` is in: pages are as of one."""
    return instant.replace(second=0, microsecond=0)


def day_after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)


def day_of(moment: Moment, zone: ZoneInfo) -> date:
    """The day of `moment` in `zone`."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def is_late(received: datetime, deadline: Moment | None, zone: ZoneInfo) -> bool:
    """Whether `received` is past `deadline`: a day's end is too late, an instant itself is not."""
    if deadline is None:
        return False
    if isinstance(deadline, datetime):
        return received > deadline
    return received >= begins(day_after(deadline), zone)


def in_effect(day: date | None, instant: datetime, zone: ZoneInfo) -> bool:
    """Whether what is dated `day` has begun at `instant`."""
    return day is not None and begins(day, zone) <= instant
