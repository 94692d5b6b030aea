"""The arguments of one command, and what is told of them."""

import argparse
from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

from docket.domain.languages import PACKAGE
from docket.text.catalogue import entries, say
from docket.text.l10n import language_name
from docket.text.terminology import neutral


class Command(NamedTuple):
    """The arguments of one command, told in `lang`."""

    name: str
    lang: str
    parser: argparse.ArgumentParser | None = None
    """None where another command was asked for: nobody waits for this one's help."""
    languages: Sequence[str] = PACKAGE
    is_told: bool = True
    """Whether somebody reads what an argument is: the catalogue is slow to read."""

    def add(self, *names: str, metavar: str = "", **how: Any) -> None:  # noqa: ANN401 - argparse's
        """An argument called `names`; the key of its help is its last name, or its `dest`.

        `metavar` is the key of what stands for it; how argparse takes it, `how` says.
        """
        if self.parser is not None:
            key = how.get("dest") or names[-1].lstrip("-").replace("-", "_")
            self.parser.add_argument(*names, **self._words(key, metavar), **how)

    def add_texts(self, *names: str) -> None:
        """An argument for each of `names` in each language of the register: --title-da."""
        if self.parser is not None:
            for name, one in product(names, self.languages):
                self.parser.add_argument(f"--{name}-{one}", **self._words(name, "text", one))

    def _words(self, name: str, metavar: str, language: str = "") -> dict[str, Any]:
        """What is told of an argument, if anybody reads it."""
        if not self.is_told:
            return {}
        keys = (f"commands.{self.name}.{name}", f"commands.shared.{name}")
        facts = {"language": language_name(language, self.lang)} if language else {}
        key = next((one for one in keys if one in entries("commands")), "")
        found = {"help": say(key, self.lang, words=tuple(neutral()), **facts)} if key else {}
        if metavar:
            found["metavar"] = say(f"commands.metavars.{metavar}", self.lang)
        return found
