"""`docket build`: both languages into `public/`."""

import argparse
from datetime import UTC, datetime

from docket.cli.session import OK, progress, root_of
from docket.loading.loader import load
from docket.site.build import PUBLIC, build_whole
from docket.site.swap import turn


def run(options: argparse.Namespace) -> int:
    """Build the site into `public/`."""
    build_site(options)
    return OK


def build_site(
    options: argparse.Namespace, *, place: str = PUBLIC, with_desk: bool = False
) -> None:
    """Build the site into `place` in the register's folder, and tell of it.

    Raises `CommandError`.
    """
    root, at = root_of(options).resolve(), options.at
    progress(options, "terminal.building")
    with turn(root):
        docket = load(root, datetime.now(UTC), at, past=True)
        build_whole(root, docket, place=place, with_desk=with_desk, clock=bool(at))
