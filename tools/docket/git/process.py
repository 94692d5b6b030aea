"""Git's processes: one for each question, and helpers that answer for as long as they live."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired

from docket.git.environment import environment
from docket.git.refusals import GitError, Missing, NoHistory, TimedOut

HEADER, WHOLE = "--batch-check", "--batch"
Answer = tuple[str, str, int]
"""Id, kind and size of an object."""


class Processes:
    """Git in a folder; `known` is added to its environment."""

    def __init__(self, folder: Path, known: Mapping[str, str]) -> None:
        """Nothing is started yet."""
        self._folder, self._known = folder, known
        self._helpers: dict[str, Popen[bytes]] = {}

    def ask(
        self,
        words: tuple[str, ...],
        content: bytes,
        more: Mapping[str, str],
        seconds: float | None = None,
    ) -> bytes:
        """What `git WORDS` writes when it reads `content`, within so many seconds.

        Raises `GitError` (`TimedOut`), OSError.
        """
        process = self.start(["git", *words], more)
        try:
            told, trouble = process.communicate(content, seconds)
        except TimeoutExpired as error:
            raise TimedOut(error.timeout) from None
        finally:
            if process.returncode is None:
                process.kill()
            for pipe in filter(None, (process.stdin, process.stdout, process.stderr)):
                pipe.close()  # a helper of Git's may hold the other end: nobody waits for it
            process.wait()
        if process.returncode:
            raise GitError(trouble.decode("utf-8", "replace"))
        return told

    def find(self, name: str) -> Answer | None:
        """The object that `name` names. Raises `GitError`, OSError."""
        return self._answer(HEADER, name)[0]

    def read(self, name: str) -> tuple[str, str, int, bytes] | None:
        """The same, and its bytes."""
        found, content = self._answer(WHOLE, name)
        return (*found, content) if found else None

    def end(self) -> None:
        """End the helpers."""
        while self._helpers:
            _, helper = self._helpers.popitem()
            for pipe in filter(None, (helper.stdin, helper.stdout, helper.stderr)):
                with suppress(OSError):
                    pipe.close()
            helper.wait()

    def start(self, command: list[str], more: Mapping[str, str]) -> "Popen[bytes]":
        """Start Git, in an environment of ours."""
        env = {**environment(), **self._known, **more}
        return Popen(  # noqa: S603 - the words are ours
            command, cwd=self._folder, env=env, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )

    def _answer(self, kind: str, name: str) -> tuple[Answer | None, bytes]:
        if "\n" in name:  # it would be two questions, and all later answers those of another
            return None, b""
        if kind not in self._helpers:
            self._helpers[kind] = self.start(["git", "cat-file", kind], {})
        helper = self._helpers[kind]
        if helper.stdin is None or helper.stdout is None:
            raise GitError(kind)
        with suppress(BrokenPipeError):
            helper.stdin.write(f"{name}\n".encode("utf-8", "surrogateescape"))
            helper.stdin.flush()
        words = helper.stdout.readline().rsplit(maxsplit=2)
        if not words:
            raise GitError(self._last_words(helper))
        if not words[-1].isdigit():  # "missing", "ambiguous"
            return None, b""
        found = words[0].decode(), words[1].decode(), int(words[2])
        content = helper.stdout.read(found[2] + 1)[:-1] if kind == WHOLE else b""
        if kind == WHOLE and len(content) < found[2]:
            raise GitError(self._last_words(helper))
        return found, content

    def _last_words(self, helper: "Popen[bytes]") -> str:
        """What a helper said before it died; all are ended."""
        said = helper.stderr.read() if helper.stderr else b""
        self.end()
        return said.decode("utf-8", "replace")


def begin(root: Path) -> None:
    """Make a new repository in `root`, in the formats that we know. Raises `NoHistory`."""
    words = ("init", "--quiet", "--initial-branch=main", "--object-format=sha1")
    try:
        Processes(root, {"GIT_DEFAULT_REF_FORMAT": "files"}).ask(words, b"", {})
    except FileNotFoundError as error:
        raise NoHistory(Missing.GIT) from error
