"""What the workflows do on GitHub: answer a pull request, and journal what was merged.

Run as `python -m docket.forge answer` and `python -m docket.forge journal`. Shapes of
events and comments: https://docs.github.com/webhooks and https://docs.github.com/rest.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from docket.acts import accept
from docket.acts.examine import Given, examine
from docket.acts.receipts import Arrival, Line
from docket.domain.instants import instant
from docket.domain.states import Party
from docket.forge.answer import markdown
from docket.forge.api import Api, ApiError, Json
from docket.forge.comment import Seen, hidden, seen_in
from docket.git.store import NoHistory, Store
from docket.loading.loader import NoRegister
from docket.rules.review import Review

BOT = "github-actions[bot]"
MARK = "<!-- docket -->"
LABELS = {
    "modtaget": ("0e8a16", "Alt er i orden; arrangøren kan flette"),
    "skal rettes": ("b60205", "Der er noget, som skal rettes eller ses igennem"),
}
GOOD, BAD = LABELS
NOT_FOUND, UNPROCESSABLE = 404, 422
MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pull request at one head, with the forge's own time of it.

    Who has a branch in this very repository may write to it: the branch is the `desk`'s,
    or the change is `by` the organiser.
    """

    number: int
    head: str
    arrival: Arrival
    desk: bool
    by: Party


def proposal(event: Json) -> Proposal:
    """The pull request of an event. Raises ValueError where the event is none of one."""
    try:
        pull, number = event["pull_request"], int(event["number"])
        head, base = pull["head"], pull["base"]
        time = pull["created_at"] if event["action"] == "opened" else pull["updated_at"]
        desk = str(head["ref"]).startswith("submission/")
        own = (head["repo"] or {}).get("full_name") == base["repo"]["full_name"]
        return Proposal(
            number,
            str(head["sha"]),
            Arrival(instant(time), "pull-request", f"#{number}"),
            desk=own and desk,
            by=Party.ORGANISER if own and not desk else Party.SUBMITTER,
        )
    except (KeyError, TypeError) as error:
        raise ValueError("no pull request event") from error


def own_comment(comments: Iterable[Json]) -> Json | None:
    """Our comment among those of a pull request; nobody else's is believed."""
    return next(filter(_is_ours, comments), None)


def answer(store: Store, event: Json, api: Api) -> Review | None:
    """Judge a pull request's head; write or update the one comment, and the label.

    None where the head was pushed over meanwhile: the next event is answered instead.
    """
    found = proposal(event)
    try:
        base, head = store.commit(), store.commit(found.head)
    except NoHistory as error:
        if error.kind == "unknown":
            return None
        raise
    comment = own_comment(api.pages(f"issues/{found.number}/comments"))
    seen = seen_in(str(comment["body"])) if comment else ()
    seen += tuple(_new(store, base, found, seen))
    received = next((one.arrival for one in reversed(seen) if one.head == head), found.arrival)
    lines = [one.line for one in seen]
    review = examine(store, base, head, Given(received.received, found.by, lines))
    text = f"{MARK}\n{markdown(review, received.received)}\n{hidden(seen)}\n"
    api.patiently(lambda: _write(api, found.number, text))
    wrong = BAD if review.findings or review.crossed else ""
    _label(api, found.number, GOOD if review.is_routine else wrong)
    return review


def journal(store: Store, api: Api) -> int:
    """Write the receipts of merged pull requests that are not written yet; how many."""
    pulls = api.pages("pulls?state=closed", MOST_PAGES)
    merged = {int(pull["number"]) for pull in pulls if pull.get("merged_at")}
    lines: list[Line] = []
    for comment in filter(_is_ours, api.pages("issues/comments", MOST_PAGES)):
        number = comment["issue_url"].rpartition("/")[2]
        if int(number) in merged:
            lines += [one.line for one in seen_in(str(comment["body"]))]
    return accept.journal_merged(store, lines)


def _is_ours(comment: Json) -> bool:
    user, body = comment.get("user") or {}, comment.get("body") or ""
    ours = user.get("login") == BOT and user.get("type") == "Bot"
    return ours and body.startswith(MARK)


def _new(store: Store, base: str, found: Proposal, seen: Sequence[Seen]) -> list[Seen]:
    """What this head brings that was not seen: by the desk's receipt, else the forge's time."""
    told = accept.receipts_on(store, base, found.head) if found.desk else []
    lines = told or accept.brought(store, base, found.head, found.arrival)
    known = {(one.head, one.path, one.blob) for one in seen}
    return [
        Seen(found.head, path, blob, arrival)
        for path, blob, arrival in lines
        if (found.head, path, blob) not in known
    ]


def _write(api: Api, number: int, text: str) -> None:
    """The one comment: found again each time, so that a lost answer makes no second one."""
    comment = own_comment(api.pages(f"issues/{number}/comments"))
    if comment:
        api.call("PATCH", f"issues/comments/{int(comment['id'])}", {"body": text})
    else:
        api.call("POST", f"issues/{number}/comments", {"body": text})


def _label(api: Api, number: int, name: str) -> None:
    """Put this one of our labels on, if any, and take the others off.

    The answer stands without it, too.
    """
    where = f"issues/{number}/labels"
    try:
        there = {one["name"] for one in api.pages(where)}
        if name and name not in there:
            _make(api, name)
            api.call("POST", where, {"labels": [name]})
        for other in there & LABELS.keys() - {name}:
            api.call("DELETE", f"{where}/{quote(other)}")
    except ApiError as error:
        sys.stderr.write(f"no label: {error}\n")


def _make(api: Api, name: str) -> None:
    """See to it that the repository has the label."""
    colour, told = LABELS[name]
    try:
        api.call("GET", f"labels/{quote(name)}")
    except ApiError as error:
        if error.status != NOT_FOUND:
            raise
        try:
            api.call("POST", "labels", {"name": name, "color": colour, "description": told})
        except ApiError as other:
            if other.status != UNPROCESSABLE:  # another run was faster
                raise


def main() -> int:
    """Do what the workflow asks; say what keeps it from it."""
    try:
        return _work()
    except (ApiError, NoHistory, NoRegister, ValueError) as error:
        sys.stderr.write(f"docket.forge: {type(error).__name__}: {error}\n")
        return 2


def _work() -> int:
    told = os.environ
    api = Api(told["GITHUB_API_URL"], told["GITHUB_REPOSITORY"], told["GITHUB_TOKEN"])
    store = Store(Path.cwd())
    if sys.argv[1:] == ["answer"]:
        event = json.loads(Path(told["GITHUB_EVENT_PATH"]).read_text("utf-8"))
        review = answer(store, event, api)
        said = f"{len(review.findings)} findings" if review else "pushed over, nothing to answer"
        sys.stdout.write(f"{said}\n")
    elif sys.argv[1:] == ["journal"]:
        sys.stdout.write(f"{journal(store, api)} new receipts\n")
    else:
        sys.stderr.write("python -m docket.forge answer|journal\n")
        return 2
    return 0
