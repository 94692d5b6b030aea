"""What the workflows do on GitHub: answer a pull request, and journal what was merged.

Run as `python -m docket.forge answer` and `python -m docket.forge journal`. Shapes of
events and comments: https://docs.github.com/webhooks and https://docs.github.com/rest.
"""

import json
import os
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docket import intake
from docket.answer import markdown
from docket.examine import Given, examine
from docket.formats import instant
from docket.journal import Arrival
from docket.review import Review
from docket.rules.changes import is_submission
from docket.store import Store

BOT = "github-actions[bot]"
MARK = "<!-- docket -->"
START, END = "<!-- docket:receipts ", " -->"
GOOD, BAD = "modtaget", "skal rettes"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pull request at one head; `received` is the forge's own time of that head."""

    number: int
    head: str
    received: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that came with a head: a receipt in waiting."""

    head: str
    path: str
    blob: str
    received: str


class Api:
    """The few calls of GitHub's REST API that are needed."""

    def __init__(self, address: str, repository: str, token: str) -> None:
        """Keep where and as whom to call."""
        self.address = f"{address}/repos/{repository}"
        self.token = token

    def call(self, method: str, path: str, body: Json | None = None) -> Any:  # noqa: ANN401
        """The answer to one call. Raises urllib.error.URLError."""
        if not self.address.startswith(("https://", "http://127.0.0.1")):
            raise ValueError(self.address)
        request = urllib.request.Request(  # noqa: S310 - the address is checked above
            f"{self.address}/{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={
                "Authorization": f"Bearer {self.token}",
                "Accept": "application/vnd.github+json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None

    def pages(self, path: str, most: int = 10) -> Iterator[Json]:
        """The entries of a list, page by page, at most `most` pages of a hundred."""
        mark = "&" if "?" in path else "?"
        for number in range(1, most + 1):
            found = self.call("GET", f"{path}{mark}per_page=100&page={number}")
            yield from found
            if len(found) < 100:  # noqa: PLR2004 - the last page
                return


def proposal(event: Json) -> Proposal:
    """The pull request of an event. Raises ValueError where the event is none of one."""
    try:
        pull = event["pull_request"]
        time = pull["created_at"] if event["action"] == "opened" else pull["updated_at"]
        return Proposal(int(event["number"]), str(pull["head"]["sha"]), instant(time))
    except (KeyError, TypeError) as error:
        raise ValueError("no pull request event") from error


def own_comment(comments: Iterator[Json] | Sequence[Json]) -> Json | None:
    """Our comment among those of a pull request; nobody else's is believed."""
    for comment in comments:
        user, body = comment.get("user") or {}, comment.get("body") or ""
        ours = user.get("login") == BOT and user.get("type") == "Bot"
        if ours and body.startswith(MARK):
            return comment
    return None


def seen_in(body: str) -> tuple[Seen, ...]:
    """The receipts in waiting that a comment keeps."""
    _, found, rest = body.rpartition(START)
    if not found:
        return ()
    return tuple(Seen(**entry) for entry in json.loads(rest.partition(END)[0]))


def hidden(seen: Sequence[Seen]) -> str:
    """What was seen so far, as a comment that nothing in it can end."""
    kept = json.dumps([asdict(one) for one in seen])
    kept = kept.replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"{START}{kept}{END}"


def answer(store: Store, event: Json, api: Api) -> Review:
    """Judge a pull request's head; write or update the one comment, and the label."""
    found = proposal(event)
    where = f"issues/{found.number}"
    comment = own_comment(api.pages(f"{where}/comments"))
    seen = seen_in(str(comment["body"])) if comment else ()
    known = [one for one in seen if one.head == found.head]
    received = instant(known[0].received) if known else found.received
    review = examine(store, "HEAD", found.head, Given(received))
    if not known:
        seen += tuple(
            Seen(
                found.head, touch.path, store.blob_at(found.head, touch.path), received.isoformat()
            )
            for touch in review.touched
            if is_submission(touch.path) and not touch.deleted
        )
    body = {"body": f"{MARK}\n{markdown(review, received)}\n{hidden(seen)}\n"}
    if comment:
        api.call("PATCH", f"issues/comments/{int(comment['id'])}", body)
    else:
        api.call("POST", f"{where}/comments", body)
    label, other = (GOOD, BAD) if review.is_routine else (BAD, GOOD)
    api.call("POST", f"{where}/labels", {"labels": [label]})
    if any(one["name"] == other for one in api.pages(f"{where}/labels")):
        api.call("DELETE", f"{where}/labels/{quote(other)}")
    return review


def journal(store: Store, api: Api) -> int:
    """Write the receipts of merged pull requests that are not written yet; how many."""
    arrivals = []
    for pull in api.pages("pulls?state=closed&sort=updated&direction=desc"):
        if not pull.get("merged_at"):
            continue
        number = int(pull["number"])
        comment = own_comment(api.pages(f"issues/{number}/comments"))
        for one in seen_in(str(comment["body"])) if comment else ():
            arrival = Arrival(instant(one.received), "pull-request", f"#{number}")
            arrivals.append((one.path, one.blob, arrival))
    return intake.journal_merged(store, arrivals)


def main() -> int:
    """Do what the workflow asks, with what the runner has in its environment."""
    told = os.environ
    api = Api(told["GITHUB_API_URL"], told["GITHUB_REPOSITORY"], told["GITHUB_TOKEN"])
    store = Store(Path.cwd())
    if sys.argv[1:] == ["answer"]:
        event = json.loads(Path(told["GITHUB_EVENT_PATH"]).read_text("utf-8"))
        review = answer(store, event, api)
        sys.stdout.write(f"{len(review.findings)} findings, routine: {review.is_routine}\n")
    elif sys.argv[1:] == ["journal"]:
        sys.stdout.write(f"{journal(store, api)} new receipts\n")
    else:
        sys.stderr.write("python -m docket.forge answer|journal\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
