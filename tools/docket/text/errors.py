"""What keeps a command from its work: which sentence says so, and its facts."""

from docket.text.catalogue import say


class CommandError(Exception):
    """A command cannot do its work: it says why, and what to do.

    `key` names the sentence in the catalogue; `facts` fill its holes.
    """

    def __init__(self, key: str, /, **facts: object) -> None:
        """Keep what is to be said."""
        super().__init__(key)
        self.key = key
        self.facts = facts

    def of(self, lang: str) -> str:
        """The sentence in `lang`."""
        return say(self.key, lang, **self.facts)
