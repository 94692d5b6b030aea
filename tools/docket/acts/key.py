"""A round's pair of keys in files of the organiser's own, never in the register."""

import os
from functools import partial
from pathlib import Path

from docket.acts import seal
from docket.git.place import is_shared
from docket.summary.lines import Opener
from docket.text.errors import CommandError
from docket.text.escape import show_path


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


def opener(path: Path) -> Opener:
    """What opens sealed contacts with the private key in a file. Raises `CommandError`."""
    name = show_path(str(path))
    try:
        key = seal.read_key(path.read_bytes())
    except OSError:
        raise CommandError("errors.file.unopened", name=name) from None
    except seal.NoKey:
        raise CommandError("errors.key.none", name=name) from None
    return partial(seal.open_contact, key)
