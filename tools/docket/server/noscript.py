"""The form without a script: what a browser sends, and the page that answers it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from docket.form import answers
from docket.form import fields as form
from docket.site.pages import form as formpages
from docket.site.pages.form import Filled, Setting

OPEN, CLOSE = "<!-- docket:form -->", "<!-- /docket:form -->"


def values(
    register: answers.Register, sent: Mapping[str, str], areas: Sequence[str]
) -> dict[str, str]:
    """What was filled in, by pointer, from the names of a form post."""
    texts = {
        pointer: sent.get(pointer[1:].replace("/", "-"), "")
        for pointer in form.POINTERS
        if pointer != "/areas" and not pointer.startswith("/withdrawn/")
    }
    return answers.gather(texts, areas, register)


def page(public: Path, setting: Setting, round_: str, lang: str, filled: Filled) -> str | None:
    """The built page of the form with its part filled in; None where it is not built."""
    path = public / ("en" if lang == "en" else "") / "meld-interesse" / round_ / "index.html"
    if not path.is_file():
        return None
    before, _, rest = path.read_text(encoding="utf-8").partition(OPEN)
    _, _, after = rest.partition(CLOSE)
    named = dict(filled.values)
    if municipality := setting.docket.register.get(named.get("/municipality", "")):
        named["/municipality"] = municipality.name
    again = Filled(named, filled.errors, filled.receipt)
    return before + OPEN + formpages.again(setting, round_, lang, again) + CLOSE + after
