"""Lighthouse on a page of each kind of the built site, as a phone sees it; what each page weighs.

Needs Node (`npx` fetches Lighthouse) and Chromium. Served compressed, as GitHub Pages does.
"""

import gzip
import json
import os
import shlex
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from support.built import chromium
from support.worlds import ROOT

LIGHTHOUSE = os.environ.get("LIGHTHOUSE", "npx --yes lighthouse@12.8.2")
KINDS = {
    "front": "",
    "round": "runder/2022-beskaeftigelse/",
    "rounds": "runder/",
    "municipality": "kommuner/hilleroed/",
    "municipalities": "kommuner/",
    "form": "meld-interesse/proeve/",
    "rules": "regler/",
    "text": "en/processen/",
}
SCORES = ("performance", "accessibility", "best-practices", "seo")


class _Packed(SimpleHTTPRequestHandler):
    """Files, with gzip."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return BytesIO(content)

    def log_message(self, *_: object) -> None:
        """Say nothing of each file."""


def main() -> None:
    """Print a row for each kind of page."""
    handler = partial(_Packed, directory=str(ROOT / "public"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print("page            " + "  ".join(SCORES) + "      kB")
        for kind, path in KINDS.items():
            _row(kind, f"http://127.0.0.1:{server.server_port}/{path}")
        server.shutdown()


def _row(kind: str, address: str) -> None:
    flags = ["--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox"]
    done = subprocess.run(
        [*shlex.split(LIGHTHOUSE), address, *flags, f"--only-categories={','.join(SCORES)}"],
        env={**os.environ, "CHROME_PATH": chromium() or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"Lighthouse on {address}: {done.stderr or done.stdout}")
    told = json.loads(done.stdout)
    scores = [round(100 * (told["categories"][name]["score"] or 0)) for name in SCORES]
    weight = told["audits"]["total-byte-weight"]["numericValue"] / 1000
    columns = (f"{score:>{len(name)}}" for score, name in zip(scores, SCORES, strict=True))
    print(f"{kind:<14}  {'  '.join(columns)}  {weight:6.1f}", flush=True)
    for name in SCORES:
        for one in told["categories"][name]["auditRefs"]:
            audit = told["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"    {name}: {audit['title']} {audit.get('displayValue', '')}".rstrip())


if __name__ == "__main__":
    main()
