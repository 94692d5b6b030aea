"""`docket build`: both languages into `public/`."""

import argparse
from datetime import UTC, datetime

from docket.cli.session import OK, progress, root_of
from docket.loading.loader import load
from docket.site.build import BuildFailed, build_whole
from docket.text.errors import CommandError


def run(options: argparse.Namespace) -> int:
    """Build the site into `public/`."""
    build_site(options)
    return OK


def build_site(options: argparse.Namespace, *, with_desk: bool = False) -> None:
    """Build the site, and tell of it. Raises `CommandError`."""
    root, at = root_of(options).resolve(), options.at
    progress(options, "terminal.building")
    try:
        docket = load(root, datetime.now(UTC), at, past=True)
        build_whole(root, docket, with_desk=with_desk, clock=bool(at))
    except BuildFailed as error:
        raise CommandError("errors.build.failed", said=str(error)) from None
