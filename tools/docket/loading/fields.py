"""The fields of an answer, read from `submission.json`: the package's and the register's own.

A register's own field is a property of JSON Schema, of one of a few kinds; what it does not say
(what to call it, what to say where it is empty) is made from what it says. A text is one of many
lines where its `maxLength` is over 200, or where `x-long` is true; `x-published: false` keeps what
was answered off the site and out of the data.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from docket.domain.asked import KINDS, NEEDED, Asked, Kind, OwnField
from docket.domain.languages import Texts
from docket.domain.spelling import called
from docket.loading.spoken import LANGUAGE
from docket.text.catalogue import say
from docket.text.errors import CommandError

Schema = Mapping[str, Any]
Resolve = Callable[[Schema], Schema]
Spell = Callable[[Mapping[str, Schema]], Mapping[str, str]]
NAME = "submission.json"
LINE = 200
"""A longer text has many lines."""
KEY = re.compile(r"(?!(?i:yes|no|on|off|true|false|null)\Z)[a-z][A-Za-z0-9_-]*[A-Za-z0-9]")
FORMATS = {"email": Kind.EMAIL, "phone": Kind.PHONE, "uri": Kind.ADDRESS, "date": Kind.DATE}
TEXT = ("type", "minLength", "maxLength", "pattern", "format")
WORDS: Mapping[Kind, tuple[str, ...]] = {
    **dict.fromkeys((Kind.LINE, Kind.TEXT, *FORMATS.values()), TEXT),
    Kind.NUMBER: ("type", "minimum", "maximum"),
    Kind.CHOICE: ("type", "enum"),
    Kind.CHOICES: ("type", "items", "uniqueItems", "minItems", "maxItems"),
    Kind.YES_NO: ("type",),
}
"""What the schema of a field of each kind may say beside what it is called."""
VALUES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("title", "description", "pattern", "format"), (str,)),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), (int,)),
    **dict.fromkeys(("minimum", "maximum"), (int, float)),
    **dict.fromkeys(("uniqueItems", "x-long", "x-published"), (bool,)),
    **dict.fromkeys(("x-terms", "x-ask", "x-en", "x-pattern"), (dict,)),
}
"""What may stand at a word."""
ROOT = ("type", "required", "additionalProperties", "properties", "$id", "$schema", "$defs")
NAMED = ("title", "description", "$comment")
"""What any schema may say: nothing depends on it."""
ASKED = {Kind.NUMBER: "number", **dict.fromkeys((Kind.CHOICE, Kind.CHOICES, Kind.YES_NO), "choice")}
"""Keys of the catalogue's `form.ask`; all others are a text."""
PLAIN = ""


def completed(schema: Schema, resolve: Resolve, languages: Sequence[str]) -> Schema:
    """`submission.json` where each of the register's own fields says all that is told of it.

    Raises `CommandError` where a field is of no kind that can be asked for.
    """
    _must_be_whole(schema)
    own = {key: _told(key, _bare(key, one, resolve), languages) for key, one in _own(schema)}
    return {**schema, "properties": {**schema["properties"], **own}}


def asked(schema: Schema, resolve: Resolve, spellings: Spell) -> Asked:
    """The fields of a completed `submission.json`; `spellings` tells other words of terms."""
    required = schema.get("required", ())
    return Asked(
        tuple(one for one in KINDS if _has(schema, one, resolve)),
        tuple(_field(key, one, spellings, required=key in required) for key, one in _own(schema)),
        {key: words_of(resolve(one), "title") for key, one in schema["properties"].items()},
    )


def _bare(key: str, schema: Schema, resolve: Resolve) -> dict[str, Any]:
    """A field's schema with what it refers to in its place. Raises `CommandError`."""
    try:
        found = {word: said for word, said in resolve(schema).items() if not word.startswith("$")}
    except (AttributeError, KeyError, TypeError):
        raise CommandError("errors.field.kind", key=key) from None
    for word, kinds in VALUES.items():
        if word in found and not isinstance(found[word], kinds):
            raise CommandError("errors.field.value", key=key, word=word)
    return {**found, "items": _bare(key, found["items"], resolve)} if "items" in found else found


def _own(schema: Schema) -> Iterator[tuple[str, Schema]]:
    given = {pointer.split("/")[1] for pointer in KINDS}
    yield from ((key, one) for key, one in schema["properties"].items() if key not in given)


def _has(schema: Schema, pointer: str, resolve: Resolve) -> bool:
    """Whether a field of the package's is asked for; the council only where it must be told of."""
    _, top, *inner = pointer.split("/")
    if top not in schema["properties"] or (top == "approval" and top not in schema["required"]):
        return False
    return not inner or inner[0] in resolve(schema["properties"][top]).get("properties", {})


def _must_be_whole(schema: Schema) -> None:
    """It has what rules live by, and asks for nothing that it does not have."""
    properties = schema.get("properties", {})
    for key in NEEDED:
        if key not in properties:
            raise CommandError("errors.field.needed", key=key)
    for key in schema.get("required", ()):
        if key not in properties:
            raise CommandError("errors.field.required", key=key)
    for word in _odd(schema, ROOT):
        raise CommandError("errors.field.root", word=word)
    for key, _ in _own(schema):
        if not KEY.fullmatch(key):
            raise CommandError("errors.field.name", key=key)


def _told(key: str, schema: Schema, languages: Sequence[str]) -> Schema:
    """A field with its kind, and with what it is called, asked for by and filled in with."""
    kind = _kind(key, schema)
    named = {"title": key, **schema}
    title = words_of(named, "title")
    ask = {
        lang: say(f"form.ask.{ASKED.get(kind, 'text')}", lang, field=title.of(lang))
        for lang in languages
    }
    found = {"x-ask": ask, **named, "x-kind": kind.value}
    if "pattern" in schema:
        rule = {
            lang: say("form.ask.pattern", lang, pattern=schema["pattern"]) for lang in languages
        }
        found = {"x-pattern": rule, **found}
    if kind is Kind.CHOICE:
        return _with_terms(found, languages)
    return (
        {**found, "items": _with_terms(schema["items"], languages)}
        if kind is Kind.CHOICES
        else found
    )


def _with_terms(schema: Schema, languages: Sequence[str]) -> Schema:
    terms = schema.get("x-terms", {})
    names = {one: terms.get(one, dict.fromkeys(map(str, languages), one)) for one in schema["enum"]}
    return {**schema, "x-terms": names}


def _kind(key: str, schema: Schema) -> Kind:
    """Which kind a field is. Raises `CommandError` where it is none."""
    kind = _guess(schema)
    if kind is None:
        raise CommandError("errors.field.kind", key=key)
    for word in _odd(schema, WORDS[kind]):
        raise CommandError("errors.field.word", key=key, word=word, allowed=WORDS[kind])
    if int(schema.get("minLength", 0)) > 1:
        raise CommandError("errors.field.least", key=key)
    try:
        re.compile(schema.get("pattern", ""))
    except re.error:
        raise CommandError("errors.field.pattern", key=key) from None
    return kind


def _guess(schema: Schema) -> Kind | None:
    if "enum" in schema:
        return Kind.CHOICE if _is_vocabulary(schema) else None
    match schema.get("type"):
        case "string":
            is_long = schema.get("x-long", schema.get("maxLength", 0) > LINE)
            plain = Kind.TEXT if is_long else Kind.LINE
            return FORMATS.get(schema["format"]) if "format" in schema else plain
        case "number" | "integer":
            return Kind.NUMBER
        case "boolean":
            return Kind.YES_NO
        case "array":
            items = schema.get("items", {})
            fits = _is_vocabulary(items) and not [*_odd(items, ("type", "enum"))]
            return Kind.CHOICES if fits else None
    return None


def _is_vocabulary(schema: Schema) -> bool:
    words = schema.get("enum")
    texts = isinstance(words, list) and words and all(isinstance(one, str) for one in words)
    return bool(texts) and schema.get("type", "string") == "string"


def _odd(schema: Schema, known: tuple[str, ...]) -> Iterator[str]:
    """What a schema says beside what it may."""
    yield from (one for one in schema if one not in (*known, *NAMED) and not one.startswith("x-"))


def _said(key: str, languages: Iterable[str]) -> Schema:
    return {lang: say(key, lang) for lang in languages}


def _spoken(words: Schema) -> dict[str, str]:
    """What a term is called, by language; its other spellings are lists."""
    return {lang: name for lang, name in words.items() if isinstance(name, str)}


def words_of(schema: Schema, key: str) -> Texts:
    """What a schema says in plain and in `x-<lang>`, by language; in plain for all others."""
    found = {
        name.removeprefix("x-"): words[key]
        for name, words in schema.items()
        if LANGUAGE.fullmatch(name) and key in words
    }
    return Texts({PLAIN: schema.get(key, ""), **found})


def _field(key: str, schema: Schema, spellings: Spell, *, required: bool) -> OwnField:
    words = schema.get("items", schema)
    names: list[tuple[str, Schema]] = [
        (word, words["x-terms"][word]) for word in words.get("enum", ())
    ]
    if schema["x-kind"] == Kind.YES_NO:
        names = [
            (word, _said(f"words.answer.{word}", schema["x-ask"])) for word in ("true", "false")
        ]
    return OwnField(
        key=key,
        kind=Kind(schema["x-kind"]),
        label=words_of(schema, "title"),
        help=words_of(schema, "description"),
        choices=tuple((word, Texts(_spoken(name))) for word, name in names),
        called=called((word for word, _ in names), spellings(dict(names))),
        required=required,
        published=schema.get("x-published", True),
        integer=schema.get("type") == "integer",
    )
