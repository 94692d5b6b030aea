"""`docket serve`: the site with the desk, on this machine."""

import argparse
import contextlib
import shutil
import signal
import sys
import threading
from errno import EADDRNOTAVAIL
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from docket.acts.post import Post, forget
from docket.acts.smtp import NAME, server_of
from docket.cli.build import build_site
from docket.cli.office import office_of
from docket.cli.session import OK, docket_of, lang_of, progress, root_of
from docket.domain.nouns import Organiser
from docket.forge.worker import Courier
from docket.git.log import Parted
from docket.server.desk import Desk
from docket.server.door import Terms, open_door
from docket.server.follower import Follower
from docket.server.origins import origin_of
from docket.server.postman import Postman
from docket.text.errors import CommandError
from docket.text.escape import one_line

PORTS = range(1, 65536)
LOCAL = ("127.0.0.1", "localhost", "::1")
"""The hosts that nobody else reaches."""


def run(options: argparse.Namespace) -> int:
    """Build the site and serve it on this machine.

    With `--at` there is no desk: a receipt never bears another time than the real one, and the
    site stays as it is. It is in a folder of this server's own, which its port makes sure of: a
    build leaves it alone.
    """
    root = root_of(options).resolve()
    _must_be_reached(options)
    place = f".serving-{options.port}"
    organiser = docket_of(options).organiser  # what is no register is told before the port is
    languages = organiser.languages
    own = {f"http://localhost:{options.port}", _own(options)}
    origins = frozenset({origin_of(options.address)} if options.address else own)
    office = office_of(options, root, root / place, languages)
    courier = Courier(root, _tell, lang=languages[0])
    rings = [courier.ring]

    def kept(branch: str) -> None:
        for ring in rings:
            ring(branch)

    desk = None if options.at else Desk(root, origins, kept=kept)
    follower = Follower(root, place, partial(_trouble, options)) if desk else None
    postman = None
    if desk and _is_whole(options, desk):
        postman = _postman(options, desk)
        desk.mails = postman is not None
        rings += [postman.ring] if postman else []
    server = _door(options, root / place, desk, follower, organiser)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))
    try:
        if follower:
            progress(options, "terminal.building")
            follower.build()
        else:
            build_site(options, place)
        progress(options, "terminal.serving", address=f"{_own(options)}/")
        if office:
            threading.Thread(target=office[0].run, daemon=True, name="office").start()
            key = "office_proxy" if options.office_user else "office"
            progress(options, f"terminal.{key}", address=office[1])
        if follower:
            courier.start()
            follower.start()
        if postman:
            postman.start()
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    finally:
        shutil.rmtree(root / place, ignore_errors=True)
    return OK


def _must_be_reached(options: argparse.Namespace) -> None:
    """Whether there is a port of that number, and the address that others reach it by."""
    if options.port not in PORTS:
        raise CommandError("errors.serve.no_port", port=str(options.port))
    if not options.address and options.host not in LOCAL:
        raise CommandError("errors.serve.host_address")
    try:
        ip_address(options.proxy)
    except ValueError:
        raise CommandError("errors.serve.proxy", name=one_line(options.proxy)) from None


def _door(
    options: argparse.Namespace,
    public: Path,
    desk: Desk | None,
    follower: Follower | None,
    organiser: Organiser,
) -> Any:  # noqa: ANN401 - untyped
    terms = Terms(
        host=options.host,
        proxy=options.proxy if options.address else "",
        status=(lambda: follower.status) if follower else None,
        tell=None if sys.stderr.isatty() else _tell,
        organiser=organiser,
    )
    try:
        return open_door(public, options.port, desk, terms)
    except OSError as error:
        if error.errno != EADDRNOTAVAIL:
            raise CommandError("errors.serve.port", port=str(options.port)) from None
    except ValueError:  # waitress found no such name
        pass
    raise CommandError("errors.serve.host", host=one_line(options.host))


def _own(options: argparse.Namespace) -> str:
    """The desk's own address, without a stroke at its end."""
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http://{host}:{options.port}"


def _trouble(options: argparse.Namespace, error: CommandError) -> None:
    _tell(f"docket: {error.of(lang_of(options))}")


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _postman(options: argparse.Namespace, desk: Desk) -> Postman | None:
    """Who mails what the desk received, where a server and a sender are set."""
    work, server = desk.turns.work, server_of()
    sender = work.base().docket.organiser.mail
    if server and sender:
        base = origin_of(options.address) if options.address else _own(options)
        post = Post(server, sender, base)
        lang = work.base().docket.organiser.first
        return Postman(desk.root, post, _tell, lang=lang) if post.address else None
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
        _trouble(options, error)
        return False
    if public not in {one.key for one in desk.turns.work.base().docket.organiser.signers}:
        progress(options, "terminal.unsigned", public="{key: " + public + "}")
    return True
