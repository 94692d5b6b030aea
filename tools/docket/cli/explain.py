"""`docket explain`: one rule on the terminal, with an example and its mend."""

import argparse
import json
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from docket.domain.nouns import Organiser
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.messages import codes, rule_text
from docket.text.terminology import VOCABULARIES, stranger, words


def run(options: argparse.Namespace) -> int:
    """One rule explained."""
    code = options.code.upper()
    if code not in codes():
        raise CommandError("errors.explain.no_rule", name=repr(options.code), known=codes())
    sys.stdout.write(_told(code, _organiser(options), options.lang))
    return 0


def _organiser(options: argparse.Namespace) -> Organiser:
    """The words of the register at hand; elsewhere a rule is explained in general ones."""
    folder = Path(options.folder) / "schema"
    try:
        found = {name: json.loads((folder / name).read_bytes()) for name in VOCABULARIES}
        return Organiser(ZoneInfo("UTC"), "", words=words(found))
    except (OSError, ValueError):
        return stranger(ZoneInfo("UTC"))


def _told(code: str, organiser: Organiser, lang: str) -> str:
    text = rule_text(code, organiser, lang)
    rows = [f"{code}  {text.rule}", "", text.why, "", say("terminal.explain.wrong", lang)]
    rows += [f"    {line}" for line in text.wrong.splitlines()]
    rows += [say("terminal.explain.right", lang)]
    rows += [f"    {line}" for line in text.right.splitlines()]
    return "\n".join(rows) + "\n"
