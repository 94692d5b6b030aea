"""From a branch to a pull request: pushed, and opened by the forge's own command if it is here."""

import shutil
import subprocess
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote

from docket.domain.nouns import Forge
from docket.domain.states import ForgeKind
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
    if forge is None:
        return Proposed(Outcome.PUSHED)
    opened = _open(store, forge, branch, title)
    return Proposed(Outcome.OPENED if opened else Outcome.TO_OPEN, compare(forge, branch))


def compare(forge: Forge, branch: str) -> str:
    """The address where the forge opens a pull request from a branch."""
    base = forge.address.rstrip("/")
    if forge.kind is ForgeKind.GITLAB:
        source = quote(branch, safe="")
        return f"{base}/-/merge_requests/new?merge_request%5Bsource_branch%5D={source}"
    sides = f"{quote(forge.branch)}...{quote(branch)}"
    return f"{base}/compare/{sides}{'?expand=1' if forge.kind is ForgeKind.GITHUB else ''}"


def _open(store: Store, forge: Forge, branch: str, title: str) -> bool:
    tool, *words = TOOLS[forge.kind].split()
    found = shutil.which(tool)
    if not found:
        return False
    facts = {"base": forge.branch, "head": branch, "title": title}
    command = [found, *(word.format(**facts) for word in words)]
    done = subprocess.run(command, cwd=store.top, env=environment(), check=False)  # noqa: S603 - the forge's own command, no shell
    return done.returncode == 0
