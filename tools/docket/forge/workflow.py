"""What the workflows do on GitHub: answer a pull request, and journal what was merged.

Run as `python -m docket.forge answer` and `python -m docket.forge journal`. Shapes of
events and comments: https://docs.github.com/webhooks and https://docs.github.com/rest.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from docket.acts import accept
from docket.acts.changes import compared, is_routine
from docket.acts.examine import Given, examine
from docket.acts.receipts import Arrival
from docket.acts.rivals import ties_of
from docket.domain.instants import instant
from docket.domain.paths import parse
from docket.domain.states import Party, Way
from docket.forge.answer import markdown
from docket.forge.api import Api, ApiError, Json
from docket.forge.comment import MARK, Seen, hidden, is_ours, seen_in
from docket.forge.journal import journal
from docket.forge.label import Label, put_label
from docket.git.refusals import Missing, NoHistory
from docket.git.store import Store
from docket.rules.review import Review
from docket.text.catalogue import say
from docket.text.errors import CommandError

NUMBER = re.compile("#([0-9]{1,9})")
"""How a receipt names a pull request."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pull request at one head, with the forge's own time of it.

    Who has a branch in this very repository may write to it: the branch is the `desk`'s,
    or the change is `by` the organiser. `account` is the number of who opened it.
    """

    number: int
    account: int | None
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
            number=number,
            account=_account(pull),
            head=str(head["sha"]),
            arrival=Arrival(instant(time), Way.PULL_REQUEST, f"#{number}"),
            desk=own and desk,
            by=Party.ORGANISER if own and not desk else Party.SUBMITTER,
        )
    except (KeyError, TypeError) as error:
        raise ValueError("no pull request event") from error


def own_comment(comments: Iterable[Json]) -> Json | None:
    """Our comment among those of a pull request; nobody else's is believed."""
    return next(filter(is_ours, comments), None)


def answer(store: Store, event: Json, api: Api) -> Review | None:
    """Judge a pull request's head; write or update the one comment, and the label.

    None where the head was pushed over meanwhile: the next event is answered instead; and where
    the organiser's own change concerns no round.
    """
    found = proposal(event)
    try:
        base, head = store.commit(), store.commit(found.head)
    except NoHistory as error:
        if error.kind is Missing.NAMED_COMMIT:
            return None
        raise
    comment = own_comment(api.pages(f"issues/{found.number}/comments"))
    seen = seen_in(str(comment["body"])) if comment else ()
    seen += tuple(_new(store, base, found, seen))
    received = next((one.line.arrival for one in reversed(seen) if one.head == head), found.arrival)
    lines = [one.line for one in seen]
    review = examine(store, base, head, Given(received.received, found.by, lines))
    if found.desk:
        review = ties_of(accept.told_at(store, base), review.before, lines).seen_in(review)
    if review.is_sound and not is_routine(review):
        review = review._replace(continues=_continues(api, found, review))
    if found.by is Party.ORGANISER and not any(parse(one.path) for one in review.touched):
        return None
    text = f"{MARK}\n{markdown(review, received.received)}\n{hidden(seen)}\n"
    api.patiently(lambda: _write(api, found.number, text))
    wrong = Label.BAD if review.findings or review.crossed else None
    label = Label.GOOD if is_routine(review) else wrong
    put_label(api, found.number, label, review.docket.organiser.first)
    return review


def _new(store: Store, base: str, found: Proposal, seen: Sequence[Seen]) -> list[Seen]:
    """What this head brings that was not seen: by the desk's receipt, else the forge's time."""
    lines = (
        accept.logged(store, accept.told_at(store, base), base, found.head) if found.desk else []
    )
    known = {(one.line.path, one.line.blob) for one in seen if one.head == found.head}
    return [
        Seen(found.head, line)
        for line in lines or accept.brought(store, base, found.head, found.arrival)
        if (line.path, line.blob) not in known
    ]


def _continues(api: Api, found: Proposal, review: Review) -> bool:
    """Whether the account that opened it opened those too whose answers it changes.

    The desk opens all of its own: there an account tells nothing.
    """
    if found.desk or found.account is None:
        return review.continues
    earlier = [one.earlier for one in compared(review)]
    numbers = [
        NUMBER.fullmatch(one.reference) if one and one.via is Way.PULL_REQUEST else None
        for one in earlier
    ]
    return all(one and _opener(api, one[1]) == found.account for one in numbers)


def _opener(api: Api, number: str) -> int | None:
    """The account that opened a pull request, if it is still known."""
    try:
        return _account(api.call("GET", f"pulls/{number}"))
    except ApiError as error:
        if error.is_passing:
            raise
        return None


def _account(pull: Json) -> int | None:
    """Who opened a pull request, by the number that no other account gets."""
    user = pull["user"]
    return int(user["id"]) if user else None


def _write(api: Api, number: int, text: str) -> None:
    """The one comment: found again each time, so that a lost answer makes no second one."""
    comment = own_comment(api.pages(f"issues/{number}/comments"))
    if comment:
        api.call("PATCH", f"issues/comments/{int(comment['id'])}", {"body": text})
    else:
        api.call("POST", f"issues/{number}/comments", {"body": text})


def main() -> int:
    """Do what the workflow asks; say what keeps it from it."""
    try:
        done = _work(sys.argv[1:])
    except (ApiError, CommandError, OSError, ValueError) as error:
        why = error.of("en") if isinstance(error, CommandError) else error
        sys.stderr.write(f"docket.forge: {type(error).__name__}: {why}\n")
        return 2
    if done is None:
        sys.stderr.write("python -m docket.forge answer|journal\n")
        return 2
    sys.stdout.write(f"{done}\n")
    return 0


def _work(words: Sequence[str]) -> str | None:
    """Do it; what the log is to tell of it, None where `words` ask for nothing that is known."""
    environment = os.environ
    repository, token = environment["GITHUB_REPOSITORY"], environment["GITHUB_TOKEN"]
    api = Api(environment["GITHUB_API_URL"], repository, token)
    store = Store(Path.cwd())
    if words == ["journal"]:
        added, missing = journal(store, api, datetime.now(UTC))
        return "".join(missing) + say("answer.log.journaled", "en", count=added)
    if words != ["answer"]:
        return None
    event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    review = answer(store, event, api)
    if review is None:
        return say("answer.log.outdated", "en")
    return say("answer.log.answered", "en", count=len(review.findings))
