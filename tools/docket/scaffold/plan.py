"""What a new organiser says of its call, and the vocabularies that follow from it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docket.domain.nouns import Bilingual
from docket.loading.schemas import both
from docket.text import terminology
from docket.text.catalogue import capital, say


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


def neutral_words() -> dict[str, Bilingual]:
    """What those who may answer are called, where nothing else is said."""
    return {key: both(word) for key, word in terminology.neutral().items()}


def texts(key: str, **facts: object) -> Bilingual:
    """What a file of the new register says, in both languages."""
    danish, english = (say(f"init.file.{key}", lang, **facts) for lang in ("da", "en"))
    return Bilingual(danish, english)


def municipality_schema(plan: Plan, old: Mapping[str, Any]) -> str:
    """The register: a closed vocabulary."""
    the, first = plan.words["the"], next(iter(plan.terms))
    words = {key: word._asdict() for key, word in plan.words.items()}
    more = {"x-ask": texts("ask", the=the)._asdict(), "x-words": words}
    heading = _heading(plan.words["one"], texts("slug", the=the, first=first))
    return _schema(old, {**heading, **more}, plan.terms)


def area_schema(plan: Plan, old: Mapping[str, Any]) -> str:
    """The areas: a closed vocabulary."""
    terms = {slug: name._asdict() for slug, name in plan.areas.items()}
    return _schema(old, _heading(texts("area"), texts("area_help")), terms)


def _heading(title: Bilingual, help_: Bilingual) -> dict[str, object]:
    """A schema's title and what it says of the field."""
    english = {"title": capital(title.en), "description": help_.en}
    return {"title": capital(title.da), "description": help_.da, "x-en": english}


def _schema(
    old: Mapping[str, Any], words: Mapping[str, object], terms: Mapping[str, Mapping[str, str]]
) -> str:
    schema = {
        "$schema": old["$schema"],
        **words,
        "type": "string",
        "enum": list(terms),
        "x-terms": terms,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
