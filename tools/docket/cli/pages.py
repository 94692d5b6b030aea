"""`docket pages`: the site's generated files."""

import argparse

from docket.cli.session import OK, docket_of, root_of
from docket.site.build import write_pages


def run(options: argparse.Namespace) -> int:
    """Write the site's generated files."""
    write_pages(root_of(options), docket_of(options, past=True), clock=bool(options.at))
    return OK
