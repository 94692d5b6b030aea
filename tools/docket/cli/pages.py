"""`docket pages`: the site's generated files."""

import argparse

from docket.cli.session import OK, docket_of, root_of
from docket.site.build import write_pages
from docket.site.swap import turn


def run(options: argparse.Namespace) -> int:
    """Write the site's generated files."""
    root = root_of(options)
    with turn(root):
        write_pages(root, docket_of(options, past=True), clock=bool(options.at))
    return OK
