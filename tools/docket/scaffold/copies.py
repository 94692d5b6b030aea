"""The files that a register has as the package brings them, and the record of them.

The pins of actions in workflows are the register's, which Dependabot raises: a file is the same
whatever they are, and a newer one is kept.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docket import __version__
from docket.domain.addresses import OURS as NAMES
from docket.domain.addresses import Addresses
from docket.domain.languages import PACKAGE
from docket.domain.paths import SCHEMA
from docket.loading.packaged import files_at, packaged
from docket.loading.spoken import spoken
from docket.text.catalogue import OTHERS as ENGLISH

STARTER = Path(__file__).parent / "starter"
MUNICIPALITIES, AREAS = "schema/municipality.json", "schema/area.json"
SUBMISSION = "schema/submission.json"
GITHUB = ".github/"
ACTIONS = f"{GITHUB}actions/"
SHARED = ("schema", f"{GITHUB}workflows", ACTIONS[:-1], f"{GITHUB}dependabot.yml")
IGNORED = ".gitignore"
ROOT = (IGNORED, ".gitattributes", ".gitlab-ci.yml", "tools/mkdocs_hook.py")
GUIDES = ("opsaetning", "drift")
"""Pages on the tool itself, which say the same to every organiser."""
OWN_SCHEMAS = (MUNICIPALITIES, AREAS, SUBMISSION)
"""They say who may answer, for what, with which fields: each register its own."""
OTHERS = {*OWN_SCHEMAS, f"{GITHUB}workflows/tests.yml"}
"""What lies among the copied files and is none; the last tests the package itself."""
THEME = {"site/theme/.gitignore": b"# made by docket pages; yours is site/own\n*\n!.gitignore\n"}
"""Keeps the folder of the theme, and nothing in it."""
USES = re.compile(r"(?m)^( *(?:- )?uses: )([^\s@]+)(@\S+(?: # \S+)?)?$")
"""A workflow's line that calls an action: its name, and its pin where it is not a local one."""
OURS = re.compile(rf"(?:\$|[\w.-]+/[\w.-]+)/(?={re.escape(ACTIONS)})")


@dataclass(frozen=True, slots=True)
class Home:
    """Where on GitHub the package's actions are called from: OWNER/REPO, commit, version."""

    repository: str
    commit: str
    version: str = f"v{__version__}"


def copies(
    home: Home | None, languages: Sequence[str], named: Addresses = NAMES
) -> dict[str, bytes]:
    """All copied files by path, of a register in `languages`, whose pages are `named` so.

    The actions too, where they have no `home` to be called from.
    """
    found = {
        f"{name}/{inside}".removesuffix("/"): content
        for name in (*SHARED, *ROOT)
        for inside, content in files_at(packaged(name))
    }
    found |= {
        path: in_languages(content.decode(), languages).encode()
        for path, content in found.items()
        if path.startswith(SCHEMA)
    }
    found[IGNORED] = named.put_into(found[IGNORED].decode()).encode()
    for lang in languages:
        for name in GUIDES:
            page = packaged(f"site/{lang if lang in PACKAGE else ENGLISH}/{name}.md")
            text = named.put_into(page.read_text("utf-8"))
            found[f"site/{lang}/{named.of(f'{name}.md')}"] = text.encode()
    found |= {"Makefile": (STARTER / "Makefile").read_bytes(), **THEME}
    return {
        path: _called_from(home, content) if home and path.startswith(GITHUB) else content
        for path, content in found.items()
        if path not in OTHERS and not (home and path.startswith(ACTIONS))
    }


def in_languages(text: str, languages: Sequence[str]) -> str:
    """A schema of the package in the languages of a register; as it is in the package's own."""
    if tuple(languages) in ((), PACKAGE):
        return text
    told = spoken(json.loads(text), languages)
    head: dict[str, object] = {key: told[key] for key in ("$schema", "$id") if key in told}
    whole = {**dict(head), "x-lang": str(languages[0]), **told}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def record(noted: Mapping[str, str]) -> bytes:
    """What the register notes: the version, and the digest of each copied file."""
    found = {"version": __version__, "files": dict(sorted(noted.items()))}
    return (json.dumps(found, indent=2) + "\n").encode()


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of each file."""
    return {path: digest(path, content) for path, content in files.items()}


def digest(path: str, content: bytes) -> str:
    """The SHA-256 of a file, in a workflow without the pins of its actions."""
    if path.startswith(GITHUB):
        content = _each_use(content, lambda name, _: OURS.sub("$/", name))
    return hashlib.sha256(content).hexdigest()


def home_in(files: Iterable[bytes]) -> Home | None:
    """Where these workflows call the package's actions from, and the newest pin there."""
    ours = [(name, pin) for name, pin in _uses(files) if pin and OURS.match(name)]
    if not ours:
        return None
    name, pin = max(ours, key=lambda use: _version(use[1]))
    commit, _, version = pin.removeprefix("@").partition(" # ")
    return Home(name.partition(f"/{ACTIONS}")[0], commit, version)


def with_newer_pins(content: bytes, files: Iterable[bytes]) -> bytes:
    """A workflow with the pins of others' actions that `files` have, where those are newer."""
    others = [use for use in _uses(files) if not OURS.match(use[0])]
    there = dict(sorted(others, key=lambda use: _version(use[1])))  # the newest comes last
    return _each_use(content, lambda name, pin: name + max(pin, there.get(name, pin), key=_version))


def _called_from(home: Home, content: bytes) -> bytes:
    where = f"{home.repository}/"
    pin = f"@{home.commit}" + (f" # {home.version}" if home.version else "")
    return _each_use(
        content, lambda name, was: OURS.sub(where, name) + (pin if OURS.match(name) else was)
    )


def _each_use(content: bytes, written: Callable[[str, str], str]) -> bytes:
    """A workflow in which `written` tells, from its name and pin, what each line calls."""
    text = content.decode("utf-8", "surrogateescape")
    changed = USES.sub(lambda line: line[1] + written(line[2], line[3] or ""), text)
    return changed.encode("utf-8", "surrogateescape")


def _uses(files: Iterable[bytes]) -> list[tuple[str, str]]:
    texts = (one.decode("utf-8", "replace") for one in files)
    return [(name, pin) for text in texts for _, name, pin in USES.findall(text)]


def _version(pin: str) -> list[int]:
    """What the comment behind a pin says, as numbers."""
    return [int(part) for part in re.findall(r"\d+", pin.partition(" # ")[2])]
