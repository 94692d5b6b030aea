"""The text of a file before it is YAML: its encoding and its characters."""

import re
import unicodedata
from collections.abc import Iterator

from docket.domain.nouns import Finding, Place

MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""
BREAKS = re.compile(r"\r\n|\r|\n")
BINARY = tuple(
    bytes.fromhex(start)
    for start in "504b0304 25504446 89504e47 ffd8ff 47494638 d0cf11e0 7b5c727466".split()
)
"""How Word documents, PDFs and pictures begin."""
HARD = "\u00a0"
"""The space that does not break: it looks like one, and YAML takes it for a letter."""
UTF16 = re.compile(rb"(\0[ -~]|[ -~]\0){2}")
"""How UTF-16 begins where it has no byte order mark: every other byte is empty."""
# Bidirectional controls, and characters that cannot be seen: they hide what a text says.
HIDDEN = frozenset("\u061c\u200b\u200e\u200f\u2028\u2029\u2060\ufeff") | frozenset(
    map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0000, 0xE0080)])
)
UNUSUAL = re.compile("[^\t\n\r -~\u00a0-\u024f\u2010-\u2027]")
"""What is worth a closer look; European letters and punctuation are not."""
NONCHARACTER = 0xFFFE


def decode(path: str, content: bytes) -> tuple[str, list[Finding]]:
    """The text in UTF-8 `content` without its byte order mark; or why there is none (F01)."""
    content = content.removeprefix(MARK)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or UTF16.match(content):
        return "", [Finding("F01", Place(path), "utf16")]
    if content.startswith(BINARY) or (content and not content.strip(b"\0")):
        return "", [Finding("F01", Place(path), "binary")]
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        if b"\0" in content:
            return "", [Finding("F01", Place(path), "binary")]
        before = content[: error.start].decode()
        facts = {"char": content[error.start : error.start + 1].decode("cp1252", "replace")}
        return "", [Finding("F01", place_of(path, before), "encoding", facts)]
    for index in _bad(text):
        facts = {"char": name_of(text[index])}
        return text, [Finding("F01", place_of(path, text[:index]), "control", facts)]
    return text, []


def first_bad(text: str) -> str:
    """The name of the first forbidden character in `text`, "" if there is none."""
    return next((name_of(text[index]) for index in _bad(text)), "")


def without_bad(text: str) -> str:
    """`text` without its forbidden characters."""
    bad = frozenset(_bad(text))
    return "".join(char for index, char in enumerate(text) if index not in bad)


def _bad(text: str) -> Iterator[int]:
    """Where forbidden characters stand."""
    return (found.start() for found in UNUSUAL.finditer(text) if _is_forbidden(text, found.start()))


def _is_forbidden(text: str, index: int) -> bool:
    """Whether the character at `index` may not stand in a file.

    A zero-width joiner may, where it joins two parts of an emoji.
    """
    char = text[index]
    if char == "\u200d":
        around = text[index - 1 : index] + text[index + 1 : index + 2]
        return not (len(around) > 1 and all(_in_emoji(one) for one in around))
    code = ord(char)
    return (
        char in HIDDEN
        or unicodedata.category(char) in ("Cc", "Cs")
        or code & NONCHARACTER == NONCHARACTER
        or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 - Unicode's other noncharacters
    )


def _in_emoji(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk", "Mn")


def name_of(char: str) -> str:
    """How a character is called that must not be shown: U+202E."""
    return f"U+{ord(char):04X}"


def lines(text: str) -> list[str]:
    """The lines of `text` as libyaml counts them."""
    return BREAKS.split(text)


def place_of(path: str, before: str) -> Place:
    """The place just after `before`, the beginning of a file's text."""
    found = lines(before)
    return Place(path, len(found), len(found[-1]) + 1)
