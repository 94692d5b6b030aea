"""`docket init`: another organiser's repository, with its own register, areas and texts."""

import argparse
import shutil
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from docket import trouble
from docket.commands.common import OK, lang_of
from docket.founding import asked
from docket.founding.starter import collect, files
from docket.model import Both
from docket.paths import show_path
from docket.record import ledger
from docket.record.store import ZERO, NoHistory, create
from docket.trouble import Trouble

SOURCE = Path(__file__).parents[3]
"""The repository that this package runs from: what a new one takes over comes from here."""


def init(options: argparse.Namespace) -> int:
    """Write the whole repository beside its place, then put it there: all of it or nothing."""
    target: Path = options.target
    _refuse(target)
    target = target.absolute()
    plan = asked.plan_of(options, SOURCE)
    made = files(collect(SOURCE), plan, datetime.now(UTC).date())
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".docket-") as folder:
            stage = Path(folder) / "new"
            for path, content in made.items():
                (stage / path).parent.mkdir(parents=True, exist_ok=True)
                (stage / path).write_bytes(content)
            _commit(stage, lang_of(options))
            target.mkdir(exist_ok=True)
            for one in sorted(stage.iterdir()):
                shutil.move(one, target)
    except NoHistory as error:
        raise trouble.no_history(error) from None
    except OSError as error:
        raise _unwritable(target, error) from None
    sys.stdout.write(_next(options.target, lang_of(options)))
    return OK


def _refuse(target: Path) -> None:
    shown = show_path(str(target))
    try:
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise Trouble(
                f"{shown} er ikke en mappe. Skriv navnet på en ny: docket init mappe",
                f"{shown} is no folder. Write the name of a new one: docket init folder",
            )
        if target.is_dir() and any(target.iterdir()):
            raise Trouble(
                f"{shown} er ikke tom, og intet er skrevet. "
                f"Vælg en ny mappe, for eksempel {shown}-2, eller tøm den først.",
                f"{shown} is not empty, and nothing is written. "
                f"Choose a new folder, such as {shown}-2, or empty it first.",
            )
    except (OSError, ValueError) as error:
        raise _unwritable(target, error) from None


def _unwritable(target: Path, error: Exception) -> Trouble:
    shown, why = show_path(str(target)), getattr(error, "strerror", "") or str(error)
    return Trouble(
        f"{shown} kan ikke skrives ({why}). Vælg en anden mappe.",
        f"{shown} cannot be written ({why}). Choose another folder.",
    )


def _commit(root: Path, lang: str) -> None:
    """The first commit holds all, whatever the user's own ignore list hides."""
    told = Both("Et nyt register", "A new register").of(lang)
    with closing(create(root)) as store:
        store.run("add", "--all", "--force")
        commit = ledger.put_commit(store, store.run("write-tree").strip(), (), told)
        ledger.move(store, "refs/heads/main", commit, ZERO)


def _next(target: Path, lang: str) -> str:
    shown = show_path(str(target))
    return Both(
        f"Registeret er lavet i mappen {shown}\n\nDet næste:\n\n"
        f"  cd {shown}\n"
        "  make serve               se siden på http://127.0.0.1:8000/\n"
        "  .venv/bin/docket open    opret den første runde\n\n"
        "Ret jeres adresser i submissions/organiser.yml og siderne i site/da og site/en.\n",
        f"The register is made in the folder {shown}\n\nWhat comes next:\n\n"
        f"  cd {shown}\n"
        "  make serve               see the site at http://127.0.0.1:8000/\n"
        "  .venv/bin/docket open    create the first round\n\n"
        "Put your addresses into submissions/organiser.yml, your texts into site/da and site/en.\n",
    ).of(lang)
