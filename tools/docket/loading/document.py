"""A file as it was read: its data, the place of every value, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from docket.domain.nouns import Finding, Place

Data = Any
"""What YAML holds: dict, list, str, int, float, bool or None."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. Places and raw text by JSON Pointer; "~key" + pointer is a key's.

    Where `broken`, nothing can be said of the data. Pointers in `spoiled` already
    have a finding, so nothing more is to be said of what they hold. `end` is where the
    outermost list or mapping ends, in characters of the text without its byte order mark.
    """

    path: str
    data: Data = None
    places: Mapping[str, Place] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    spoiled: frozenset[str] = frozenset()
    broken: bool = False
    end: int = 0

    def moved(self, path: str) -> "Document":
        """The same document as if it lay at `path`."""

        def there(place: Place) -> Place:
            return place._replace(path=path)

        places = {pointer: there(place) for pointer, place in self.places.items()}
        findings = [
            replace(one, place=there(one.place), also=tuple(map(there, one.also)))
            for one in self.findings
        ]
        return replace(self, path=path, places=places, findings=tuple(findings))


@lru_cache(1024)  # the same few in every file
def step(pointer: str, key: str | int) -> str:
    """`pointer` one step further, escaped as RFC 6901 wants it."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
