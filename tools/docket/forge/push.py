"""From a branch to a pull request: opened with a token, or by the forge's own command."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote

from docket.domain.nouns import Forge
from docket.domain.states import ForgeKind
from docket.forge import pull_request
from docket.forge.api import ApiError
from docket.git import remote
from docket.git.environment import environment
from docket.git.refusals import GitError
from docket.git.store import Store

TOOLS = {
    ForgeKind.GITHUB: "gh pr create --base {base} --head {head} --title {title} --body {title}",
    ForgeKind.GITLAB: "glab mr create --yes --target-branch {base} --source-branch {head} "
    "--title {title} --description {title}",
    ForgeKind.GITEA: "tea pulls create --base {base} --head {head} --title {title}",
}
"""How each forge's own command opens a pull request."""
FORK = "fork"
FORKING = ("gh", "repo", "fork", "--remote", "--remote-name", FORK)
"""How GitHub's own command makes a fork, and a remote of it, or finds them."""
DENIED = re.compile("denied|not allowed|error: 403")


class Outcome(StrEnum):
    """What came of a branch that was to be proposed."""

    NO_REMOTE = "no-remote"
    """Nothing was pushed: the register was cloned from nowhere."""
    NOT_PUSHED = "not-pushed"
    PUSHED = "pushed"
    """There is no forge to open a pull request on."""
    OPENED = "opened"
    TO_OPEN = "to-open"
    """It is pushed, and a person opens the pull request at the address."""
    CONTINUED = "continued"
    """It is pushed after what was there; if there is no pull request yet, a person opens it."""


class Proposed(NamedTuple):
    """What came of a branch, and the address of its pull request, if it has one.

    Of one that is not pushed the address is Git's own words.
    """

    outcome: Outcome
    address: str = ""


def propose(store: Store, forge: Forge | None, branch: str, title: str) -> Proposed:
    """Push the branch and open its pull request, as far as that goes from here."""
    if not remote.has_origin(store):
        return Proposed(Outcome.NO_REMOTE)
    try:
        remote.ask(store, ("push", "--quiet", remote.ORIGIN, f"refs/heads/{branch}"))
    except GitError as error:
        if error.is_known:
            raise
        if forge and DENIED.search(error.words) and _by_fork(store, forge, branch, title):
            return Proposed(Outcome.OPENED)
        return Proposed(Outcome.NOT_PUSHED, str(error.facts["words"]))
    return request(store, forge, branch, title)


def request(
    store: Store, forge: Forge | None, branch: str, title: str, *, continues: bool = False
) -> Proposed:
    """A pull request of a branch that is pushed, as far as that goes from here.

    Where the branch `continues` it may have one, which only the API tells.
    """
    if forge is None:
        return Proposed(Outcome.PUSHED)
    if address := _by_token(store, forge, branch, title):
        return Proposed(Outcome.OPENED, address)
    address = compare(forge, branch)
    if continues:
        return Proposed(Outcome.CONTINUED, address)
    # One that a workflow opens with its own token starts no checks: there a person opens it.
    opened = "GITHUB_ACTIONS" not in os.environ and _open(store, forge, branch, title)
    return Proposed(Outcome.OPENED if opened else Outcome.TO_OPEN, address)


def compare(forge: Forge, branch: str) -> str:
    """The address where the forge opens a pull request from a branch."""
    base = forge.address.rstrip("/")
    if forge.kind is ForgeKind.GITLAB:
        source = quote(branch, safe="")
        return f"{base}/-/merge_requests/new?merge_request%5Bsource_branch%5D={source}"
    sides = f"{quote(forge.branch)}...{quote(branch)}"
    return f"{base}/compare/{sides}{'?expand=1' if forge.kind is ForgeKind.GITHUB else ''}"


def _by_token(store: Store, forge: Forge, branch: str, title: str) -> str:
    """The address of the pull request that the token of the environment opens, else ""."""
    target = pull_request.target_of(store)
    try:
        return pull_request.opened(target, forge.branch, branch, title) if target else ""
    except ApiError:  # it is pushed: a person can go on
        return ""


def _by_fork(store: Store, forge: Forge, branch: str, title: str) -> bool:
    """Whether somebody who may not write here sent the branch from a fork of their own."""
    if forge.kind is not ForgeKind.GITHUB or not _run(store, FORKING):
        return False
    address = (store.attempt("config", f"remote.{FORK}.url") or "").strip()
    found = pull_request.REMOTE.fullmatch(address)
    pushed = found and store.attempt("push", "--quiet", FORK, f"refs/heads/{branch}") is not None
    return bool(found and pushed and _open(store, forge, f"{found['owner']}:{branch}", title))


def _open(store: Store, forge: Forge, branch: str, title: str) -> bool:
    facts = {"base": forge.branch, "head": branch, "title": title}
    return _run(store, [word.format(**facts) for word in TOOLS[forge.kind].split()])


def _run(store: Store, words: Sequence[str]) -> bool:
    """Whether the forge's own command is here, and did it."""
    tool = shutil.which(words[0])
    if not tool:
        return False
    own = {**environment(), "GH_PROMPT_DISABLED": "1"}
    done = subprocess.run([tool, *words[1:]], cwd=store.top, env=own, check=False)  # noqa: S603 - the forge's own command, no shell
    return done.returncode == 0
