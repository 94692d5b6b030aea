"""The languages of a register, and a text in each of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

Form = str | Mapping[str, str]
"""A sentence, or one for each plural category."""


class Language(str):
    """A language by its code (BCP 47): wherever a language is wanted, it is its code.

    `own` has the register's own sentences in it, by the keys of the catalogue; `then` are the
    languages in which is said what this one lacks.
    """

    __slots__ = ("own", "then")
    own: Mapping[str, Form]
    then: tuple[str, ...]

    def __new__(
        cls, code: str, own: Mapping[str, Form] | None = None, then: Sequence[str] = ()
    ) -> Self:
        """A language with its sentences."""
        made = super().__new__(cls, code)
        made.own, made.then = own or {}, tuple(then)
        return made


PACKAGE = (Language("da"), Language("en"))
"""The languages that the package has, and a register that names none."""


class Texts(Mapping[str, str]):
    """A text in the languages of a register, its first one first. A value: it never changes."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Keep what stands in each language."""
        self._texts = dict(texts)

    def of(self, lang: str) -> str:
        """The text in `lang`; where there is none, in the first language that has one."""
        return self._texts.get(lang) or next(filter(None, self._texts.values()), "")

    def __getitem__(self, lang: str) -> str:
        """The text in `lang`. Raises KeyError."""
        return self._texts[lang]

    def __iter__(self) -> Iterator[str]:
        """The languages."""
        return iter(self._texts)

    def __len__(self) -> int:
        """In how many languages it is."""
        return len(self._texts)

    def __hash__(self) -> int:
        """The same for the same texts."""
        return hash(frozenset(self._texts.items()))

    def __str__(self) -> str:
        """The texts, for whoever compares two."""
        return str(self._texts)

    __repr__ = __str__
