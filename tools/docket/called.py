"""What a register calls those who may answer, and sentences with holes for its words.

A sentence has {one}, {a}, {the}, {many} or {them} where a register says its own word, and
{council} for who approves, {region} and {regions} for the groups they are in; {The} begins
with a capital. {m1} and {o1} are examples of its vocabularies. Nothing else in a sentence
may depend on the word: no pronoun, no adjective that agrees with it, for a register may have
"et nævn" where another has "en kommune".
"""

import re
from collections.abc import Mapping
from typing import Any

Words = tuple[Mapping[str, str], Mapping[str, str]]
"""The words by the hole they fill, in Danish and in English."""
VOCABULARIES = ("municipality.json", "area.json")
EXAMPLES = 6
"""So many words of a vocabulary stand in the examples of the texts."""
NEUTRAL = {
    "a": {"da": "en deltager", "en": "a participant"},
    "one": {"da": "deltager", "en": "participant"},
    "the": {"da": "deltageren", "en": "the participant"},
    "many": {"da": "deltagere", "en": "participants"},
    "them": {"da": "deltagerne", "en": "the participants"},
    "council": {"da": "ledelsen", "en": "the management"},
    "region": {"da": "gruppe", "en": "group"},
    "regions": {"da": "grupper", "en": "groups"},
}
"""Where a register has no words of its own."""
HOLE = re.compile(r"\{([A-Za-z]\w*)\}")


def words(schemas: Mapping[str, Mapping[str, Any]]) -> Words:
    """The words of a register, from its schemas by name."""
    municipalities, areas = (schemas[name] for name in VOCABULARIES)
    own = NEUTRAL | municipalities.get("x-words", {})
    examples = _examples("m", municipalities) | _examples("o", areas)
    danish, english = ({name: word[lang] for name, word in own.items()} for lang in ("da", "en"))
    return danish | examples, english | examples


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """`sentence` with `words` in its holes. Other holes stay."""

    def word(hole: re.Match[str]) -> str:
        name = hole[1][0].lower() + hole[1][1:]
        found = words.get(name, hole[0])
        return found if name == hole[1] else capital(found)

    return HOLE.sub(word, sentence)


def capital(text: str) -> str:
    """`text` as a sentence begins."""
    return text[:1].upper() + text[1:]


def _examples(letter: str, schema: Mapping[str, Any]) -> dict[str, str]:
    found = schema.get("x-examples") or schema["enum"]
    return {f"{letter}{number + 1}": found[number % len(found)] for number in range(EXAMPLES)}
