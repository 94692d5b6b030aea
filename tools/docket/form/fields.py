"""The fields of the form, made from the schema and the round, and what it says of a finding."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from docket.domain.docket import Docket
from docket.domain.nouns import Finding, Municipality, Round
from docket.domain.spelling import danish
from docket.form.answers import meant
from docket.form.pointers import TEXTS
from docket.loading.schemas import Schemas, both, help_of, label
from docket.text.catalogue import say
from docket.text.l10n import short_day
from docket.text.messages import message, quoted

POINTERS = ("/municipality", "/areas", *TEXTS)
OWN = {
    "S04": "form.script.list",
    "M03": "form.script.holds",
    "M04": "form.script.elsewhere",
    "T05": "form.script.future",
}
"""Rules of which the form speaks in words of its own: its reader sees no file."""


class FieldKind(StrEnum):
    """How a field is filled in: what HTML calls it, or a text of many lines, or a choice."""

    TEXT = "text"
    EMAIL = "email"
    TEL = "tel"
    URL = "url"
    AREA = "area"
    CHOICE = "choice"


KINDS = {"email": FieldKind.EMAIL, "phone": FieldKind.TEL, "uri": FieldKind.URL}
"""By the schema's format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form; `limit` in characters, `choices` are words and their names."""

    pointer: str
    label: str
    help: str
    kind: FieldKind
    required: bool
    limit: int | None
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The field's id in the page."""
        return self.pointer[1:].replace("/", "-")


def fields(docket: Docket, schemas: Schemas, round_: Round, lang: str) -> dict[str, Field]:
    """The fields by pointer, in the order of the form."""
    found = {pointer: _field(schemas, pointer, lang) for pointer in POINTERS}
    areas = tuple((slug, docket.areas[slug].of(lang)) for slug in round_.seats)
    found["/areas"] = replace(
        found["/areas"], kind=FieldKind.CHOICE, required=True, limit=None, choices=areas
    )
    return found


def municipalities(docket: Docket) -> list[Municipality]:
    """Who can answer, as a Danish list has them."""
    return sorted(docket.register.values(), key=lambda one: danish(one.name))


def message_of(finding: Finding, docket: Docket, schemas: Schemas, lang: str) -> str:
    """What the form says of a finding: what to enter, where something is only missing."""
    pointer = finding.place.pointer
    is_missing = finding.code == "S01" or finding.variant in ("empty", "minItems")
    is_missing |= finding.code == "S04" and not finding.facts.get("found")
    if is_missing and pointer in POINTERS:
        return f"{asked(schemas, pointer, lang)}."
    own = OWN.get(finding.code)
    if own and pointer in ("/municipality", "/approval/date"):
        facts = {name: quoted(fact) for name, fact in finding.facts.items()}
        if finding.code == "S04" and (near := meant(str(finding.facts["found"]), docket.register)):
            own, facts["near"] = "form.script.near", near.name
        return say(own, lang, docket.organiser, **facts)
    if finding.variant == "smart":  # a matter of files: here, nobody writes quotation marks
        schema = schemas.field("submission.json", pointer)
        finding = replace(finding, variant=schema["format"])
    return message(finding, docket.organiser, lang)


def _field(schemas: Schemas, pointer: str, lang: str) -> Field:
    schema = schemas.field("submission.json", pointer)
    terms = schema.get("x-terms", {})
    choices = tuple((word, both(terms[word]).of(lang)) for word in schema.get("enum", ()))
    example = (
        f"{say('form.page.example', lang, short=short_day(lang))} "
        if schema.get("format") == "date"
        else ""
    )
    return Field(
        pointer=pointer,
        label=label(schema).of(lang),
        help=example + help_of(schema).of(lang),
        kind=_kind(pointer, schema),
        required=is_required(schemas, pointer),
        limit=schema.get("maxLength"),
        choices=choices if pointer != "/municipality" else (),
    )


def _kind(pointer: str, schema: Mapping[str, Any]) -> FieldKind:
    if pointer == "/motivation":
        return FieldKind.AREA
    if "enum" in schema and pointer != "/municipality":
        return FieldKind.CHOICE
    return KINDS.get(schema.get("format", ""), FieldKind.TEXT)


def is_required(schemas: Schemas, pointer: str) -> bool:
    """Whether the schema wants the field whatever the others hold."""
    above, _, key = pointer.rpartition("/")
    schema = schemas.field("submission.json", above)
    return key in schema.get("required", schema.get("else", {}).get("required", ()))


def asked(schemas: Schemas, pointer: str, lang: str) -> str:
    """What to do with a field that is empty."""
    return both(schemas.field("submission.json", pointer).get("x-ask", {})).of(lang)
