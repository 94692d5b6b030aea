"""The catalogue: all that is said to a reader, a language beside the other.

A file of it is for one place where sentences are read, and a key begins with the file's name:
`round.why_stopped` stands in `round.toml`. A sentence has holes: {name} for a fact, {Name} where
the fact begins a sentence, {name|how} for a fact written in another way (see `l10n.write`). A
hole that no fact fills is one of the register's own words (see `terminology`). Where a sentence
depends on a number it has a form for each plural category of the language (Unicode CLDR), and
the fact `count` chooses among them.

A language is a column: whoever adds one adds it to every entry, and nothing else. A register
brings another, or other words, in a file of its own (see `own`).
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from docket.domain.languages import Form
from docket.text.l10n import plural, write

if TYPE_CHECKING:  # a command's help waits for no noun
    from docket.domain.nouns import Organiser

FOLDER = Path(__file__).parent
FILES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
HOLE = re.compile(r"\{([A-Za-z]\w*)(?:\|(\w+))?\}")
FIRST, OTHERS = "da", "en"
"""The language by which an entry is known from a table, and that of who has none of ours."""
BARE = "_bare"
"""The end of a key beside another, for a register that asks for no approval."""
Entry = str | Mapping[str, Form]
"""A sentence by language; what is the same in all stands alone."""
UTC = ZoneInfo("UTC")


def say(
    key: str,
    lang: str,
    organiser: "Organiser | None" = None,
    mark: Callable[[str], str] = str,
    /,
    **facts: object,
) -> str:
    """The sentence called `key` in `lang`, with `facts` and the register's words in its holes.

    `mark` makes a fact safe where the sentence goes; one that is markup already is left as it is.
    Raises KeyError for a key that is not there, and for a hole that nothing fills.
    """
    key = _suited(key, organiser)
    form, lang = _form(key, lang)
    words = organiser.words_in(lang) if organiser else {}
    zone = organiser.zone if organiser else UTC

    def hole(found: re.Match[str]) -> str:
        name = found[1][0].lower() + found[1][1:]
        if name not in facts:
            text = words[name]
        elif hasattr(fact := facts[name], "__html__"):
            text = str(fact)
        else:
            text = mark(write(fact, lang, zone, found[2] or ""))
        return text if name == found[1] else capital(text)

    return HOLE.sub(hole, _chosen(key, form, lang, facts))


def template(key: str, lang: str, organiser: "Organiser") -> str:
    """The sentence called `key` with the register's words in it; its other holes stay."""
    key = _suited(key, organiser)
    text = sentence(key, lang)
    _, lang = _form(key, lang)
    words = organiser.words_in(lang)

    def word(found: re.Match[str]) -> str:
        small = found[1][0].lower() + found[1][1:]
        text = words.get(small, found[0])
        return text if found[1] == small or small not in words else capital(text)

    return HOLE.sub(word, text)


def sentence(key: str, lang: str) -> str:
    """The sentence called `key` as it stands in the catalogue, where it has no plural forms."""
    form, _ = _form(key, lang)
    if not isinstance(form, str):
        raise KeyError(key)
    return form


def entry(key: str) -> Entry:
    """What the catalogue has for `key`, in every language. Raises KeyError."""
    return entries(key.partition(".")[0])[key]


@cache
def entries(name: str) -> Mapping[str, Entry]:
    """All entries of one file by their keys, in its order. Raises KeyError for no such file."""
    path = FOLDER / f"{name}.toml"
    if not path.is_file():
        raise KeyError(name)
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), name))


def capital(text: str) -> str:
    """`text` as a sentence begins."""
    return text[:1].upper() + text[1:]


def _flat(table: Mapping[str, object], above: str) -> Iterator[tuple[str, Entry]]:
    for name, value in table.items():
        key = f"{above}.{name}"
        if isinstance(value, Mapping) and FIRST not in value:
            yield from _flat(value, key)
        elif isinstance(value, str | Mapping):
            yield key, value


def _suited(key: str, organiser: "Organiser | None") -> str:
    """The key of what is said where a register asks for no approval, if that is another."""
    bare = f"{key}{BARE}"
    is_other = organiser and not organiser.asked.approval and bare in entries(key.partition(".")[0])
    return bare if is_other else key


def _form(key: str, lang: str) -> tuple[Form, str]:
    """What is said for `key`, and in which language: `lang`, else what a register says then."""
    found = entry(key)
    for one in (lang, *getattr(lang, "then", ())):
        own: Mapping[str, Form] = getattr(one, "own", {})
        if key in own:
            return own[key], one
        if isinstance(found, str):
            continue
        if one in found:
            return found[one], one
    return (found, lang) if isinstance(found, str) else (found[OTHERS], OTHERS)


def _chosen(key: str, form: Form, lang: str, facts: Mapping[str, object]) -> str:
    if isinstance(form, str):
        return form
    count = facts["count"]
    if not isinstance(count, int):
        raise TypeError(key)
    return form.get(plural(count, lang)) or form["other"]
