"""A submission asked for on the terminal, field by field, in the words of the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docket.cli import prompts
from docket.domain.nouns import Bilingual
from docket.form import answers
from docket.form.fields import Field

Judge = Callable[[Mapping[str, str]], Mapping[str, str]]
"""From values to what is wrong with them, both by pointer."""


@dataclass(frozen=True)
class Filling:
    """Which fields are asked for, in which language; `judge` says what is wrong."""

    register: answers.Register
    fields: Mapping[str, Field]
    lang: str
    judge: Judge

    def fill_in(self, given: Mapping[str, str], areas: list[str]) -> dict[str, str]:
        """Values for all fields: those given, and the rest asked for. Raises `CommandError`."""
        texts, chosen = dict(given), list(areas)
        for pointer, field in self.fields.items():
            known = pointer in texts or (pointer == "/areas" and chosen)
            if known or not _applies(pointer, texts):
                continue

            def wrong(answer: str, pointer: str = pointer, field: Field = field) -> list[str]:
                if pointer == "/areas":
                    words = answer.replace(",", " ").split()
                    chosen[:] = [_choice(field, word) for word in words]
                else:
                    texts[pointer] = _choice(field, answer)
                told = self.judge(self.values(texts, chosen)).get(pointer)
                return [told] if told and (answer or field.required) else []

            prompts.ask(self._question(field), wrong)
        return self.values(texts, chosen)

    def values(self, texts: Mapping[str, str], areas: list[str]) -> dict[str, str]:
        """What was typed."""
        return answers.gather(texts, areas, self.register)

    def _question(self, field: Field) -> str:
        optional = "" if field.required else Bilingual(" (frivilligt)", " (optional)").of(self.lang)
        rows = [f"\n{field.label}{optional}", *([f"  {field.help}"] if field.help else ())]
        rows += [f"  {number}. {name}" for number, (_, name) in enumerate(field.choices, 1)]
        return "\n".join([*rows, Bilingual("Svar", "Answer").of(self.lang)])


def _applies(pointer: str, texts: Mapping[str, str]) -> bool:
    decided = texts.get("/approval/status") in ("approved", "rejected")
    return not pointer.startswith("/withdrawn/") and (decided or pointer != "/approval/minutes")


def _choice(field: Field, answer: str) -> str:
    """The word meant by its number or its name; what is neither stays as it is."""
    for number, (word, name) in enumerate(field.choices, 1):
        if answer.lower() in (str(number), word, name.lower()):
            return word
    return answer
