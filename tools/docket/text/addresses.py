"""The names in a site's addresses, in the register's first language."""

import re
from collections.abc import Mapping

from docket.domain.addresses import Addresses
from docket.domain.languages import PACKAGE
from docket.domain.spelling import fold
from docket.text.catalogue import OTHERS, entries, say

FILE, PARTICIPANTS = "addresses.", "kommuner"
RIGHT = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def addresses(lang: str, words: Mapping[str, str]) -> Addresses:
    """The names in `lang`; those who may answer are called by the register's own word, `many`.

    A language that the package does not have begins with the English ones. What cannot stand in an
    address, or stands for two things, is called as we call it.
    """
    own = getattr(lang, "own", {})
    known = lang if lang in PACKAGE else OTHERS
    names = {
        key.removeprefix(FILE): str(own.get(key) or say(key, known)) for key in entries("addresses")
    }
    names[PARTICIPANTS] = fold(words.get("many", "")) or names[PARTICIPANTS]
    right = {
        ours: name
        for ours, name in names.items()
        if RIGHT.fullmatch(name) and list(names.values()).count(name) == 1
    }
    return Addresses({ours: name for ours, name in right.items() if name != ours})
