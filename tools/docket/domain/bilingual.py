"""A text in each of the register's languages."""

from typing import NamedTuple


class Bilingual(NamedTuple):
    """A text in Danish and in English."""

    da: str
    en: str

    def of(self, lang: str) -> str:
        """The text in `lang`, "da" or "en"."""
        return self.en if lang == "en" else self.da
