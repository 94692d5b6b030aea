"""The submission of Randers: what most tests write, propose and send."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from docket.acts import evidence
from docket.cli.main import main
from docket.domain.paths import parse
from docket.git.log import RECEIVED as RECEIVED_REFS
from docket.git.log import Entry, commit_of, log_of
from docket.git.pack import id_of, move_all, put_all
from docket.git.store import ZERO, Store
from support.worlds import commit, git

PATH = "submissions/2031-skole/randers.yml"
TEXT = (
    "municipality: randers\nareas: [folkeskole]\n"
    "contact: {name: Sekretariatet, email: post@kommune.example}\napproval: {status: pending}\n"
)
BRANCH = "submission/2031-skole/randers"
RECEIVED = "2031-03-05T10:00:00+01:00"
"""When it came."""


def give_receipt(
    root: Path,
    text: str,
    received: str = RECEIVED,
    reference: str = "F-0",
    path: str = PATH,
) -> None:
    """A receipt of the desk in its log, as if it had got `text` for `path`."""
    place = parse(path)
    assert place
    with closing(Store(root)) as store:
        signer = evidence.signer_of(store) or evidence.new_signer(store)
        kept, digest, objects = evidence.keep(text.encode())
        when = datetime.fromisoformat(received)
        entry = Entry(
            place.round, place.slug, digest, when, logged=when, via="form", reference=reference
        )
        ref, head = log_of(signer.public), store.resolve(log_of(signer.public))
        receipt = commit_of(entry, head, signer)
        *_, last = put_all(store, [*objects, ("tree", b""), ("commit", receipt)])
        bytes_ = f"{RECEIVED_REFS}{reference}"
        assert move_all(
            store, {ref: (last, head or ZERO), bytes_: (id_of("tree", kept.tree), ZERO)}
        )


def put(root: Path, text: str = TEXT, path: str = PATH) -> None:
    """Write a file of the register."""
    (root / path).write_text(text, encoding="utf-8")


def receive(root: Path) -> int:
    """Register a file that came by e-mail; the command's exit code."""
    file = root.parent / "randers.yml"
    file.write_text(TEXT, "utf-8")
    when = ("--received", RECEIVED, "--at", "2031-12-01")
    words = ("receive", str(file), "--round", "2031-skole", "--via", "e-mail", *when)
    return main(["-C", str(root), *words])


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
        commit(root, "x")
        give_receipt(root, text, received, f"F-{number}")
    git(root, "switch", "--quiet", "main")
    return BRANCH
