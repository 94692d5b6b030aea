"""The form: its fields and what its script needs, made from the schema and the round."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docket.docket import Docket
from docket.formats import PATTERNS
from docket.model import Both, Round
from docket.schemas import Schemas, both, help_of, label
from docket.spelling import danish, fold
from docket.texts import texts

POINTERS = (
    "/contact/name",
    "/contact/title",
    "/contact/email",
    "/contact/phone",
    "/approval/status",
    "/approval/body",
    "/approval/date",
    "/approval/minutes",
    "/motivation",
)
SAID = ("S01", "S03", "S04", "S05", "S06", "S07", "M01")
LONGEST_ADDRESS = 8000
"""In bytes, as a login page would encode it once more: forges refuse longer ones."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. `kind` is text, email, tel, url, date, area or choice."""

    pointer: str
    label: str
    help: str
    kind: str
    required: bool
    limit: int | None
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The field's id in the page."""
        return self.pointer[1:].replace("/", "-")


def fields(docket: Docket, schemas: Schemas, call: Round, lang: str) -> dict[str, Field]:
    """The fields by pointer, in the order of the form."""
    found = {
        pointer: _field(schemas, pointer, lang)
        for pointer in ("/municipality", "/areas", *POINTERS)
    }
    areas = tuple((slug, docket.areas[slug].of(lang)) for slug in call.seats)
    first = found["/areas"]
    found["/areas"] = Field("/areas", first.label, first.help, "choice", True, None, areas)  # noqa: FBT003
    return found


def script(docket: Docket, schemas: Schemas, call: Round, lang: str) -> dict[str, Any]:
    """What the form's script knows: words, patterns, municipalities, where to send."""
    forge, receiver = docket.organiser.forge, call.receiver
    register = sorted(docket.register.values(), key=lambda one: danish(one.name))
    return {
        "lang": lang,
        "round": call.slug,
        "title": call.title.of(lang),
        "wishes": call.wishes,
        "municipalities": [
            [one.slug, one.name, sorted({fold(word) for word in _spelled(one)})] for one in register
        ],
        "fields": {
            pointer: _rules(schemas, pointer, lang)
            for pointer in ("/municipality", "/areas", *POINTERS)
        },
        "patterns": dict(PATTERNS),
        "say": _said(lang),
        "forge": {"kind": forge.kind, "address": forge.address, "branch": forge.branch}
        if forge
        else None,
        "zone": docket.organiser.zone.key,
        "longest": LONGEST_ADDRESS,
        "email": receiver.email if receiver else "",
    }


def _said(lang: str) -> dict[str, dict[str, str]]:
    """The messages by code and variant, and the one that speaks of the form's own list."""
    said = {
        code: {variant: text.of(lang) for variant, text in texts()[code].say.items()}
        for code in SAID
    }
    said["S04"]["list"] = Both(
        "»{found}« er ikke på listen. Vælg kommunen på listen.",
        "“{found}” is not on the list. Choose the municipality from the list.",
    ).of(lang)
    return said


def _field(schemas: Schemas, pointer: str, lang: str) -> Field:
    schema = schemas.field("submission.json", pointer)
    terms = schema.get("x-terms", {})
    choices = tuple((word, both(terms[word]).of(lang)) for word in schema.get("enum", ()))
    return Field(
        pointer,
        label(schema).of(lang),
        help_of(schema).of(lang),
        _kind(pointer, schema),
        is_required(schemas, pointer),
        schema.get("maxLength"),
        choices if pointer != "/municipality" else (),
    )


def _kind(pointer: str, schema: Mapping[str, Any]) -> str:
    if pointer == "/motivation":
        return "area"
    if "enum" in schema and pointer != "/municipality":
        return "choice"
    kinds = {"email": "email", "phone": "tel", "uri": "url", "date": "date"}
    return kinds.get(schema.get("format", ""), "text")


def is_required(schemas: Schemas, pointer: str) -> bool:
    """Whether the schema wants the field whatever the others hold."""
    above, _, key = pointer.rpartition("/")
    return key in schemas.field("submission.json", above).get("required", ())


def _rules(schemas: Schemas, pointer: str, lang: str) -> dict[str, Any]:
    schema = schemas.field("submission.json", pointer)
    rules: dict[str, Any] = {
        "label": label(schema).of(lang),
        "ask": both(schema.get("x-ask", {})).of(lang),
        "required": is_required(schemas, pointer),
    }
    kept = ("maxLength", "pattern", "format")
    rules |= {key: schema[key] for key in kept if key in schema}
    if "x-pattern" in schema:
        rules["rule"] = both(schema["x-pattern"]).of(lang)
    return rules


def _spelled(municipality: Any) -> list[str]:  # noqa: ANN401 - a Municipality
    code = municipality.code
    found = [municipality.slug, municipality.name, municipality.full, code, code.lstrip("0")]
    return [word for word in [*found, *municipality.also] if word]
