"""Who may enter the office: whoever has the key of this run, or whom the proxy let in.

On this machine every local process can call, any header can be forged, a foreign page can post,
and a cookie goes to every port: so the office answers only to its own name, never through a proxy
that it was not told of, and its cookie only below a path that nobody can guess.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from docket.server.origins import is_one

FORWARDING = re.compile(
    "forwarded|via|x-forwarded.*|x-real-ip|x-original-.*|x-proxy.*|x-envoy-.*|.*client-ip"
    "|.*connecting-ip"
)
"""Headers by which a proxy says that somebody else is calling."""
COOKIE = "docket-office"
READS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brings: each field with its name, as often as it is there; a file, if one is."""

    fields: tuple[tuple[str, str], ...] = ()
    name: str = ""
    content: bytes = b""

    def of(self, name: str) -> str:
        """The first field called `name`, trimmed; "" where there is none."""
        return self.whole(name).strip()

    def whole(self, name: str) -> str:
        """The same as it was typed."""
        return next((text for key, text in self.fields if key == name), "")

    def all(self, name: str) -> list[str]:
        """What all fields called `name` hold, but nothing that is empty."""
        return [text for key, text in self.fields if key == name and text]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. The names of `headers` are in small letters; `body` is read when it is called."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    cookie: str = ""
    body: Callable[[], Sent] = Sent


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who has come in: the `name` that the proxy tells ("": the one at this machine).

    `token` is what each form of theirs holds.
    """

    name: str
    token: str


class Closed(Exception):
    """Somebody is not let in; `why` is a word of the catalogue's `office.closed`."""

    def __init__(self, why: str, status: int = 403) -> None:
        """Keep why."""
        super().__init__(why)
        self.why, self.status = why, status


class Opened(Exception):
    """The key was used: the browser gets its cookie and goes where the office is."""

    def __init__(self, cookie: str, place: str) -> None:
        """Keep both."""
        super().__init__(place)
        self.cookie, self.place = cookie, place


@dataclass
class Guard:
    """Lets in by a key that is spent at first use; or, with `header`, whom a proxy names in it.

    `origin` is the office's own address. All of it ends with the run.
    """

    origin: str
    header: str = ""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    place: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(9)}")
    spent: bool = False
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Behind a proxy, which asks for a password itself, addresses can be kept."""
        if self.header:
            self.place = ""

    @property
    def address(self) -> str:
        """Where somebody begins: with the key of this run, if one is needed."""
        return f"{self.origin}/" if self.header else f"{self.origin}/?key={self.key}"

    def admit(self, asked: Asked) -> Visitor:
        """Who is calling. A form's token is looked at apart. Raises `Closed`, `Opened`."""
        scheme = self.origin.partition(":")[0]
        if not is_one(f"{scheme}://{asked.headers.get('host', '')}", {self.origin}):
            raise Closed("host")
        if not self.header and any(map(FORWARDING.fullmatch, asked.headers)):
            raise Closed("forwarded")
        visitor = self._named(asked) if self.header else self._known(asked)
        if asked.method not in READS and not is_one(asked.headers.get("origin", ""), {self.origin}):
            raise Closed("origin")
        return visitor

    def _named(self, asked: Asked) -> Visitor:
        name = " ".join(asked.headers.get(self.header.lower(), "").split())
        if not name:
            raise Closed("user")
        return Visitor(name, self._token(f"user {name}"))

    def _known(self, asked: Asked) -> Visitor:
        if "key" in asked.query and asked.method == "GET":
            self._spend(asked.query["key"])
        if not _same(asked.cookie, self.session):
            raise Closed("session")
        return Visitor("", self._token(f"session {self.session}"))

    def _spend(self, key: str) -> None:
        if not _same(key, self.key):
            raise Closed("key")
        with self.lock:
            if self.spent:
                raise Closed("used")
            self.spent = True
        raise Opened(self.session, f"{self.place}/")

    def _token(self, whose: str) -> str:
        return hmac.new(self.secret, whose.encode(), "sha256").hexdigest()


def must_be_theirs(visitor: Visitor, sent: Sent) -> None:
    """A form comes from a page of the office that this visitor was shown. Raises `Closed`."""
    if not _same(sent.of("token"), visitor.token):
        raise Closed("token")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())
