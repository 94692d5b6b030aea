"""The built site over HTTP, and before it the desk's addresses, if there is a desk.

`POST /desk` is for the form's script, `POST /desk/<round>/` for a browser without one,
`POST /mit-svar/` for a private link, `POST /bekraeft/` for a mailed one, and
`GET /desk/<round>/waiting` says who waits. Never 5xx for what a client sends: 503 is the machine's
or the register's own trouble.
"""

import os
import posixpath
import select
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, jsonify, redirect, request, send_from_directory
from waitress.server import TcpWSGIServer
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as Raw

from docket.loading.limits import LIMIT
from docket.server.desk import FORM, Desk
from docket.server.limits import network
from docket.server.noscript import FormPage, refusal
from docket.server.own import OwnPage
from docket.server.plain import Fields, Plain
from docket.server.replies import STATUS, Data, Page, Refused, Request, Why
from docket.server.stamp import ARRIVED, stamped
from docket.text.errors import CommandError, trouble_of

MOST = 4 * LIMIT
CONNECTIONS, PER_ADDRESS = 400, 100
"""So many are open at once, and so many from one address: a whole country can answer at once."""
SILENCE = 20
"""Seconds after which a connection on which nothing happens is closed."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def application(public: Path, desk: Desk | None = None) -> Flask:
    """The web application: the files of `public`, no folder listed, and a desk if given."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST
    if desk:
        _add_desk(app, public, desk)

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def page(path: str) -> Response:
        return _page(public, path)

    @app.errorhandler(NotFound)
    def missing(_: NotFound) -> tuple[Response, int]:
        folder = public / "en" if request.path.startswith("/en/") else public
        if not (folder / "404.html").is_file():
            return Response("404", mimetype="text/plain"), 404
        return send_from_directory(folder, "404.html"), 404

    @app.errorhandler(CommandError)
    @app.errorhandler(OSError)
    def unable(error: Exception) -> Raw:
        """Not the sender's fault: the organiser is told why."""
        app.logger.error("%s", trouble_of(error).of("da"))
        return _answer(_refusal(STATUS[Why.TROUBLE], Why.TROUBLE))

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.name), error.code or 400

    @app.after_request
    def secure(answer: Response) -> Response:
        answer.headers.update(HEADERS)
        return answer

    return app


def _page(public: Path, path: str) -> Response:
    """The file at a path below `public`, or the way to the slash at a folder's end."""
    if path and posixpath.normpath(path) != path.rstrip("/"):
        raise NotFound
    whole = safe_join(str(public), path)
    if whole and os.path.isdir(whole):  # noqa: PTH112 - Path.is_dir raises for a name too long
        if path and not path.endswith("/"):
            return Response(status=301, headers={"Location": _slashed(path)})
        path += "index.html"
    return send_from_directory(public, path)


class _Round(BaseConverter):
    """A round's name in an address; nothing else is one."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


def _slashed(path: str) -> str:
    """Where a folder lies that was asked for without the slash at its end."""
    query = request.query_string.decode("latin-1")
    return quote(f"/{path}/") + (f"?{query}" if query else "")


def _add_desk(app: Flask, public: Path, desk: Desk) -> None:
    app.url_map.converters["round"] = _Round

    @app.post("/desk")
    def take() -> Raw:
        return _answer(desk.take(_asked(), lambda: request.get_data(cache=False)))

    def plain(lang: str) -> Plain:
        return Plain(desk, _asked(), OwnPage(public, lang, request.headers.get("Origin", "")))

    @app.post("/desk/<round:round_>/", defaults={"lang": "da"})
    @app.post("/<any(en):lang>/desk/<round:round_>/")
    def take_plain(round_: str, lang: str) -> Raw:
        def fields() -> Fields:
            return request.form.to_dict(), request.form.getlist("areas")

        return _answer(plain(lang).form(FormPage(public, round_, lang), fields))

    @app.post("/<any('mit-svar', 'bekraeft'):name>/", defaults={"lang": "da"})
    @app.post("/<any(en):lang>/<any('mit-svar', 'bekraeft'):name>/")
    def private(name: str, lang: str) -> Raw:
        asked = plain(lang)
        asked.page = replace(asked.page, name=name)
        answer = asked.own if name == "mit-svar" else asked.confirm
        return _answer(answer(request.form.to_dict))

    @app.get("/desk/<round:round_>/", defaults={"lang": ""})
    @app.get("/<any(en):lang>/desk/<round:round_>/")
    def back(round_: str, lang: str) -> Raw:
        """Reload the answer of a form, and it is the form again."""
        return redirect(f"/{lang}{'/' * bool(lang)}meld-interesse/{round_}/", 303)

    @app.get("/desk/<round_>/waiting")
    def waiting(round_: str) -> Raw:
        return _answer(desk.waiting(round_))

    @app.errorhandler(Refused)
    def not_taken(refused: Refused) -> Raw:
        answer = _answer(_refusal(refused.status, refused.why))
        if refused.wait:
            answer.headers["Retry-After"] = str(refused.wait)
        return answer


def _refusal(status: int, why: Why) -> Data | Page:
    """Why nothing was taken: for a script, or for who reads it."""
    if request.mimetype != FORM or request.path == "/desk":
        return Data(status, {"error": why})
    return refusal(status, "en" if request.path.startswith("/en/") else "da")


def _asked() -> Request:
    size = request.content_length or 0
    origin = request.headers.get("Origin", "")
    return Request(
        origin,
        request.remote_addr or "",
        request.mimetype,
        size,
        arrived=request.environ.get(ARRIVED),
    )


def _answer(reply: Data | Page) -> Raw:
    body = (
        Response(reply.html, mimetype="text/html")
        if isinstance(reply, Page)
        else jsonify(reply.data)
    )
    body.status_code = reply.status
    body.headers["Cache-Control"] = "no-store"
    return body


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


def open_door(public: Path, port: int, desk: Desk | None = None, *, proxied: bool = False) -> Any:  # noqa: ANN401 - untyped
    """A server bound to 127.0.0.1; `run()` answers until the process ends. Raises OSError.

    `proxied`: a proxy on this machine says who the sender is, in X-Forwarded-For.
    """
    trust = {
        "trusted_proxy": "127.0.0.1",
        "trusted_proxy_headers": {"x-forwarded-for"},
        "clear_untrusted_proxy_headers": True,
    }
    server = _Server(
        application(public, desk),
        host="127.0.0.1",
        port=port,
        threads=8,
        max_request_body_size=MOST,
        connection_limit=2 * CONNECTIONS,  # there it would stop to accept: we close others before
        cleanup_interval=1,
        asyncore_use_poll=hasattr(select, "poll"),  # select knows no descriptor over 1,024
        **(trust if proxied else {}),
    )
    if desk:
        server.channel_class = stamped(desk.clock.now)
    if proxied:
        server.most = CONNECTIONS  # they are all the proxy's own
    return server
