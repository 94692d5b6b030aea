"""Who may have signed, as OpenSSH writes it: `allowed_signers` (ssh-keygen(1), "ALLOWED SIGNERS").

A line is `principals [options] kind key [comment]`. What ssh-keygen refuses, we do: a line that is
not understood is told, never passed over. Lines that cannot be a desk's key are passed over: keys
of another kind, those of an authority, and those that may not sign for Git.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from docket.git.signing import GIT, KIND, fingerprint

WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
OPTION = re.compile(r'([\w-]+)(?:="([^"]*)")?(?:,|\Z)')
KINDS = re.compile(r"(?:ssh|ecdsa|sk)-[\w@.-]+\Z")
TIMES = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
"""How a time is written, by how many digits it has."""


class NotAllowed(ValueError):
    """A line that cannot be understood; its number is the argument."""


@dataclass(frozen=True, slots=True)
class Known:
    """A key that is trusted, what it is called there, and from when until when it may sign.

    `last`: the last commit of its log, once retired.
    """

    key: str
    name: str = ""
    after: datetime | None = None
    before: datetime | None = None
    last: str = ""


def read_allowed(text: str) -> tuple[Known, ...]:
    """The Ed25519 keys that may sign for Git. Raises `NotAllowed`."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                found += list(_known(WORD.findall(line)))
            except (ValueError, IndexError) as error:
                raise NotAllowed(number) from error
    return tuple(found)


def write_allowed(known: Sequence[Known]) -> str:
    """The file with `known`, so that ssh-keygen and Git read it."""
    return "".join(f"{one.name} {','.join(_options(one))} {one.key}\n" for one in known)


def _options(one: Known) -> Iterator[str]:
    yield f'namespaces="{GIT}"'
    if one.before:
        yield f'valid-before="{one.before.astimezone(UTC):%Y%m%d%H%M%SZ}"'


def _known(words: Sequence[str]) -> Iterator[Known]:
    """The key of a line, if a desk could have it. Raises ValueError, IndexError."""
    given = "" if KINDS.match(words[1]) else words[1]
    kind, key = words[2:4] if given else words[1:3]
    options = dict(_read_options(given))
    spaces = options.pop("namespaces", GIT)
    after, before = (_time(options.pop(f"valid-{one}", "")) for one in ("after", "before"))
    authority = options.pop("cert-authority", None) is not None
    if options or not KINDS.match(kind):
        raise ValueError(given)
    if kind == KIND.decode() and not authority and _allows(spaces):
        public = f"{kind} {key}"
        fingerprint(public)
        yield Known(public, words[0].replace('"', ""), after, before)


def _read_options(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = OPTION.match(text, at)
        if not found:
            raise ValueError(text)
        yield found[1].lower(), found[2] or ""
        at = found.end()


def _allows(spaces: str) -> bool:
    """Whether a list of patterns has Git's namespace; one with "!" takes it out."""
    patterns = [one.strip() for one in spaces.split(",")]
    out = any(one.startswith("!") and fnmatchcase(GIT, one[1:]) for one in patterns)
    return not out and any(fnmatchcase(GIT, one) for one in patterns)


def _time(text: str) -> datetime | None:
    """A time in UTC where it ends in Z, else in this machine's zone. Raises ValueError."""
    if not text:
        return None
    digits = text.removesuffix("Z")
    pattern = TIMES.get(len(digits))
    if pattern is None:
        raise ValueError(text)
    found = datetime.strptime(digits, pattern)  # noqa: DTZ007 - the zone follows
    return found.replace(tzinfo=UTC) if text.endswith("Z") else found.astimezone()
