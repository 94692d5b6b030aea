"""From a branch to a pull request: pushed, and opened by the forge's own command if it is here."""

import shutil
import subprocess
from urllib.parse import quote

from docket.domain.nouns import Bilingual, Forge
from docket.git.store import Store

TOOLS = {
    "github": "gh pr create --base {base} --head {head} --title {title} --body {title}",
    "gitlab": "glab mr create --yes --target-branch {base} --source-branch {head} "
    "--title {title} --description {title}",
    "gitea": "tea pulls create --base {base} --head {head} --title {title}",
}
"""How each forge's own command opens a pull request."""


def propose(store: Store, forge: Forge | None, branch: str, title: str) -> Bilingual:
    """Push the branch and open its pull request; answers what came of it and what is left to do."""
    if not (store.attempt("remote") or "").split():
        return Bilingual(
            "Den er ikke sendt: registeret her er ikke hentet nogen steder fra. "
            "Giv grenen til arrangøren.",
            "It is not sent: this register was not cloned from anywhere. "
            "Give the branch to the organiser.",
        )
    if store.attempt("push", "--quiet", "origin", f"refs/heads/{branch}") is None:
        return Bilingual(
            f"Den er ikke sendt endnu. Prøv selv: git push origin {branch}",
            f"It is not sent yet. Try yourself: git push origin {branch}",
        )
    if forge is None:
        return Bilingual("Grenen er sendt til arrangøren.", "The branch is sent to the organiser.")
    if _open(store, forge, branch, title):
        return Bilingual(
            "Sendt som pull request. Svaret kommer der.",
            "Sent as a pull request. The answer comes there.",
        )
    address = compare(forge, branch)
    return Bilingual(
        f"Åbn nu pull requesten. Først når den har et nummer, er den sendt:\n{address}",
        f"Now open the pull request. It is sent only when it has a number:\n{address}",
    )


def compare(forge: Forge, branch: str) -> str:
    """The address where the forge opens a pull request from a branch."""
    base = forge.address.rstrip("/")
    if forge.kind == "gitlab":
        source = quote(branch, safe="")
        return f"{base}/-/merge_requests/new?merge_request%5Bsource_branch%5D={source}"
    sides = f"{quote(forge.branch)}...{quote(branch)}"
    return f"{base}/compare/{sides}{'?expand=1' if forge.kind == 'github' else ''}"


def _open(store: Store, forge: Forge, branch: str, title: str) -> bool:
    tool, *words = TOOLS[forge.kind].split()
    found = shutil.which(tool)
    if not found:
        return False
    facts = {"base": forge.branch, "head": branch, "title": title}
    command = [found, *(word.format(**facts) for word in words)]
    return subprocess.run(command, cwd=store.top, check=False).returncode == 0  # noqa: S603 - the forge's own command, no shell
