"""The formats that the schemas name, checked in full.

jsonschema alone lets most of them pass. Sources: RFC 3339 (dates and instants),
RFC 3986 (addresses), the HTML standard's e-mail address, E.164 (phone numbers).
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from zoneinfo import ZoneInfo

from docket.domain.instants import DAY, INSTANT, day, instant, moment
from docket.text.l10n import is_known

# Written in the subset of regular expressions that Python and JavaScript read alike,
# because the form in the browser checks by the same patterns.
LETTERS = "A-Za-z0-9æøåÆØÅäöüÄÖÜé"
LABEL = f"[{LETTERS}](?:[{LETTERS}-]{{0,61}}[{LETTERS}])?"
HOST = rf"{LABEL}(?:\.{LABEL})+"
ATOM = "[A-Za-z0-9æøåÆØÅ!#$%&'*+/=?^_`{|}~-]+"
UNTIL_SPACE = r"""[^\s<>"\\^`{|}]*"""
PATTERNS: Mapping[str, str] = {
    "date": DAY,
    "date-time": INSTANT,
    "email": rf"(?=[^@]{{1,64}}@){ATOM}(?:\.{ATOM})*@{HOST}",
    "uri": rf"https://{HOST}(?::[0-9]{{1,5}})?(?:[/?#]{UNTIL_SPACE})?",
    "phone": r"(?:[0-9](?:[ ./-]?[0-9]){5,14}|(?:\+|00)[0-9](?:[ ./-]?[0-9]){4,14})",
}

ZONE = "(?!Factory$|SystemV/)[A-Z][A-Za-z0-9_+-]*(?:/[A-Z][A-Za-z0-9_+-]*)*"
"""Names of the IANA's; localtime, posix/… and right/… are folders and links of a machine."""


def matches(name: str, text: str) -> bool:
    """Whether the whole of `text` has the pattern of the format `name`."""
    return _compiled(name).fullmatch(text) is not None


@cache  # none of them before it is asked for
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(PATTERNS[name])


def _holds(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            parse(text)
        except (ValueError, OSError, LookupError):
            return False
        return True

    return check


def _is_zone(text: str) -> bool:
    """Whether a browser knows the zone too: not what only this machine calls so."""
    return re.fullmatch(ZONE, text) is not None and _holds(ZoneInfo)(text)


def _is_language(text: str) -> bool:
    """Whether it is the code of a language that the CLDR knows, and that no schema's key is."""
    return re.fullmatch("[a-z]{2,3}", text) is not None and text != "ask" and is_known(text)


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": _holds(day),
    "date-time": _holds(instant),
    "moment": _holds(moment),
    "email": partial(matches, "email"),
    "uri": partial(matches, "uri"),
    "phone": partial(matches, "phone"),
    "zone": _is_zone,
    "language": _is_language,
}
