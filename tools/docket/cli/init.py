"""`docket init`: another organiser's repository, with its own register, areas and texts."""

import argparse
import shutil
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from docket.cli import register_questions
from docket.cli.session import OK, lang_of
from docket.domain.nouns import Bilingual
from docket.git import objects
from docket.git.store import ZERO, Store, begin
from docket.scaffold.repository import collect, files
from docket.text.errors import CommandError, PairError
from docket.text.escape import show_path

SOURCE = Path(__file__).parents[3]
"""The repository that this package runs from: what a new one takes over comes from here."""


def run(options: argparse.Namespace) -> int:
    """Write the whole repository beside its place, then put it there: all of it or nothing."""
    target: Path = options.target
    _refuse(target)
    target = target.absolute()
    plan = register_questions.plan_of(options, SOURCE)
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
    except OSError as error:
        raise _unwritable(target, error) from None
    sys.stdout.write(_next(options.target, lang_of(options)))
    return OK


def _refuse(target: Path) -> None:
    shown = show_path(str(target))
    try:
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise PairError(
                f"{shown} er ikke en mappe. Skriv navnet på en ny: docket init mappe",
                f"{shown} is no folder. Write the name of a new one: docket init folder",
            )
        if target.is_dir() and any(target.iterdir()):
            raise PairError(
                f"{shown} er ikke tom, og intet er skrevet. "
                f"Vælg en ny mappe, for eksempel {shown}-2, eller tøm den først.",
                f"{shown} is not empty, and nothing is written. "
                f"Choose a new folder, such as {shown}-2, or empty it first.",
            )
    except (OSError, ValueError) as error:
        raise _unwritable(target, error) from None


def _unwritable(target: Path, error: Exception) -> CommandError:
    shown, why = show_path(str(target)), getattr(error, "strerror", "") or str(error)
    return PairError(
        f"{shown} kan ikke skrives ({why}). Vælg en anden mappe.",
        f"{shown} cannot be written ({why}). Choose another folder.",
    )


def _commit(root: Path, lang: str) -> None:
    """The first commit holds all, whatever the user's own ignore list hides."""
    told = Bilingual("Et nyt register", "A new register").of(lang)
    begin(root)
    with closing(Store(root)) as store:
        store.run("add", "--all", "--force")
        commit = objects.put_commit(store, store.run("write-tree").strip(), (), told)
        objects.move(store, "refs/heads/main", commit, ZERO)


def _next(target: Path, lang: str) -> str:
    shown = show_path(str(target))
    return Bilingual(
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
