"""What the workflow that answers a pull request waits for: its set-up, in seconds and megabytes.

Fetches the pinned packages from the index that pip is set to, as a new machine does. Which pip it
is matters: 23.2, which comes with Python 3.11, takes twice as long as 26.3.
"""

import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from support.worlds import ROOT

SETS = ("requirements-forge.txt", "requirements.txt", "requirements-dev.txt")


def main() -> None:
    """Print a row for each set of pins: the answer's, the run-time's, the developers'."""
    print(f"\n{'set-up by pip ' + version('pip'):<27} seconds   megabytes")
    with tempfile.TemporaryDirectory() as folder:
        for name in SETS:
            place = Path(folder) / name
            start = time.monotonic()
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
            pip = [sys.executable, "-m", "pip", "--python", str(place / "bin/python"), "install"]
            words = ("--quiet", "--no-cache-dir", "--no-compile", "--require-hashes", "-r")
            subprocess.run([*pip, *words, str(ROOT / name)], check=True)
            seconds = time.monotonic() - start
            size = sum(one.stat().st_size for one in place.rglob("*") if one.is_file())
            print(f"{name:<26} {seconds:8.1f}   {size / 1e6:9.0f}")


if __name__ == "__main__":
    main()
