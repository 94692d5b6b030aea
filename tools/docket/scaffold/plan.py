"""What a new organiser says of its call, and the vocabularies that follow from it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docket.domain.nouns import Bilingual
from docket.loading.schemas import both
from docket.text import terminology
from docket.text.catalogue import capital

NEUTRAL = {key: both(word) for key, word in terminology.neutral().items()}
"""What those who may answer are called, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A new organiser's call. Without `terms` and `areas` the vocabularies stay as they are."""

    name: Bilingual
    organiser: Bilingual
    email: str
    site: str
    zone: str
    words: Mapping[str, Bilingual]
    areas: Mapping[str, Bilingual]
    terms: Mapping[str, Mapping[str, str]]


def municipality_schema(plan: Plan, old: Mapping[str, Any]) -> str:
    """The register: a closed vocabulary."""
    one, the, first = plan.words["one"], plan.words["the"], next(iter(plan.terms))
    told = Bilingual(
        f"Det korte navn, som det står i adressen på siden om {the.da}, for eksempel {first}.",
        f"The short name, as in the address of the page about {the.en}, such as {first}.",
    )
    words = {key: {"da": word.da, "en": word.en} for key, word in plan.words.items()}
    ask = {"da": f"Indtast {the.da}s navn", "en": f"Enter {the.en}'s name"}
    return _schema(old, one, told, {"x-ask": ask, "x-words": words}, plan.terms)


def area_schema(plan: Plan, old: Mapping[str, Any]) -> str:
    """The areas: a closed vocabulary."""
    title, told = (
        Bilingual("Område", "Area"),
        Bilingual("Det område, I melder jer til.", "The area you answer for."),
    )
    terms = {slug: {"da": name.da, "en": name.en} for slug, name in plan.areas.items()}
    return _schema(old, title, told, {}, terms)


def _schema(
    old: Mapping[str, Any],
    title: Bilingual,
    told: Bilingual,
    words: Mapping[str, object],
    terms: Mapping[str, Mapping[str, str]],
) -> str:
    made = {
        "$schema": old["$schema"],
        "$id": old["$id"],
        "title": capital(title.da),
        "description": told.da,
        "x-en": {"title": capital(title.en), "description": told.en},
        **words,
        "type": "string",
        "enum": list(terms),
        "x-terms": terms,
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
