"""How fast the check is, as ratios: they mean the same on every machine."""

import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from docket.read import read
from docket.rules import check
from docket.trees import Folder
from worlds import NOW, world

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
}


def main() -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        root = world(Path(folder) / "register")
        tree = Folder(root)
        base = {path: tree[path] for path in tree}
        _scale(base)
        _hostile(base)
        _huge(root)


def _best(work: Callable[[], object], times: int = 5) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return min(once() for _ in range(times))


def _check(files: Mapping[str, bytes]) -> int:
    return len(check(read(files, NOW)))


def _scale(base: Mapping[str, bytes]) -> None:
    """Many submissions: time for each, against the fewest; and against PyYAML alone."""
    call, one = (base[f"submissions/2031-skole/{name}.yml"] for name in ("round", "viborg"))
    common = {path: text for path, text in base.items() if path.startswith("schema/")}
    common["submissions/organiser.yml"] = base["submissions/organiser.yml"]
    first = 0.0
    for rounds in (1, 10, 50):
        files = dict(common)
        for number in range(rounds):
            folder = f"submissions/2031-skole-{number}"
            files[f"{folder}/round.yml"] = call.replace(b"after: [2030-job]\n", b"")
            for name in _names(98):
                files[f"{folder}/{name}.yml"] = one.replace(b"viborg", name.encode())
        count = rounds * 98
        each = _best(lambda files=files: _check(files), 2) / count  # type: ignore[misc]
        first = first or each
        print(
            f"{count:>6} submissions  {each * 1000:6.2f} ms each  {each / first:5.2f} x the first"
        )
    loaded = _best(lambda: [yaml.load(one, Loader=yaml.CSafeLoader) for _ in range(98)]) / 98
    print(f"   PyYAML alone     {loaded * 1000:6.2f} ms each  {loaded / first:5.2f} x the first")


def _names(count: int) -> list[str]:
    schema = Path(__file__).parent.parent / "schema/municipality.json"
    names: list[str] = yaml.safe_load(schema.read_text("utf-8"))["enum"]
    return names[:count]


def _hostile(base: Mapping[str, bytes]) -> None:
    """Hostile files of 64 KiB: time and memory, against a small register with a normal one."""
    normal = _best(lambda: _check(base))
    for name, content in HOSTILE.items():
        files = {**base, TARGET: content}
        taken = _best(lambda files=files: _check(files), 2)  # type: ignore[misc]
        tracemalloc.start()
        _check(files)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        print(
            f"{name:>18}  {taken * 1000:6.0f} ms  {taken / normal:5.1f} x normal  {peak:5.1f} MiB"
        )


def _huge(root: Path) -> None:
    """A file of 50 MB is refused by its size."""
    normal = _best(lambda: _check(Folder(root)))
    with (root / TARGET).open("wb") as file:
        file.truncate(50_000_000)
    taken = _best(lambda: _check(Folder(root)))
    print(f"{'50 MB':>18}  {taken * 1000:6.0f} ms  {taken / normal:5.1f} x normal")


if __name__ == "__main__":
    main()
