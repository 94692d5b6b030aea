"""One rule explained on the terminal."""

from docket.texts import texts


def explain(code: str, lang: str) -> str:
    """A rule, why it is there, an example and its mend."""
    text = texts()[code]
    wrong, right = ("Wrong:", "Right:") if lang == "en" else ("Forkert:", "Rigtigt:")
    rows = [f"{code}  {text.rule.of(lang)}", "", text.why.of(lang), "", wrong]
    rows += [f"    {line}" for line in text.wrong.splitlines()]
    rows += [right, *(f"    {line}" for line in text.right.splitlines())]
    return "\n".join(rows) + "\n"
