"""What a post costs the desk, and ninety-eight at once, beside more and more old submissions.

Run as `make bench`. Processor time of this process holds; seconds depend on the disk and on what
else the machine does.
"""

import json
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from docket.acts.deskwork import Deskwork, Pending
from docket.acts.submit import sent_file
from docket.git.store import Store
from docket.server.limits import Limiter
from support.desk import desk_of, post, still
from support.worlds import NOW, ROOT, commit, world

ROUND = "title: {da: Prøve, en: Trial}\nseats: {folkeskole: null}\nrehearsal: true\n"
TEXT = (
    "municipality: {}\nareas: [folkeskole]\n"
    "contact: {{name: S, email: post@kommune.example}}\napproval: {{status: pending}}\n"
)
NAMES: list[str] = json.loads((ROOT / "schema/municipality.json").read_bytes())["enum"]
SIZES = (0, 98, 1_000, 10_000)


def grown(folder: Path, old: int) -> Path:
    """The base world with `old` submissions in practice rounds, and an empty one to post to."""
    root = world(folder / "register")
    for number in range(-(-old // len(NAMES)) + 1):
        place = root / f"submissions/proeve-{number}"
        place.mkdir()
        (place / "round.yml").write_text(ROUND, encoding="utf-8")
        for name in NAMES[: old - (number - 1) * len(NAMES)] if number else ():
            (place / f"{name}.yml").write_text(TEXT.format(name), encoding="utf-8")
    commit(root, "all", "2031-02-03T12:00:00+01:00")
    return root


def one_by_one(root: Path) -> float:
    """Milliseconds of processor that a post takes, the median of twenty."""
    work, taken = Deskwork.start(Store(root)), []
    for name in NAMES[:20]:
        begun = time.process_time()
        sent = sent_file("proeve-0", TEXT.format(name).encode())
        pending = work.judge(work.base(NOW), sent, NOW)
        assert isinstance(pending, Pending), pending
        work.keep([pending])
        taken.append(time.process_time() - begun)
    work.store.close()
    return sorted(taken)[len(taken) // 2] * 1000


def at_once(root: Path) -> tuple[float, float]:
    """Seconds until the last of 77 at once had its receipt, and posts a second."""
    waits: list[float] = []

    def send(name: str) -> None:
        begun = time.perf_counter()
        status, _, _ = post(port, {"round": "proeve-0", "file": TEXT.format(name)})
        assert status == 201
        waits.append(time.perf_counter() - begun)

    with desk_of(root, root / "public", limiter=Limiter(most=10_000), clock=still()) as port:
        send(NAMES[20])  # the register is read once
        begun = time.perf_counter()
        with ThreadPoolExecutor(len(NAMES)) as pool:
            list(pool.map(send, NAMES[21:]))
        return max(waits), (len(NAMES) - 21) / (time.perf_counter() - begun)


def main() -> None:
    """A row for each size."""
    print("old submissions   ms of processor a post   77 at once: last after s   posts a second")
    for old in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            root = grown(Path(folder), old)
            cost = one_by_one(root)
            last, rate = at_once(root)
            print(f"{old:15,}   {cost:22.1f}   {last:24.2f}   {rate:14.1f}", flush=True)


if __name__ == "__main__":
    main()
