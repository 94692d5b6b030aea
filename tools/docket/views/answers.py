"""What was answered to the register's own fields, as people read it."""

from collections.abc import Mapping
from contextlib import suppress

from docket.domain.asked import Kind, OwnField, Value
from docket.domain.instants import day
from docket.loading.written import plain_text
from docket.text.l10n import write_day, write_number


def tell(field: OwnField, value: Value, lang: str) -> str:
    """A value in words; of a list each word, with commas between them."""
    names = {word: name.of(lang) for word, name in field.choices}
    texts = value if isinstance(value, tuple) else (plain_text(value),)
    return ", ".join(tell_text(field.kind, names, one, lang) for one in texts)


def tell_text(kind: Kind, names: Mapping[str, str], text: str, lang: str) -> str:
    """The same of a text as it is typed; `names` are what words are called."""
    with suppress(ValueError):  # what is no date and no number is told as it stands
        if kind is Kind.DATE:
            return write_day(day(text), lang)
        if kind is Kind.NUMBER:
            return write_number(float(text) if "." in text else int(text), lang)
    return names.get(text, text)
