"""How fast and how large, as ratios in one run: they mean the same on every machine.

Whole processes, start-up and Git's own included: `docket check` with all its rules over the
history, beside check-jsonschema, which looks at the shape of the same submissions alone.
Processor time, which says the same when the machine is busy with something else.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml

from support.worlds import BASE, ROOT, world

BIN = Path(sys.executable).parent
SIZES, TURNS = (98, 1_000, 10_000), (9, 3, 2)
TARGET = "submissions/2031-skole/randers.yml"
HOSTILE: Mapping[str, bytes] = {
    "brackets": b"[" * 65_000,
    "aliases": b"a: &a [x]\n" + b"b: [*a, *a, *a, *a]\n" * 3_000,
    "keys twice": b"a: x\n" * 13_000,
    "wrong words": b"areas: [" + b",".join(b"folkeskol%d" % n for n in range(1_900)) + b"]\n",
    "digits": b"a: " + b"1:" * 32_000,
    "address": b"contact: {email: " + b"a." * 32_000 + b"}\n",
    "spaces": b'contact: {name: "x' + b" " * 64_000 + b'"}\n',
    "escapes": b'a: "' + rb"\u202e" * 10_000 + b'"\n',
    "tabs": b"\t" * 65_000,
    "50 MB": b"x" * 50_000_000,
}
METER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""  # in a small process of its own: a child's memory begins with that of its parent
LIMIT = """
import os, subprocess
for folder, _, names in os.walk("submissions"):
    for name in names:
        with open(f"{folder}/{name}", "rb") as file:
            file.read()
subprocess.run(["git", "log", "--raw", "-z", "--format=%ct"], capture_output=True, check=True)
"""  # less no check can do: all bytes, and when they came
CALL = """\
title: {{da: Runde {number}, en: Round {number}}}
seats: {{folkeskole: 2, dagtilbud: null}}
wishes: 2
opens: {opens}
deadline: {deadline}
receiver: {{name: Sekretariatet, email: post@arrangoer.example}}
decides: {{da: udvalget, en: the committee}}
"""
SUBMISSION = """\
municipality: {slug}
areas: [folkeskole, dagtilbud]
contact: {{name: Sekretariatet, email: post@kommune.example}}
approval: {{status: pending}}
motivation: |
  Byrådet vil prøve noget nyt sammen med børn, forældre og medarbejdere.
"""
DECISION = """\
decided: {decided}
until: {until}
designated: [{{municipality: {slug}, area: folkeskole}}]
"""


@dataclass(frozen=True)
class Cost:
    """What one process and its children took: processor seconds, and MiB at the largest."""

    seconds: float
    mebibytes: float


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        _start(Path(folder))
        _scale(Path(folder))
        _hostile(Path(folder))


def _start(folder: Path) -> None:
    """What a command takes before it has done anything, beside Python itself."""
    _register(folder / "one", 1)
    for told, command in (
        ("Python", [sys.executable, "-c", "pass"]),
        ("docket --help", [str(BIN / "docket"), "--help"]),
        ("docket check, one answer", [str(BIN / "docket"), "check"]),
    ):
        print(f"{told:>24} {_best(9, command, folder / 'one').seconds * 1000:5.0f} ms")


def _scale(folder: Path) -> None:
    """Both commands in turn on the same files, so that a busy moment meets both."""
    print("\nsubmissions    docket check       check-jsonschema   faster   against the limit")
    for size, turns in zip(SIZES, TURNS, strict=True):
        root = folder / str(size)
        files = _register(root, size)
        ours = [str(BIN / "docket"), "check"]
        theirs = [
            str(BIN / "check-jsonschema"),
            "--schemafile=schema/submission.json",
            *(path.as_posix() for path in files),
        ]
        pairs = [(_cost(ours, root), _cost(theirs, root)) for _ in range(turns)]
        mine, other = (
            min(costs, key=lambda cost: cost.seconds) for costs in zip(*pairs, strict=True)
        )
        limit = _best(turns, [sys.executable, "-c", LIMIT], root)
        print(
            f"{size:>11}  {_told(mine)}  {_told(other)}  {other.seconds / mine.seconds:5.1f} x"
            f"   {mine.seconds / limit.seconds:5.1f} x"
        )


def _hostile(folder: Path) -> None:
    """Files made to hurt, each in a small register, against that register without it."""
    root = world(folder / "register")
    command = [str(BIN / "docket"), "check", "--at", "2031-03-01"]
    normal = _best(3, command, root)
    print(f"\nhostile file   docket check         against {_told(normal).strip()} without it")
    for name, content in HOSTILE.items():
        (root / TARGET).write_bytes(content)
        cost = _best(3, command, root, wrong=True)
        print(f"{name:>11}  {_told(cost)}  {cost.seconds / normal.seconds:5.1f} x")


def _best(turns: int, command: list[str], folder: Path, *, wrong: bool = False) -> Cost:
    costs = [_cost(command, folder, wrong=wrong) for _ in range(turns)]
    return min(costs, key=lambda cost: cost.seconds)


def _cost(command: list[str], folder: Path, *, wrong: bool = False) -> Cost:
    """What `command` takes in `folder`; it must find something exactly where that is `wrong`."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-c", METER, *command],
        cwd=folder,
        env=own,
        capture_output=True,
        text=True,
        check=True,
    )
    code, seconds, kibibytes = done.stdout.split()
    if int(code) != wrong:
        raise SystemExit(f"{command[:2]} exits {code}: {done.stderr}")
    return Cost(float(seconds), int(kibibytes) / 1024)


def _told(cost: Cost) -> str:
    return f"{cost.seconds:7.2f} s {cost.mebibytes:4.0f} MiB"


def _register(root: Path, size: int) -> list[Path]:
    """A register of `size` right submissions, each landed by a commit; answer their paths."""
    shutil.copytree(ROOT / "schema", root / "schema")
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", root], check=True)
    importing = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE)
    text = (BASE / "submissions/organiser.yml").read_text("utf-8")
    files = [(date(1989, 1, 1), "submissions/organiser.yml", text), *_files(size)]
    importing.communicate(b"".join(_commit(*file) for file in files))
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=root, check=True)
    own = ("organiser.yml", "round.yml", "decision.yml")
    return [Path(path) for _, path, _ in files if Path(path).name not in own]


def _files(size: int) -> Iterator[tuple[date, str, str]]:
    """Rounds of up to 98 submissions, each decided and over before the next one opens."""
    names: list[str] = yaml.safe_load((ROOT / "schema/municipality.json").read_text("utf-8"))[
        "enum"
    ]
    for number in range(-(-size // 98)):
        opens, received, deadline, decided, until = (
            date(1990, 1, 1) + timedelta(40 * number + days) for days in (0, 10, 20, 30, 35)
        )
        folder = f"submissions/{opens.year}-runde-{number}"
        there = names[: size - 98 * number]
        yield (
            opens,
            f"{folder}/round.yml",
            CALL.format(number=number, opens=opens, deadline=deadline),
        )
        for slug in there:
            yield received, f"{folder}/{slug}.yml", SUBMISSION.format(slug=slug)
        chosen = DECISION.format(decided=decided, until=until, slug=there[number % len(there)])
        yield decided, f"{folder}/decision.yml", chosen


def _commit(day: date, path: str, text: str) -> bytes:
    """One file committed on its day, as `git fast-import` reads it."""
    content = text.encode()
    at = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    head = f"commit refs/heads/main\ncommitter Bench <bench@example.org> {at} +0000\ndata 0\n"
    return f"{head}M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


if __name__ == "__main__":
    main()
