"""What MkDocs says of the menu, in our words: what is not in it, and what it names in vain."""

import re
from collections.abc import Iterator

from docket.text.errors import CommandError

UNLISTED = re.compile(r'"nav" configuration:\n((?:  - .*\n?)+)')
MISSING = re.compile(r"reference to '([^']*)' is included in the 'nav' configuration")


def menu_faults(said: str, lang: str, config: str) -> Iterator[CommandError]:
    """A sentence for each; `config` is the file with the menu of the language."""
    for listed in UNLISTED.findall(said):
        for name in re.findall("  - (.*)", listed):
            page = f"site/{lang}/{name}"
            yield CommandError("errors.build.unlisted", page=page, config=config, name=name)
    for name in MISSING.findall(said):
        yield CommandError("errors.build.no_page", config=config, page=f"site/{lang}/{name}")
