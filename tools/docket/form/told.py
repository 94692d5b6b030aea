"""What was answered, told field by field to somebody who may read all of it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docket.domain.asked import SEALED, Kind
from docket.domain.docket import Docket
from docket.form.answers import Values
from docket.form.fields import Field
from docket.text.catalogue import say
from docket.views.answers import tell_text


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
        elif one.kind is Kind.CHOICES:
            names = dict(one.choices)
            text = "\n".join(names.get(word, word) for word in listed(values, pointer))
        else:
            text = tell_text(one.kind, dict(one.choices), text, lang)
        if text:
            yield Told(pointer, one.label, text)
    if SEALED in values:
        label, sealed = say("own.answer.contact", lang), say("own.answer.sealed", lang)
        yield Told(SEALED, label, sealed)


def listed(values: Values, field: str) -> list[str]:
    """The words of a list."""
    return [text for pointer, text in values.items() if pointer.startswith(f"{field}/")]


def _areas(docket: Docket, values: Values, lang: str) -> str:
    """The areas, numbered where they are more than one."""
    areas = listed(values, "/areas")
    names = [docket.areas[one].of(lang) if one in docket.areas else one for one in areas]
    return "\n".join(
        names if len(names) == 1 else [f"{at}. {one}" for at, one in enumerate(names, 1)]
    )
