"""Where the tests put their files."""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30
"""Bytes: a container's own is often too small for two sites and a browser."""


def work_in_memory() -> None:
    """Make temporary files in memory, where there is enough of it and programs may run from it.

    The tests make some 50,000 small files, and each costs five times as much on a disk.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir():
        place = os.statvfs(MEMORY)
        if place.f_bavail * place.f_frsize >= ENOUGH and not place.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
