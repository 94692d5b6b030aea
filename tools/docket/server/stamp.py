"""When a request was here: stamped as its last byte is read, before it waits for a thread."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

ARRIVED = "docket.arrived"
"""The name under which a request's environment has it."""


def stamped(clock: Callable[[], datetime]) -> type[Any]:
    """The server's way to read a request, with the `clock` held against each."""

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        arrived: datetime | None = None

        def received(self, data: bytes) -> int:
            size: int = super().received(data)
            if self.completed and self.arrived is None:
                self.arrived = clock()
            return size

    class Task(WSGITask):  # type: ignore[misc]
        def get_environment(self) -> dict[str, Any]:
            found: dict[str, Any] = super().get_environment()
            return {**found, ARRIVED: self.request.arrived}

    class Channel(HTTPChannel):  # type: ignore[misc]
        task_class = Task
        parser_class = Parser

    return Channel
