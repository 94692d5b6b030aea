"""Two that build in one folder, and one that serves it: each has its own site, whole."""

import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

from support.built import copy
from support.worlds import ROOT, neutral

TIME = re.compile(r'<time datetime="([^"]*)"')
RUN = "import sys; from docket.cli.main import main; sys.exit(main())"


def _started(root: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, "-C", str(root), *words],
        env={**neutral(), "PYTHONPATH": str(ROOT / "tools")},
        stderr=subprocess.PIPE,
        text=True,
    )


def _instants(folder: Path) -> set[str]:
    """As of when the pages are, however many there are."""
    return {one for page in folder.rglob("*.html") for one in TIME.findall(page.read_text("utf-8"))}


def test_nobody_hurts_another(tmp_path: Path) -> None:
    """No page of another is among them, and the server keeps its site until it ends."""
    root = copy(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = _started(root, "serve", "--port", str(port), "--at", "2031-01-31T12:00+01:00")
    builders = [_started(root, "build", "--at", f"2031-02-0{day}T12:00+01:00") for day in (1, 2)]
    assert [one.communicate()[1] and one.returncode for one in builders] == [0, 0]
    assert len(_instants(root / "public")) == 1
    page = ""
    while server.poll() is None and not page:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            page = answer.read().decode()
    assert set(TIME.findall(page)) == {"2031-01-31T12:00:00+01:00"}
    assert _instants(root / f".serving-{port}") == {"2031-01-31T12:00:00+01:00"}
    server.send_signal(signal.SIGTERM)
    server.communicate()
    assert [path.name for path in root.glob(".[bs]*")] == []
