"""The server under the web application: its connections, its limits, and the proxy before it."""

import select
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waitress.server import TcpWSGIServer

from docket.domain.docket import NOBODY
from docket.domain.nouns import Organiser
from docket.server.desk import Desk
from docket.server.limits import network
from docket.server.stamp import stamped
from docket.server.status import Status, telling
from docket.server.web import MOST, application

CONNECTIONS, PER_ADDRESS = 400, 100
"""So many are open at once, and so many from one address: a whole country can answer at once."""
SILENCE = 20
"""Seconds after which a connection on which nothing happens is closed."""


class _Server(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """Waitress, where nobody can hold all connections: the most silent one gives way."""

    most = PER_ADDRESS

    def handle_accept(self) -> None:
        """Take a connection; close another where its address, or all, now have too many."""
        super().handle_accept()
        of: dict[str, list[Any]] = defaultdict(list)
        for channel in self.active_channels.values():
            of[network(channel.addr[0])].append(channel)
        largest = max(of.values(), key=len, default=[])
        silent = [one for one in largest if not one.requests]
        if silent and (len(largest) > self.most or len(self.active_channels) > CONNECTIONS):
            min(silent, key=lambda one: one.last_activity).handle_close()

    def maintenance(self, now: float) -> None:
        """Close what is silent, also where nobody reads what is written to it."""
        for channel in list(self.active_channels.values()):
            if not channel.requests and channel.last_activity < now - SILENCE:
                channel.handle_close()


@dataclass(frozen=True, slots=True)
class Terms:
    """Where a server listens, and who watches over it.

    `proxy`: the address of the one that says who the sender is, in X-Forwarded-For. `status` is
    what `/status` answers, `tell` is told of each request; `organiser` says how the site is called.
    """

    host: str = "127.0.0.1"
    proxy: str = ""
    status: Callable[[], Status] | None = None
    tell: Callable[[str], object] | None = None
    organiser: Organiser = NOBODY


def open_door(public: Path, port: int, desk: Desk | None = None, terms: Terms = Terms()) -> Any:  # noqa: ANN401 - untyped
    """A server; its `run()` answers until the process ends. Raises OSError, ValueError."""
    trust = {
        "trusted_proxy": terms.proxy,
        "trusted_proxy_headers": {"x-forwarded-for"},
        "clear_untrusted_proxy_headers": True,
    }
    app = application(public, desk, terms.status, terms.organiser)
    server = _Server(
        telling(app, terms.tell) if terms.tell else app,
        host=terms.host,
        port=port,
        threads=8,
        max_request_body_size=MOST,
        connection_limit=2 * CONNECTIONS,  # there it would stop to accept: we close others before
        cleanup_interval=1,
        asyncore_use_poll=hasattr(select, "poll"),  # select knows no descriptor over 1,024
        **(trust if terms.proxy else {}),
    )
    if desk:
        server.channel_class = stamped(desk.clock.now)
    if terms.proxy:
        server.most = CONNECTIONS  # they are all the proxy's own
    return server
