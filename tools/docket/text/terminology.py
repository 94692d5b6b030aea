"""What a register calls those who may answer: its own words for the holes of the catalogue.

A sentence has {one}, {a}, {the}, {many} or {them} where a register says its own word, and
{council} for who approves, {region} and {regions} for the groups they are in; {The} begins
with a capital. {m1} and {o1} are examples of its vocabularies. Nothing else in a sentence
may depend on the word: no pronoun, no adjective that agrees with it, for a register may have
"et nævn" where another has "en kommune".
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from docket.domain.languages import PACKAGE, Texts
from docket.text.addresses import addresses
from docket.text.catalogue import entries, say

if TYPE_CHECKING:  # a command's help waits for no noun
    from docket.domain.nouns import Organiser, Words

VOCABULARIES = ("municipality.json", "area.json")
NOWHERE = {"municipality.json": {"enum": ["navn"]}, "area.json": {"enum": ["omraade"]}}
"""The vocabularies of no register."""
FILES = {"receiptfile": "kvittering", "receiptsfile": "kvitteringer"}
"""Files that sentences name, by their holes."""
EXAMPLES = 6
"""So many words of a vocabulary stand in the examples of the texts."""


def neutral() -> dict[str, Mapping[str, str]]:
    """The words of a register that has none of its own, by hole and language."""
    return {
        key.rpartition(".")[2]: {lang: str(word) for lang, word in entry.items()}
        for key, entry in entries("terminology").items()
        if not isinstance(entry, str)
    }


def words(schemas: Mapping[str, Mapping[str, Any]], languages: Sequence[str] = PACKAGE) -> "Words":
    """The words of a register by language and hole, from its schemas by name."""
    municipalities, areas = (schemas[name] for name in VOCABULARIES)
    own = municipalities.get("x-words", {})
    named = addresses(languages[0], {})
    files = {hole: named.name(name) for hole, name in FILES.items()}
    examples = _examples("m", municipalities) | _examples("o", areas)
    return {
        lang: {
            name: Texts(own.get(name, {})).of(lang) or say(f"terminology.{name}", lang)
            for name in (*neutral(), *own)
        }
        | examples
        | files
        for lang in languages
    }


def stranger(zone: ZoneInfo) -> "Organiser":
    """Who speaks where no register is at hand, in general words."""
    from docket.domain.nouns import Organiser  # noqa: PLC0415 - see above

    return Organiser(zone, "", words=words(NOWHERE))


def _examples(letter: str, schema: Mapping[str, Any]) -> dict[str, str]:
    found = schema.get("x-examples") or schema["enum"]
    return {f"{letter}{number + 1}": found[number % len(found)] for number in range(EXAMPLES)}
