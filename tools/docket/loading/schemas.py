"""The JSON Schemas: what is allowed in each file, and what each field is called."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from jsonschema_rs import Draft202012Validator, ReferencingError, Registry

from docket.domain.asked import AS_GIVEN, Asked
from docket.domain.languages import PACKAGE, Texts
from docket.loading import fields
from docket.loading.formats import FORMATS
from docket.loading.spoken import LANGUAGE, spoken

Schema = Mapping[str, Any]
CODE = 2
SPELLINGS = ("name", "full", "code", "also")
"""What a term is written as, beside its name in a language, by its code."""


class Schemas:
    """All schemas by file name, a compiled judge of each, and what an answer is asked for."""

    def __init__(
        self,
        by_name: Mapping[str, Schema],
        judges: Mapping[str, Draft202012Validator],
        asked: Asked = AS_GIVEN,
        languages: Sequence[str] = PACKAGE,
    ) -> None:
        """Nothing of a schema is laid out yet."""
        self.by_name, self.judges, self.asked, self.languages = by_name, judges, asked, languages
        self._field = lru_cache(2**10)(self._found)  # the same few of every file

    def is_valid(self, name: str, data: object) -> bool:
        """Whether `data` is a `name` ("round.json"). What is wrong with it, `errors` tells."""
        return self.judges[name].is_valid(data)

    def field(self, name: str, pointer: str = "") -> Schema:
        """The schema of the value at `pointer`, its own words laid over what it refers to."""
        return self._field(name, pointer)

    def _found(self, name: str, pointer: str) -> Schema:
        schema = self.resolved(self.by_name[name])
        for part in pointer.split("/")[1:]:
            inner = schema.get("items") or schema.get("properties", {}).get(part)
            schema = self.resolved(inner or schema.get("additionalProperties") or {})
        return schema

    def resolved(self, schema: Schema) -> Schema:
        """`schema` with what its $ref names laid under it."""
        return resolved(self.by_name, schema)

    def terms(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The words of a closed vocabulary ("area.json") and what is known of each."""
        found: Mapping[str, Mapping[str, Any]] = self.by_name[name]["x-terms"]
        return found


def load(files: Mapping[str, bytes], languages: Sequence[str] = PACKAGE) -> Schemas:
    """The schemas in `files`, by name, for a register in `languages`.

    Raises ValueError where one is no JSON Schema, and `CommandError` where one asks for a field
    that nobody can fill in.
    """
    return _compiled(tuple(files.items()), tuple(map(str, languages)))


@lru_cache(2)  # the desk, and every tree of a review, have the same ones
def _compiled(files: tuple[tuple[str, bytes], ...], languages: tuple[str, ...]) -> Schemas:
    by_name: dict[str, dict[str, Any]] = {
        name: spoken(json.loads(content), languages) for name, content in files
    }
    asked = AS_GIVEN
    try:
        if answer := by_name.get(fields.NAME):
            by_name[fields.NAME] = dict(
                fields.completed(answer, partial(resolved, by_name), languages)
            )
            asked = fields.asked(by_name[fields.NAME], partial(resolved, by_name), spellings)
        registry = Registry(list(by_name.items()))
        judges = {
            name: Draft202012Validator(
                schema, registry=registry, formats=dict(FORMATS), validate_formats=True
            )
            for name, schema in by_name.items()
        }
    except (ReferencingError, KeyError) as error:
        raise ValueError(str(error)) from error
    return Schemas(by_name, judges, asked, languages)


def resolved(by_name: Mapping[str, Schema], schema: Schema) -> Schema:
    """`schema` with what its $ref names laid under it. Raises KeyError where that is not there."""
    if "$ref" not in schema:
        return schema
    name, _, inside = schema["$ref"].partition("#")
    found = by_name[name]
    for part in inside.split("/")[1:]:
        found = found[part]
    below = resolved(by_name, found)
    others = {
        name: {**below.get(name, {}), **schema.get(name, {})}
        for name in (*below, *schema)
        if LANGUAGE.fullmatch(name)
    }
    return {**below, **schema, **others}


def both(words: Mapping[str, str]) -> Texts:
    """{da, en} as a pair; empty where there is none."""
    return Texts(words)


def label(schema: Schema) -> Texts:
    """What a field is called."""
    return fields.words_of(schema, "title")


def help_of(schema: Schema) -> Texts:
    """The sentence that helps to fill a field in."""
    return fields.words_of(schema, "description")


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
