"""What is said of each rule: the sentences of rules.toml, filled with a finding's facts."""

from functools import cache
from typing import NamedTuple

from docket.domain.nouns import Finding, Organiser
from docket.text.catalogue import entries, say, template
from docket.text.escape import one_line

LONGEST = 80
"""So much of what somebody wrote is quoted back to them."""


class RuleText(NamedTuple):
    """What is said of one rule in one language: the rule, why, an example and its mend."""

    code: str
    rule: str
    why: str
    wrong: str
    right: str


@cache
def codes() -> tuple[str, ...]:
    """The codes of all rules, in the order of the file."""
    return tuple(dict.fromkeys(key.split(".")[1] for key in entries("rules")))


@cache
def variants(code: str) -> tuple[str, ...]:
    """The variants of a rule's message."""
    start = f"rules.{code}.say."
    return tuple(key.removeprefix(start) for key in entries("rules") if key.startswith(start))


def rule_text(code: str, organiser: Organiser, lang: str) -> RuleText:
    """All that is said of one rule, in the words and with the examples of a register."""

    def part(name: str, lang: str = lang) -> str:
        return template(f"rules.{code}.{name}", lang, organiser)

    # An example is a file: it reads the same whatever the reader's language.
    wrong, right = (part(name, organiser.first) for name in ("wrong", "right"))
    return RuleText(code, part("rule"), part("why"), wrong, right)


def message(finding: Finding, organiser: Organiser, lang: str) -> str:
    """What is wrong and what to write instead."""
    facts = {name: quoted(fact) for name, fact in finding.facts.items()}
    key = f"rules.{finding.code}.say.{finding.variant or 'main'}"
    return say(key, lang, organiser, **facts)


def quoted(fact: object) -> object:
    """`fact`; where it is what somebody wrote, on one line, as it prints, and not too long."""
    if not isinstance(fact, str):
        return fact
    text = one_line(fact)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def address(code: str, organiser: Organiser, lang: str) -> str:
    """Where the rule is explained."""
    page = organiser.addresses.of("regler/")
    return f"{organiser.site.rstrip('/')}/{organiser.below(lang)}{page}#{code.lower()}"
