"""What is said of each rule: sentences from texts.toml, filled with a finding's facts."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docket.model import Both, Finding, Organiser
from docket.words import write

HOLE = re.compile(r"\{(\w+)([|?])?(\w+)?\}")


@dataclass(frozen=True, slots=True)
class Text:
    """All that is said of one rule. `say` has a sentence for each variant of its findings."""

    code: str
    rule: Both
    why: Both
    wrong: str
    right: str
    say: Mapping[str, Both]


@cache
def texts() -> Mapping[str, Text]:
    """The texts of all rules by code, in the order of the file."""
    entries = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
    return {
        code: Text(
            code,
            Both(**entry["rule"]),
            Both(**entry["why"]),
            entry["wrong"],
            entry["right"],
            {variant: Both(**both) for variant, both in entry["say"].items()},
        )
        for code, entry in entries.items()
    }


def told(code: str, organiser: Organiser) -> Text:
    """All that is said of one rule, in the words and with the examples of a register."""
    text = texts()[code]

    def say(sentence: Both) -> Both:
        return Both(organiser.say(sentence, "da"), organiser.say(sentence, "en"))

    wrong, right = (organiser.say(Both(one, one), "da") for one in (text.wrong, text.right))
    variants = {variant: say(sentence) for variant, sentence in text.say.items()}
    return Text(code, say(text.rule), say(text.why), wrong, right, variants)


def message(finding: Finding, organiser: Organiser, lang: str) -> str:
    """What is wrong and what to write instead.

    In the sentences {a|or} links a list, and {a?} is a sentence of its own or nothing.
    """
    pattern = organiser.say(texts()[finding.code].say[finding.variant or "main"], lang)

    def fill(hole: re.Match[str]) -> str:
        name, mark, how = hole.groups()
        text = write(finding.facts.get(name, ""), lang, organiser.zone, how or "")
        return text if mark != "?" else f"{text}. " if text else ""

    return HOLE.sub(fill, pattern)


def address(code: str, organiser: Organiser, lang: str) -> str:
    """Where the rule is explained."""
    site = organiser.site.rstrip("/")
    return f"{site}{'/en' if lang == 'en' else ''}/regler/#{code.lower()}"
