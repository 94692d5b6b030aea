"""A submission asked for on the terminal, field by field, in the words of the form."""

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from docket.acts import submit
from docket.acts.submit import Base
from docket.cli import prompts
from docket.cli.arguments import FIELDS
from docket.domain.instants import day_of
from docket.domain.spelling import fold
from docket.domain.states import ApprovalStatus
from docket.form import answers
from docket.form import fields as form
from docket.form.fields import Field
from docket.form.pointers import SEALED
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from docket.text.catalogue import say

AREAS, STATUS, MINUTES = "/areas", "/approval/status", "/approval/minutes"
ENOUGH = ("/municipality", "/contact/name", "/contact/email")
"""With these and an area nothing is asked."""
Judge = Callable[[Mapping[str, str]], Mapping[str, str]]
"""From values to what is wrong with them, both by pointer."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known so far: texts by pointer, and the areas in their order."""

    texts: Mapping[str, str]
    areas: tuple[str, ...]

    def wants(self, pointer: str) -> bool:
        """Whether the field at `pointer` is not known, and is one that counts here."""
        decided = self.texts.get(STATUS) in (ApprovalStatus.APPROVED, ApprovalStatus.REJECTED)
        known = pointer in self.texts or (pointer == AREAS and self.areas)
        applies = not pointer.startswith("/withdrawn/") and (decided or pointer != MINUTES)
        return applies and not known

    def answered(self, field: Field, answer: str) -> "Typed":
        """The same with the answer to the question of a field."""
        if field.pointer != AREAS:
            return replace(self, texts={**self.texts, field.pointer: _choice(field, answer)})
        words = answer.replace(",", " ").split()
        return replace(self, areas=tuple(_choice(field, word) for word in words))


@dataclass(frozen=True)
class Filling:
    """Which fields are asked for, in which language; `judge` says what is wrong."""

    register: answers.Register
    fields: Mapping[str, Field]
    lang: str
    judge: Judge
    today: date

    def fill_in(self, given: Mapping[str, str], areas: Iterable[str]) -> dict[str, str]:
        """Values for all fields: those given, and the rest asked for. Raises `CommandError`."""
        typed = Typed(given, tuple(areas))
        for pointer, field in self.fields.items():
            if typed.wants(pointer):
                answer = prompts.ask(self._question(field), partial(self._wrong, typed, field))
                typed = typed.answered(field, answer)
        return self.values(typed.texts, typed.areas)

    def values(self, texts: Mapping[str, str], areas: Iterable[str]) -> dict[str, str]:
        """What was typed."""
        return answers.gather(texts, areas, self.register, self.today)

    def _wrong(self, typed: Typed, field: Field, answer: str) -> list[str]:
        """What is wrong with an answer; to a field that may be left out, none is right."""
        now = typed.answered(field, answer)
        message = self.judge(self.values(now.texts, now.areas)).get(field.pointer)
        return [message] if message and (answer or field.required) else []

    def _question(self, field: Field) -> str:
        optional = say("submit.optional", self.lang, field=field.label)
        rows = [f"\n{field.label if field.required else optional}"]
        rows += [f"  {field.help}"] if field.help else []
        rows += [f"  {number}. {name}" for number, (_, name) in enumerate(field.choices, 1)]
        return "\n".join([*rows, say("submit.answer", self.lang)])


def _choice(field: Field, answer: str) -> str:
    """The word meant by its number or its name; what is neither stays as it is."""
    for number, (word, name) in enumerate(field.choices, 1):
        if answer == str(number) or fold(answer) in (fold(word), fold(name)):
            return word
    return answer


def said(options: argparse.Namespace) -> dict[str, str]:
    """The fields that options fill in."""
    found = {pointer: getattr(options, name.replace("-", "_")) for pointer, name in FIELDS.items()}
    return {pointer: text for pointer, text in found.items() if text is not None}


def lacking(given: Mapping[str, str], areas: Iterable[str]) -> list[str]:
    """The options that are missing before nothing has to be asked."""
    contact = SEALED not in given
    names = [
        FIELDS[pointer]
        for pointer in ENOUGH
        if pointer not in given and (contact or not pointer.startswith("/contact/"))
    ]
    return [f"--{name}" for name in [*names, *([] if [*areas] else ["area"])]]


def filling(base: Base, round_: str, lang: str) -> Filling:
    """Asks for the fields of a round; what is wrong is judged against `base`."""
    docket, schemas = base.docket, base.schemas
    setting = Setting(docket, schemas)

    def judge(values: Mapping[str, str]) -> Mapping[str, str]:
        offer = submit.judge(base, submit.sent_file(round_, answers.write(values).encode()))
        return formpages.wrong(setting, offer.found.findings, lang)

    fields = form.fields(docket, schemas, docket.rounds[round_], lang)
    today = day_of(docket.now, docket.organiser.zone)
    return Filling(docket.register, fields, lang, judge=judge, today=today)
