"""What is wrong with data that is not valid, as jsonschema tells it.

It knows the keyword and the place of each error, and is slow to import and to run: only a
file that the compiled judge refuses comes here. The two are held together by a test.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from docket.loading.formats import FORMATS
from docket.loading.schemas import Schemas


def errors(schemas: Schemas, name: str, data: object) -> Iterable[ValidationError]:
    """Jsonschema's errors of `data` as a `name` ("round.json")."""
    resources = [(one, Resource.from_contents(schema)) for one, schema in schemas.by_name.items()]
    registry = Registry().with_resources(resources)
    checker = FormatChecker(formats=())
    for format_name, holds in FORMATS.items():
        checker.checks(format_name)(_only_text(holds))
    validator = _Validator(schemas.by_name[name], registry=registry, format_checker=checker)
    found: Iterable[ValidationError] = validator.iter_errors(data)
    return found


def _pattern(_: Any, pattern: str, instance: object, __: object) -> Iterator[ValidationError]:  # noqa: ANN401
    """JSON Schema's `pattern`: its $ is the very end, where Python's allows a line break."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError("pattern")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def _only_text(holds: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or holds(value)
