"""What the commands do that make the site: pages, build."""

import argparse
from pathlib import Path

from docket import pages as made
from docket.commands.common import OK, load, root_of, tell
from docket.desk import site
from docket.docket import Docket
from docket.form.pages import Setting
from docket.reading.read import load_schemas
from docket.reading.trees import Folder
from docket.record.store import Store
from docket.rules import check as find
from docket.trouble import Trouble


def write_pages(
    root: Path, at: str | None, *, with_desk: bool = False, clock: bool = False
) -> Docket:
    """Write the generated pages of the register in `root`. Raises `Trouble`.

    `clock`: `at` was asked for, so the form goes by it and not by the reader's clock.
    """
    docket = load(root, at)
    setting = Setting(docket, load_schemas(Folder(root)), with_desk, clock)
    written = made.pages(setting, find(docket), Store(root).head())
    site.write(root / "site", written)
    return docket


def pages(options: argparse.Namespace) -> int:
    """Write the site's generated files."""
    at = getattr(options, "at", None)
    write_pages(root_of(options), at, clock=at is not None)
    return OK


def build(options: argparse.Namespace) -> int:
    """Build the site into `public/`."""
    build_site(options)
    return OK


def build_site(options: argparse.Namespace, *, with_desk: bool = False) -> None:
    """Build the site, and tell of it. Raises `Trouble`."""
    root = root_of(options).resolve()
    tell(options, "Bygger siden …", "Building the site …")
    try:
        build_whole(root, getattr(options, "at", None), with_desk=with_desk)
    except site.BuildFailed as error:
        raise Trouble(f"Siden kan ikke bygges.\n{error}", f"Building failed.\n{error}") from None


def build_whole(root: Path, at: str | None, *, with_desk: bool = False) -> None:
    """Write the pages of the register in `root` and build them. Raises `Trouble`, `BuildFailed`."""
    docket = write_pages(root, at, with_desk=with_desk, clock=at is not None)
    site.build(root, docket.organiser.site)
