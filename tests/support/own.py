"""A register that asks questions of its own: one of each kind, two to be answered, one private."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Schema = dict[str, Any]
FIELDS: Mapping[str, Schema] = {
    "skole": {
        "$ref": "text.json#/$defs/line",
        "title": "Hvilken skole?",
        "description": "Skolens navn, som den selv skriver det.",
        "x-en": {"title": "Which school?", "description": "Its name as it writes it."},
        "x-ask": {"da": "Indtast skolens navn", "en": "Enter the school's name"},
    },
    "plan": {"type": "string", "title": "Jeres plan", "maxLength": 1000},
    "elever": {"type": "integer", "title": "Antal elever", "minimum": 1, "maximum": 20000},
    "budget": {
        "type": "number",
        "title": "Budget i mio. kr.",
        "minimum": 0.5,
        "x-published": False,
        "x-en": {"title": "Budget in DKK million"},
    },
    "start": {
        "title": "Hvornår vil I begynde?",
        "enum": ["foraar", "efteraar", "senere"],
        "x-terms": {
            "foraar": {"da": "Til foråret", "en": "In spring"},
            "efteraar": {"da": "Til efteråret", "en": "In autumn"},
        },
    },
    "trin": {
        "type": "array",
        "title": "Hvilke klassetrin?",
        "items": {
            "enum": ["indskoling", "mellemtrin", "udskoling"],
            "x-terms": {
                "indskoling": {"da": "0.-3. klasse", "en": "Years 0 to 3"},
                "mellemtrin": {"da": "4.-6. klasse", "en": "Years 4 to 6"},
                "udskoling": {"da": "7.-9. klasse", "en": "Years 7 to 9"},
            },
        },
        "minItems": 1,
        "maxItems": 2,
        "uniqueItems": True,
    },
    "privat": {"type": "boolean", "title": "Er private skoler med?"},
    "side": {"type": "string", "format": "uri", "title": "Projektets side", "maxLength": 2000},
    "dag": {"type": "string", "format": "date", "title": "Første dag"},
    "post": {"type": "string", "format": "email", "title": "Skolens e-mail", "maxLength": 254},
    "telefon": {"type": "string", "format": "phone", "title": "Skolens telefon", "maxLength": 30},
}
REQUIRED = ("elever", "start")
ANSWERS = """skole: "Åskolen"
plan: "Vi vil\\n\\n* mere"
elever: 1250
budget: 2.5
start: foraar
trin: [indskoling, udskoling]
privat: false
side: "https://skole.example/plan"
dag: "2031-08-11"
post: "post@skole.example"
telefon: "12345678"
"""
"""The lines of a file, as the form writes them."""


def ask(
    root: Path,
    fields: Mapping[str, Schema] = FIELDS,
    required: tuple[str, ...] = REQUIRED,
    without: tuple[str, ...] = (),
) -> None:
    """Let the register in `root` ask `fields` too, and not for what it is to be `without`."""
    path = root / "schema/submission.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["properties"] |= fields
    for key in without:
        del schema["properties"][key]
    kept = (one for one in schema["required"] if one not in without)
    schema["required"] = [*kept, *required]
    path.write_text(json.dumps(schema, ensure_ascii=False, indent=2), encoding="utf-8")
