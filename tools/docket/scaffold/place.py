"""A new repository put in its place: all of it or nothing."""

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from docket.git import objects, pack
from docket.git.process import begin
from docket.git.store import ZERO, Store
from docket.git.trees import tree_with
from docket.text.errors import CommandError
from docket.text.escape import show_path


def must_be_free(target: Path) -> None:
    """What is to be made is a new folder, or one that is empty. Raises `CommandError`."""
    name = show_path(str(target))
    try:
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise CommandError("init.folder.none", name=name)
        if target.is_dir() and any(target.iterdir()):
            raise CommandError("init.folder.full", name=name)
    except (OSError, ValueError) as error:
        raise _unwritten(target, error) from None


def put(files: Mapping[str, bytes], target: Path, message: str) -> None:
    """Write and commit `files` beside `target`, then move all of it. Raises `CommandError`."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".docket-") as folder:
            stage = Path(folder) / "new"
            for path, content in files.items():
                (stage / path).parent.mkdir(parents=True, exist_ok=True)
                (stage / path).write_bytes(content)
            _commit(stage, files, message)
            _move(stage, target)
    except OSError as error:
        raise _unwritten(target, error) from None


def _move(stage: Path, target: Path) -> None:
    """All that is in `stage` into `target`, which may be another disk: all of it or nothing."""
    is_new = not target.exists()
    target.mkdir(exist_ok=True)
    names = sorted(one.name for one in stage.iterdir())
    try:
        for name in names:
            shutil.move(stage / name, target)
    except OSError:
        for name in names:
            place = target / name
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        if is_new:
            target.rmdir()
        raise


def _commit(root: Path, files: Mapping[str, bytes], message: str) -> None:
    """The first commit holds all as it is, whatever the user's own settings hide or change."""
    begin(root)
    with closing(Store(root)) as store:
        blobs = {path: objects.blob_id(content) for path, content in files.items()}
        tree, trees = tree_with(store, "", blobs)
        written = objects.commit_of(store, tree, (), message)
        contents = [("blob", content) for content in files.values()]
        *_, commit = pack.put_all(store, [*contents, *trees, ("commit", written)])
        objects.move(store, "refs/heads/main", commit, ZERO)
        store.run("read-tree", commit)


def _unwritten(target: Path, error: Exception) -> CommandError:
    why = getattr(error, "strerror", "") or str(error)
    return CommandError("init.folder.unwritten", name=show_path(str(target)), why=why)
