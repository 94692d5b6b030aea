"""GitHub's REST API: the few calls that are needed, patient, and silent about the token."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPException
from typing import Any, TypeVar

Json = Mapping[str, Any]
Answer = TypeVar("Answer")
PAUSES = (1, 2, 4, 8, 16)
LONGEST = 120
"""For so many seconds is waited at most, if GitHub asks for it; else another run comes."""
NO_ANSWER = 0
PASSING = frozenset({NO_ANSWER, 429, 500, 502, 503, 504})
MOST_BYTES = 32 * 1024 * 1024
PAGE = 100


class ApiError(Exception):
    """GitHub said no. `status` is HTTP's (0: no answer came); `after` seconds it may say yes."""

    def __init__(self, status: int, answer: str = "", after: float | None = None) -> None:
        """Keep what was answered; the token is in none of it."""
        super().__init__(f"{status} {answer}".strip())
        self.status = status
        self.after = after

    @property
    def is_refused(self) -> bool:
        """Whether nothing was done because too much was asked."""
        return self.after is not None or self.status == 429  # noqa: PLR2004 - HTTP's number

    @property
    def is_passing(self) -> bool:
        """Whether the same call may go well later."""
        return self.is_refused or self.status in PASSING


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an error: the token goes to no other address."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


class Api:
    """Calls on one repository. Raises `ApiError`."""

    def __init__(
        self,
        address: str,
        repository: str,
        token: str,
        wait: Callable[[float], object] = time.sleep,
        timeout: float = 30,
    ) -> None:
        """Keep where and as whom to call, and how to wait."""
        if not address.startswith(("https://", "http://127.0.0.1:")):
            raise ValueError(address)
        self.address = f"{address.rstrip('/')}/repos/{repository}"
        self.repository = repository
        self._token = token
        self._wait = wait
        self._timeout = timeout
        self._open = urllib.request.build_opener(_NoRedirect).open

    def call(self, method: str, path: str, body: Json | None = None) -> Any:  # noqa: ANN401 - JSON
        """The answer to one call, asked again while it may go well.

        What a POST would do twice is asked again only where it was refused.
        """
        once = method == "POST"
        return self.patiently(lambda: self._call(method, path, body), only_refused=once)

    def patiently(self, work: Callable[[], Answer], *, only_refused: bool = False) -> Answer:
        """What `work` answers, done again after a while where it failed in passing."""
        for pause in PAUSES:
            try:
                return work()
            except ApiError as error:
                again = error.is_refused if only_refused else error.is_passing
                after = pause if error.after is None else max(pause, error.after)
                if not again or after > LONGEST:
                    raise
                self._wait(after)
        return work()

    def pages(self, path: str, most: int = 10) -> Iterator[Json]:
        """The entries of a list, page by page, at most `most` pages of a hundred."""
        mark = "&" if "?" in path else "?"
        for number in range(1, most + 1):
            found = self.call("GET", f"{path}{mark}per_page={PAGE}&page={number}")
            yield from found
            if len(found) < PAGE:
                return

    def _call(self, method: str, path: str, body: Json | None) -> Any:  # noqa: ANN401 - JSON
        request = urllib.request.Request(  # noqa: S310 - the address was checked
            f"{self.address}/{path}".rstrip("/"),
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={
                "Authorization": f"Bearer {self._token}",
                "Accept": "application/vnd.github+json",
                "Content-Type": "application/json",
                "User-Agent": "docket",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with self._open(request, timeout=self._timeout) as answer:
                return _parsed(answer.read(MOST_BYTES))
        except urllib.error.HTTPError as error:
            with error:
                raise _error(error) from None
        except (OSError, HTTPException, ValueError) as error:
            raise ApiError(NO_ANSWER, type(error).__name__) from None


def _parsed(text: bytes) -> Any:  # noqa: ANN401 - JSON
    return json.loads(text) if text else None


def _error(error: urllib.error.HTTPError) -> ApiError:
    try:
        body = json.loads(error.read(MOST_BYTES))
        words = [body["message"], *(one.get("message", "") for one in body.get("errors", ()))]
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        words = [error.reason]
    after = error.headers.get("Retry-After", "")
    limited = error.code in {403, 429} and error.headers.get("X-RateLimit-Remaining") == "0"
    seconds = float(after) if after.isdigit() else float(LONGEST) if limited else None
    return ApiError(error.code, ": ".join(filter(None, map(str, words))), seconds)
