"""Git's objects, one after another from a process that stays: `git cat-file`."""

import os
import re
import subprocess
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import IO

OBJECT = re.compile(r"[0-9a-f]{40,64}\Z")


class GitError(Exception):
    """Git says no; its own words are the message."""


class Cat:
    """Asks for objects by their ids. Not for two threads at once."""

    def __init__(self, top: Path) -> None:
        """Nothing is started yet."""
        self._top = top
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def close(self) -> None:
        """End the processes."""
        while self._running:
            _end(self._running.popitem()[1])

    def ask(self, how: str, name: str) -> tuple[str, int, bytes]:
        """An object's kind ("" where it is not there), its size, and with --batch its contents."""
        if not OBJECT.match(name):
            return "", 0, b""
        asking, answer = self._process(how)
        asking.write(f"{name}\n".encode())
        asking.flush()
        words = answer.readline().decode().split()
        if len(words) != 3:  # noqa: PLR2004 - id, kind and size, or "missing"
            return "", 0, b""
        size = int(words[2])
        return words[1], size, answer.read(size + 1)[:-1] if how == "--batch" else b""

    def _process(self, how: str) -> tuple[IO[bytes], IO[bytes]]:
        """Where to ask, and where the answers come."""
        if how not in self._running:
            self._running[how] = subprocess.Popen(  # noqa: S603 - no shell, and the words are ours
                ["git", "--no-replace-objects", "cat-file", how],  # noqa: S607 - the user's Git
                cwd=self._top,
                env=environment_of({}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            weakref.finalize(self, _end, self._running[how])
        asking, answer = self._running[how].stdin, self._running[how].stdout
        if asking is None or answer is None:
            raise GitError("cat-file")
        return asking, answer


def environment_of(more: Mapping[str, str]) -> Mapping[str, str]:
    """What Git is told beside the user's own: to speak English, and to ask nobody anything."""
    return {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", **more}


def _end(process: subprocess.Popen[bytes]) -> None:
    process.communicate()
