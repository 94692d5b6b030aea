"""The office over HTTP: a listener of its own, which shares nothing with the public one."""

import os
import stat
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from waitress.server import TcpWSGIServer, UnixWSGIServer
from werkzeug.exceptions import HTTPException

from docket.acts.mail import MOST
from docket.server.office import Office
from docket.server.office_guard import COOKIE, Asked, Closed, Sent
from docket.server.office_visit import Reply
from docket.text.catalogue import say
from docket.text.errors import CommandError

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a form's Origin would be null
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "none",
}
ROOM = 1024 * 1024
"""So much more than an e-mail may a form hold."""
SOCKET = 0o660
"""Whoever owns the socket, and the group of its folder: the proxy's."""


def application(office: Office) -> Flask:
    """The office as a web application: every request goes through one door."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST + ROOM

    @app.before_request
    def answer() -> Response:
        return _written(office, office.answer(_asked()))

    @app.after_request
    def secure(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return app


def open_office(office: Office, *, port: int = 0, socket: Path | None = None) -> Any:  # noqa: ANN401
    """A server on 127.0.0.1, or on a Unix socket. Raises OSError, `CommandError`."""
    shared = {
        "threads": 4,
        "max_request_body_size": 2 * (MOST + ROOM),  # what is not much too large hears it from us
        "clear_untrusted_proxy_headers": False,  # the guard is to see them
    }
    if socket is None:
        return TcpWSGIServer(application(office), host="127.0.0.1", port=port, **shared)
    _must_be_free(socket)
    before = os.umask(0o777 & ~SOCKET)  # nobody else can open it, not for a moment
    try:
        return UnixWSGIServer(
            application(office),
            unix_socket=str(socket),
            unix_socket_perms=f"{SOCKET:o}",
            **shared,
        )
    finally:
        os.umask(before)


def _must_be_free(socket: Path) -> None:
    """A socket of an earlier run may be replaced, and nothing else. Raises `CommandError`."""
    if socket.exists() and not stat.S_ISSOCK(socket.stat().st_mode):
        raise CommandError("errors.serve.socket", name=str(socket))


def _asked() -> Asked:
    return Asked(
        method=request.method,
        path=request.path,
        headers={name.lower(): _text(value) for name, value in request.headers.items()},
        query=request.args.to_dict(),
        cookie=request.cookies.get(COOKIE, ""),
        body=_body,
    )


def _text(value: str) -> str:
    """A header as who sent it meant it: proxies write names in UTF-8, WSGI reads Latin-1."""
    try:
        return value.encode("latin-1").decode()
    except ValueError:
        return value


def _body() -> Sent:
    try:
        file = request.files.get("file")
        fields = tuple(request.form.items(multi=True))
        content = file.read() if file else b""
    except HTTPException as error:
        raise Closed("size", error.code or 413) from None
    return Sent(fields, file.filename or "" if file else "", content)


def _written(office: Office, reply: Reply) -> Response:
    """A reply as HTTP has it."""
    if reply.closed:
        text = say(f"office.closed.{reply.closed}", reply.lang)
        return Response(f"{text}\n", reply.status, mimetype="text/plain")
    answer = Response(reply.body, reply.status, mimetype=reply.kind)
    if reply.location:
        answer.headers["Location"] = reply.location
    if reply.file:
        answer.headers.set("Content-Disposition", "attachment", filename=reply.file)
    if reply.cookie:
        answer.headers["Referrer-Policy"] = "no-referrer"
        secure = office.guard.origin.startswith("https:")
        answer.set_cookie(
            COOKIE,
            reply.cookie,
            path=reply.location,
            secure=secure,
            httponly=True,
            samesite="Strict",
        )
    return answer
