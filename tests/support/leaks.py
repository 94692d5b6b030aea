"""Words of one language, or of one organiser, in what another one's readers are told."""

import re
from functools import cache
from html import unescape

from docket.text import catalogue
from docket.text.catalogue import HOLE, entries

WORD = re.compile(r"[^\W\d_]{3,}")
OUR_OWN = re.compile(
    r"\bKL\b|kommun|municipal|byråd|velfærdsaftale|welfare agreement", re.IGNORECASE
)
"""What is the first organiser's own, or is said of what is like it."""
KEYS = re.compile(
    r"[\"/-](?:municipality|municipalities)\b|\bmunicipality(?::|\.json)|\{municipality\}"
    r"|\bMUNICIPALITY\b|row\.municipality|#[\w-]+|\b(?=[a-f]*\d)[0-9a-f]{7,}\b"
)
"""Names of fields, files and parts of pages, the same in every register; and commits."""


def foreign(text: str) -> set[str]:
    """The Danish words of the catalogue in `text`, and those of the first organiser."""
    shown = KEYS.sub(" ", text)
    found = set(OUR_OWN.findall(shown))
    return found | {word for word in map(str.lower, WORD.findall(shown)) if word in danish()}


def shown(page: str) -> str:
    """What somebody reads on a page, and what its scripts say there."""
    without = re.sub(
        r"<style\b.*?</style>|\b(?:href|src|action|id|class|for|name|data-sort)=\"[^\"]*\"",
        " ",
        page,
    )
    return unescape(re.sub(r"</?[a-z][^>]*?>", lambda tag: " " + tag[0][1:-1] + " ", without))


ENGLISH = {"alt", "via", "side", "sig", "sit"}
"""What is English too."""


@cache
def danish() -> frozenset[str]:
    """The words that the catalogue has in Danish alone."""
    told = {lang: _words(lang) for lang in ("da", "en")}
    return frozenset(told["da"] - told["en"] - ENGLISH)


def _words(lang: str) -> set[str]:
    found: set[str] = set()
    for name in catalogue.FILES:
        for entry in entries(name).values():
            form = entry if isinstance(entry, str) else entry[lang]
            for text in [form] if isinstance(form, str) else form.values():
                found |= set(map(str.lower, WORD.findall(HOLE.sub(" ", text))))
    return found
