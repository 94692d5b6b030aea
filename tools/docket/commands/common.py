"""What the commands share: the register at hand, exit codes, progress."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from docket import trouble
from docket.docket import Docket
from docket.model import Both, Round
from docket.paths import show_path
from docket.reading.formats import moment
from docket.reading.read import NoRegister, read
from docket.reading.trees import Folder
from docket.record.history import History, read_history
from docket.record.store import NoHistory, Store
from docket.record.writing import Busy
from docket.spelling import nearest
from docket.standing import begins
from docket.trouble import Trouble

OK, WRONG = 0, 1


def load(root: Path, at: str | None) -> Docket:
    """The docket of the register in `root`, now or as it stood `at` then. Raises `Trouble`."""
    try:
        tree = Folder(root)
        docket = read(tree, datetime.now(UTC), _history(root) if len(tree) else None)
        return replace(docket, now=begins(moment(at), docket.organiser.zone)) if at else docket
    except NoRegister:
        raise trouble.no_register(root) from None
    except ValueError:
        raise trouble.no_instant() from None


def _history(root: Path) -> History:
    try:
        return read_history(Store(root))
    except NoHistory as error:
        raise trouble.no_history(error) from None


@contextmanager
def store_of(options: argparse.Namespace) -> Iterator[Store]:
    """The register's repository for a while. What keeps a command from it becomes `Trouble`."""
    root = root_of(options)
    try:
        with closing(Store(root)) as store:
            yield store
    except NoHistory as error:
        raise trouble.no_history(error) from None
    except NoRegister:
        raise trouble.no_register(root) from None
    except Busy:
        raise trouble.busy() from None


def docket_of(options: argparse.Namespace) -> Docket:
    """The docket that a command is to speak of."""
    return load(root_of(options), getattr(options, "at", None))


def root_of(options: argparse.Namespace) -> Path:
    """The register's folder."""
    return Path(getattr(options, "folder", "."))


def tell(options: argparse.Namespace, da: str, en: str) -> None:
    """Progress, where it disturbs no output."""
    sys.stderr.write(Both(da, en).of(lang_of(options)) + "\n")


def lang_of(options: argparse.Namespace) -> str:
    """The language of the command."""
    lang: str = getattr(options, "lang", "da")
    return lang


def round_of(docket: Docket, name: str) -> Round:
    """The round called `name`. Raises `Trouble`, with the nearest one there is."""
    call = docket.rounds.get(name.removeprefix("submissions/").strip("/"))
    if call:
        return call
    near, shown = nearest(name, docket.rounds, {}), show_path(name)
    meant = (f" Mente du {near}?", f" Did you mean {near}?") if near else ("", "")
    raise Trouble(
        f"Der er ingen runde, der hedder {shown}.{meant[0]}",
        f"There is no round called {shown}.{meant[1]}",
    )
