"""A drill of the desk: load, kills, half-open connections, a stranger, a full disk.

It starts a real `docket serve` before a small invented register and speaks HTTP only. It prints
what it saw, ends within some minutes, and answers 1 where a promise was broken.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from support.built import copy
from support.crowd import names
from support.randers import TEXT
from support.worlds import commit, git

ROUND, OTHER = "proeve-brand", "proeve-brand-2"
CALL = """title: {da: Brandøvelse (opdigtet), en: Fire drill (invented)}
seats: {folkeskole: 2}
opens: 2020-01-01
rehearsal: true
receiver: {name: Sekretariatet}
decides: {da: udvalget, en: the committee}
"""
DISK = 64
"""Megabytes of the small disk that Git's folder lies on, where one can be mounted."""
HALF = b"POST /desk HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
_SENDERS = (f"10.{one >> 16 & 255}.{one >> 8 & 255}.{one & 255}" for one in count(1))
"""An address of its own for each."""


@dataclass(frozen=True)
class Answer:
    """What the desk said, after so many seconds; status 0 where it said nothing."""

    status: int
    seconds: float
    reference: str = ""


@dataclass
class Drill:
    """A desk that is drilled, and what it promised and did not do."""

    root: Path
    port: int
    log: Path
    broken: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """A desk in a process of its own, killed at the end with its children."""
        address = f"http://127.0.0.1:{self.port}"
        words = ["-C", str(self.root), "serve", "--port", str(self.port), "--address", address]
        code = "import sys; from docket.cli.main import main; sys.exit(main(sys.argv[1:]))"
        with self.log.open("ab") as log:
            server = subprocess.Popen(
                [sys.executable, "-c", code, *words], stderr=log, start_new_session=True
            )
        try:
            start = time.monotonic()
            while self.page().status != 200:
                if server.poll() is not None or time.monotonic() - start > 120:
                    raise SystemExit(self.log.read_text("utf-8"))
                time.sleep(0.2)
            self.say("desk", f"up after {time.monotonic() - start:.1f} s, site built anew")
            yield server
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    def page(self) -> Answer:
        """The front page."""
        return self._ask("GET", "/")

    def post(self, text: str, round_: str = ROUND, address: str = "") -> Answer:
        """Send an answer, from an address of its own if no other is given."""
        data = json.dumps({"round": round_, "file": text})
        return self._ask("POST", "/desk", data, address or next(_SENDERS))

    def own(self, token: str) -> Answer:
        """Ask for an answer by a private link."""
        return self._ask("POST", "/mit-svar/", urlencode({"token": token}), next(_SENDERS), FORM)

    def _ask(
        self, method: str, path: str, data: str = "", sender: str = "", kind: str = JSON
    ) -> Answer:
        start = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        head = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": kind}
        head |= {"X-Forwarded-For": sender} if sender else {}
        try:
            connection.request(method, path, data.encode() or None, head)
            answer = connection.getresponse()
            text = answer.read()
            told = json.loads(text) if answer.status == 201 else {}
            return Answer(answer.status, time.monotonic() - start, told.get("reference", ""))
        except (OSError, HTTPException):
            return Answer(0, time.monotonic() - start)
        finally:
            connection.close()

    def say(self, what: str, told: str, *, holds: bool = True) -> None:
        """Print a line; remember it where a promise was broken."""
        print(f"{what:<16}{told}{'' if holds else '   BROKEN'}", flush=True)
        self.broken += [] if holds else [what]

    def fsck(self, what: str) -> None:
        """Whether Git finds its objects whole."""
        words = ["git", "-C", str(self.root), "fsck", "--strict", "--no-dangling"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        fine = done.returncode == 0
        self.say(what, "git fsck: clean" if fine else done.stderr.strip(), holds=fine)


def text_of(name: str, version: int = 1) -> str:
    """A municipality's answer."""
    return TEXT.replace("randers", name).replace("post@", f"post{version}@")


def statuses(answers: Sequence[Answer]) -> str:
    """How often each status came."""
    told = Counter(one.status for one in answers)
    return ", ".join(f"{number} × {status or 'no answer'}" for status, number in told.items())


def load(drill: Drill, slugs: list[str]) -> dict[str, str]:
    """All municipalities at once; the receipts they got."""
    start = time.monotonic()
    with ThreadPoolExecutor(len(slugs)) as pool:
        answers = list(pool.map(lambda one: drill.post(text_of(one)), slugs))
    took, times = time.monotonic() - start, [one.seconds for one in answers]
    fine = all(one.status == 201 for one in answers)
    drill.say("load", f"{len(slugs)} posts at once: {statuses(answers)}", holds=fine)
    high = quantiles(times, n=100)[98]
    rate = len(slugs) / took
    drill.say("", f"p50 {median(times):.2f} s, p99 {high:.2f} s, {rate:.1f} posts a second")
    return {text_of(slug): one.reference for slug, one in zip(slugs, answers, strict=True)}


def killed(drill: Drill, server: subprocess.Popen[bytes], slugs: list[str]) -> dict[str, str]:
    """`kill -9` while many send; the receipts that were given before."""
    with ThreadPoolExecutor(len(slugs)) as pool:
        sent = [(text_of(one, 2), pool.submit(drill.post, text_of(one, 2))) for one in slugs]
        while not any(one.done() for _, one in sent):
            time.sleep(0.01)
        time.sleep(0.3)
        os.killpg(server.pid, signal.SIGKILL)
        answers = {text: one.result() for text, one in sent}
    given = {text: one.reference for text, one in answers.items() if one.status == 201}
    drill.say("kill -9", f"of {len(slugs)} posts under way {len(given)} had their receipt")
    drill.fsck("")
    return given


def nothing_lost(drill: Drill, receipts: dict[str, str]) -> None:
    """The same bytes once more get the receipt that was given."""
    lost = [ref for text, ref in receipts.items() if drill.post(text).reference != ref]
    told = f"{len(receipts)} receipts asked for again, {len(lost)} lost"
    drill.say("after restart", told, holds=not lost)


def half_open(drill: Drill) -> None:
    """Many connections that never end their request, while another reads."""
    with ExitStack() as stack:
        for _ in range(120):
            one = socket.create_connection(("127.0.0.1", drill.port), 5)
            stack.callback(one.close)
            one.sendall(HALF)
        pages = [drill.page() for _ in range(20)]
    slowest = max(one.seconds for one in pages)
    fine = all(one.status == 200 for one in pages) and slowest < 5
    told = f"120 connections, then 20 pages: {statuses(pages)}, slowest {slowest:.2f} s"
    drill.say("half-open", told, holds=fine)


def stranger(drill: Drill, slugs: list[str]) -> None:
    """One address sends rubbish in many names; then the first of them sends an answer."""
    rubbish = [drill.post(text_of(one) + "evil: 1\n", OTHER, "2001:db8::1") for one in slugs]
    answer = drill.post(text_of(slugs[0]), OTHER)
    fine = answer.status == 201 and {one.status for one in rubbish} <= {422, 429}
    drill.say("stranger", f"{len(slugs)} invalid files: {statuses(rubbish)}", holds=fine)
    drill.say("", f"then that municipality: {answer.status} after {answer.seconds:.2f} s")


def impostor(drill: Drill, slugs: list[str]) -> None:
    """Somebody who knows all but the links changes, withdraws and guesses: nothing is replaced."""
    before = [_tip(drill, slug) for slug in slugs]
    gone = "withdrawn: {date: 2031-03-01}\n"
    posts = [drill.post(text_of(one, 9) + more) for one in slugs for more in ("", gone)]
    guesses = [drill.own(secrets.token_urlsafe(16)) for _ in range(20)]
    kept = [_tip(drill, slug) for slug in slugs]
    told = (
        f"{len(posts)} changes without a link: {statuses(posts)}; 20 guesses: {statuses(guesses)}"
    )
    rivals = sum(bool(_tip(drill, f"{slug}.2")) for slug in slugs)
    drill.say("impostor", told, holds=kept == before and {one.status for one in guesses} == {404})
    changed = sum(old != new for old, new in zip(before, kept, strict=True))
    drill.say(
        "", f"{changed} answers changed, {rivals} wait beside them", holds=rivals == len(slugs)
    )


def _tip(drill: Drill, name: str) -> str:
    """The latest commit of an answer's branch, "" where there is none."""
    words = ["git", "-C", str(drill.root), "rev-parse", "--verify", "--quiet"]
    done = subprocess.run(
        [*words, f"refs/heads/submission/{ROUND}/{name}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def full(drill: Drill, disk: Path, slugs: list[str]) -> None:
    """A full disk gives no receipt, and takes none away."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            answers = [drill.post(text_of(one, 3)) for one in slugs]
    (disk / "filler").unlink()
    after = drill.post(text_of(slugs[0], 4))
    fine = 201 not in {one.status for one in answers} and after.status == 201
    drill.say("full disk", f"{statuses(answers)}; with room again: {after.status}", holds=fine)
    drill.fsck("")


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A small disk at `folder`; whether one could be mounted."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(folder)]
    mounted = subprocess.run(words, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def world(root: Path, disk: Path) -> None:
    """The register of the drill, its Git folder on the small disk."""
    copy(root)
    for name in (ROUND, OTHER):
        (root / "submissions" / name).mkdir()
        (root / "submissions" / name / "round.yml").write_text(CALL, encoding="utf-8")
    git(root, "checkout", "--quiet", "--", ".")
    git(root, "clean", "--quiet", "--force", "submissions/2031-skole")
    shutil.move(root / ".git", disk / "git")
    (root / ".git").write_text(f"gitdir: {disk / 'git'}\n", encoding="utf-8")
    commit(root, "two rounds")


def main() -> int:
    """Play it all; 1 where a promise was broken."""
    with tempfile.TemporaryDirectory() as folder, small_disk(Path(folder) / "disk") as mounted:
        root, disk = Path(folder) / "register", Path(folder) / "disk"
        world(root, disk)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        drill, slugs = Drill(root, port, Path(folder) / "log"), names()
        with drill.running() as server:
            receipts = load(drill, slugs)
            given = killed(drill, server, slugs[:30])
        with drill.running():
            nothing_lost(drill, {**dict(list(receipts.items())[::7]), **given})
            half_open(drill)
            stranger(drill, slugs[:40])
            impostor(drill, slugs[-10:])
            if mounted:
                full(drill, disk, slugs[:5])
            else:
                drill.say("full disk", "not played: no small disk can be mounted here")
        traces = drill.log.read_text("utf-8", "replace").count("Traceback")
        drill.say("tracebacks", str(traces), holds=not traces)
        return 1 if drill.broken else 0


if __name__ == "__main__":
    sys.exit(main())
