"""Git's processes: one for each question, and two helpers that answer for as long as they live."""

import os
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from typing import Any

from docket.git.environment import environment
from docket.git.refusals import GitError, Missing, NoHistory

os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["GIT_PYTHON_GIT_EXECUTABLE"] = os.devnull  # or it starts Git twice when imported
from git.cmd import Git, safer_popen

del os.environ["GIT_PYTHON_GIT_EXECUTABLE"]


class Processes(Git):
    """Git in a folder; `known` is added to its environment."""

    def __init__(self, folder: Path, known: Mapping[str, str]) -> None:
        """Nothing is started yet."""
        super().__init__(folder)
        self._known = known

    def ask(
        self,
        words: tuple[str, ...],
        content: bytes,
        more: Mapping[str, str],
        seconds: float | None = None,
    ) -> bytes:
        """What `git WORDS` writes when it reads `content`, within so many seconds.

        Raises `GitError`, OSError.
        """
        process = self._start(["git", *words], more)
        try:
            told, trouble = process.communicate(content, seconds)
        except TimeoutExpired as error:
            process.kill()
            for pipe in filter(None, (process.stdin, process.stdout, process.stderr)):
                pipe.close()  # a helper of Git's may hold the other end: nobody waits for it
            process.wait()
            raise GitError(str(error)) from None
        if process.returncode:
            raise GitError(trouble.decode("utf-8", "replace"))
        return told

    def find(self, name: str) -> tuple[str, str, int] | None:
        """Id, kind and size of the object that `name` names. Raises `GitError`, OSError."""
        found: tuple[str, str, int] | None = self._answer(self.get_object_header, name)
        return found

    def read(self, name: str) -> tuple[str, str, int, bytes] | None:
        """The same, and its bytes."""
        found: tuple[str, str, int, bytes] | None = self._answer(self.get_object_data, name)
        return found

    def execute(self, command: Any, *_: Any, **__: Any) -> Any:  # noqa: ANN401 - as GitPython's
        """Start a helper: GitPython does it by this."""
        return self.AutoInterrupt(self._start(command, {}), command)

    def _start(self, command: list[str], more: Mapping[str, str]) -> "Popen[bytes]":
        env = {**environment(), **self._known, **more}
        return safer_popen(
            command, cwd=self.working_dir, env=env, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )

    def _answer(self, ask: Any, name: str) -> Any:  # noqa: ANN401 - what `ask` answers
        try:
            found, kind, *rest = ask(name)
        except (EOFError, BrokenPipeError):
            raise GitError(self._last_words()) from None
        except ValueError:  # GitPython says so where there is nothing of that name
            return None
        return found.decode(), kind.decode(), *rest

    def _parse_object_header(self, header_line: Any) -> Any:  # noqa: ANN401 - as GitPython's
        if not header_line:
            raise EOFError
        return super()._parse_object_header(header_line)

    def _last_words(self) -> str:
        """What the helpers said before one of them died; both are ended."""
        said = b""
        for helper in filter(None, (self.cat_file_header, self.cat_file_all)):
            said += helper.proc.communicate()[1]
        self.clear_cache()
        return said.decode("utf-8", "replace")


def begin(root: Path) -> None:
    """Make a new repository in `root`, in the formats that we know. Raises `NoHistory`."""
    words = ("init", "--quiet", "--initial-branch=main", "--object-format=sha1")
    try:
        Processes(root, {"GIT_DEFAULT_REF_FORMAT": "files"}).ask(words, b"", {})
    except FileNotFoundError as error:
        raise NoHistory(Missing.GIT) from error
