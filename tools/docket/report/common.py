"""What the formats share."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docket.domain.docket import Docket
from docket.domain.nouns import Finding
from docket.text.messages import address, message


class Report(NamedTuple):
    """Findings to be told in `lang`, with the files they speak of.

    `changed` are the paths that the change at hand touches; `colour` is for a terminal.
    """

    docket: Docket
    findings: Sequence[Finding]
    files: Mapping[str, bytes]
    lang: str
    changed: frozenset[str] = frozenset()
    colour: bool = False

    def message(self, finding: Finding, lang: str = "") -> str:
        """What is wrong and what to write instead."""
        return message(finding, self.docket.organiser, lang or self.lang)

    def address(self, code: str, lang: str = "") -> str:
        """Where the rule is explained."""
        return address(code, self.docket.organiser, lang or self.lang)

    def whole(self, finding: Finding, lang: str = "") -> str:
        """The message with the address at its end."""
        return f"{self.message(finding, lang)} {self.address(finding.code, lang)}"


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """One for each finding: all differ, and none changes when a line moves."""
    seen: Counter[str] = Counter()
    found = []
    for one in findings:
        facts = sorted((name, str(fact)) for name, fact in one.facts.items())
        what = repr((one.code, one.variant, one.place.path, one.place.pointer, facts))
        seen[what] += 1
        text = f"{what}{seen[what]}".encode("utf-8", "surrogateescape")
        found.append(hashlib.sha256(text).hexdigest())
    return found
