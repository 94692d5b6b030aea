"""The built site over HTTP on this machine."""

from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory
from waitress import create_server
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join


def application(public: Path) -> Flask:
    """A web application that answers with the files of `public`, and lists no folder."""
    app = Flask(__name__, static_folder=None)

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

    return app


def open_door(public: Path, port: int) -> Any:  # noqa: ANN401 - waitress has no types
    """A server bound to 127.0.0.1; `run()` answers until the process ends. Raises OSError."""
    return create_server(application(public), host="127.0.0.1", port=port, threads=8)
