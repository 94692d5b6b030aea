"""What whoever watches over a desk may know of it: nothing secret, and nothing of a person."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from docket.text.escape import one_line

ABSENT = (404, 405)


@dataclass(frozen=True, slots=True)
class Status:
    """Since when it runs; which commit its pages show; when it last built and fetched.

    `mails` wait to be sent; `signed`: the register names the key that signs the log.
    """

    since: datetime
    commit: str = ""
    built: datetime | None = None
    fetched: datetime | None = None
    mails: int = 0
    signed: bool = False

    def told(self) -> Mapping[str, object]:
        """The answer to `GET /status`."""
        times = {"since": self.since, "built": self.built, "fetched": self.fetched}
        said = {key: one and one.isoformat(timespec="seconds") for key, one in times.items()}
        return {"version": 1, **asdict(self), **said}


def telling(application: Any, tell: Callable[[str], object]) -> Any:  # noqa: ANN401 - WSGI's
    """The same application, with a line for each request: when, what, which status, how long.

    Never from whom, with which query, or what nobody has here: that may be somebody's own data.
    """

    def app(environ: Mapping[str, Any], start: Any) -> Any:  # noqa: ANN401 - WSGI's
        began = time.monotonic()

        def begin(status: str, *more: Any) -> Any:  # noqa: ANN401 - WSGI's
            code = int(status[:3])
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
            what = "-" if code in ABSENT else f"{environ['REQUEST_METHOD']} {one_line(path)}"
            took = round(1000 * (time.monotonic() - began))
            tell(f"{datetime.now(UTC).isoformat(timespec='seconds')} {code} {took}ms {what}")
            return start(status, *more)

        return application(environ, begin)

    return app
