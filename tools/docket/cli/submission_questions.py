"""A submission asked for on the terminal, field by field, in the words of the form."""

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from docket.acts import submit
from docket.acts.submit import Base
from docket.cli import prompts
from docket.cli.arguments import FIELDS
from docket.domain.asked import SEALED, Asked, Kind
from docket.domain.spelling import fold, nearest
from docket.domain.states import ApprovalStatus
from docket.form import answers
from docket.form import fields as form
from docket.form.fields import Field
from docket.site.pages import form as formpages
from docket.site.pages.form import Setting
from docket.text.catalogue import say
from docket.text.errors import CommandError

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
        known = _is_known(pointer, self.texts) or (pointer == AREAS and self.areas)
        applies = not pointer.startswith("/withdrawn/") and (decided or pointer != MINUTES)
        return applies and not known

    def answered(self, field: Field, answer: str) -> "Typed":
        """The same with the answer to the question of a field."""
        if field.pointer == AREAS:
            words = answer.replace(",", " ").split()
            return replace(self, areas=tuple(_choice(field, word) for word in words))
        found = {field.pointer: _choice(field, answer)}
        if field.kind is Kind.CHOICES:
            found = listed(field.pointer, (_choice(field, word) for word in _parts(answer)))
        return replace(self, texts={**self.texts, **found})


@dataclass(frozen=True)
class Filling:
    """Which fields are asked for, and how what is typed is read; `judge` says what is wrong."""

    typing: answers.Typing
    fields: Mapping[str, Field]
    judge: Judge

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
        return self.typing.gather(texts, areas)

    def file(self, values: Mapping[str, str]) -> bytes:
        """What is sent."""
        return answers.write(self.typing.asked, values).encode()

    def _wrong(self, typed: Typed, field: Field, answer: str) -> list[str]:
        """What is wrong with an answer; to a field that may be left out, none is right."""
        now = typed.answered(field, answer)
        message = self.judge(self.values(now.texts, now.areas)).get(field.pointer)
        return [message] if message and (answer or field.required) else []

    def _question(self, field: Field) -> str:
        lang = self.typing.lang
        optional = say("submit.optional", lang, field=field.label)
        rows = [f"\n{field.label if field.required else optional}"]
        rows += [f"  {field.help}"] if field.help else []
        rows += [f"  {number}. {name}" for number, (_, name) in enumerate(field.choices, 1)]
        several = field.own and field.kind is Kind.CHOICES
        rows += [f"  {say('submit.several', lang)}"] if several else []
        return "\n".join([*rows, say("submit.answer", lang)])


def _is_known(pointer: str, texts: Mapping[str, str]) -> bool:
    """Whether something is said of a field, or of what is in its list."""
    return any(one == pointer or one.startswith(f"{pointer}/") for one in texts)


def listed(pointer: str, words: Iterable[str]) -> dict[str, str]:
    """The words of a list by pointer."""
    return {f"{pointer}/{index}": word for index, word in enumerate(words)}


def _parts(answer: str) -> list[str]:
    """Several answers on a line, with commas between them; numbers need none."""
    parts = [one.strip() for one in answer.split(",")]
    is_numbers = all(one.isdigit() for one in answer.replace(",", " ").split())
    return answer.replace(",", " ").split() if is_numbers else [one for one in parts if one]


def _choice(field: Field, answer: str) -> str:
    """The word meant by its number or its name; what is neither stays as it is."""
    if field.own and answer in dict(field.choices):
        return answer
    for number, (word, name) in enumerate(field.choices, 1):
        if answer == str(number) or fold(answer) in (fold(word), fold(name)):
            return word
    return answer


def said(options: argparse.Namespace, asked: Asked) -> dict[str, str]:
    """The fields that options fill in. Raises `CommandError` where a field is not there."""
    found = {pointer: getattr(options, name.replace("-", "_")) for pointer, name in FIELDS.items()}
    found = {pointer: text for pointer, text in found.items() if text is not None}
    for one in options.set:
        key, _, text = one.partition("=")
        own = asked.by_pointer.get(f"/{key}")
        if own is None:
            known = [field.key for field in asked.own]
            near = nearest(key, known, {})
            facts = {"key": key, "near": near, "known": known}
            raise CommandError(f"errors.act.{_unknown(near, known)}", **facts)
        is_list = own.kind is Kind.CHOICES
        found |= listed(own.pointer, _parts(text)) if is_list else {own.pointer: text}
    return found


def _unknown(near: str, known: Iterable[str]) -> str:
    return "no_field_near" if near else "no_field" if known else "no_own"


def lacking(asked: Asked, given: Mapping[str, str], areas: Iterable[str]) -> list[str]:
    """The options that are missing before nothing has to be asked."""
    contact = SEALED not in given
    names = [
        FIELDS[pointer]
        for pointer in ENOUGH
        if pointer not in given and (contact or not pointer.startswith("/contact/"))
    ]
    wanted = [one for one in asked.own if one.required and not _is_known(one.pointer, given)]
    return [
        *(f"--{name} …" for name in [*names, *([] if [*areas] else ["area"])]),
        *(f"--set {one.key}=…" for one in wanted),
    ]


def filling(base: Base, round_: str, lang: str) -> Filling:
    """Asks for the fields of a round; what is wrong is judged against `base`."""
    docket, schemas = base.docket, base.schemas
    setting = Setting(docket, schemas)

    def judge(values: Mapping[str, str]) -> Mapping[str, str]:
        content = answers.write(schemas.asked, values).encode()
        offer = submit.judge(base, submit.sent_file(round_, content))
        return formpages.wrong(setting, offer.found.findings, lang)

    fields = form.fields(docket, schemas, docket.rounds[round_], lang)
    return Filling(answers.Typing.of(docket, lang), fields, judge=judge)
