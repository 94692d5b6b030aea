"""A file as it was read: its data, the place of every value, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from docket.domain.nouns import Finding, Place

Data = Any
"""What YAML holds: dict, list, str, int, float, bool or None."""


class Places(Mapping[str, Place]):
    """The place of every value by its pointer, and of every key by "~key" and its pointer.

    Kept as libyaml's marks (lines and columns from 0): few of them are ever asked for. It marks
    what follows a lone "?" below the last line: that is at that line's end, column `last`.
    """

    __slots__ = ("_last", "_lines", "_marks", "_path")

    def __init__(self, path: str, marks: Mapping[str, Any], lines: int, last: int) -> None:
        """Of a file at `path` with so many lines."""
        self._path, self._marks, self._lines, self._last = path, marks, lines, last

    def __getitem__(self, pointer: str) -> Place:
        """The place, lines and columns from 1. Raises KeyError."""
        mark = self._marks[pointer]
        return self.at(mark.line, mark.column, pointer.removeprefix("~key"))

    def at(self, line: int, column: int, pointer: str = "") -> Place:
        """The place of a mark."""
        if line >= self._lines:
            line, column = self._lines - 1, self._last
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
        return Places(path, self._marks, lines=self._lines, last=self._last)


NOWHERE = Places("", {}, lines=1, last=0)


class Document(NamedTuple):
    """A file that was read. Places and raw text by JSON Pointer; "~key" + pointer is a key's.

    Where `broken`, nothing can be said of the data. Pointers in `spoiled` already
    have a finding, so nothing more is to be said of what they hold. `end` is where the
    outermost list or mapping ends, in characters of the text without its byte order mark.
    """

    path: str
    data: Data = None
    places: Places = NOWHERE
    raw: Mapping[str, str] = {}
    findings: tuple[Finding, ...] = ()
    spoiled: frozenset[str] = frozenset()
    broken: bool = False
    end: int = 0

    def moved(self, path: str) -> "Document":
        """The same document as if it lay at `path`."""

        def there(place: Place) -> Place:
            return place._replace(path=path)

        findings = [
            one._replace(place=there(one.place), also=tuple(map(there, one.also)))
            for one in self.findings
        ]
        return self._replace(path=path, places=self.places.moved(path), findings=tuple(findings))


@lru_cache(1024)  # the same few in every file
def step(pointer: str, key: str | int) -> str:
    """`pointer` one step further, escaped as RFC 6901 wants it."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
