"""The compiled judge of a schema and jsonschema, which explains, say the same of any data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docket.loading.decoding import first_bad
from docket.loading.formats import PATTERNS
from docket.loading.schema_errors import errors
from docket.loading.schemas import Schemas, load
from support.worlds import ROOT

FILES = {path.name: path.read_bytes() for path in (ROOT / "schema").glob("*.json")}
NAMES = ("submission.json", "round.json", "receipts.json", "decision.json", "organiser.json")
TEXT = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["", " x", "x\n", "é", "2022-02-30", "2022-08-08", "KL", "https://a.dk/x"]),
    *(st.from_regex(pattern, fullmatch=True) for pattern in PATTERNS.values()),
).filter(lambda text: not first_bad(text))
SCALAR = st.one_of(st.none(), st.booleans(), st.integers(-2, 9), st.just(1.0), st.just(1.5), TEXT)
RIGHT = {
    "date": ["2022-08-08", "2000-02-29"],
    "date-time": ["2022-08-08T12:00:00+02:00", "2022-08-08T12:00Z"],
    "moment": ["2022-08-08", "2022-08-08T12:00:00+02:00"],
    "email": ["post@kommune.example"],
    "uri": ["https://kommune.example/a?b#c"],
    "phone": ["+45 12 34 56 78"],
    "language": ["da", "sv"],
    "zone": ["Europe/Copenhagen"],
}
ANY = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@cache
def _schemas() -> Schemas:
    return load(FILES)


def _text(schema: Any) -> st.SearchStrategy[str]:  # noqa: ANN401 - a schema is any JSON
    """Text as the schema wants it."""
    if "format" in schema:
        return st.sampled_from(RIGHT[schema["format"]])
    if schema.get("pattern", "").startswith("^([0-9a-f]"):
        return st.sampled_from(["0" * 40, "f" * 64])
    if schema.get("pattern", "").startswith("^eyJ"):
        return st.just(".".join(["eyJ" + "x" * 99, "x" * 512, "x" * 16, "x", "x" * 22]))
    if schema.get("pattern", "").startswith("^[g-z"):
        return st.just("x" * 512)
    if schema.get("pattern", "").startswith("^(https"):
        return st.just("brevet-2022/")
    return st.sampled_from(["2022-job", "kl"])


def _like(schema: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a schema is any JSON
    """Data as `schema` wants it, but here and there."""
    schema = _schemas().resolved(schema)
    kind = schema.get("type", "string")
    kind = kind if isinstance(kind, str) else kind[0]
    if "enum" in schema:
        right = st.sampled_from(schema["enum"])
    elif kind == "array":
        items = _like(schema.get("items", {}))
        right = st.lists(items, min_size=1, max_size=2, unique_by=repr)
    elif kind == "object":
        fields = {key: _like(inner) for key, inner in schema.get("properties", {}).items()}
        alone = {key: fields[key] for key in schema.get("then", {}).get("properties", {})}
        fields = {key: one for key, one in fields.items() if key not in _apart(schema, alone)}
        wanted = schema.get("else", {}).get("required", ()) if alone else ()
        needed = {key: fields.pop(key) for key in schema.get("required", wanted)}
        if "propertyNames" in schema:
            needed["folkeskole"] = _like(schema.get("additionalProperties", {}))
        right = st.fixed_dictionaries(needed, optional=fields)
        right |= st.fixed_dictionaries(alone) if alone else st.nothing()
    else:
        kinds = {"string": _text(schema), "integer": st.integers(1, 5), "boolean": st.booleans()}
        right = kinds[kind]
    return st.integers(0, 79).flatmap(lambda dice: right if dice else ANY)


def _apart(schema: Any, alone: Mapping[str, object]) -> Sequence[str]:  # noqa: ANN401 - as above
    """What an object has only where it is of the other kind."""
    found: Sequence[str] = schema["if"]["required"] if alone else ()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_two_judges_agree(name: str) -> None:
    """What the compiled judge lets pass has no error, and what it refuses has one."""
    verdicts: Counter[bool] = Counter()

    @settings(max_examples=200)
    @given(value=_like(_schemas().by_name[name]))
    def agree(value: object) -> None:
        found = list(errors(_schemas(), name, value))
        assert _schemas().is_valid(name, value) is not bool(found)
        verdicts[bool(found)] += 1

    agree()
    assert min(verdicts[True], verdicts[False]) > 3  # else the law has hardly been tried
