"""`docket serve`: the site with the desk, on this machine."""

import argparse
import contextlib

from docket import desk
from docket.building import build_site
from docket.commands import OK, load, root_of, tell
from docket.trouble import Trouble


def serve(options: argparse.Namespace) -> int:
    """Build the site and serve it on this machine."""
    root = root_of(options).resolve()
    load(root, getattr(options, "at", None))  # what is no register is told before the port is
    try:
        names = ("127.0.0.1", "localhost")
        origins = frozenset(f"http://{name}:{options.port}" for name in names)
        if options.address:
            origins = frozenset({options.address.rstrip("/")})
        server = desk.open_door(root / "public", options.port, desk.Desk(root, origins))
    except OSError:
        raise Trouble(
            f"Port {options.port} er optaget. Vælg en anden: docket serve --port 8001",
            f"Port {options.port} is taken. Choose another: docket serve --port 8001",
        ) from None
    build_site(options, with_desk=True)
    address = f"http://127.0.0.1:{options.port}/"
    tell(
        options,
        f"Siden er på {address} (stop med Ctrl+C)",
        f"The site is at {address} (stop with Ctrl+C)",
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    return OK
