"""A round's pair of keys in files of the organiser's own, never in the register."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from docket.acts import seal
from docket.acts.branches import waiting
from docket.domain.docket import Docket
from docket.git.place import is_shared
from docket.git.store import Store
from docket.loading import yamlfile
from docket.summary.lines import Opener
from docket.text.errors import CommandError
from docket.text.escape import show_path

SEAL = "seal"
"""The field of a round.yml that has a public key."""


def make(path: Path) -> dict[str, str]:
    """A new pair: the private key in a new file, the public one as the answer.

    Raises `CommandError`, also where the file would lie in the register or is there already.
    """
    name = show_path(str(path))
    if is_shared(path):
        raise CommandError("errors.key.shared")
    private, public = seal.new_key()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError("errors.key.taken", name=name) from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(private)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()  # half a key opens nothing
        raise
    return public


def public_of(line: str) -> dict[str, str]:
    """The public key in the line that `docket key` wrote. Raises `CommandError`."""
    data = yamlfile.read("", line.encode()).data
    key = data.get(SEAL, data) if isinstance(data, dict) else None
    if not isinstance(key, dict):
        raise CommandError("errors.key.no_line")
    return key


@dataclass(frozen=True, slots=True)
class Tried:
    """A sealed contact that a key was tried on. `where` is its file, or the branch it waits on."""

    where: str
    municipality: str
    opens: bool


def tried(store: Store, docket: Docket, path: Path) -> list[Tried]:
    """The sealed contacts of the rounds with this key, taken in or waiting. Raises `CommandError`.

    None may be sealed to it.
    """
    key = read(path)
    ours = {one.slug for one in docket.rounds.values() if one.seal and seal.opens(key, one.seal)}
    if not ours:
        raise CommandError("errors.key.no_round", name=show_path(str(path)))
    found = [(one.path, one) for one in docket.submissions]
    return [
        Tried(where, one.municipality, seal.open_contact(key, one) is not None)
        for where, one in [*found, *waiting(store, docket.now)]
        if one.round in ours and one.contact and one.contact.sealed
    ]


def opener(path: Path) -> Opener:
    """What opens sealed contacts with the private key in a file. Raises `CommandError`."""
    return partial(seal.open_contact, read(path))


def read(path: Path) -> seal.Key:
    """The private key in a file. Raises `CommandError`."""
    name = show_path(str(path))
    try:
        return seal.read_key(path.read_bytes())
    except OSError:
        raise CommandError("errors.file.unopened", name=name) from None
    except seal.NoKey:
        raise CommandError("errors.key.none", name=name) from None
