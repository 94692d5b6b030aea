"""The office beside the desk: where it is, and who is let in."""

import argparse
import sys
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

from docket.acts.propose import Proposal
from docket.domain.nouns import Forge
from docket.forge import push
from docket.git.store import Store
from docket.server.office import Office
from docket.server.office_guard import Guard
from docket.server.office_send import Sender
from docket.server.office_web import open_office
from docket.server.origins import origin_of
from docket.text.errors import CommandError


def office_of(
    options: argparse.Namespace, root: Path, public: Path, languages: Sequence[str]
) -> tuple[Any, str] | None:
    """The office's server, bound, and the address to show; None where there is none.

    There is none in the past; else it is for whoever sits at this terminal, or for whom a proxy
    lets in. Raises `CommandError`.
    """
    if options.office_user or options.office_socket or options.office_address:
        return _behind_proxy(options, root, public, languages)
    if options.at or options.address or not sys.stderr.isatty():
        return None
    port = options.port + 1
    guard = Guard(f"http://127.0.0.1:{port}")
    try:
        office = _office(options, root, public, guard, languages)
        return open_office(office, port=port), guard.address
    except (OSError, OverflowError, ValueError):
        raise CommandError("errors.serve.office_port", port=str(port)) from None


def _office(
    options: argparse.Namespace, root: Path, public: Path, guard: Guard, languages: Sequence[str]
) -> Office:
    sender = Sender(partial(_request, root), proposes=options.propose)
    return Office(root, public, guard, sender, push.compare, languages=languages)


def _request(root: Path, _: Store, forge: Forge | None, made: Proposal, title: str) -> None:
    """Ask the forge in a thread: it may be slow, and the page tells the address anyway."""

    def ask() -> None:
        with suppress(CommandError, OSError), closing(Store(root)) as store:
            push.request(store, forge, made.branch, title, continues=made.continues)

    threading.Thread(target=ask, daemon=True, name="request").start()


def _behind_proxy(
    options: argparse.Namespace, root: Path, public: Path, languages: Sequence[str]
) -> tuple[Any, str] | None:
    needed = {
        "--office-user": options.office_user,
        "--office-socket": options.office_socket,
        "--office-address": options.office_address,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise CommandError("errors.serve.office", options=missing)
    if options.at:
        return None
    guard = Guard(origin_of(options.office_address), header=options.office_user)
    office = _office(options, root, public, guard, languages)
    try:
        return open_office(office, socket=options.office_socket), guard.address
    except OSError as error:
        name = str(options.office_socket)
        raise CommandError("errors.serve.socket_failed", name=name, said=error.strerror) from None
