"""A submission asked for on the terminal, field by field, in the words of the form."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docket import entry
from docket.docket import Docket
from docket.form import Field
from docket.model import Both, Round

Judge = Callable[[Mapping[str, str]], Mapping[str, str]]
"""From values to what is wrong with them, both by pointer."""
YES = {"da": ("j", "ja"), "en": ("y", "yes")}


class NobodyThere(Exception):
    """The questions cannot be asked: nobody answers."""


@dataclass(frozen=True)
class Filling:
    """Who asks, about which round, in which language; `judge` says what is wrong."""

    docket: Docket
    call: Round
    fields: Mapping[str, Field]
    lang: str
    judge: Judge

    def fill_in(self, given: Mapping[str, str], areas: list[str]) -> dict[str, str]:
        """Values for all fields: those `given`, and the rest asked for. Raises `NobodyThere`."""
        texts, chosen = dict(given), list(areas)
        for pointer, field in self.fields.items():
            if (
                pointer in texts
                or (pointer == "/areas" and chosen)
                or not self._applies(pointer, texts)
            ):
                continue
            while True:
                answer = self._ask(field)
                if pointer == "/areas":
                    chosen = [self._choice(field, one) for one in answer.replace(",", " ").split()]
                else:
                    texts[pointer] = self._choice(field, answer)
                values = self.values(texts, chosen)
                wrong = self.judge(values).get(pointer)
                if not wrong or (not answer and not field.required and pointer not in values):
                    break
                self._say(f"  {wrong}")
        return self.values(texts, chosen)

    def values(self, texts: Mapping[str, str], areas: list[str]) -> dict[str, str]:
        """What was typed, with the municipality by its short name."""
        found = entry.gather(texts, areas)
        if typed := found.get("/municipality"):
            found["/municipality"] = entry.called(typed, self.docket.register) or typed
        return found

    def agrees(self, question: Both) -> bool:
        """Whether the answer is yes."""
        return self._read(f"{question.of(self.lang)} ").strip().lower() in YES[self.lang]

    def _applies(self, pointer: str, texts: Mapping[str, str]) -> bool:
        decided = texts.get("/approval/status") in ("approved", "rejected")
        return not pointer.startswith("/withdrawn/") and (decided or pointer != "/approval/minutes")

    def _ask(self, field: Field) -> str:
        optional = "" if field.required else Both(" (frivilligt)", " (optional)").of(self.lang)
        self._say(f"\n{field.label}{optional}")
        if field.help:
            self._say(f"  {field.help}")
        for number, (_, name) in enumerate(field.choices, 1):
            self._say(f"  {number}. {name}")
        return self._read("> ").strip()

    def _choice(self, field: Field, answer: str) -> str:
        """The word meant by its number or its name; what is neither stays as it is."""
        for number, (word, name) in enumerate(field.choices, 1):
            if answer.lower() in (str(number), word, name.lower()):
                return word
        return answer

    def _say(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")

    def _read(self, prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise NobodyThere
        return line.rstrip("\n")
