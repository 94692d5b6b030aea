"""The form without a script: what a browser sends, and the page that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docket.domain.docket import Docket
from docket.domain.instants import day_of
from docket.form import answers
from docket.form import fields as form
from docket.site.pages import form as formpages
from docket.site.pages.form import Filled, ReceiptText, Setting

OPEN, CLOSE = "<!-- docket:form -->", "<!-- /docket:form -->"


@dataclass(frozen=True, slots=True)
class FormPage:
    """The built page of a round's form in a language, below the folder of the built site."""

    public: Path
    round: str
    lang: str

    @property
    def path(self) -> Path:
        """Where the page lies."""
        top = self.public / "en" if self.lang == "en" else self.public
        return top / "meld-interesse" / self.round / "index.html"


def values(docket: Docket, sent: Mapping[str, str], areas: Sequence[str]) -> dict[str, str]:
    """What was filled in, by pointer, from the names of a form post."""
    texts = {
        pointer: sent.get(pointer[1:].replace("/", "-"), "")
        for pointer in form.POINTERS
        if pointer != "/areas" and not pointer.startswith("/withdrawn/")
    }
    today = day_of(docket.now, docket.organiser.zone)
    return answers.gather(texts, areas, docket.register, today)


def answer(page: FormPage, setting: Setting, shown: Filled | ReceiptText) -> str | None:
    """The page with the form filled in, or with the receipt; None where it is not built."""
    if not page.path.is_file():
        return None
    before, _, rest = page.path.read_text(encoding="utf-8").partition(OPEN)
    _, _, after = rest.partition(CLOSE)
    if isinstance(shown, Filled):
        shown = replace(shown, values=_named(shown.values, setting.docket.register))
    form = formpages.again(setting, page.round, page.lang, shown)
    return before + OPEN + form + CLOSE + after


def _named(values: answers.Values, register: answers.Register) -> answers.Values:
    """`values` with the municipality as people call it."""
    municipality = register.get(values.get("/municipality", ""))
    return {**values, "/municipality": municipality.name} if municipality else values
