"""`docket serve`: the site with the desk, on this machine."""

import argparse
import contextlib
import signal
import sys
import threading

from docket.cli.build import build_site
from docket.cli.office import office_of
from docket.cli.session import OK, docket_of, lang_of, progress, root_of
from docket.forge.worker import Courier
from docket.git.log import Parted
from docket.server.desk import Desk
from docket.server.origins import origin_of
from docket.server.web import open_door
from docket.text.errors import CommandError

PORTS = range(1, 65536)


def run(options: argparse.Namespace) -> int:
    """Build the site and serve it on this machine.

    With `--at` there is no desk: a receipt never bears another time than the real one.
    """
    root = root_of(options).resolve()
    if options.port not in PORTS:
        raise CommandError("errors.serve.no_port", port=str(options.port))
    docket_of(options)  # what is no register is told before the port is
    own = {f"http://{name}:{options.port}" for name in ("127.0.0.1", "localhost")}
    origins = frozenset({origin_of(options.address)} if options.address else own)
    office = office_of(options, root)
    courier = Courier(root, lambda line: sys.stderr.write(f"{line}\n"))
    desk = None if options.at else Desk(root, origins, kept=courier.ring)
    if desk:
        _tell_unsigned(options, desk)
    try:
        server = open_door(root / "public", options.port, desk, proxied=bool(options.address))
    except OSError:
        raise CommandError("errors.serve.port", port=str(options.port)) from None
    build_site(options, with_desk=desk is not None)
    progress(options, "terminal.serving", address=f"http://127.0.0.1:{options.port}/")
    if office:
        threading.Thread(target=office[0].run, daemon=True, name="office").start()
        progress(options, "terminal.office", address=office[1])
    if desk:
        courier.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    return OK


def _tell_unsigned(options: argparse.Namespace, desk: Desk) -> None:
    """Settle the desk's branch, and say what to write where nobody can check its signatures."""
    try:
        public = desk.turns.work.signer.public
    except Parted as error:  # the site is served; the desk answers 503
        sys.stderr.write(f"docket: {error.of(lang_of(options))}\n")
        return
    if public not in {one.key for one in desk.turns.work.base().docket.organiser.signers}:
        progress(options, "terminal.unsigned", public="{key: " + public + "}")
