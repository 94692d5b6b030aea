"""A file as it was read: its data, the place of every value, and what is wrong with it."""

from collections.abc import Mapping
from typing import NamedTuple

from docket.domain.nouns import Finding, Place
from docket.loading.marks import NOWHERE, Data, Places


class Document(NamedTuple):
    """A file that was read. Places and raw text by JSON Pointer; "~key" + pointer is a key's.

    Where `broken`, nothing can be said of the data. Pointers in `spoiled` already
    have a finding, so nothing more is to be said of what they hold. `end` is where the
    outermost list or mapping ends, in characters of the text without its byte order mark.
    """

    path: str
    data: Data = None
    places: Places = NOWHERE
    findings: tuple[Finding, ...] = ()
    spoiled: frozenset[str] = frozenset()
    broken: bool = False
    end: int = 0

    @property
    def raw(self) -> Mapping[str, str]:
        """The text of every plain value by its pointer."""
        return self.places.raw

    def moved(self, path: str) -> "Document":
        """The same document as if it lay at `path`."""

        def there(place: Place) -> Place:
            return place._replace(path=path)

        findings = [
            one._replace(place=there(one.place), also=tuple(map(there, one.also)))
            for one in self.findings
        ]
        return self._replace(path=path, places=self.places.moved(path), findings=tuple(findings))
