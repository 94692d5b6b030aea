"""Words as people write them: what looks the same is the same, and the nearest one is found.

`site/theme/assets/fold.js` does the same in the browser; a test holds the two together.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e"})
# Unicode's default ignorables: nothing is seen where they stand. A dash or a space of any kind is
# one to a reader; full width and ligatures are Unicode's own (NFKC).
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
DASHES = re.compile("[\u02d7\u058a\u1806\u2010-\u2015\u2043\u2212\u2e3a\u2e3b]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
MOST = 3
"""So many letters may be wrong in a word that is still known."""


def plain(text: str) -> str:
    """`text` without what only looks different: one kind of dash and of space, nothing unseen."""
    seen = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return SPACES.sub(" ", DASHES.sub("-", seen)).strip()


def one_line(text: str) -> str:
    """`text` with ordinary spaces and hyphens, as a line of it is read; its dashes stay."""
    return SPACES.sub(" ", text.replace("\u2011", "-").replace("\u00ad", "")).strip()


def fold(word: str) -> str:
    """`word` as a slug: lower case, æøå in two letters, hyphens for the rest."""
    return re.sub(r"[^a-z0-9]+", "-", plain(word).lower().translate(FOLDS)).strip("-")


def nearest(word: str, allowed: Iterable[str], spellings: Mapping[str, str]) -> str:
    """The allowed word meant by `word`, "" where none is near.

    `spellings` maps other ways to write an allowed word to that word. What they add to it
    says nothing of which word it is.
    """
    return near_of(word, called(allowed, spellings))


def called(allowed: Iterable[str], spellings: Mapping[str, str]) -> dict[str, str]:
    """Each allowed word by all that it is called, folded."""
    words = {fold(key): key for key in allowed}
    return words | {
        fold(other): key for other, key in spellings.items() if fold(other) not in words
    }


def near_of(word: str, words: Mapping[str, str]) -> str:
    """The same as `nearest`, of words that are folded already."""
    wanted = fold(word)
    if wanted in words:
        return words[wanted]
    tails = tuple(one.removeprefix(key) for one, key in words.items() if one.startswith(f"{key}-"))
    name, _, last = wanted.rpartition("-")
    if name and closest(last, (one.strip("-") for one in tails)):  # misspelt too, it says nothing
        wanted = name
    return words.get(closest(wanted, (one for one in words if not one.endswith(tails))), "")


def closest(wanted: str, words: Iterable[str]) -> str:
    """The word that fewest letters keep from `wanted`, both folded; "" where none is near.

    The first part of a double name is the name, and the end of a word is the word where no other
    ends so. A number has no neighbours: another one is another thing.
    """
    if wanted.isdigit():
        return ""
    known = list(words)
    if longer := [one for one in known if one.startswith(f"{wanted}-")]:
        return min(longer)
    most = min(MOST, max(1, len(wanted) // 3))
    near = [one for one in known if abs(len(one) - len(wanted)) <= most]
    found = min(((distance(wanted, one), one) for one in near), default=(most + 1, ""))
    if found[0] <= most:
        return found[1]
    longer = [one for one in known if len(wanted) > MOST and one.endswith(wanted)]
    return longer[0] if len(longer) == 1 else ""


def distance(one: str, other: str) -> int:
    """How many letters to put in, take out, change or swap with the next make one the other."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, above, row = above, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and one[i - 2] == wanted and letter == other[j - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def danish(word: str) -> tuple[int, ...]:
    """A key that sorts as Danish does: æ, ø, å last, and aa as å."""
    letters = re.sub(r"aa", "å", word.lower())
    return tuple({"æ": 1000, "ø": 1001, "å": 1002}.get(char, ord(char)) for char in letters)
