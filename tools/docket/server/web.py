"""The built site over HTTP, and before it the desk's addresses, if there is a desk.

`POST /desk` is for the form's script, `POST /desk/<round>/` for a browser without one,
`POST /mit-svar/` for a private link, `POST /bekraeft/` for a mailed one, and
`GET /desk/<round>/waiting` says who waits. Never 5xx for what a client sends: 503 is the machine's
or the register's own trouble.
"""

import os
import posixpath
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, jsonify, redirect, request, send_from_directory
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import BaseConverter
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as Raw

from docket.domain.docket import NOBODY
from docket.domain.nouns import Organiser
from docket.loading.limits import LIMIT
from docket.server.desk import FORM, Desk
from docket.server.noscript import FormPage, refusal
from docket.server.own import OwnPage
from docket.server.packed import is_worth, packed
from docket.server.plain import Fields, Plain
from docket.server.replies import STATUS, Data, Page, Refused, Request, Why
from docket.server.stamp import ARRIVED
from docket.server.status import Status
from docket.text.errors import CommandError, trouble_of

MOST = 4 * LIMIT
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def application(
    public: Path,
    desk: Desk | None = None,
    status: Callable[[], Status] | None = None,
    organiser: Organiser = NOBODY,
) -> Flask:
    """The web application: the files of `public`, no folder listed, and a desk if given.

    `organiser` tells in which languages the site is, and how its pages are called.
    """
    languages = organiser.languages
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST
    if desk:
        _add_desk(app, public, desk, organiser)
    if status:
        app.add_url_rule("/status", view_func=lambda: _answer(Data(200, status().told())))

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def page(path: str) -> Response:
        return _page(public, path)

    @app.errorhandler(NotFound)
    def missing(_: NotFound) -> tuple[Response, int]:
        folder = public / _language_asked(languages)
        if not (folder / "404.html").is_file():
            return Response("404", mimetype="text/plain"), 404
        return send_from_directory(folder, "404.html"), 404

    @app.errorhandler(CommandError)
    @app.errorhandler(OSError)
    def unable(error: Exception) -> Raw:
        """Not the sender's fault: the organiser is told why."""
        app.logger.error("%s", trouble_of(error).of(languages[0]))
        return _answer(_refusal(STATUS[Why.TROUBLE], Why.TROUBLE, languages))

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.name), error.code or 400

    @app.after_request
    def secure(told: Response) -> Response:
        told.headers.update(HEADERS)
        return told

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
    return _packed(send_from_directory(public, path), Path(safe_join(str(public), path) or ""))


def _packed(told: Response, file: Path) -> Response:
    """A file as the browser likes it best: compressed, where that is worth it."""
    if told.status_code != HTTPStatus.OK or not is_worth(
        told.mimetype or "", told.content_length or 0
    ):
        return told
    told.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"]:
        return told
    told.close()
    told.direct_passthrough = False
    told.set_data(packed(file, file.stat().st_mtime_ns))
    told.content_encoding = "gzip"
    told.set_etag(f"{told.get_etag()[0]}-gzip")
    told.make_conditional(request)
    return told


class _Round(BaseConverter):
    """A round's name in an address; nothing else is one."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


def _slashed(path: str) -> str:
    """Where a folder lies that was asked for without the slash at its end."""
    query = request.query_string.decode("latin-1")
    return quote(f"/{path}/") + (f"?{query}" if query else "")


def _add_desk(app: Flask, public: Path, desk: Desk, organiser: Organiser) -> None:
    app.url_map.converters["round"] = _Round

    @app.post("/desk")
    def take() -> Raw:
        return _answer(desk.take(_asked(), lambda: request.get_data(cache=False)))

    _add_plain(app, public, desk, organiser)

    @app.get("/desk/<round_>/waiting")
    def waiting(round_: str) -> Raw:
        return _answer(desk.waiting(round_))

    @app.errorhandler(Refused)
    def not_taken(refused: Refused) -> Raw:
        told = _answer(_refusal(refused.status, refused.why, organiser.languages))
        if refused.wait:
            told.headers["Retry-After"] = str(refused.wait)
        return told


def _add_plain(app: Flask, public: Path, desk: Desk, organiser: Organiser) -> None:
    """Let `app` answer what forms send, in each language of the site in `public`."""
    languages, named = organiser.languages, organiser.addresses.name
    form, own, confirm = map(named, ("meld-interesse", "mit-svar", "bekraeft"))

    def route(method: str, path: str, view: Callable[..., Raw]) -> None:
        for lang in languages:
            below = "" if lang == languages[0] else f"/{lang}"
            told = partial(view, lang=lang, below=below)
            app.add_url_rule(below + path, f"{method} {below}{path}", told, methods=[method])

    def plain(lang: str, below: str) -> Plain:
        base = request.headers.get("Origin", "") + below
        return Plain(desk, _asked(), OwnPage(public / below[1:], lang, base, own=own))

    def take(round_: str, lang: str, below: str) -> Raw:
        def fields() -> Fields:
            return request.form.to_dict(), request.form.getlist("areas")

        page = FormPage(public / below[1:] / form, round_, lang)
        return _answer(plain(lang, below).form(page, fields))

    def private(name: str, lang: str, below: str) -> Raw:
        found = plain(lang, below)
        found.page = replace(found.page, name=name)
        told = found.own if name == own else found.confirm
        return _answer(told(request.form.to_dict))

    def back(round_: str, lang: str, below: str) -> Raw:  # noqa: ARG001 - as all that is routed
        """Reload the answer of a form, and it is the form again."""
        return redirect(f"{below}/{form}/{round_}/", 303)

    route("POST", "/desk/<round:round_>/", take)
    route("POST", f"/<any('{own}', '{confirm}'):name>/", private)
    route("GET", "/desk/<round:round_>/", back)


def _asked() -> Request:
    """Who asks, and with what."""
    size = request.content_length or 0
    origin = request.headers.get("Origin", "")
    return Request(
        origin,
        request.remote_addr or "",
        request.mimetype,
        size,
        arrived=request.environ.get(ARRIVED),
    )


def _answer(reply: Data | Page) -> Response:
    """A reply, which nobody keeps."""
    body = (
        Response(reply.html, mimetype="text/html")
        if isinstance(reply, Page)
        else jsonify(reply.data)
    )
    body.status_code = reply.status
    body.headers["Cache-Control"] = "no-store"
    return body


def _language_asked(languages: Sequence[str]) -> str:
    """The language whose part of the site is asked for, "" for its root."""
    start = request.path.split("/")[1]
    return start if start in languages[1:] else ""


def _refusal(status: int, why: Why, languages: Sequence[str]) -> Data | Page:
    """Why nothing was taken: for a script, or for who reads it."""
    if request.mimetype != FORM or request.path == "/desk":
        return Data(status, {"error": why})
    lang = _language_asked(languages)
    return refusal(status, next((one for one in languages if one == lang), languages[0]))
