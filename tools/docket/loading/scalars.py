"""Plain YAML values: what they are taken for, and which are taken differently by others.

Only null, true, false, decimal integers and decimal fractions have a type; dates
stay text. What YAML 1.1, YAML 1.2 and JSON readers disagree on is refused: F05.
"""

import json
import re
from functools import lru_cache

INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})\Z", re.ASCII)
FRACTION = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z", re.ASCII)
WORDS = {"null": None, "": None, "true": True, "false": False}
DOUBTFUL = {
    **dict.fromkeys("yes no on off true false".split(), "word"),
    **dict.fromkeys("y n null ~ = .nan .inf -.inf +.inf".split(), "sign"),
}
DOUBTFUL_NUMBER = re.compile(
    r"""[-+]?(
        [0-9][0-9_]*                        # 0751, 1_000, +5, 12345678901234567
      | 0b[01_]+ | 0o?[0-7_]+ | 0x[0-9a-f_]+
      | [0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?  # 12:30:00 counts in sixties
      | ([0-9][0-9_]*)?\.[0-9_]*(e[-+]?[0-9]+)?
      | [0-9][0-9_]*e[-+]?[0-9]+
    )\Z""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
SURE = re.compile(r"([a-z0-9-]*|[0-9][0-9TZ:+.-]*)\Z", re.ASCII)


@lru_cache(1024)  # the same keys and words stand in every file
def resolve(text: str) -> tuple[object, str]:
    """The value of a plain scalar, and the F05 variant where readers disagree ("" if none)."""
    if text in WORDS:
        return WORDS[text], ""
    if INTEGER.match(text):
        return int(text), "" if text != "-0" else "number"
    if FRACTION.match(text):
        return float(text), ""
    if text.lower() in DOUBTFUL:
        return text, DOUBTFUL[text.lower()]
    if DOUBTFUL_NUMBER.match(text) and any(char.isdigit() for char in text):
        return text, "number"
    return text, ""


def is_number(text: str) -> bool:
    """Whether a plain `text` is a number to every reader."""
    value, doubt = resolve(text)
    return isinstance(value, int | float) and not isinstance(value, bool) and not doubt


def is_cut(text: str, rest: str) -> bool:
    """Whether a comment after the plain `text` may have been meant as a part of it."""
    comment = rest.strip()
    if not comment.startswith("#"):
        return False
    return not SURE.match(text) or (len(comment) > 1 and not comment[1].isspace())


def quote(text: str) -> str:
    """`text` as a JSON string, which is YAML too."""
    return json.dumps(text, ensure_ascii=False)
