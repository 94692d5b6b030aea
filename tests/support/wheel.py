"""The package as it is installed elsewhere: its wheel, unpacked, and nothing of this repository."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from support.worlds import ROOT, neutral


def unpack(folder: Path) -> None:
    """Build the wheel and unpack it into `folder`, with a command beside it."""
    words = ("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "lib")
    wheel.unlink()
    command = folder / "bin/docket"
    command.parent.mkdir()
    told = "from docket.cli.main import main\nraise SystemExit(main())"
    command.write_text(f"#!{sys.executable}\n{told}\n", "utf-8")
    command.chmod(0o755)


def run(wheel: Path, cwd: Path, *words: str) -> tuple[int, str]:
    """A command where only the wheel's `docket` is found: its exit code, and all that it says."""
    path = os.pathsep.join([str(wheel / "bin"), os.environ["PATH"]])
    own = {"PATH": path, "PYTHONPATH": str(wheel / "lib"), "LANG": "en_GB.UTF-8"}
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**neutral(), **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout
