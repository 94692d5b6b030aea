"""What people write in more than one way, in the one way in which it is kept.

The form does the same in the browser (`site/theme/assets/form/values.js` and `numbers.js`).
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from docket.domain.instants import Moment, moment
from docket.domain.languages import PACKAGE
from docket.domain.spelling import plain
from docket.loading.document import Document
from docket.loading.marks import Data, step
from docket.text.l10n import months, weekdays

if TYPE_CHECKING:  # a command that only asks does not wait for the judges
    from docket.loading.schemas import Schemas

WORD = r"[^\W\d_]"
DATE = re.compile(
    rf"((?:{WORD}+[.,]* *){{0,2}})"  # onsdag den
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[ ./-]+([0-9]{{1,2}}|{WORD}{{3,}})"
    r"(?:[ ./,-]+([0-9]{4}|[0-9]{2}))?\.?",
    re.IGNORECASE,
)
ARTICLES = ("d", "den", "der", "the")
"""What may stand before a day, beside the day of the week."""
GROUPED = "(-?[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+)(?:{before}([0-9]+))?"
PARTS = re.compile("(-?)([0-9]+)(?:[.,]([0-9]+))?")
DIGITS, THOUSAND = 15, 3
SHORTEST = 2
"""So many letters a day of the week is shortened to: Mo., ons."""
CENTURY, LEAP = "20", 9
ODD = re.compile("[^ -~]|[()]|[ ./-]{2}")
"""What can be written in another way."""


def rewritten(schemas: "Schemas", name: str, document: Document) -> Document:
    """`document`, a `name` ("round.json"), where what has a format or is a fixed word is plain."""
    data = None
    whole = document.data if isinstance(document.data, dict | list) else []
    for pointer, text in _odd(whole, ""):
        if pointer in document.spoiled:
            continue
        schema = schemas.field(name, pointer)
        kind = schema.get("format", "enum" if "enum" in schema else "")
        if kind and (new := written(kind, text)) != text:
            data = deepcopy(document.data) if data is None else data
            _put(data, pointer.split("/")[1:], new)
    return document if data is None else document._replace(data=data)


def _odd(data: Data, pointer: str) -> Iterator[tuple[str, str]]:
    """The texts in a list or mapping that can be written in another way."""
    for key, one in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(one, str):
            if ODD.search(one):
                yield step(pointer, key), one
        elif isinstance(one, dict | list):
            yield from _odd(one, step(pointer, key))


def _put(data: Data, steps: list[str], text: str) -> None:
    *above, last = (one.replace("~1", "/").replace("~0", "~") for one in steps)
    for one in above:
        data = data[int(one) if isinstance(data, list) else one]
    data[int(last) if isinstance(data, list) else last] = text


def written(kind: str, text: str) -> str:
    """`text` as a field of a kind ("phone", "email", "date", "uri") has it, on one line."""
    line = plain(text)
    if kind != "phone":
        return line
    return re.sub("[ ./-]{2,}", " ", re.sub(r"\(0\)|[()]", "", line)).strip()


def dated(
    text: str,
    languages: Iterable[str] = PACKAGE,
    *,
    today: date | None = None,
    past: bool = False,
) -> str:
    """A date as people write it (31-8-2022, 31.8.22, d. 31. august) as 2022-08-31.

    Names of months and of days of the week are in one of `languages`, the register's.

    Two digits are a year of this century. Without a year it is the next such day from `today`
    on, or the last one until then where it is `past`. What is no date stays as it is.
    """
    found = DATE.fullmatch(plain(text))
    month = _month(found[3], languages) if found and _leads(found[1], languages) else 0
    if not found or not month:
        return text
    if year := found[4]:
        return f"{CENTURY[len(year) - 2 :]}{year}-{month:02}-{found[2]:0>2}"
    years = _years(today, past=past) if today else ()
    days = (_day(year, month, int(found[2])) for year in years)
    held = (one for one in days if one and today and (one <= today if past else one >= today))
    return next((one.isoformat() for one in held), text)


def moment_in(text: str, languages: Iterable[str] = PACKAGE) -> Moment:
    """A date or an instant as people write it. Raises ValueError."""
    return moment(dated(plain(text), languages))


def numbered(text: str, decimal: str) -> str:
    """A number as people write it, with `decimal` before its fraction, as a file has it.

    1.250,5 is 1250.5 where that is a comma. What is none, or has over 15 digits and so is another
    number to others, stays as it is. Three decimals get a nought: nobody takes them for thousands.
    """
    line = re.sub("(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "", plain(text))
    other = "." if decimal == "," else ","
    for mark, before in ((other, decimal), (decimal, other)):
        grouped = GROUPED.format(mark=re.escape(mark), before=re.escape(before))
        found = re.fullmatch(grouped, line)
        if found and (mark == other or found[2] or line.count(mark) > 1):
            line = found[1].replace(mark, "") + (f".{found[2]}" if found[2] else "")
    found = PARTS.fullmatch(line)
    if not found:
        return line
    whole, rest = found[2].lstrip("0") or "0", (found[3] or "").rstrip("0")
    if len(whole) + len(rest) > DIGITS:
        return line
    sign = found[1] if whole != "0" or rest else ""
    return f"{sign}{whole}" + (f".{rest}{'0' * (len(rest) == THOUSAND)}" if rest else "")


def number_text(number: float) -> str:
    """A number of a file as `numbered` writes it."""
    return numbered(format(Decimal(repr(number)), "f"), ".") if number % 1 else str(int(number))


def plain_text(value: object) -> str:
    """A value of a file as it is typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, float) else str(value)


def _month(word: str, languages: Iterable[str]) -> int:
    """The number of a month that is written as one or begins a name; 0 where there is none."""
    if not word.isalpha():
        return int(word)
    names = (one for lang in languages for one in months(lang))
    start = word.lower()
    return next((i % 12 + 1 for i, one in enumerate(names) if one.lower().startswith(start)), 0)


def _leads(text: str, languages: Iterable[str]) -> bool:
    """Whether nothing but an article or a day of the week stands before a date."""
    words = re.findall(f"{WORD}+", text.lower())
    names = [one.lower() for lang in languages for one in weekdays(lang)] if words else []
    return all(
        one in ARTICLES or (len(one) >= SHORTEST and any(name.startswith(one) for name in names))
        for one in words
    )


def _years(today: date, *, past: bool) -> range:
    """The years in which a day is looked for: 29 February is there in one of them."""
    return range(today.year, today.year + (-LEAP if past else LEAP), -1 if past else 1)


def _day(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None
