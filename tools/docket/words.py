"""How facts are written for a reader: dates, times, lists, names, in Danish and English."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from docket.model import Both, Moment

DANISH_MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december".split()
)
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December".split()
)
DANISH_DAYS = "mandag tirsdag onsdag torsdag fredag lørdag søndag".split()
ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
LONGEST = 80
"""So much of what somebody wrote is quoted back to them."""


def write_day(day: date, lang: str, *, weekday: bool = False) -> str:
    """8. august 2022; mandag den 8. august 2022."""
    if lang == "en":
        text = f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
        return f"{ENGLISH_DAYS[day.weekday()]} {text}" if weekday else text
    text = f"{day.day}. {DANISH_MONTHS[day.month - 1]} {day.year}"
    return f"{DANISH_DAYS[day.weekday()]} den {text}" if weekday else text


def write_moment(moment: Moment, lang: str, zone: ZoneInfo, *, weekday: bool = False) -> str:
    """A day as it is; an instant in `zone`: 5. august 2022 kl. 14.03."""
    if not isinstance(moment, datetime):
        return write_day(moment, lang, weekday=weekday)
    local = moment.astimezone(zone)
    day = write_day(local.date(), lang, weekday=weekday)
    if lang == "en":
        return f"{day} at {local:%H:%M}" + (f":{local:%S}" if local.second else "")
    return f"{day} kl. {local:%H.%M}" + (f".{local:%S}" if local.second else "")


def write_list(words: Iterable[str], lang: str, last: str = "") -> str:
    """A, b og c. `last` is "and", "or", or "" for commas alone."""
    items = list(words)
    link = {"and": Both("og", "and"), "or": Both("eller", "or")}.get(last)
    if link is None or len(items) < 2:  # noqa: PLR2004 - one is no list
        return ", ".join(items)
    return f"{', '.join(items[:-1])} {link.of(lang)} {items[-1]}"


def write_number(number: float, lang: str) -> str:
    """1.234 in Danish, 1,234 in English."""
    text = f"{number:,}"
    return text if lang == "en" else text.translate({ord(","): ".", ord("."): ","})


def write(fact: object, lang: str, zone: ZoneInfo, how: str = "") -> str:
    """A fact of a finding. `how` links a list: "and", "or"."""
    if isinstance(fact, Both):
        return fact.of(lang)
    if isinstance(fact, tuple):
        return write_list(fact, lang, how)
    if isinstance(fact, date):
        return write_moment(fact, lang, zone)
    if isinstance(fact, int):
        return write_number(fact, lang)
    text = " ".join(str(fact).split())
    text = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
