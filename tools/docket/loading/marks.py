"""Where every value of a file stands, by its pointer."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from docket.domain.nouns import Place
from docket.loading.decoding import lines

KEY = "~key"
Data = Any
"""What YAML holds: dict, list, str, int, float, bool or None."""
Mark = Any
"""Libyaml's: line and column from 0."""
Pair = tuple[Data, Mark]
Told = tuple[str, Data, Mark]
END = (None, None)
"""Where a list or mapping ends."""


class Places(Mapping[str, Place]):
    """The place of every value by its pointer, and of every key by "~key" and its pointer.

    Pointers are made when the first is asked for: of most files none ever is. libyaml marks what
    follows a lone "?" below the last line: that is at that line's end.
    """

    def __init__(self, path: str, text: str, seen: Sequence[Data], marks: Sequence[Mark]) -> None:
        """Of the file `text` at `path`. What was `seen` in it stands in its order, with its mark.

        A key's or a value's text, or what a list or mapping has become; None where one ends.
        """
        self._path, self._text, self._seen, self._at = path, text, seen, marks

    @cached_property
    def raw(self) -> Mapping[str, str]:
        """The text of every plain value by its pointer."""
        found: dict[str, str] = {}
        for pointer, what, _ in self._told():
            if isinstance(what, str) and not pointer.startswith(KEY):
                found.setdefault(pointer, what)
        return found

    @cached_property
    def _marks(self) -> Mapping[str, Mark]:
        found: dict[str, Mark] = {}
        for pointer, _, mark in self._told():
            found.setdefault(pointer, mark)
        return found

    def _told(self) -> Iterator[Told]:
        pairs = zip(self._seen, self._at, strict=True)
        return (told for first in pairs for told in _told(pairs, first, ""))

    @cached_property
    def _ends(self) -> tuple[int, int]:
        """How many lines there are, and how long the last is."""
        found = lines(self._text)
        return len(found), len(found[-1])

    def __getitem__(self, pointer: str) -> Place:
        """The place, lines and columns from 1. Raises KeyError."""
        mark = self._marks[pointer]
        return self.at(mark.line, mark.column, pointer.removeprefix(KEY))

    def at(self, line: int, column: int, pointer: str = "") -> Place:
        """The place of a mark."""
        many, last = self._ends
        if line >= many:
            line, column = many - 1, last
        return Place(self._path, line + 1, column + 1, pointer)

    def __contains__(self, pointer: object) -> bool:
        """Whether there is a value or a key."""
        return pointer in self._marks

    def __iter__(self) -> Iterator[str]:
        """All pointers, as they were read."""
        return iter(self._marks)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._marks)

    def moved(self, path: str) -> "Places":
        """The same in a file at `path`."""
        return Places(path, self._text, self._seen, self._at)


NOWHERE = Places("", "", (), ())


def _told(pairs: Iterator[Pair], one: Pair, pointer: str) -> Iterator[Told]:
    """All keys and values in `one`, which stands at `pointer`, each by its own pointer."""
    what, mark = one
    yield pointer, what, mark
    inside = iter(pairs.__next__, END)
    if isinstance(what, list):
        for index, item in enumerate(inside):
            yield from _told(pairs, item, step(pointer, index))
    elif isinstance(what, dict):
        for key, at in inside:
            here = step(pointer, key)
            yield f"{KEY}{here}", key, at
            yield from _told(pairs, next(pairs), here)


@lru_cache(1024)  # the same few in every file
def step(pointer: str, key: str | int) -> str:
    """`pointer` one step further, escaped as RFC 6901 wants it."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
