"""`docket explain`: one rule on the terminal, with an example and its mend."""

import argparse
import json
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from docket.domain.nouns import Organiser
from docket.text.errors import PairError
from docket.text.messages import codes, rule_text
from docket.text.terminology import VOCABULARIES, words

NOWHERE = {"municipality.json": {"enum": ["navn"]}, "area.json": {"enum": ["omraade"]}}


def run(options: argparse.Namespace) -> int:
    """One rule explained."""
    code = options.code.upper()
    if code not in codes():
        known = ", ".join(codes())
        raise PairError(
            f"Der er ingen regel {options.code!r}. Reglerne er {known}.",
            f"There is no rule {options.code!r}. The rules are {known}.",
        )
    sys.stdout.write(_told(code, _organiser(options), getattr(options, "lang", "da")))
    return 0


def _organiser(options: argparse.Namespace) -> Organiser:
    """The words of the register at hand; elsewhere a rule is explained in general ones."""
    folder = Path(getattr(options, "folder", ".")) / "schema"
    try:
        found = {name: json.loads((folder / name).read_bytes()) for name in VOCABULARIES}
        return Organiser(ZoneInfo("UTC"), "", words=words(found))
    except (OSError, ValueError):
        return Organiser(ZoneInfo("UTC"), "", words=words(NOWHERE))


def _told(code: str, organiser: Organiser, lang: str) -> str:
    text = rule_text(code, organiser, lang)
    wrong, right = ("Wrong:", "Right:") if lang == "en" else ("Forkert:", "Rigtigt:")
    rows = [f"{code}  {text.rule}", "", text.why, "", wrong]
    rows += [f"    {line}" for line in text.wrong.splitlines()]
    rows += [right, *(f"    {line}" for line in text.right.splitlines())]
    return "\n".join(rows) + "\n"
