"""The shape of a file against its schema: one code for each keyword, S01 to S07."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from docket.domain.nouns import Finding, Place
from docket.domain.spelling import nearest
from docket.loading.builder import MOST
from docket.loading.document import Document
from docket.loading.formats import FORMATS
from docket.loading.marks import step
from docket.loading.scalars import is_number, quote
from docket.loading.schemas import Schemas, both, label, spellings
from docket.loading.written import dated, numbered

Error = Any
"""A jsonschema ValidationError."""
CODES = {
    "pattern": "S05",
    "format": "S06",
    "maxLength": "S07",
    "minItems": "S07",
    "maxItems": "S07",
    "uniqueItems": "S07",
    "minimum": "S07",
    "maximum": "S07",
    "minProperties": "S07",
}
CURLY = "“”„‟«»‘’‚"
DOUBTS = frozenset({"word", "sign", "number"})
"""The variants of F05 where the whole text of a plain value is known."""
KINDS: dict[type, str] = {dict: "object", list: "array", str: "string"}
LONGEST = 2**16
AT_A_GLANCE = 8
"""So many allowed words are listed in a message; of more, only the nearest."""


def check(schemas: Schemas, name: str, document: Document) -> tuple[Finding, ...]:
    """What is wrong with the shape of `document` as a `name` ("round.json")."""
    if document.broken or schemas.is_valid(name, document.data):
        return ()
    from docket.loading.schema_errors import errors  # noqa: PLC0415 - slow to import, and seldom needed

    findings = _Findings(schemas, name, document)
    found = {
        (finding.place.pointer, finding.code, finding.variant): finding
        for error in islice(errors(schemas, name, document.data), MOST)
        if not (error.validator == "format" and _is_long(error))
        for finding in findings.of(error)
        if _is_told(finding, document)
    }
    meant = {str(one.facts["near"]) for one in found.values() if one.code == "S02"}
    return tuple(
        one for one in found.values() if one.code != "S01" or one.facts["key"] not in meant
    )


def _is_long(error: Error) -> bool:
    """Whether a text is too long, which is said already and says more than its form."""
    return len(str(error.instance)) > int(error.schema.get("maxLength", LONGEST))


class _Findings(NamedTuple):
    """Turns jsonschema's errors of one document into findings."""

    schemas: Schemas
    name: str
    document: Document

    def of(self, error: Error) -> Iterator[Finding]:
        pointer = ""
        for part in error.absolute_path:
            pointer = step(pointer, part)
        keyword = error.validator
        if keyword == "required":
            yield from self._missing(pointer, error)
        elif keyword == "additionalProperties":
            yield from self._unknown(pointer, error)
        elif "propertyNames" in error.schema_path:
            at = step(pointer, error.instance)
            yield self._at_key(self._one_of(at, error.instance, error))
        elif keyword == "enum" and isinstance(error.instance, str | int):
            raw = self.document.raw.get(pointer, str(error.instance))
            yield self._one_of(pointer, raw, error)
        elif keyword in ("enum", "const", "type"):
            yield self._wrong_type(pointer, error)
        elif error.instance == "":
            yield self._finding("S03", pointer, "empty")
        else:
            yield self._other(pointer, error)

    def _missing(self, pointer: str, error: Error) -> Iterator[Finding]:
        for key in error.validator_value:
            if key not in error.instance:
                yield self._finding("S01", step(pointer, key), key=key)

    def _unknown(self, pointer: str, error: Error) -> Iterator[Finding]:
        allowed = tuple(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in allowed:
                near = next((one for one in allowed if key.startswith(f"{one}:")), "")
                variant = "space" if near else ""
                near = near or nearest(key, allowed, self._called(pointer, allowed))
                variant = variant or ("near" if near else "")
                at = step(pointer, key)
                found = self._finding("S02", at, variant, key=key, near=near, allowed=allowed)
                yield self._at_key(found)

    def _called(self, pointer: str, allowed: Iterable[str]) -> Mapping[str, str]:
        """What people call the fields: their labels, in both languages."""
        labels = (
            (label(self.schemas.field(self.name, step(pointer, key))), key) for key in allowed
        )
        return {word: key for words, key in labels for word in words.values() if word}

    def _one_of(self, pointer: str, found: str, error: Error) -> Finding:
        allowed = tuple(error.validator_value)
        terms = error.schema.get("x-terms", {})
        near = nearest(found, allowed, spellings(terms))
        is_listed = len(allowed) <= AT_A_GLANCE or not any("name" in one for one in terms.values())
        variant = "near" if near else "few" if is_listed else ""
        facts: dict[str, object] = {"found": found, "near": near, "allowed": allowed}
        if found.isdigit() and "name" in terms.get(near, {}):
            variant, facts["name"] = "code", terms[near]["name"]
        return self._finding("S04", pointer, variant, **facts)

    def _wrong_type(self, pointer: str, error: Error) -> Finding:
        wanted = error.schema.get("type", "string")
        wanted = wanted if isinstance(wanted, str) else wanted[0]
        raw = self.document.raw.get(pointer, "")
        kind = KINDS.get(type(error.instance), "scalar")
        variant = wanted
        if error.instance is None:
            variant = "empty"
        elif wanted == "array" and not pointer:
            variant = "rows"
        elif wanted == "string" and kind == "scalar":
            variant = "quote"
        elif wanted in ("integer", "number") and kind == "string":
            meant = numbered(raw, ",")
            if is_number(meant) and (wanted == "number" or "." not in meant):
                variant, raw = "unquote", meant
        key = pointer.rpartition("/")[2]
        text = self.document.raw.get(pointer, "")
        facts = {"key": key, "found": raw, "quoted": quote(raw), "text": text}
        return self._finding("S03", pointer, variant, **facts)

    def _other(self, pointer: str, error: Error) -> Finding:
        keyword, rule = error.validator, error.validator_value
        facts: dict[str, object] = {"found": self.document.raw.get(pointer, "")}
        variant = keyword
        if keyword == "pattern":
            variant, facts["rule"] = "", both(error.schema.get("x-pattern", {}))
        elif keyword == "format":
            variant = str(rule)
            found = str(error.instance)
            if found.strip(CURLY) != found:
                variant, facts["straight"] = "smart", quote(found.strip(CURLY))
            elif rule in ("date", "moment") and FORMATS["date"](
                day := dated(found, self.schemas.languages)
            ):
                variant, facts["day"] = "turned", day
        else:
            facts["limit"] = int(rule) if int(rule) == rule else rule
            sized = keyword in ("minimum", "maximum")
            facts["count"] = error.instance if sized else len(error.instance)
            if keyword == "minItems" and error.instance:
                variant = "fewItems"
        return self._finding(CODES[keyword], pointer, variant, **facts)

    def _finding(self, code: str, pointer: str, variant: str = "", **facts: object) -> Finding:
        words = self.schemas.field(self.name, pointer)
        facts |= {"field": label(words), "ask": both(words.get("x-ask", {}))}
        return Finding(code, self._place(pointer), variant, facts)

    def _at_key(self, finding: Finding) -> Finding:
        pointer = finding.place.pointer
        return finding._replace(place=self.document.places.get(f"~key{pointer}", finding.place))

    def _place(self, pointer: str) -> Place:
        """Where to look: the value, or the key of what lacks it."""
        document, near = self.document, pointer
        while near and near not in document.places:
            near = near.rpartition("/")[0]
        found = document.places.get(near, Place(document.path))
        if near != pointer:
            found = document.places.get(f"~key{near}", found)
        return Place(document.path, found.line, found.column, pointer)


def _is_told(finding: Finding, document: Document) -> bool:
    """Whether nothing that helps more is said of the value already.

    What it should be says more than that readers of YAML disagree on how it is written.
    """
    pointer = finding.place.pointer
    if finding.code == "S04" and finding.facts["near"]:
        return True
    own = {one.variant for one in document.findings if one.place.pointer == pointer}
    if own and own <= DOUBTS and finding.code != "S02":
        return True
    return not any(pointer == bad or pointer.startswith(bad + "/") for bad in document.spoiled)


def findings(schemas: Schemas, name: str, document: Document) -> tuple[Finding, ...]:
    """What is wrong with one file; of one value only what helps most."""
    shape = check(schemas, name, document)
    if not shape:
        return document.findings[:MOST]
    unread = {one.place.pointer for one in document.findings if one.code == "F02"}
    of_shape = [one for one in shape if one.place.pointer not in unread]
    told = {one.place.pointer for one in of_shape}
    own = (one for one in document.findings if one.code != "F05" or one.place.pointer not in told)
    return (*own, *of_shape)[:MOST]
