"""The nearest allowed word to one that was written."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e"})


def fold(word: str) -> str:
    """`word` as a slug: lower case, æøå in two letters, hyphens for the rest."""
    return re.sub(r"[^a-z0-9]+", "-", word.lower().translate(FOLDS)).strip("-")


def nearest(word: str, allowed: Iterable[str], spellings: Mapping[str, str]) -> str:
    """The allowed word meant by `word`, "" where none is near.

    `spellings` maps other ways to write an allowed word to that word. What they add to it
    says nothing of which word it is.
    """
    words = {fold(key): key for key in allowed}
    words |= {fold(other): key for other, key in spellings.items() if fold(other) not in words}
    wanted = fold(word)
    if wanted in words:
        return words[wanted]
    tails = tuple(one.removeprefix(key) for one, key in words.items() if one.startswith(f"{key}-"))
    wanted = wanted.removesuffix(next(filter(wanted.endswith, tails), ""))
    plain = [one for one in words if not one.endswith(tails)]
    close = get_close_matches(wanted[:80], plain, n=1, cutoff=0.65)
    return words[close[0]] if close else ""


def danish(word: str) -> tuple[int, ...]:
    """A key that sorts as Danish does: æ, ø, å last, and aa as å."""
    letters = re.sub(r"aa", "å", word.lower())
    return tuple({"æ": 1000, "ø": 1001, "å": 1002}.get(char, ord(char)) for char in letters)
