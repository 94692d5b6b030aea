"""The schemas in a register's languages.

A schema's plain words are in its `x-lang`, else in the register's first language; `x-<lang>` has
others. As they are read, the plain ones are in the register's first language, or, where a schema
does not have it, in English: so a package's schema serves a register that nobody reads Danish in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docket.domain.languages import PACKAGE
from docket.text.catalogue import OTHERS, say
from docket.text.l10n import language_name

Node = dict[str, Any]
LANGUAGE = re.compile("x-(?!ask$)[a-z]{2,3}")
"""The key of a schema's words in another language than its plain ones."""
WORDS = ("title", "description")
BY_LANGUAGE = ("x-ask", "x-pattern", "x-words", "x-council", "x-terms")
"""What a schema says in all languages at one place."""


def spoken(schema: Node, languages: Sequence[str]) -> Node:
    """`schema` as a register in `languages` says it, and asks for a text in each of them."""
    first = languages[0]
    own = schema.get("x-lang", first)
    if own != first or not set(PACKAGE) <= set(languages):
        schema = _said(
            {key: value for key, value in schema.items() if key != "x-lang"}, own, languages
        )
    if "both" in schema.get("$defs", {}) and tuple(languages) != PACKAGE:
        schema = {**schema, "$defs": {**schema["$defs"], "both": _both(schema, languages)}}
    return schema


def texts_in(schema: Node, lang: str, languages: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """The texts of a register's own schema: where (a JSON Pointer), what, and whether in `lang`."""
    yield from _texts(schema, "", lang, schema.get("x-lang", languages[0]))


def _texts(node: Any, at: str, lang: str, plain: str) -> Iterator[tuple[str, str, bool]]:  # noqa: ANN401 - JSON
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key in WORDS and isinstance(value, str):
            yield f"{at}/{key}", value, lang == plain or key in node.get(f"x-{lang}", {})
        elif key in BY_LANGUAGE:
            yield from _by_language(value, f"{at}/{key}", lang)
        elif not LANGUAGE.fullmatch(key):
            yield from _texts(value, f"{at}/{key}", lang, plain)


def _by_language(words: Any, at: str, lang: str) -> Iterator[tuple[str, str, bool]]:  # noqa: ANN401 - JSON
    """What is said by language, or for each of its words so; a proper name is in none."""
    if not isinstance(words, dict) or not words or "name" in words:
        return
    if all(isinstance(one, dict) for one in words.values()):
        for key, one in words.items():
            yield from _by_language(one, f"{at}/{key}", lang)
    else:
        first = next(iter(words.values()))
        yield at, first if isinstance(first, str) else str(first[0]), lang in words


def published(schema: Node, languages: Sequence[str]) -> Node:
    """The package's own schema of what a site publishes, in the languages of a register."""
    if tuple(languages) == PACKAGE:
        return schema
    told: Node = _each(_said(schema, PACKAGE[0], languages), languages)
    return told


def _each(node: Any, languages: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
    """`node` where a text is in these languages, and not in those of the package."""
    if isinstance(node, list):
        return [_each(one, languages) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: _each(value, languages) for key, value in node.items()}
    fields, needed = made.get("properties"), made.get("required")
    if isinstance(fields, dict) and isinstance(needed, list) and set(PACKAGE) <= set(needed):
        kept = {key: value for key, value in fields.items() if key not in PACKAGE}
        texts = dict.fromkeys(map(str, languages), fields[PACKAGE[0]])
        rest = [one for one in needed if one not in PACKAGE]
        made |= {"properties": {**kept, **texts}, "required": [*rest, *texts]}
    return made


def _said(node: Any, own: str, languages: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(node, list):
        return [_said(one, own, languages) for one in node]
    if not isinstance(node, dict):
        return node
    told = {
        key: _chosen(value, languages) if key in BY_LANGUAGE else _said(value, own, languages)
        for key, value in node.items()
        if not LANGUAGE.fullmatch(key)
    }
    table = {own: {key: node[key] for key in WORDS if isinstance(node.get(key), str)}}
    table |= {key.removeprefix("x-"): node[key] for key in node if LANGUAGE.fullmatch(key)}
    first = languages[0]
    for key, text in table[own].items():
        told[key] = table.get(first, {}).get(key) or table.get(OTHERS, {}).get(key) or text
    others = {f"x-{one}": table[one] for one in languages[1:] if table.get(one)}
    return {**told, **others}


def _chosen(words: Any, languages: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
    """What is said by language (or, for each of its words, by language) in these alone."""
    if not isinstance(words, Mapping):
        return words
    if all(isinstance(one, Mapping) for one in words.values()):
        return {key: _chosen(one, languages) for key, one in words.items()}
    found = {one: words[one] for one in languages if one in words}
    return found or {key: value for key, value in words.items() if key == OTHERS} or dict(words)


def _both(schema: Node, languages: Sequence[str]) -> Node:
    """The shape of a text in all languages of a register."""
    both = schema["$defs"]["both"]
    known: Node = both["properties"]
    shape = {key: value for key, value in next(iter(known.values())).items() if key != "x-ask"}
    fields = {}
    for lang in languages:
        said = {one: _words_of(lang, one) for one in languages}
        words = {
            "title": said[languages[0]][0],
            "x-ask": {one: ask for one, (_, ask) in said.items()},
        }
        others = {f"x-{one}": {"title": said[one][0]} for one in languages[1:]}
        plain = {key: value for key, value in shape.items() if not LANGUAGE.fullmatch(key)}
        fields[lang] = {**plain, **words, **others}
    return {**both, "required": list(languages), "properties": fields}


def _words_of(lang: str, reader: str) -> tuple[str, str]:
    """What a text in `lang` is called to a reader, and how it is asked for."""
    facts = {"language": language_name(lang, reader)}
    return say("questions.text.title", reader, **facts), say("questions.text.ask", reader, **facts)
