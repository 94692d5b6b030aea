"""What was answered, told field by field to somebody who may read all of it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docket.domain.docket import Docket
from docket.domain.instants import day
from docket.form.answers import Values
from docket.form.fields import Field, FieldKind
from docket.form.pointers import SEALED
from docket.text.catalogue import say
from docket.text.l10n import write_day


class Told(NamedTuple):
    """A field's pointer, what it is called, and what was answered, maybe on many lines."""

    pointer: str
    label: str
    text: str


def told(docket: Docket, fields: Mapping[str, Field], values: Values, lang: str) -> Iterator[Told]:
    """What was answered, in the order of the form."""
    for pointer, one in fields.items():
        text = values.get(pointer, "")
        if pointer == "/municipality":
            text = docket.register[text].full if text in docket.register else text
        elif pointer == "/areas":
            text = _areas(docket, values, lang)
        elif one.kind is FieldKind.CHOICE:
            text = dict(one.choices).get(text, text)
        elif pointer.endswith("/date"):
            text = _day(text, lang) or text
        if text:
            yield Told(pointer, one.label, text)
    if SEALED in values:
        label, sealed = say("own.answer.contact", lang), say("own.answer.sealed", lang)
        yield Told(SEALED, label, sealed)


def _areas(docket: Docket, values: Values, lang: str) -> str:
    """The areas, numbered where they are more than one."""
    areas = [text for pointer, text in values.items() if pointer.startswith("/areas/")]
    names = [docket.areas[one].of(lang) if one in docket.areas else one for one in areas]
    return "\n".join(
        names if len(names) == 1 else [f"{at}. {one}" for at, one in enumerate(names, 1)]
    )


def _day(text: str, lang: str) -> str:
    try:
        return write_day(day(text), lang)
    except ValueError:
        return ""
