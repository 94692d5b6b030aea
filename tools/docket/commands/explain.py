"""`docket explain`: one rule on the terminal, with an example and its mend."""

import argparse
import sys

from docket.texts import texts
from docket.trouble import Trouble


def explain(options: argparse.Namespace) -> int:
    """One rule explained."""
    code = options.code.upper()
    if code not in texts():
        known = ", ".join(texts())
        raise Trouble(
            f"Der er ingen regel {options.code!r}. Reglerne er {known}.",
            f"There is no rule {options.code!r}. The rules are {known}.",
        )
    sys.stdout.write(_told(code, getattr(options, "lang", "da")))
    return 0


def _told(code: str, lang: str) -> str:
    text = texts()[code]
    wrong, right = ("Wrong:", "Right:") if lang == "en" else ("Forkert:", "Rigtigt:")
    rows = [f"{code}  {text.rule.of(lang)}", "", text.why.of(lang), "", wrong]
    rows += [f"    {line}" for line in text.wrong.splitlines()]
    rows += [right, *(f"    {line}" for line in text.right.splitlines())]
    return "\n".join(rows) + "\n"
