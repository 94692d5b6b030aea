"""The JSON Schemas: what is allowed in each file, and what each field is called."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from docket.formats import FORMATS
from docket.model import Both

Schema = Mapping[str, Any]
SPELLINGS = ("name", "full", "code", "also", "da", "en")


@dataclass(frozen=True)
class Schemas:
    """All schemas by file name, and the registry that resolves what they refer to."""

    by_name: Mapping[str, Schema]
    registry: Any

    def validate(self, name: str, data: object) -> Iterable[Any]:
        """Jsonschema's errors of `data` as a `name` ("round.json")."""
        checker = FormatChecker(formats=())
        for format_name, holds in FORMATS.items():
            checker.checks(format_name)(_only_text(holds))
        validator = _Validator(self.by_name[name], registry=self.registry, format_checker=checker)
        errors: Iterable[Any] = validator.iter_errors(data)
        return errors

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
        found = self.registry.resolver().lookup(schema["$ref"]).contents
        return {**self.resolved(found), **schema}

    def terms(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The words of a closed vocabulary ("area.json") and what is known of each."""
        found: Mapping[str, Mapping[str, Any]] = self.by_name[name]["x-terms"]
        return found


def load(files: Mapping[str, bytes]) -> Schemas:
    """The schemas in `files`, by name. Raises ValueError where one is no JSON."""
    by_name = {name: json.loads(content) for name, content in files.items()}
    resources = [(name, Resource.from_contents(schema)) for name, schema in by_name.items()]
    return Schemas(by_name, Registry().with_resources(resources))


def both(words: Mapping[str, str]) -> Both:
    """{da, en} as a pair; empty where there is none."""
    return Both(words.get("da", ""), words.get("en", ""))


def label(schema: Schema) -> Both:
    """What a field is called."""
    danish = schema.get("title", "")
    return Both(danish, schema.get("x-en", {}).get("title", danish))


def help_of(schema: Schema) -> Both:
    """The sentence that helps to fill a field in."""
    danish = schema.get("description", "")
    return Both(danish, schema.get("x-en", {}).get("description", danish))


def spellings(terms: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Other ways to write each term: its names, its code, old spellings."""
    found: dict[str, str] = {}
    for term, words in terms.items():
        for kind in SPELLINGS:
            written = words.get(kind, [])
            for one in written if isinstance(written, list) else [written]:
                found.setdefault(one, term)
    return found


def _pattern(_: Any, pattern: str, instance: object, __: Schema) -> Iterator[ValidationError]:  # noqa: ANN401
    """JSON Schema's `pattern`: its $ is the very end, where Python's allows a line break."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError("pattern")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def _only_text(holds: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or holds(value)
