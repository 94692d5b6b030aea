"""Git's helpers for who goes on for months, as the desk does: GitPython keeps them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docket.git.process import Answer, Processes
from docket.git.refusals import GitError

os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["GIT_PYTHON_GIT_EXECUTABLE"] = os.devnull  # or it starts Git twice when imported
from git.cmd import Git

del os.environ["GIT_PYTHON_GIT_EXECUTABLE"]


class Lasting(Processes):
    """The same answers; GitPython starts a helper anew where one was ended from outside."""

    def __init__(self, folder: Path, known: Mapping[str, str]) -> None:
        """Nothing is started yet."""
        super().__init__(folder, known)
        self._git = _Helpers(self)

    def find(self, name: str) -> Answer | None:
        """The object that `name` names. Raises `GitError`, OSError."""
        found: Answer | None = self._told(self._git.get_object_header, name)
        return found

    def read(self, name: str) -> tuple[str, str, int, bytes] | None:
        """The same, and its bytes."""
        found: tuple[str, str, int, bytes] | None = self._told(self._git.get_object_data, name)
        return found

    def end(self) -> None:
        """End the helpers."""
        self._git.clear_cache()

    def _told(self, ask: Any, name: str) -> Any:  # noqa: ANN401 - what `ask` answers
        try:
            found, kind, *rest = ask(name)
        except (EOFError, BrokenPipeError):
            raise GitError(self._git.last_words()) from None
        except ValueError:  # GitPython says so where there is nothing of that name
            return None
        return found.decode(), kind.decode(), *rest


class _Helpers(Git):
    """GitPython's helpers, started as all our processes are."""

    def __init__(self, processes: Processes) -> None:
        super().__init__()
        self._processes = processes

    def execute(self, command: Any, *_: Any, **__: Any) -> Any:  # noqa: ANN401 - as GitPython's
        return self.AutoInterrupt(self._processes.start(command, {}), command)

    def last_words(self) -> str:
        """What the helpers said before one of them died; both are ended."""
        said = b""
        for helper in filter(None, (self.cat_file_header, self.cat_file_all)):
            said += helper.proc.communicate()[1]
        self.clear_cache()
        return said.decode("utf-8", "replace")

    def _parse_object_header(self, header_line: Any) -> Any:  # noqa: ANN401 - as GitPython's
        if not header_line:
            raise EOFError
        return super()._parse_object_header(header_line)
