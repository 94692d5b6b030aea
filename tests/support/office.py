"""A running office, and a browser without a script that somebody uses in it."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from docket.forge import push
from docket.server.clock import Clock
from docket.server.office import Office
from docket.server.office_guard import Guard
from docket.server.office_send import Sender
from docket.server.office_web import open_office
from support.built import running
from support.desk import still

FORM = "application/x-www-form-urlencoded"
Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """As its reader sees it, but for the tags."""
        return unescape(self.content.decode())

    @property
    def words(self) -> str:
        """Without the tags, too, and on one line."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.text).split())

    def hidden(self, name: str) -> str:
        """What the first hidden field of a name holds."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""


@dataclass
class Visitor:
    """Somebody at the office; `headers` go with every request."""

    port: int
    guard: Guard
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def enter(cls, port: int, guard: Guard) -> "Visitor":
        """With the key of this run."""
        visitor = cls(port, guard)
        answer = visitor.ask("GET", f"/?key={guard.key}")
        assert answer.status == 303
        visitor.headers["Cookie"] = answer.headers["Set-Cookie"].partition(";")[0]
        return visitor

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Any request; a header given as "" is left out, and a name's "_" is "-"."""
        origin = self.guard.origin
        sent = {"Host": origin.partition("://")[2], **self.headers}
        if method == "POST":
            sent |= {"Origin": origin, "Content-Type": FORM}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {**sent, "Content-Length": str(len(body))}.items():
                if value:
                    connection.putheader(name, value.encode())
            connection.endheaders(body)
            return answer_of(connection.getresponse())

    def get(self, path: str, **headers: str) -> Answer:
        """A page, by its path at the office."""
        return self.ask("GET", f"{self.guard.place}{path}", b"", **headers)

    def post(self, path: str, fields: Fields, **headers: str) -> Answer:
        """What a form sends: its token and the commit it was made from are those of its page.

        What is to be kept was looked at before.
        """
        page = self.get(path)
        whole = {"token": page.hidden("token"), "base": page.hidden("base"), **fields}
        if whole.get("do") == "keep" and "seen" not in whole:
            whole["seen"] = self.send(path, {**whole, "do": "show"}, **headers).hidden("seen")
        return self.send(path, whole, **headers)

    def send(self, path: str, fields: Fields, **headers: str) -> Answer:
        """The same with these fields only."""
        body = urlencode(dict(fields), doseq=True).encode()
        return self.ask("POST", f"{self.guard.place}{path}", body, **headers)

    def upload(self, path: str, name: str, content: bytes, /, **fields: str) -> Answer:
        """A form with a file."""
        page = self.get(f"{path.rpartition('/')[0]}/")
        fields = {"token": page.hidden("token"), "base": page.hidden("base"), **fields}
        mark = secrets.token_hex(8)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{mark}--\r\n".encode()])
        kind = f"multipart/form-data; boundary={mark}"
        return self.ask("POST", f"{self.guard.place}{path}", body, Content_Type=kind)


def answer_of(response: HTTPResponse) -> Answer:
    """A response, read."""
    return Answer(response.status, dict(response.getheaders()), response.read())


@contextmanager
def office_of(
    root: Path,
    public: Path | None = None,
    clock: Clock | None = None,
    guard: Guard | None = None,
    sender: Sender | None = None,
) -> Iterator[Visitor]:
    """A running office, and somebody who has not come in yet."""
    guard = guard or Guard("http://127.0.0.1:1")
    sender = sender or Sender(lambda *_: None)
    office = Office(
        root, public or root / "public", guard, sender, push.compare, clock=clock or still()
    )
    server = open_office(office)
    with running(server) as port:
        if not guard.header:
            guard.origin = f"http://127.0.0.1:{port}"
        yield Visitor(port, guard)
