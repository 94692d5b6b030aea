"""The built site over HTTP on this machine."""

from pathlib import Path

from flask import Flask, Response, send_from_directory
from waitress import serve as serve_forever
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
        return send_from_directory(public, "404.html"), 404

    return app


def serve(public: Path, port: int) -> None:
    """Answer on 127.0.0.1 until the process is ended. Raises OSError where the port is taken."""
    serve_forever(application(public), host="127.0.0.1", port=port, threads=8, _quiet=True)
