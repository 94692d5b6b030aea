"""The submission of Randers: what most tests write, propose and send."""

from pathlib import Path

from support.worlds import commit, git

PATH = "submissions/2031-skole/randers.yml"
TEXT = (
    "municipality: randers\nareas: [folkeskole]\n"
    "contact: {name: Sekretariatet, email: post@kommune.example}\napproval: {status: pending}\n"
)
BRANCH = "submission/2031-skole/randers"
RECEIVED = "2031-03-05T10:00:00+01:00"
"""When it came."""


def put(root: Path, text: str = TEXT, path: str = PATH) -> None:
    """Write a file of the register."""
    (root / path).write_text(text, encoding="utf-8")


def propose(root: Path, files: dict[str, str | None], at: str = RECEIVED) -> None:
    """A branch `change` with these files, None for a deleted one."""
    git(root, "switch", "--quiet", "--create", "change")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            (root / path).unlink()
        else:
            (root / path).write_text(text, encoding="utf-8")
    commit(root, "change", at)
    git(root, "switch", "--quiet", "main")


def desk_branch(root: Path, *versions: tuple[str, str]) -> str:
    """A branch as the desk makes it: each version a commit with its receipt."""
    git(root, "switch", "--quiet", "--create", BRANCH)
    for number, (text, received) in enumerate(versions):
        (root / PATH).write_text(text, "utf-8")
        commit(root, f"x\n\nReceived: {received}\nVia: form\nReference: F-{number}")
    git(root, "switch", "--quiet", "main")
    return BRANCH
