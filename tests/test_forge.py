"""The workflows' logic against a small GitHub on this machine: real HTTP, real repositories."""

import json
import threading
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from docket import forge
from docket.store import Store
from test_history import PATH, TEXT
from test_review import propose
from worlds import HERE, commit, docket_of, found_in, git

BOT = {"login": "github-actions[bot]", "type": "Bot"}


class Hub(ThreadingHTTPServer):
    """As much of GitHub's REST API as is used, kept in memory."""

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.labels: dict[int, set[str]] = {}
        self.pulls: list[dict[str, Any]] = []
        self.tokens: set[str] = set()


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _go(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(size)) if size else {}
        self.server.tokens.add(self.headers["Authorization"])
        parts = unquote(urlsplit(self.path).path).split("/")[4:]
        answer = json.dumps(self._answer(parts, body)).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PATCH = do_DELETE = _go  # noqa: N815 - the names http.server wants

    def _answer(self, parts: list[str], body: dict[str, Any]) -> object:
        hub = self.server
        if parts[0] == "pulls":
            return hub.pulls
        if parts[1] == "comments":
            (comment,) = [
                one
                for every in hub.comments.values()
                for one in every
                if str(one["id"]) == parts[2]
            ]
            comment["body"] = body["body"]
            return comment
        number = int(parts[1])
        if parts[2] == "comments":
            comments = hub.comments.setdefault(number, [])
            if self.command == "POST":
                comments.append({"id": len(comments) + 100 * number, "user": BOT, **body})
            return comments
        labels = hub.labels.setdefault(number, set())
        labels.update(body.get("labels", ()))
        if self.command == "DELETE":
            labels.discard(parts[3])
        return [{"name": name} for name in sorted(labels)]


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A running small GitHub."""
    with Hub() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def api(hub: Hub) -> forge.Api:
    """How to call it."""
    return forge.Api(f"http://127.0.0.1:{hub.server_port}", "example/docket", "t0ken")


def event(name: str, head: str) -> dict[str, Any]:
    """A documented event with another head."""
    found: dict[str, Any] = json.loads((HERE / f"payloads/{name}.json").read_text("utf-8"))
    found["pull_request"]["head"]["sha"] = head
    return found


def test_answer(register: Path, hub: Hub) -> None:
    """The first answer is a comment and a label, with the forge's own time."""
    propose(register, {PATH: TEXT})
    head = git(register, "rev-parse", "change")
    review = forge.answer(Store(register), event("opened", head), api(hub))
    assert review.is_routine
    (comment,) = hub.comments[12]
    assert "Modtaget onsdag den 5. marts 2031 kl. 10.00" in comment["body"]
    assert hub.labels[12] == {"modtaget"}
    (seen,) = forge.seen_in(comment["body"])
    assert (seen.head, seen.path) == (head, PATH)
    assert seen.received == "2031-03-05T09:00:00+00:00"
    assert hub.tokens == {"Bearer t0ken"}


def test_one_comment(register: Path, hub: Hub) -> None:
    """A new head updates the comment and the label; the first head's time stays."""
    propose(register, {PATH: TEXT.replace("[folkeskole]", "[]")})
    first = git(register, "rev-parse", "change")
    forge.answer(Store(register), event("opened", first), api(hub))
    assert hub.labels[12] == {"skal rettes"}
    git(register, "switch", "--quiet", "change")
    (register / PATH).write_text(TEXT, "utf-8")
    second = commit(register, "mended")
    git(register, "switch", "--quiet", "main")
    forge.answer(Store(register), event("synchronize", second), api(hub))
    assert hub.labels[12] == {"modtaget"}
    (comment,) = hub.comments[12]
    seen = forge.seen_in(comment["body"])
    assert [one.head for one in seen] == [first, second]
    assert seen[1].received == "2031-03-06T09:00:00+00:00"
    again = event("synchronize", second)
    again["pull_request"]["updated_at"] = "2031-09-01T09:00:00Z"
    forge.answer(Store(register), again, api(hub))
    assert forge.seen_in(comment["body"]) == seen
    assert "6. marts 2031" in comment["body"]


def test_only_our_comment_is_believed(register: Path, hub: Hub) -> None:
    """A comment that pretends to be ours is left alone, and its receipts count for nothing."""
    fake = forge.MARK + '\n<!-- docket:receipts [{"head":"x","path":"y","blob":"z"}] -->'
    hub.comments[12] = [
        {"id": 1, "user": {"login": "github-actions[bot]", "type": "User"}, "body": fake},
        {"id": 2, "user": {"login": "evil", "type": "Bot"}, "body": fake},
        {"id": 3, "user": BOT, "body": "another workflow"},
        {"id": 4, "user": None, "body": None},
    ]
    propose(register, {PATH: TEXT})
    head = git(register, "rev-parse", "change")
    forge.answer(Store(register), event("opened", head), api(hub))
    assert len(hub.comments[12]) == 5
    assert hub.comments[12][0]["body"] == fake


def test_hidden_receipts_cannot_end_the_comment() -> None:
    """A path that looks like the end of a comment stays inside it."""
    seen = forge.Seen("a", "submissions/x/--> <b>.yml", "b", "c")
    kept = forge.hidden([seen])
    assert kept.count("-->") == 1
    assert forge.seen_in(f"{forge.MARK}\nx\n{kept}") == (seen,)


@pytest.mark.parametrize("wrong", [{}, {"action": "opened"}, {"number": 1, "pull_request": None}])
def test_other_events(wrong: dict[str, Any]) -> None:
    """An event that is none of a pull request is refused."""
    with pytest.raises(ValueError, match="pull request"):
        forge.proposal(wrong)


def test_journal(register: Path, hub: Hub) -> None:
    """What was merged gets its receipt, once; what was pushed over and never held gets none."""
    propose(register, {PATH: TEXT})
    head = git(register, "rev-parse", "change")
    forge.answer(Store(register), event("opened", head), api(hub))
    body = hub.comments[12][0]["body"]
    gone = forge.Seen("x", PATH, "0" * 39 + "1", "2031-03-04T09:00:00+00:00")
    known = forge.seen_in(body)
    kept = json.dumps([asdict(one) for one in (gone, *known)])
    hub.comments[12][0]["body"] = f"{forge.MARK}\n{forge.START}{kept}{forge.END}"
    hub.pulls = [
        {"number": 12, "merged_at": "2031-03-09T09:00:00Z"},
        {"number": 13, "merged_at": None},
    ]
    git(register, "merge", "--quiet", "--no-ff", "change", at="2031-03-09T10:00:00+01:00")
    assert forge.journal(Store(register), api(hub)) == 1
    assert forge.journal(Store(register), api(hub)) == 0
    receipt = docket_of(register, "2031-08-01").receipts[-1]
    assert (receipt.reference, receipt.via) == ("#12", "pull-request")
    assert receipt.received == datetime.fromisoformat("2031-03-05T10:00:00+01:00")
    assert found_in(register, "2031-08-01") == []
    assert git(register, "status", "--porcelain") == ""
