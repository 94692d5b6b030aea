"""The form: its fields and what its script needs, made from the schema and the round."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from docket.domain.docket import Docket
from docket.domain.instants import Moment, begins, day_after
from docket.domain.nouns import Finding, Municipality, Round
from docket.domain.spelling import danish, fold
from docket.form.answers import TEXTS, spelled
from docket.loading.formats import PATTERNS
from docket.loading.schemas import Schemas, both, help_of, label
from docket.text.catalogue import entries, say, template
from docket.text.l10n import months
from docket.text.messages import message, quoted, variants

POINTERS = ("/municipality", "/areas", *TEXTS)
PUBLIC = ("/municipality", "/areas", "/approval/", "/motivation", "/withdrawn/date")
"""What the site shows of a submission: these, and what lies under them."""
SAID = ("S05", "S06", "S07")
OWN = {"S04": "list", "M03": "holds", "M04": "elsewhere", "T05": "future"}
"""Rules of which the form speaks in words of its own: its reader sees no file."""
SCRIPT = "form.script."
"""The sentences that the script says, by the names that it calls them."""
LONGEST_ADDRESS = 8000
"""In bytes, as a login page would encode it once more: forges refuse longer ones."""


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


def said(finding: Finding, docket: Docket, schemas: Schemas, lang: str) -> str:
    """What the form says of a finding: what to enter, where something is only missing."""
    pointer = finding.place.pointer
    is_missing = finding.code == "S01" or finding.variant in ("empty", "minItems")
    is_missing |= finding.code == "S04" and not finding.facts.get("found")
    if is_missing and pointer in POINTERS:
        return f"{_asked(schemas, pointer, lang)}."
    own = OWN.get(finding.code)
    if own and pointer in ("/municipality", "/approval/date"):
        facts = {name: quoted(fact) for name, fact in finding.facts.items()}
        return say(f"{SCRIPT}{own}", lang, docket.organiser, **facts)
    if finding.variant == "smart":  # a matter of files: here, nobody writes quotation marks
        schema = schemas.field("submission.json", pointer)
        finding = replace(finding, variant=schema["format"])
    return message(finding, docket.organiser, lang)


def script(docket: Docket, schemas: Schemas, round_: Round, lang: str) -> dict[str, Any]:
    """What the form's script knows: words, patterns, municipalities, where to send."""
    forge, receiver = docket.organiser.forge, round_.receiver
    return {
        "lang": lang,
        "round": round_.slug,
        "title": round_.title.of(lang),
        "wishes": round_.wishes,
        "municipalities": [
            [one.slug, one.name, sorted({fold(word) for word in spelled(one)})]
            for one in municipalities(docket)
        ],
        "fields": {pointer: _rules(schemas, pointer, lang) for pointer in POINTERS},
        "patterns": dict(PATTERNS),
        "say": _said(docket, lang),
        "words": {
            key.removeprefix(SCRIPT): template(key, lang, docket.organiser)
            for key in entries("form")
            if key.startswith(SCRIPT)
        },
        "forge": {"kind": forge.kind, "address": forge.address, "branch": forge.branch}
        if forge
        else None,
        "months": [*months("da"), *months("en")],
        "zone": docket.organiser.zone.key,
        "opens": begins(round_.opens, docket.organiser.zone).isoformat() if round_.opens else None,
        "closes": _last(docket, round_.deadline),
        "longest": LONGEST_ADDRESS,
        "email": receiver.email if receiver else "",
        "seal": dict(round_.seal) if round_.seal else None,
    }


def _last(docket: Docket, deadline: Moment | None) -> str | None:
    """The last millisecond that is in time: a browser's clock counts no finer."""
    if deadline is None or isinstance(deadline, datetime):
        return deadline.isoformat() if deadline else None
    after = begins(day_after(deadline), docket.organiser.zone)
    return (after - timedelta(milliseconds=1)).isoformat(timespec="milliseconds")


def _said(docket: Docket, lang: str) -> dict[str, dict[str, str]]:
    """The messages by code and variant."""
    return {
        code: {
            variant: template(f"rules.{code}.say.{variant}", lang, docket.organiser)
            for variant in variants(code)
        }
        for code in SAID
    }


def _field(schemas: Schemas, pointer: str, lang: str) -> Field:
    schema = schemas.field("submission.json", pointer)
    terms = schema.get("x-terms", {})
    choices = tuple((word, both(terms[word]).of(lang)) for word in schema.get("enum", ()))
    example = f"{say('form.page.example', lang)} " if schema.get("format") == "date" else ""
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


def _asked(schemas: Schemas, pointer: str, lang: str) -> str:
    return both(schemas.field("submission.json", pointer).get("x-ask", {})).of(lang)


def _rules(schemas: Schemas, pointer: str, lang: str) -> dict[str, Any]:
    schema = schemas.field("submission.json", pointer)
    rules: dict[str, Any] = {
        "label": label(schema).of(lang),
        "ask": _asked(schemas, pointer, lang),
        "required": is_required(schemas, pointer) and not pointer.startswith("/withdrawn/"),
        "public": pointer.startswith(PUBLIC),
    }
    kept = ("maxLength", "pattern", "format")
    rules |= {key: schema[key] for key in kept if key in schema}
    if "x-pattern" in schema:
        rules["rule"] = both(schema["x-pattern"]).of(lang)
    return rules
