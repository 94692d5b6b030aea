"""From the desk's branch to a pull request on GitHub: pushed, opened, and found again.

Where there is no remote on GitHub, or no token in the environment, there is nothing to do.
`refs/docket/sent/…` remembers which commit of a branch the forge has.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import quote

from docket.acts import accept
from docket.acts.evidence import own_logs
from docket.domain.paths import BRANCH, parse_branch
from docket.forge.api import NO_ANSWER, Api, ApiError, Json
from docket.git import objects, remote
from docket.git.refusals import GitError
from docket.git.remote import TOKEN
from docket.git.store import ZERO, Store
from docket.loading.loader import read
from docket.loading.trees import snapshot
from docket.text.catalogue import say

REMOTE = re.compile(
    r"(?P<root>https://[^/@]+|http://127\.0\.0\.1:\d+|(?:ssh://)?git@(?P<host>[^/:]+)[/:])/?"
    r"(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(\.git)?/?"
)
BRANCHES, SENT = f"refs/heads/{BRANCH}", f"refs/docket/sent/{BRANCH}"
NEVER = re.compile("rejected|Authentication failed|Permission|denied|not found|error: 40[0-9]")
REFUSALS, UNPROCESSABLE = {401, 403, 404}, 422
EVER = datetime.fromtimestamp(0, UTC)
Wait = Callable[[float], object]
Texts = Mapping[str, str]
"""The title and the body of a pull request."""


class Fault(StrEnum):
    """Why a branch did not come through."""

    TOKEN = "token"  # noqa: S105 - no token, but what is wrong with it
    DIVERGED = "diverged"
    """The forge has another branch of that name."""
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class Unsent(Exception):
    """A branch did not come through: why, and what was answered."""

    def __init__(self, branch: str, kind: Fault, answer: str) -> None:
        """Keep all three; the token is in none of it."""
        super().__init__(f"{branch}: {answer}")
        self.branch = branch
        self.kind = kind
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Sent:
    """A branch and its pull request."""

    branch: str
    number: int
    address: str


@dataclass(frozen=True)
class Target:
    """Where to push to, and whom to ask."""

    address: str
    api: Api
    token: str

    @property
    def owner(self) -> str:
        """Whose repository it is."""
        return self.api.repository.partition("/")[0]


def target_of(
    store: Store, environment: Mapping[str, str] = os.environ, wait: Wait = time.sleep
) -> Target | None:
    """Where pull requests are opened, if there is a remote on GitHub and a token."""
    token = environment.get(TOKEN, "").strip()
    found = REMOTE.fullmatch((store.attempt("remote", "get-url", "origin") or "").strip())
    if not token or not found:
        return None
    root = f"https://{found['host']}" if found["host"] else found["root"]
    own = "https://api.github.com" if root == "https://github.com" else ""
    api = own or environment.get("GITHUB_API_URL", "")
    if not api:
        return None
    repository = f"{found['owner']}/{found['name']}"
    return Target(f"{root}/{repository}.git", Api(api, repository, token, wait), token)


def send(
    store: Store,
    branch: str,
    environment: Mapping[str, str] = os.environ,
    wait: Wait = time.sleep,
) -> Sent | None:
    """Push `submission/<round>/<slug>` and see to it that it has an open pull request.

    Doing it again finds what is there. None where there is nowhere to send to.
    Raises `Unsent`; the branch is then told by `unsent`, and `resume` tries again.
    """
    target = target_of(store, environment, wait)
    if target is None:
        return None
    tip = store.commit(f"refs/heads/{branch}")
    onto = objects.branch(store).removeprefix("refs/heads/")

    def told() -> Texts:
        return _texts(store, tip, branch)

    try:
        target.api.patiently(lambda: _push(store, target, tip, branch))
        pull = target.api.patiently(lambda: _pull(target, onto, branch, told))
    except ApiError as error:
        kind = Fault.TOKEN if error.status in REFUSALS else Fault.REFUSED
        raise Unsent(branch, Fault.UNREACHABLE if error.is_passing else kind, str(error)) from None
    ref = SENT + branch.removeprefix(BRANCH)
    objects.move(store, ref, tip, _id(store, ref))
    return Sent(branch, int(pull["number"]), str(pull["html_url"]))


def unsent(store: Store) -> tuple[str, ...]:
    """The desk's branches that the forge does not have as they are, and main does not hold."""
    there = dict(_refs(store, SENT))
    return tuple(
        BRANCH + name
        for name, tip in _refs(store, BRANCHES, "--no-merged=HEAD")
        if there.get(name) != tip
    )


def resume(
    store: Store, environment: Mapping[str, str] = os.environ, wait: Wait = time.sleep
) -> Iterator[Sent | Unsent]:
    """Send every branch that is unsent; tell of each how it went.

    Where the token is no good, or nobody answers, the others are told unsent without a try.
    """
    failed: Unsent | None = None
    for branch in unsent(store) if target_of(store, environment) else ():
        if failed and failed.kind in {Fault.TOKEN, Fault.UNREACHABLE}:
            yield Unsent(branch, failed.kind, failed.answer)
            continue
        try:
            if done := send(store, branch, environment, wait):
                yield done
        except Unsent as error:
            failed = error
            yield error


def _push(store: Store, target: Target, tip: str, branch: str) -> None:
    try:
        logs = [f"{ref}:{ref}" for ref in own_logs(store)]  # what proves the receipt, or nothing
        refs = (f"{tip}:refs/heads/{branch}", *logs)
        words = ("push", "--quiet", "--atomic", target.address, *refs)
        remote.ask(store, words, target.token)
    except GitError as error:
        answer = str(error).strip()
        if "rejected" in answer:
            raise Unsent(branch, Fault.DIVERGED, answer) from None
        if NEVER.search(answer):
            raise Unsent(branch, Fault.TOKEN, answer) from None
        raise ApiError(NO_ANSWER, answer) from None


def opened(target: Target, onto: str, branch: str, title: str) -> str:
    """The address of the open pull request of a pushed branch. Raises `ApiError`."""
    texts = {"title": title, "body": ""}
    pull = target.api.patiently(lambda: _pull(target, onto, branch, lambda: texts))
    return str(pull["html_url"])


def _pull(target: Target, onto: str, branch: str, told: Callable[[], Texts]) -> Json:
    """The open pull request of a branch; if there is none it is opened, with what is `told`."""
    if found := _open_pull(target, branch):
        return found
    body = {"head": branch, "base": onto, **told()}
    try:
        pull: Json = target.api.call("POST", "pulls", body)
    except ApiError as error:
        if error.status == UNPROCESSABLE and (found := _open_pull(target, branch)):
            return found  # somebody was faster
        raise
    return pull


def _open_pull(target: Target, branch: str) -> Json | None:
    head = quote(f"{target.owner}:{branch}", safe="")
    return next(iter(target.api.pages(f"pulls?state=open&head={head}", 1)), None)


def _texts(store: Store, tip: str, branch: str) -> Texts:
    """What the pull request says: whose it is, the receipt, and what to do first."""
    round_, slug, number = parse_branch(branch)
    base = store.commit()
    lines = accept.logged(store, accept.told_at(store, base), base, tip)
    arrival = lines[-1].arrival if lines else None
    docket = read(snapshot(store, tip), arrival.received if arrival else EVER)
    name = docket.register[slug].full if slug in docket.register else slug
    rows = [f"**{name}**, {round_}"]
    for lang in docket.organiser.languages:
        if arrival:
            facts = {"received": arrival.received, "reference": arrival.reference}
            rows.append(say("pull_request.receipt", lang, docket.organiser, **facts))
        rows.append(say("pull_request.first", lang))
    mark = f" ({number})" if number else ""
    return {"title": f"{name}{mark}: {round_}", "body": "\n\n".join(rows)}


def _refs(store: Store, under: str, *more: str) -> list[tuple[str, str]]:
    text = store.run("for-each-ref", "--format=%(refname) %(objectname)", *more, under)
    lines = (line.split() for line in text.splitlines())
    return [(name.removeprefix(under), commit) for name, commit in lines]


def _id(store: Store, ref: str) -> str:
    return (store.attempt("rev-parse", "--verify", "--quiet", ref) or ZERO).strip()
