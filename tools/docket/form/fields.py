"""The form: its fields and what its script needs, made from the schema and the round."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from docket.docket import Docket
from docket.form.entry import TEXTS, spelled
from docket.model import Both, Finding, Moment, Round
from docket.reading.formats import PATTERNS
from docket.reading.schemas import Schemas, both, help_of, label
from docket.spelling import danish, fold
from docket.standing import begins, day_after
from docket.texts import message, told
from docket.words import DANISH_MONTHS, ENGLISH_MONTHS, write

POINTERS = ("/municipality", "/areas", *TEXTS)
PUBLIC = ("/municipality", "/areas", "/approval/", "/motivation", "/withdrawn/date")
"""What the site shows of a submission: these, and what lies under them."""
SAID = ("S05", "S06", "S07")
OWN = {"S04": "list", "M03": "holds", "M04": "elsewhere", "T05": "future"}
"""Rules of which the form speaks in words of its own: its reader sees no file."""
BY_HAND = (
    "date",
    "optional",
    "blankFill",
    "blankSend",
    "blankDate",
    "blankMunicipality",
    "blankSealed",
)
"""Words that the script has no use for."""
LONGEST_ADDRESS = 8000
"""In bytes, as a login page would encode it once more: forges refuse longer ones."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. `kind` is text, email, tel, url, area or choice."""

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


@cache
def words() -> Mapping[str, Both]:
    """What the form says besides labels and rules."""
    entries = tomllib.loads((Path(__file__).parent / "form.toml").read_text(encoding="utf-8"))
    return {name: Both(**entry) for name, entry in entries.items()}


def fields(docket: Docket, schemas: Schemas, call: Round, lang: str) -> dict[str, Field]:
    """The fields by pointer, in the order of the form."""
    found = {pointer: _field(schemas, pointer, lang) for pointer in POINTERS}
    areas = tuple((slug, docket.areas[slug].of(lang)) for slug in call.seats)
    first = found["/areas"]
    found["/areas"] = Field("/areas", first.label, first.help, "choice", True, None, areas)  # noqa: FBT003
    return found


def said(finding: Finding, docket: Docket, schemas: Schemas, lang: str) -> str:
    """What the form says of a finding: what to enter, where something is only missing."""
    pointer = finding.place.pointer
    is_missing = finding.code == "S01" or finding.variant in ("empty", "minItems")
    is_missing |= finding.code == "S04" and not finding.facts.get("found")
    if is_missing and pointer in POINTERS:
        return f"{_asked(schemas, pointer, lang)}."
    own = OWN.get(finding.code)
    if own and pointer in ("/municipality", "/approval/date"):
        return fill(words()[own], finding.facts, docket, lang)
    if finding.variant == "smart":  # a matter of files: here, nobody writes quotation marks
        schema = schemas.field("submission.json", pointer)
        finding = replace(finding, variant=schema["format"])
    return message(finding, docket.organiser, lang)


def fill(sentence: Both, facts: Mapping[str, object], docket: Docket, lang: str) -> str:
    """A sentence of the form with the facts in it."""
    facts_told = {name: write(fact, lang, docket.organiser.zone) for name, fact in facts.items()}
    return re.sub(
        r"\{(\w+)\}", lambda hole: facts_told[hole[1]], docket.organiser.say(sentence, lang)
    )


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
            [one.slug, one.name, sorted({fold(word) for word in spelled(one)})] for one in register
        ],
        "fields": {pointer: _rules(schemas, pointer, lang) for pointer in POINTERS},
        "patterns": dict(PATTERNS),
        "say": _said(docket, lang),
        "words": {
            name: docket.organiser.say(word, lang)
            for name, word in words().items()
            if name not in BY_HAND
        },
        "forge": {"kind": forge.kind, "address": forge.address, "branch": forge.branch}
        if forge
        else None,
        "months": [*DANISH_MONTHS, *ENGLISH_MONTHS],
        "zone": docket.organiser.zone.key,
        "opens": begins(call.opens, docket.organiser.zone).isoformat() if call.opens else None,
        "closes": _last(docket, call.deadline),
        "longest": LONGEST_ADDRESS,
        "email": receiver.email if receiver else "",
        "seal": dict(call.seal) if call.seal else None,
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
        code: {variant: text.of(lang) for variant, text in told(code, docket.organiser).say.items()}
        for code in SAID
    }


def _field(schemas: Schemas, pointer: str, lang: str) -> Field:
    schema = schemas.field("submission.json", pointer)
    terms = schema.get("x-terms", {})
    choices = tuple((word, both(terms[word]).of(lang)) for word in schema.get("enum", ()))
    example = f"{words()['date'].of(lang)} " if schema.get("format") == "date" else ""
    return Field(
        pointer,
        label(schema).of(lang),
        example + help_of(schema).of(lang),
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
    kinds = {"email": "email", "phone": "tel", "uri": "url"}
    return kinds.get(schema.get("format", ""), "text")


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
