"""What the commands share: the register at hand, exit codes, progress."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from docket.domain.docket import Docket
from docket.domain.instants import Moment
from docket.domain.languages import PACKAGE
from docket.domain.nouns import Round
from docket.domain.paths import SUBMISSIONS
from docket.domain.spelling import nearest
from docket.git.store import Store
from docket.loading.loader import load
from docket.loading.register import NoRegister
from docket.loading.trees import Folder
from docket.loading.written import moment_in
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path

OK, WRONG = 0, 1


@contextmanager
def store_of(options: argparse.Namespace) -> Iterator[Store]:
    """The register's repository for a while. Raises `CommandError`."""
    root = root_of(options)
    try:
        with closing(Store(root)) as store:
            yield store
    except NoRegister:
        raise NoRegister(str(root)) from None


def docket_of(
    options: argparse.Namespace, tree: Folder | None = None, *, past: bool = False
) -> Docket:
    """The docket that a command is to speak of; with `past`, at the register as it stood `--at`.

    `tree`: its folder, where the command reads more of it.
    """
    return load(tree or root_of(options), datetime.now(UTC), options.at, past=past)


def root_of(options: argparse.Namespace) -> Path:
    """The register's folder."""
    return Path(options.folder)


def progress(options: argparse.Namespace, key: str, **facts: object) -> None:
    """How far a command is, where it disturbs no output: the sentence called `key`."""
    sys.stderr.write(say(key, lang_of(options), **facts) + "\n")


def lang_of(options: argparse.Namespace) -> str:
    """The language of the command."""
    lang: str = options.lang
    return lang


def round_name(text: str) -> str:
    """The round that is meant by its name, or by its folder."""
    return text.removeprefix(SUBMISSIONS).strip("/")


def round_of(docket: Docket, name: str) -> Round:
    """The round called `name`. Raises `CommandError`: it is broken, or which one is nearest."""
    slug = round_name(name)
    if slug in docket.rounds:
        return docket.rounds[slug]
    from docket.acts.files import must_be_read  # noqa: PLC0415 - slow, and seldom needed

    must_be_read(docket, slug)
    near = nearest(name, docket.rounds, {})
    key = "errors.command.no_round_near" if near else "errors.command.no_round"
    raise CommandError(key, name=show_path(name), near=near)


def instant_of(text: str) -> datetime:
    """The instant that an option names. Raises `CommandError`."""
    found = moment_of(text)
    if not isinstance(found, datetime):
        raise CommandError("errors.instant")
    return found


def moment_of(text: str, languages: Sequence[str] = PACKAGE) -> Moment:
    """The date or instant that an option names. Raises `CommandError`."""
    try:
        return moment_in(text, languages)
    except ValueError:
        raise CommandError("errors.instant") from None
