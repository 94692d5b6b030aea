"""How facts are written for a reader: dates, times, numbers, lists, by the CLDR's rules (Babel).

Babel is imported when something is written: a command that writes nothing does not wait for it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from docket.domain.instants import Moment
from docket.domain.languages import Texts

LOCALES = {"en": "en_GB"}
"""Where a language is written as in one country; others by their own name."""
DAYS = {"da": "d. MMMM y", "en": "d MMMM y"}
WEEKDAYS = {"da": "EEEE 'den' d. MMMM y", "en": "EEEE d MMMM y"}  # the CLDR's English has a comma
TIMES = {"da": ("'kl.' HH.mm", ".ss"), "en": ("'at' HH:mm", ":ss")}
"""Patterns of our own (CLDR's letters), and how seconds are added; else as the CLDR has them."""
NAMES = {("da", "da"): "dansk", ("da", "en"): "Danish"}
NAMES |= {("en", "da"): "engelsk", ("en", "en"): "English"}
"""What the languages of the package are called in it: a command's help does not wait for Babel."""
TYPED = {"da": "d-M-y"}
"""How a day is typed, where not as the CLDR has it."""
PAIRED = ("da", "en")
"""Of whole numbers these know only one and other: so much is known without the CLDR."""
LISTS = {"and": "standard", "or": "or"}


@cache
def write_day(day: date, lang: str, *, weekday: bool = False) -> str:
    """8. august 2022; mandag den 8. august 2022."""
    from babel.dates import format_date  # noqa: PLC0415 - see above

    pattern = (WEEKDAYS if weekday else DAYS).get(lang, "full" if weekday else "long")
    return format_date(day, pattern, locale_of(lang))


@cache
def short_day(lang: str) -> str:
    """A day of August as somebody types it: 31-8-2022, 31/08/2022."""
    from babel.dates import format_date  # noqa: PLC0415 - see above

    return format_date(date(2022, 8, 31), TYPED.get(lang, "short"), locale_of(lang))


def write_moment(moment: Moment, lang: str, zone: ZoneInfo, *, weekday: bool = False) -> str:
    """A day as it is; an instant in `zone`: 5. august 2022 kl. 14.03."""
    if not isinstance(moment, datetime):
        return write_day(moment, lang, weekday=weekday)
    from babel.dates import format_time  # noqa: PLC0415 - see above

    local = moment.astimezone(zone)
    minutes, seconds = TIMES.get(lang, ("HH:mm", ":ss"))
    pattern = minutes + (seconds if local.second else "")
    time = format_time(local.time(), pattern, locale=locale_of(lang))
    return f"{write_day(local.date(), lang, weekday=weekday)} {time}"


def write_list(words: Iterable[str], lang: str, last: str = "") -> str:
    """A, b og c. `last` is "and", "or", or "" for commas alone."""
    items = list(words)
    if last not in LISTS or len(items) < 2:  # noqa: PLR2004 - one is no list
        return ", ".join(items)
    from babel.lists import format_list  # noqa: PLC0415 - see above

    return format_list(items, LISTS[last], locale_of(lang))  # type: ignore[arg-type]


def write_number(number: float, lang: str) -> str:
    """1.234 in Danish, 1,234 in English."""
    if isinstance(number, int) and 0 <= number < 1000:  # noqa: PLR2004 - the same in all
        return str(number)
    from babel.numbers import format_decimal  # noqa: PLC0415 - see above

    return format_decimal(number, locale=locale_of(lang), decimal_quantization=False)


@cache
def decimal_mark(lang: str) -> str:
    """What stands before a fraction: a comma in Danish, a full stop in English."""
    from babel.numbers import get_decimal_symbol  # noqa: PLC0415 - see above

    return get_decimal_symbol(locale_of(lang))


def plural(count: int, lang: str) -> str:
    """Which form a sentence of so many takes: one, few, many, other."""
    if lang in PAIRED:
        return "one" if count == 1 else "other"
    from babel import Locale  # noqa: PLC0415 - see above

    return Locale.parse(locale_of(lang)).plural_form(count)


@cache
def months(lang: str) -> tuple[str, ...]:
    """The names of the months in a date, January first."""
    from babel import Locale  # noqa: PLC0415 - see above

    return tuple(Locale.parse(locale_of(lang)).months["format"]["wide"].values())


@cache
def weekdays(lang: str) -> tuple[str, ...]:
    """The names of the days of the week in a date, Monday first."""
    from babel import Locale  # noqa: PLC0415 - see above

    return tuple(Locale.parse(locale_of(lang)).days["format"]["wide"].values())


def language_name(lang: str, reader: str) -> str:
    """What a language is called in another: svensk, Swedish."""
    if name := NAMES.get((str(lang), str(reader))):
        return name
    from babel import Locale  # noqa: PLC0415 - see above

    return str(Locale.parse(locale_of(reader)).languages.get(lang, lang))


def own_name(lang: str) -> str:
    """What a language calls itself, as a menu has it: Dansk, English."""
    name = language_name(lang, lang)
    return name[:1].upper() + name[1:]


@cache
def locale_of(lang: str) -> str:
    """The CLDR's name for how `lang` is written; English where it does not know it."""
    return LOCALES.get(lang, lang if is_known(lang) else LOCALES["en"])


def is_known(lang: str) -> bool:
    """Whether the CLDR knows a language."""
    if lang in DAYS:  # the package's own
        return True
    from babel.localedata import exists  # noqa: PLC0415 - see above

    return exists(lang)


def write(fact: object, lang: str, zone: ZoneInfo, how: str = "") -> str:
    """A fact as a hole wants it.

    `how` links a list ("and", "or"), names the day of the week ("weekday"), or makes text
    a sentence of its own that may be left out ("sentence").
    """
    if isinstance(fact, Texts):
        fact = fact.of(lang)
    if isinstance(fact, tuple | list):
        words = (one.of(lang) if isinstance(one, Texts) else one for one in fact)
        return write_list(words, lang, how)
    if isinstance(fact, date):
        return write_moment(fact, lang, zone, weekday=how == "weekday")
    if isinstance(fact, int | float):
        return write_number(fact, lang)
    text = str(fact)
    return f"{text}. " if text and how == "sentence" else text
