"""The form without a script: what a browser sends, and the page that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docket.domain.docket import Docket
from docket.form import answers
from docket.form import fields as form
from docket.form.answers import Typing
from docket.server.replies import Page
from docket.site.pages import form as formpages
from docket.site.pages.form import Filled, Setting
from docket.text.catalogue import say

OPEN, CLOSE = "<!-- docket:form -->", "<!-- /docket:form -->"


@dataclass(frozen=True, slots=True)
class FormPage:
    """The built page of a round's form in a language; all its forms lie in `folder`."""

    folder: Path
    round: str
    lang: str

    @property
    def path(self) -> Path:
        """Where the page lies."""
        return self.folder / self.round / "index.html"

    def filled(self, part: str) -> str | None:
        """The page with `part` in its form's place; None where it is not built."""
        return within(self.path, (OPEN, CLOSE), part)


def values(
    docket: Docket, sent: Mapping[str, str], areas: Sequence[str], lang: str
) -> dict[str, str]:
    """What was filled in, by pointer, from the names of a form post in a language."""
    texts = {
        pointer: sent.get(name, "")
        for pointer, name in form.names(docket.organiser.asked).items()
        if not pointer.startswith("/withdrawn/")
    }
    return Typing.of(docket, lang).gather(texts, areas)


def answer(page: FormPage, setting: Setting, filled: Filled) -> str | None:
    """The page with the form filled in; None where it is not built."""
    named = replace(filled, values=_named(filled.values, setting.docket.register))
    return page.filled(formpages.again(setting, page.round, page.lang, named))


def refusal(status: int, lang: str) -> Page:
    """What a browser without a script is told where nothing was taken: Back has what was typed."""
    title, words = (say(f"own.refused.{key}", lang) for key in ("title", "back"))
    head = f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
    return Page(status, f'<!doctype html><html lang="{lang}">{head}<h1>{title}</h1><p>{words}</p>')


def within(path: Path, marks: tuple[str, str], part: str) -> str | None:
    """A built page with `part` between its marks; None where it is not built."""
    if not path.is_file():
        return None
    before, _, rest = path.read_text(encoding="utf-8").partition(marks[0])
    return before + marks[0] + part + marks[1] + rest.partition(marks[1])[2]


def _named(values: answers.Values, register: answers.Register) -> answers.Values:
    """`values` with the municipality as people call it."""
    municipality = register.get(values.get("/municipality", ""))
    return {**values, "/municipality": municipality.name} if municipality else values
