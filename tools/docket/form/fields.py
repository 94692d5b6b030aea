"""The fields of the form, made from the schema and the round, and what it says of a finding."""

from dataclasses import dataclass, replace

from docket.domain.asked import KINDS, Asked, Kind
from docket.domain.docket import Docket
from docket.domain.nouns import Finding, Municipality, Round
from docket.domain.spelling import danish
from docket.form.answers import meant, typed
from docket.loading.schemas import Schemas, both, help_of, label
from docket.text.catalogue import say
from docket.text.l10n import short_day
from docket.text.messages import message, quoted

OWN = {
    "S04": "form.script.list",
    "M03": "form.script.holds",
    "M04": "form.script.elsewhere",
    "T05": "form.script.future",
}
"""Rules of which the form speaks in words of its own: its reader sees no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form; `limit` in characters, `choices` are words and their names."""

    pointer: str
    label: str
    help: str
    kind: Kind
    required: bool
    limit: int | None
    integer: bool = False
    own: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def number(self) -> str:
        """Which numbers it takes: a word of the catalogue."""
        return "integer" if self.integer else "number"

    @property
    def id(self) -> str:
        """The field's id in the page, and the name under which it is sent."""
        return id_of(self.pointer)


def id_of(pointer: str) -> str:
    """The id of the field at a pointer: one of the register's own begins with `own-`."""
    name = pointer[1:].replace("/", "-")
    is_given = pointer in KINDS or pointer.startswith("/areas/")
    return name if is_given else f"own-{name}"


def names(asked: Asked) -> dict[str, str]:
    """By the pointer of each answer its name in a form that is sent; the areas have their own.

    A list of the register's own has one for each of its words.
    """
    found: dict[str, str] = {}
    for pointer in asked.pointers:
        own = asked.by_pointer.get(pointer)
        if own and own.kind is Kind.CHOICES:
            places = [f"{pointer}/{index}" for index in range(len(own.choices))]
            found |= {place: id_of(place) for place in places}
        elif pointer != "/areas":
            found[pointer] = id_of(pointer)
    return found


def fields(docket: Docket, schemas: Schemas, round_: Round, lang: str) -> dict[str, Field]:
    """The fields by pointer, in the order of the form."""
    found = {pointer: _field(schemas, pointer, lang) for pointer in schemas.asked.pointers}
    areas = tuple((slug, docket.areas[slug].of(lang)) for slug in round_.seats)
    found["/areas"] = replace(found["/areas"], required=True, limit=None, choices=areas)
    return found


def municipalities(docket: Docket) -> list[Municipality]:
    """Who can answer, as a Danish list has them."""
    return sorted(docket.register.values(), key=lambda one: danish(one.name))


def message_of(finding: Finding, docket: Docket, schemas: Schemas, lang: str) -> str:
    """What the form says of a finding: what to enter, where something is only missing."""
    pointer = schemas.asked.field(finding.place.pointer)
    kind = schemas.asked.kind(pointer)
    is_missing = finding.code == "S01" or finding.variant in ("empty", "minItems")
    is_missing |= finding.code == "S04" and not finding.facts.get("found")
    is_missing |= finding.code == "S03" and kind is Kind.YES_NO
    if is_missing and pointer in schemas.asked.pointers:
        return f"{asked(schemas, pointer, lang)}."
    if finding.code == "S03" and kind is Kind.NUMBER:
        whole = "integer" if schemas.asked.by_pointer[pointer].integer else "number"
        found = typed(schemas.asked, {pointer: str(finding.facts["text"])}, lang)[pointer]
        field = schemas.asked.by_pointer[pointer].label
        return say(f"form.script.{whole}", lang, found=quoted(found), field=field)
    own = OWN.get(finding.code)
    if own and pointer in ("/municipality", "/approval/date"):
        facts = {name: quoted(fact) for name, fact in finding.facts.items()}
        if finding.code == "S04" and (near := meant(str(finding.facts["found"]), docket.register)):
            own, facts["near"] = "form.script.near", near.name
        return say(own, lang, docket.organiser, **facts)
    if finding.variant == "smart":  # a matter of files: here, nobody writes quotation marks
        schema = schemas.field("submission.json", pointer)
        finding = finding._replace(variant=schema["format"])
    return message(finding, docket.organiser, lang)


def _field(schemas: Schemas, pointer: str, lang: str) -> Field:
    schema = schemas.field("submission.json", pointer)
    own = schemas.asked.by_pointer.get(pointer)
    kind = schemas.asked.kind(pointer)
    terms = schema.get("x-terms", {})
    choices = tuple((word, both(terms[word]).of(lang)) for word in schema.get("enum", ()))
    if own:
        choices = tuple((word, name.of(lang)) for word, name in own.choices)
    help_ = [
        *([say("form.page.example", lang, short=short_day(lang))] if kind is Kind.DATE else []),
        help_of(schema).of(lang),
        *([say("form.page.unpublished", lang)] if own and not own.published else []),
    ]
    return Field(
        pointer=pointer,
        label=label(schema).of(lang),
        help=" ".join(filter(None, help_)),
        kind=kind,
        required=is_required(schemas, pointer),
        limit=schema.get("maxLength"),
        integer=bool(own and own.integer),
        own=own is not None,
        choices=choices if pointer != "/municipality" else (),
    )


def is_required(schemas: Schemas, pointer: str) -> bool:
    """Whether the schema wants the field whatever the others hold."""
    above, _, key = pointer.rpartition("/")
    schema = schemas.field("submission.json", above)
    return key in schema.get("required", schema.get("else", {}).get("required", ()))


def asked(schemas: Schemas, pointer: str, lang: str) -> str:
    """What to do with a field that is empty."""
    return both(schemas.field("submission.json", pointer).get("x-ask", {})).of(lang)
