"""The site built from the real register with the base world in it, and served."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docket.acts import seal
from docket.server.door import open_door
from docket.site.build import build_whole
from support.hostile import attack
from support.worlds import AT, BASE, ROOT, commit, docket_of, git

PARTS = ("schema", "site", "submissions", "tools", "mkdocs.yml", "mkdocs.en.yml")
FOREIGN = """municipality: randers
areas: [folkeskole]
contact: {name: "<b>Kontakt</b>", email: hemmelig@kommune.example, phone: "12345678"}
approval: {status: pending, body: "*Byrådet* <img src=x>"}
motivation: |
  # Overskrift <script>alert(1)</script>
  [link](javascript:alert(1)) | `kode` {{ config }} --8<-- "mkdocs.yml"

  1. Æblegrød & fløde @alle
"""


def copy(folder: Path) -> Path:
    """A copy of the repository's own files with the base world's submissions added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PARTS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "base", "2031-02-03T12:00:00+01:00")
    skole = folder / "submissions/2031-skole"
    (skole / "randers.yml").write_text(FOREIGN, encoding="utf-8")
    wrong = FOREIGN.replace("randers", "struer").replace("hemmelig@", "bo.hansen(at)")
    (skole / "struer.yml").write_text(wrong, encoding="utf-8")
    (skole / "skive.yml").write_text("municipality: [\n", encoding="utf-8")
    return folder


def build(folder: Path, at: str = AT, *, with_desk: bool = False) -> Path:
    """Build both languages; answer the folder of the built site."""
    build_whole(folder, docket_of(folder, at), with_desk=with_desk, clock=True)
    return folder / "public"


SEALED = "submissions/proeve-segl"
CALL = """title: {da: Øvelse med segl, en: Exercise with a seal}
seats: {folkeskole: 2}
opens: 2031-01-01
deadline: 2031-06-30
rehearsal: true
receiver: {name: Sekretariatet}
decides: {da: udvalget, en: the committee}
"""


def add_sealed(folder: Path) -> str:
    """Add a round with a seal; answer the file of the key that opens it."""
    private, public = _new_key()
    (folder / SEALED).mkdir()
    round_ = f"{CALL}seal: {json.dumps(public)}\n"
    (folder / SEALED / "round.yml").write_text(round_, encoding="utf-8")
    return private


@cache
def _new_key() -> tuple[str, dict[str, str]]:
    """One is enough, and it takes a quarter of a second."""
    return seal.new_key()


def make_counter(folder: Path) -> None:
    """The site built for the desk, with rounds of attacks and of sealed answers; and their key."""
    root = copy(folder / "site")
    attack(root)
    (folder / "key.json").write_text(add_sealed(root), encoding="utf-8")
    commit(root, "all", "2031-02-03T12:00:00+01:00")
    build(root, with_desk=True)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills: by the first worker that needs it, for all of them."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = Path(tempfile.mkdtemp(dir=shared))
            make(unfinished)
            unfinished.rename(folder)
    return folder


@dataclass(frozen=True)
class Counter:
    """A register whose site is served with a desk, and its address."""

    root: Path
    address: str
    key: seal.Key

    def form(self, lang: str, query: str = "") -> str:
        """The address of the form."""
        prefix = "" if lang == "da" else "en/"
        return f"{self.address}/{prefix}meld-interesse/2031-skole/{query}"

    def kept(self, slug: str) -> str:
        """What the branch of a municipality holds."""
        name = f"submission/2031-skole/{slug}:submissions/2031-skole/{slug}.yml"
        return git(self.root, "show", name) + "\n"


@contextmanager
def served(public: Path) -> Iterator[str]:
    """The address of the built site while it is served."""
    with running(open_door(public, 0)) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(server: Any) -> Iterator[int]:  # noqa: ANN401 - waitress has no types
    """The port of a server while it runs."""

    def run() -> None:
        with suppress(OSError):  # it is closed while it waits
            server.run()

    def stop() -> None:
        for channel in tuple(server.active_channels.values()):
            channel.handle_close()
        for waiting in (server, server.trigger):
            waiting.del_channel()  # with nothing to wait for, it is done

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.trigger.pull_trigger(stop)
        thread.join(timeout=5)
        server.task_dispatcher.shutdown()
        server.close()


BARE = {"done", "filename", "finder", "highlight", "off", "past", "result", "to-come"}
"""Classes that need no rule of their own, or are for a script."""


def unstyled(public: Path) -> dict[str, set[str]]:
    """By page, the classes that no rule of the style sheet names."""
    css = (public / "assets/docket.css").read_text("utf-8")
    known = {*re.findall(r"\.([a-z][\w-]*)", css), *BARE}
    found = {}
    for path in public.rglob("*.html"):
        text = re.sub(r"(?s)<pre.*?</pre>", "", path.read_text("utf-8"))
        used = {one for many in re.findall(r'class="([^"]*)"', text) for one in many.split()}
        if missing := {one for one in used if one not in known and "--" not in one}:
            found[path.relative_to(public).as_posix()] = missing
    return found


CHROMIUM = ("chromium-headless-shell", "chromium", "google-chrome")
"""The same engine; the shell has no windows of its own, and opens a page in a third of the time."""


def chromium() -> str | None:
    """Where Chromium is, if it is anywhere. In CI it must be."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None and os.environ.get("CI"):
        raise AssertionError("CI runs the browser tests, and there is no chromium")
    return found
