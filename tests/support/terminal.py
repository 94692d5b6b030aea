"""Somebody at a terminal."""

import os
import pty
import select
import subprocess
import sys
from pathlib import Path


def at_a_terminal(root: Path, words: list[str], answers: list[str], *, code: int = 0) -> str:
    """What a command says on a real terminal where somebody answers each question, to its end."""
    here, there = pty.openpty()
    call = "import sys; from docket.cli.main import main; sys.exit(main(sys.argv[1:]))"
    running = subprocess.Popen(
        [sys.executable, "-c", call, "-C", str(root), *words],
        stdin=there,
        stdout=there,
        stderr=there,
    )
    os.close(there)
    told = b""
    for answer in [*answers, None]:
        asked = b""
        while answer is None or not asked.endswith((b": ", b") ")):
            ready, _, _ = select.select([here], [], [], 30)
            assert ready, told.decode()
            try:
                part = os.read(here, 4096)
            except OSError:  # Linux ends a terminal this way
                part = b""
            asked += part
            told += part
            if not part:
                break
        if answer is not None:
            os.write(here, f"{answer}\n".encode())
    assert running.wait() == code, told.decode()
    os.close(here)
    return told.decode()
