"""Sentences that have not moved to the catalogue yet."""

import re

from docket.domain.nouns import Bilingual, Organiser
from docket.text.catalogue import HOLE, capital


def pair(organiser: Organiser, both: Bilingual, lang: str) -> str:
    """`both` in `lang`, with the register's words in it; other holes stay."""
    words = organiser.words_in(lang)

    def word(found: re.Match[str]) -> str:
        small = found[1][0].lower() + found[1][1:]
        text = words.get(small, found[0])
        return text if found[1] == small or small not in words else capital(text)

    return HOLE.sub(word, both.of(lang))
