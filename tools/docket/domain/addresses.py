"""How the pages and files of a site are called in its addresses.

In code and templates each has one name, the Danish one (`runder/`, `data/frister.ics`); a
register calls it by its own. Only the beginning of a path, a file below `data/` and the name of
a query are such names: what follows are rounds and those who answer.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

NAME = re.compile(
    r"\A[a-z-]+(?=[/.#]|\Z)|(?<=\Adata/)[a-z]+|(?<=\Adata/\.)[a-z]+|(?<=[?])[a-z]+(?==)"
)


class Addresses(NamedTuple):
    """The register's own names, by ours; what is not there is called alike."""

    names: Mapping[str, str] = {}

    def put_into(self, text: str) -> str:
        """`text`, a page or a configuration, with the register's names in its links."""
        for ours in sorted(self.names, key=len, reverse=True):
            text = re.sub(rf"(?<![\w-]){re.escape(ours)}(?=/|\.[a-z]|-…)", self.names[ours], text)
        return text

    def name(self, ours: str) -> str:
        """What one of our names is called."""
        return self.names.get(ours, ours)

    def of(self, path: str) -> str:
        """A path of ours, as the register calls it."""
        return NAME.sub(lambda found: self.name(found[0]), path) if self.names else path

    def ours(self, path: str) -> str:
        """A path of the register's, as we call it."""
        back = {own: ours for ours, own in self.names.items()}
        return NAME.sub(lambda found: back.get(found[0], found[0]), path)


OURS = Addresses()
"""Where a register has no names of its own."""
