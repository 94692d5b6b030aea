"""What a new organiser says of its call, and the vocabularies that follow from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docket.domain.addresses import Addresses
from docket.domain.languages import PACKAGE, Texts
from docket.text import terminology
from docket.text.addresses import addresses
from docket.text.catalogue import capital, say


@dataclass(frozen=True, slots=True)
class Plan:
    """A new organiser's call. Without `terms` and `areas` the vocabularies stay as they are."""

    name: Texts
    organiser: Texts
    email: str
    site: str
    zone: str
    words: Mapping[str, Texts]
    areas: Mapping[str, Texts]
    terms: Mapping[str, Mapping[str, str]]
    languages: Sequence[str] = PACKAGE

    @property
    def addresses(self) -> Addresses:
        """How the pages of its site are called."""
        first = self.languages[0]
        return addresses(first, {key: word.of(first) for key, word in self.words.items()})

    def texts(self, key: str, **facts: object) -> Texts:
        """What a file of the new register says, in its languages."""
        return Texts({one: say(f"init.file.{key}", one, **facts) for one in self.languages})


def neutral_words(languages: Sequence[str]) -> dict[str, Texts]:
    """What those who may answer are called, where nothing else is said."""
    return {
        key: Texts({one: say(f"terminology.{key}", one) for one in languages})
        for key in terminology.neutral()
    }


def municipality_schema(plan: Plan, old: Mapping[str, Any]) -> str:
    """The register: a closed vocabulary."""
    the, first = plan.words["the"], next(iter(plan.terms))
    words = {key: dict(word) for key, word in plan.words.items()}
    more = {"x-ask": dict(plan.texts("ask", the=the)), "x-words": words}
    heading = _heading(plan.words["one"], plan.texts("slug", the=the, first=first))
    return _schema(old, plan.languages[0], {**heading, **more}, plan.terms)


def area_schema(plan: Plan, old: Mapping[str, Any]) -> str:
    """The areas: a closed vocabulary."""
    terms = {slug: dict(name) for slug, name in plan.areas.items()}
    return _schema(
        old, plan.languages[0], _heading(plan.texts("area"), plan.texts("area_help")), terms
    )


def _heading(title: Texts, help_: Texts) -> dict[str, object]:
    """A schema's title and what it says of the field."""
    first, *others = (
        (lang, {"title": capital(title.of(lang)), "description": help_.of(lang)}) for lang in title
    )
    return {**first[1], **{f"x-{lang}": words for lang, words in others}}


def _schema(
    old: Mapping[str, Any],
    lang: str,
    words: Mapping[str, object],
    terms: Mapping[str, Mapping[str, str]],
) -> str:
    schema = {
        "$schema": old["$schema"],
        "x-lang": lang,
        **words,
        "type": "string",
        "enum": list(terms),
        "x-terms": terms,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
