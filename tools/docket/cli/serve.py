"""`docket serve`: the site with the desk, on this machine."""

import argparse
import contextlib
import shutil
import signal
import sys
import threading

from docket.acts.post import Post, forget
from docket.acts.smtp import NAME, server_of
from docket.cli.build import build_site
from docket.cli.office import office_of
from docket.cli.session import OK, docket_of, lang_of, progress, root_of
from docket.forge.worker import Courier
from docket.git.log import Parted
from docket.server.desk import Desk
from docket.server.origins import origin_of
from docket.server.postman import Postman
from docket.server.web import open_door
from docket.text.errors import CommandError

PORTS = range(1, 65536)


def run(options: argparse.Namespace) -> int:
    """Build the site and serve it on this machine.

    With `--at` there is no desk: a receipt never bears another time than the real one. The site
    is in a folder of this server's own, which its port makes sure of: a build leaves it alone.
    """
    root = root_of(options).resolve()
    if options.port not in PORTS:
        raise CommandError("errors.serve.no_port", port=str(options.port))
    place = f".serving-{options.port}"
    docket_of(options)  # what is no register is told before the port is
    own = {f"http://{name}:{options.port}" for name in ("127.0.0.1", "localhost")}
    origins = frozenset({origin_of(options.address)} if options.address else own)
    office = office_of(options, root, root / place)
    courier = Courier(root, _tell)
    rings = [courier.ring]

    def kept(branch: str) -> None:
        for ring in rings:
            ring(branch)

    desk = None if options.at else Desk(root, origins, kept=kept)
    postman = None
    if desk and _is_whole(options, desk):
        postman = _postman(options, desk)
        desk.mails = postman is not None
        rings += [postman.ring] if postman else []
    try:
        server = open_door(root / place, options.port, desk, proxied=bool(options.address))
    except OSError:
        raise CommandError("errors.serve.port", port=str(options.port)) from None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))
    try:
        build_site(options, place=place, with_desk=desk is not None)
        progress(options, "terminal.serving", address=f"http://127.0.0.1:{options.port}/")
        if office:
            threading.Thread(target=office[0].run, daemon=True, name="office").start()
            progress(options, "terminal.office", address=office[1])
        if desk:
            courier.start()
        if postman:
            postman.start()
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    finally:
        shutil.rmtree(root / place, ignore_errors=True)
    return OK


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _postman(options: argparse.Namespace, desk: Desk) -> Postman | None:
    """Who mails what the desk received, where a server and a sender are set."""
    work, server = desk.turns.work, server_of()
    sender = work.base().docket.organiser.mail
    if server and sender:
        base = origin_of(options.address) if options.address else f"http://127.0.0.1:{options.port}"
        post = Post(server, sender, base)
        return Postman(desk.root, post, _tell) if post.address else None
    forget(work.store)
    if server or sender:
        key = "terminal.no_mail.sender" if server else "terminal.no_mail.server"
        progress(options, key, name=NAME, address="{email: …}")
    return None


def _is_whole(options: argparse.Namespace, desk: Desk) -> bool:
    """Settle the desk's branch, and say what to write where nobody can check its signatures.

    Where its log is no more what the forge has, the site is served and the desk answers 503.
    """
    try:
        public = desk.turns.work.signer.public
    except Parted as error:
        _tell(f"docket: {error.of(lang_of(options))}")
        return False
    if public not in {one.key for one in desk.turns.work.base().docket.organiser.signers}:
        progress(options, "terminal.unsigned", public="{key: " + public + "}")
    return True
