"""From a branch to a pull request: opened with a token, or by the forge's own command."""

import os
import shutil
import subprocess
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote

from docket.domain.nouns import Forge
from docket.domain.states import ForgeKind
from docket.forge import pull_request
from docket.forge.api import ApiError
from docket.git.environment import environment
from docket.git.store import Store

TOOLS = {
    ForgeKind.GITHUB: "gh pr create --base {base} --head {head} --title {title} --body {title}",
    ForgeKind.GITLAB: "glab mr create --yes --target-branch {base} --source-branch {head} "
    "--title {title} --description {title}",
    ForgeKind.GITEA: "tea pulls create --base {base} --head {head} --title {title}",
}
"""How each forge's own command opens a pull request."""


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
    """What came of a branch, and the address of its pull request, if it has one."""

    outcome: Outcome
    address: str = ""


def propose(store: Store, forge: Forge | None, branch: str, title: str) -> Proposed:
    """Push the branch and open its pull request, as far as that goes from here."""
    if not (store.attempt("remote") or "").split():
        return Proposed(Outcome.NO_REMOTE)
    if store.attempt("push", "--quiet", "origin", f"refs/heads/{branch}") is None:
        return Proposed(Outcome.NOT_PUSHED)
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


def _open(store: Store, forge: Forge, branch: str, title: str) -> bool:
    tool, *words = TOOLS[forge.kind].split()
    found = shutil.which(tool)
    if not found:
        return False
    facts = {"base": forge.branch, "head": branch, "title": title}
    command = [found, *(word.format(**facts) for word in words)]
    done = subprocess.run(command, cwd=store.top, env=environment(), check=False)  # noqa: S603 - the forge's own command, no shell
    return done.returncode == 0
