"""The desk: the built site over HTTP, and the one address that takes submissions.

`POST /desk` takes {round, file} as JSON. 201: kept, with its receipt. 422: what is wrong,
field by field. 403, 405, 413, 415, 429 as HTTP means them; never 5xx for what a client sends.
"""

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request, send_from_directory
from waitress import create_server
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.security import safe_join

from docket.deposit import deposit
from docket.read import FOLDER
from docket.store import Store
from docket.texts import message
from docket.trees import LIMIT
from docket.writing import Busy

PER_MINUTE = 30
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass
class Limiter:
    """At most `most` calls a minute for each key; forgets who has been silent for a minute."""

    most: int = PER_MINUTE
    clock: Callable[[], float] = time.monotonic
    calls: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, key: str) -> int:
        """How many seconds `key` has to wait, 0 if it may go on now."""
        now = self.clock()
        for name in [name for name, times in self.calls.items() if times[-1] < now - 60]:
            del self.calls[name]
        times = self.calls[key]
        while times and times[0] < now - 60:
            times.popleft()
        if len(times) >= self.most:
            return int(times[0] + 60 - now) + 1
        times.append(now)
        return 0


@dataclass(frozen=True)
class Desk:
    """Where the desk keeps what it takes, and under which addresses it is known."""

    root: Path
    origins: frozenset[str]
    now: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0)
    limiter: Limiter = field(default_factory=Limiter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> tuple[Response, int] | tuple[Response, int, dict[str, str]]:
        """Answer one submission."""
        if request.headers.get("Origin") not in self.origins:
            return jsonify(error="origin"), 403
        if wait := self.limiter.wait(request.remote_addr or ""):
            return jsonify(error="rate"), 429, {"Retry-After": str(wait)}
        if request.mimetype != "application/json":
            return jsonify(error="type"), 415
        if (request.content_length or 0) > 2 * LIMIT:
            return jsonify(error="size"), 413
        sent = _sent(request.get_data(cache=False))
        if sent is None:
            return jsonify(error="shape"), 400
        return self.judge(*sent)

    def judge(self, call: str, content: bytes) -> tuple[Response, int]:
        """Keep a submission, or say what is wrong with it."""
        try:
            with self.lock:
                store = Store(self.root)
                try:
                    found, receipt = deposit(store, call, content, self.now())
                finally:
                    store.close()
        except Busy:
            return jsonify(error="busy"), 409
        if receipt is None:
            errors = [
                {
                    "pointer": one.place.pointer,
                    "code": one.code,
                    "message": {
                        lang: message(one, found.docket.organiser, lang) for lang in ("da", "en")
                    },
                }
                for one in found.findings
            ]
            return jsonify(errors=errors), 422
        received = receipt.received.astimezone(found.docket.organiser.zone)
        return jsonify(reference=receipt.reference, received=received.isoformat()), 201


def application(public: Path, desk: Desk | None = None) -> Flask:
    """The web application: the files of `public`, no folder listed, and a desk if given."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 4 * LIMIT
    if desk:
        app.add_url_rule("/desk", "desk", desk.take, methods=["POST"])

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def page(path: str) -> Response:
        whole = safe_join(str(public), path)
        if whole and Path(whole).is_dir():
            if path and not path.endswith("/"):
                return Response(status=301, headers={"Location": f"/{path}/"})
            path += "index.html"
        return send_from_directory(public, path)

    @app.errorhandler(NotFound)
    def missing(_: NotFound) -> tuple[Response, int]:
        folder = public / "en" if request.path.startswith("/en/") else public
        if not (folder / "404.html").is_file():
            return Response("404", mimetype="text/plain"), 404
        return send_from_directory(folder, "404.html"), 404

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.name), error.code or 400

    @app.after_request
    def secure(answer: Response) -> Response:
        answer.headers.update(HEADERS)
        return answer

    return app


def open_door(public: Path, port: int, desk: Desk | None = None) -> Any:  # noqa: ANN401 - untyped
    """A server bound to 127.0.0.1; `run()` answers until the process ends. Raises OSError."""
    return create_server(
        application(public, desk),
        host="127.0.0.1",
        port=port,
        threads=8,
        max_request_body_size=4 * LIMIT,
    )


def _sent(body: bytes) -> tuple[str, bytes] | None:
    """The round and the file in a request's body, None where they are not there."""
    try:
        data = json.loads(body)
        call, text = data["round"], data["file"]
        content = text.encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if not isinstance(call, str) or not FOLDER.match(call) or len(content) > LIMIT:
        return None
    return call, content
