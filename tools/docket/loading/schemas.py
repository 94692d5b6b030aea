"""The JSON Schemas: what is allowed in each file, and what each field is called."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jsonschema_rs import Draft202012Validator, ReferencingError, Registry

from docket.domain.languages import PACKAGE, Texts
from docket.loading.formats import FORMATS
from docket.loading.spoken import LANGUAGE, spoken

Schema = Mapping[str, Any]
PLAIN, CODE = "", 2
SPELLINGS = ("name", "full", "code", "also")
"""What a term is written as, beside its name in a language, by its code."""


@dataclass(frozen=True)
class Schemas:
    """All schemas by file name, and a compiled judge of each."""

    by_name: Mapping[str, Schema]
    judges: Mapping[str, Draft202012Validator]

    def is_valid(self, name: str, data: object) -> bool:
        """Whether `data` is a `name` ("round.json"). What is wrong with it, `errors` tells."""
        return self.judges[name].is_valid(data)

    def field(self, name: str, pointer: str = "") -> Schema:
        """The schema of the value at `pointer`, its own words laid over what it refers to."""
        schema = self.resolved(self.by_name[name])
        for part in pointer.split("/")[1:]:
            inner = schema.get("items") or schema.get("properties", {}).get(part)
            schema = self.resolved(inner or schema.get("additionalProperties") or {})
        return schema

    def resolved(self, schema: Schema) -> Schema:
        """`schema` with what its $ref names laid under it."""
        if "$ref" not in schema:
            return schema
        name, _, inside = schema["$ref"].partition("#")
        found = self.by_name[name]
        for part in inside.split("/")[1:]:
            found = found[part]
        below = self.resolved(found)
        others = {
            name: {**below.get(name, {}), **schema.get(name, {})}
            for name in (*below, *schema)
            if LANGUAGE.fullmatch(name)
        }
        return {**below, **schema, **others}

    def terms(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The words of a closed vocabulary ("area.json") and what is known of each."""
        found: Mapping[str, Mapping[str, Any]] = self.by_name[name]["x-terms"]
        return found


def load(files: Mapping[str, bytes], languages: Sequence[str] = PACKAGE) -> Schemas:
    """The schemas in `files`, by name, for a register in `languages`.

    Raises ValueError where one is no JSON Schema.
    """
    return _compiled(tuple(files.items()), tuple(map(str, languages)))


@lru_cache(2)  # the desk, and every tree of a review, have the same ones
def _compiled(files: tuple[tuple[str, bytes], ...], languages: tuple[str, ...]) -> Schemas:
    by_name = {name: spoken(json.loads(content), languages) for name, content in files}
    try:
        registry = Registry(list(by_name.items()))
        judges = {
            name: Draft202012Validator(
                schema, registry=registry, formats=dict(FORMATS), validate_formats=True
            )
            for name, schema in by_name.items()
        }
    except ReferencingError as error:
        raise ValueError(str(error)) from error
    return Schemas(by_name, judges)


def both(words: Mapping[str, str]) -> Texts:
    """{da, en} as a pair; empty where there is none."""
    return Texts(words)


def label(schema: Schema) -> Texts:
    """What a field is called."""
    return _words(schema, "title")


def help_of(schema: Schema) -> Texts:
    """The sentence that helps to fill a field in."""
    return _words(schema, "description")


def _words(schema: Schema, key: str) -> Texts:
    """What a schema says in plain and in `x-<lang>`, by language; in plain for all others."""
    found = {
        name.removeprefix("x-"): words[key]
        for name, words in schema.items()
        if LANGUAGE.fullmatch(name) and key in words
    }
    return Texts({PLAIN: schema.get(key, ""), **found})


def spellings(terms: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Other ways to write each term: its names, its code, old spellings."""
    found: dict[str, str] = {}
    for term, words in terms.items():
        for kind, written in words.items():
            if kind not in SPELLINGS and len(kind) != CODE:
                continue
            for one in written if isinstance(written, list) else [written]:
                found.setdefault(one, term)
    return found
