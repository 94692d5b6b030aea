"""A small GitHub on this machine: real HTTP and Git, in the shapes of GitHub's published API.

Every body that comes is read by the model of that call, every answer is made of one: the
models are generated from GitHub's own description. A call that is not listed fails the test.
"""

import base64
import json
import re
import subprocess
import threading
import time
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from urllib.parse import parse_qs, unquote, urlsplit

from githubkit_schemas.v2022_11_28 import models
from pydantic import BaseModel

from support.worlds import neutral

TOKEN = "t0ken-that-nobody-may-see"
OWNER = "example"
REPOSITORY = f"{OWNER}/register"
BOT = {"login": "github-actions[bot]", "type": "Bot"}
TIME = "2031-03-05T09:00:00Z"


def shaped(model: type[BaseModel], **over: object) -> dict[str, Any]:
    """The least JSON that `model` takes, with `over` laid over it; checked by the model."""
    made: dict[str, Any] = json.loads(_least(model)) | over
    model.model_validate(made)
    return made


@cache
def _least(model: type[BaseModel]) -> str:
    return json.dumps(
        {
            field.alias or name: _example(field.annotation)
            for name, field in model.model_fields.items()
            if field.is_required()
        }
    )


def _example(kind: Any) -> object:  # noqa: ANN401 - any annotation
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _example(inner[0])
    if origin in {Union, types.UnionType}:
        return None if type(None) in inner else _example(inner[0])
    if origin is Literal:
        return inner[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return json.loads(_least(kind))
    if kind is datetime:
        return TIME
    plain = {str: "x", int: 1, float: 1.0, bool: False, list: [], dict: {}}
    return plain.get(origin or kind)


class Fault(Exception):
    """An answer that is no success: its status, and its body by the description."""

    def __init__(self, status: int, body: dict[str, Any], **headers: str) -> None:
        """Keep all three."""
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def basic(status: int, told: str, **headers: str) -> Fault:
    """A plain refusal."""
    return Fault(status, shaped(models.BasicError, message=told, status=str(status)), **headers)


def invalid(told: str) -> Fault:
    """422, as for a pull request that exists."""
    error = {"resource": "PullRequest", "code": "custom", "message": told}
    body = shaped(models.ValidationError, message="Validation Failed", errors=[error])
    return Fault(422, body)


class Hub(ThreadingHTTPServer):
    """As much of GitHub as is used, kept in memory; Git itself in `bare`."""

    daemon_threads = True

    def __init__(self, bare: Path | None = None) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bare = bare
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.labels: dict[int, list[str]] = {}
        self.known: dict[str, dict[str, Any]] = {}
        self.pulls: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.faults: list[Fault | str] = []
        """What the next calls meet: a refusal; "drop", "hang" before the work, "lose" after it."""
        self.faster: str = ""
        """A branch that gets a pull request from elsewhere when one is asked for."""
        self.wrong: list[str] = []

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """A client that went away is no error."""

    def pull(self, **over: object) -> dict[str, Any]:
        """A pull request more, in the shape of a list of them."""
        number = over.setdefault("number", len(self.pulls) + 1)
        found = shaped(models.PullRequestSimple, **{"state": "open", **over})
        found["html_url"] = f"{self.address}/{REPOSITORY}/pull/{number}"
        self.pulls.append(found)
        return found


@contextmanager
def running(bare: Path | None = None) -> Iterator[Hub]:
    """A running hub; afterwards nothing was asked or sent that the description does not know."""
    with Hub(bare) as hub:
        threading.Thread(target=hub.serve_forever, args=(0.01,), daemon=True).start()
        yield hub
        hub.shutdown()
        assert hub.wrong == []


@dataclass(frozen=True)
class Call:
    """One call: what its address holds, what came with it."""

    hub: Hub
    found: tuple[str, ...]
    body: object
    query: Mapping[str, str]

    def read(self, model: type[BaseModel]) -> dict[str, Any]:
        """The body that came, if the description knows all of it."""
        model.model_validate(self.body)
        known = {field.alias or name for name, field in model.model_fields.items()}
        assert isinstance(self.body, dict)
        assert set(self.body) <= known, self.body
        return self.body


Answer = tuple[int, object]


class _Handler(BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _go(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        content = self.rfile.read(size)
        path = urlsplit(self.path).path
        if path.startswith(f"/{REPOSITORY}.git/"):
            self._git(content)
            return
        self.server.calls.append(f"{self.command} {unquote(self.path)}")
        fault = self.server.faults.pop(0) if self.server.faults else None
        if fault in {"drop", "hang"}:
            time.sleep(0.4 if fault == "hang" else 0)
            return
        try:
            status, answer = self._judged(fault, path, json.loads(content) if content else None)
        except Fault as refusal:
            self._send(refusal.status, refusal.body, refusal.headers)
        except (AssertionError, ValueError, LookupError, TypeError) as error:
            self.server.wrong.append(f"{self.command} {self.path}: {error!r}")
            self._send(500, {"message": "wrong"}, {})
        else:
            if fault != "lose":
                self._send(status, answer, {})

    do_GET = do_POST = do_PATCH = do_DELETE = _go  # noqa: N815 - the names http.server wants

    def _send(self, status: int, body: object, headers: Mapping[str, str]) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def _judged(self, fault: Fault | str | None, path: str, body: object) -> Answer:
        if isinstance(fault, Fault):
            raise fault
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise basic(401, "Bad credentials")
        query = {key: one[-1] for key, one in parse_qs(urlsplit(self.path).query).items()}
        for method, pattern, work in CALLS:
            found = re.fullmatch(f"/repos/{REPOSITORY}/{pattern}", unquote(path))
            if found and method == self.command:
                return work(Call(self.server, found.groups(), body, query))
        raise AssertionError(path)

    def _git(self, content: bytes) -> None:
        """Git's own smart HTTP, by its own program, to those who have the token."""
        word = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {word}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
            self.end_headers()
            return
        where = urlsplit(self.path)
        told = {
            "GIT_PROJECT_ROOT": str(self.server.bare),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REMOTE_USER": "x",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": where.path.removeprefix(f"/{REPOSITORY}.git"),
            "QUERY_STRING": where.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        done = subprocess.run(
            ["git", "http-backend"],
            input=content,
            env={**neutral(), **told},
            capture_output=True,
            check=True,
        )
        head, _, answer = done.stdout.partition(b"\r\n\r\n")
        lines = [line.split(": ", 1) for line in head.decode().split("\r\n")]
        self.send_response(int(dict(lines).get("Status", "200")[:3]))
        for name, value in lines:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)


def _comments(round_: Call) -> Answer:
    every = (
        round_.hub.comments
        if round_.found == ()
        else {int(round_.found[0]): round_.hub.comments.get(int(round_.found[0]), [])}
    )
    return 200, _page([one for some in every.values() for one in some], round_.query)


def _comment(round_: Call) -> Answer:
    text = round_.read(models.ReposOwnerRepoIssuesIssueNumberCommentsPostBody)["body"]
    if len(text) > 65_536:
        raise invalid("body is too long (maximum is 65536 characters)")
    return 201, say(round_.hub, int(round_.found[0]), text, BOT)


def say(hub: Hub, number: int, text: str, user: dict[str, str] | None) -> dict[str, Any]:
    """Somebody's comment on a pull request."""
    comments = hub.comments.setdefault(number, [])
    made = shaped(
        models.IssueComment,
        id=len(comments) + 100 * number,
        body=text,
        issue_url=f"{hub.address}/repos/{REPOSITORY}/issues/{number}",
        user=shaped(models.SimpleUser, **user) if user else None,
    )
    comments.append(made)
    return made


def _edit(round_: Call) -> Answer:
    text = round_.read(models.ReposOwnerRepoIssuesCommentsCommentIdPatchBody)["body"]
    (one,) = [
        one
        for some in round_.hub.comments.values()
        for one in some
        if str(one["id"]) == round_.found[0]
    ]
    one["body"] = text
    return 200, one


def _label(hub: Hub, name: str) -> dict[str, Any]:
    return shaped(models.Label, name=name, **hub.known.get(name, {}))


def _get_label(round_: Call) -> Answer:
    if round_.found[0] not in round_.hub.known:
        raise basic(404, "Not Found")
    return 200, _label(round_.hub, round_.found[0])


def _new_label(round_: Call) -> Answer:
    told = round_.read(models.ReposOwnerRepoLabelsPostBody)
    assert re.fullmatch("[0-9a-f]{6}", told["color"])
    assert len(told["description"]) <= 100
    round_.hub.known[told["name"]] = {key: told[key] for key in ("color", "description")}
    return 201, _label(round_.hub, told["name"])


def _labels(round_: Call) -> Answer:
    names = round_.hub.labels.get(int(round_.found[0]), [])
    return 200, _page([_label(round_.hub, name) for name in names], round_.query)


def _put_label(round_: Call) -> Answer:
    names = round_.read(models.ReposOwnerRepoIssuesIssueNumberLabelsPostBodyOneof0)["labels"]
    there = round_.hub.labels.setdefault(int(round_.found[0]), [])
    there += [name for name in names if name not in there]
    return 200, [_label(round_.hub, name) for name in there]


def _drop_label(round_: Call) -> Answer:
    round_.hub.labels[int(round_.found[0])].remove(round_.found[1])
    return 200, [_label(round_.hub, name) for name in round_.hub.labels[int(round_.found[0])]]


def _pulls(round_: Call) -> Answer:
    state = round_.query.get("state", "open")
    found = [one for one in round_.hub.pulls if state in ("all", one["state"])]
    if head := round_.query.get("head"):
        found = [one for one in found if one["head"]["label"] == head]
    return 200, _page(found, round_.query)


def _get_pull(call: Call) -> Answer:
    for one in call.hub.pulls:
        if str(one["number"]) == call.found[0]:
            return 200, shaped(models.PullRequest, number=one["number"], user=one["user"])
    raise basic(404, "Not Found")


def _new_pull(round_: Call) -> Answer:
    told = round_.read(models.ReposOwnerRepoPullsPostBody)
    if round_.hub.faster == told["head"]:
        round_.hub.pull()["head"]["label"] = f"{OWNER}:{told['head']}"
    label = f"{OWNER}:{told['head']}"
    if any(one["head"]["label"] == label and one["state"] == "open" for one in round_.hub.pulls):
        raise invalid(f"A pull request already exists for {label}.")
    head = round_.hub.pull(title=told["title"], body=told["body"])["head"]
    head |= {"label": label, "ref": told["head"]}
    pull = round_.hub.pulls[-1]
    return 201, shaped(models.PullRequest, number=pull["number"], html_url=pull["html_url"])


def _page(found: list[Any], query: Mapping[str, str]) -> list[Any]:
    size = int(query.get("per_page", 30))
    start = (int(query.get("page", 1)) - 1) * size
    return found[start : start + size]


CALLS: tuple[tuple[str, str, Callable[[Call], Answer]], ...] = (
    ("GET", "issues/comments", _comments),
    ("GET", r"issues/(\d+)/comments", _comments),
    ("POST", r"issues/(\d+)/comments", _comment),
    ("PATCH", r"issues/comments/(\d+)", _edit),
    ("GET", "labels/([^/]+)", _get_label),
    ("POST", "labels", _new_label),
    ("GET", r"issues/(\d+)/labels", _labels),
    ("POST", r"issues/(\d+)/labels", _put_label),
    ("DELETE", r"issues/(\d+)/labels/([^/]+)", _drop_label),
    ("GET", "pulls", _pulls),
    ("GET", r"pulls/(\d+)", _get_pull),
    ("POST", "pulls", _new_pull),
)


def environment(hub: Hub, token: str = TOKEN) -> dict[str, str]:
    """The environment of the desk."""
    return {"DOCKET_TOKEN": token, "GITHUB_API_URL": hub.address}
