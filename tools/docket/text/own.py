"""A register's own sentences: `text/<lang>.toml` in its repository.

It has a table for each file of the package's catalogue and in it the same keys, with the
sentence alone, or one for each plural category:

    [round]
    why_stopped = "Därför stoppades omgången"
    seats = {one = "{count} plats", other = "{count} platser"}

So a language comes that the package does not have; and a sentence of one that it has can be said
in other words. What cannot be said is left out, and what is left out is said in another language
of the register; `docket check` tells both.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from docket.domain.languages import PACKAGE, Form
from docket.text.catalogue import FILES, HOLE, OTHERS, Entry, entries, say
from docket.text.errors import CommandError
from docket.text.l10n import language_name
from docket.text.terminology import FILES as NAMED
from docket.text.terminology import neutral

LAST = "other"
"""The plural category that every language has."""
EXAMPLES = frozenset(f"{letter}{number}" for letter in "mo" for number in range(1, 7))
Sentences = Mapping[str, Form]


class Told(NamedTuple):
    """What a register says in a language of its own accord, and what is wrong with that."""

    sentences: Sentences
    faults: tuple[CommandError, ...] = ()


NOTHING = Told({})


@lru_cache(8)
def told(lang: str, content: bytes) -> Told:
    """What `content`, the bytes of `text/<lang>.toml`, says."""
    if not content:
        return NOTHING
    try:
        tables = tomllib.loads(content.decode())
    except ValueError as error:  # of TOML or of UTF-8
        return Told({}, (CommandError("own_texts.unread", lang=lang, why=error),))
    found: dict[str, Form] = {}
    faults = []
    for key, value in _flat(tables, ""):
        if fault := _fault(key, value):
            faults.append(CommandError(f"own_texts.{fault}", lang=lang, key=key))
        elif isinstance(value, str):
            found[key] = value
        elif isinstance(value, Mapping):
            found[key] = dict(value)
    return Told(found, tuple(faults))


def missing(lang: str, sentences: Sentences) -> Iterator[CommandError]:
    """What a register has yet to say in a language that the package does not have.

    Key by key with the English text; of a file of which nothing is said, its name alone.
    """
    if lang in PACKAGE:
        return
    for file in FILES:
        lacking = [one for one in _needed(file) if one not in sentences]
        if len(lacking) > 1 and len(lacking) == len(list(_needed(file))):
            yield CommandError("own_texts.file", lang=lang, file=file, count=len(lacking))
            continue
        for key in lacking:
            text = english(key)
            shown = text if isinstance(text, str) else text[LAST]
            yield CommandError("own_texts.missing", lang=lang, key=key, text=shown)


def blank(lang: str) -> str:
    """A file of all that is to be said in `lang`, in English and behind a # until it is."""
    lines = [f"# {say('own_texts.head', OTHERS, language=language_name(lang, OTHERS))}"]
    for file in FILES:
        tables: dict[str, list[str]] = {}  # TOML takes a table once, whatever the package's order
        for key in _needed(file):
            table, _, name = key.rpartition(".")
            tables.setdefault(table, []).append(f"# {name} = {_toml(english(key))}")
        for table, rows in tables.items():
            lines += ["", f"[{table}]", *rows]
    return "\n".join(lines) + "\n"


def _toml(form: Form) -> str:
    if isinstance(form, str):
        return json.dumps(form, ensure_ascii=False)
    return "{" + ", ".join(f"{name} = {_toml(one)}" for name, one in form.items()) + "}"


def english(key: str) -> Form:
    """The English sentence of a key, to be translated."""
    found = entries(key.partition(".")[0])[key]
    return found if isinstance(found, str) else found[OTHERS]


def _needed(file: str) -> Iterator[str]:
    """The keys of a file whose sentence differs from language to language."""
    return (key for key, entry in entries(file).items() if not isinstance(entry, str))


def _flat(table: Mapping[str, object], above: str) -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        key = f"{above}{name}"
        if isinstance(value, Mapping) and _entry(key) is None:
            yield from _flat(value, f"{key}.")
        else:
            yield key, value


def _entry(key: str) -> Entry | None:
    file = key.partition(".")[0]
    return entries(file).get(key) if file in FILES else None


def _fault(key: str, value: object) -> str:
    """What is wrong with a sentence: the key of the sentence that says it; "" where nothing is."""
    entry = _entry(key)
    if entry is None:
        return "unknown"
    plain = english(key)
    forms = list(value.values()) if isinstance(value, Mapping) else [value]
    if not all(isinstance(one, str) for one in forms):
        return "shape"
    if isinstance(value, Mapping) and (isinstance(plain, str) or LAST not in value):
        return "plural"
    known = _holes([plain] if isinstance(plain, str) else plain.values())
    return "hole" if _holes(forms) - known - set(neutral()) - NAMED.keys() - EXAMPLES else ""


def _holes(texts: Iterable[object]) -> set[str]:
    names = (name for text in texts for name, _ in HOLE.findall(str(text)))
    return {name[0].lower() + name[1:] for name in names}
