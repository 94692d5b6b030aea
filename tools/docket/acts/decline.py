"""A rival's answer is turned down: the one in the register stays.

Its branch goes, here and where the register came from. Its receipt stays true: the log has it, and
the bytes are kept as long as the round's.
"""

from docket.acts.accept import told_at
from docket.acts.inbox import BranchItem
from docket.domain.paths import BRANCH
from docket.git import remote
from docket.git.refusals import GitError
from docket.git.store import Store
from docket.text.errors import CommandError

DECLINED = "refs/docket/declined/"
"""Below it the references that were turned down, each at its commit of the log."""


def decline(store: Store, item: BranchItem) -> None:
    """Turn down what waits on a branch of a desk. Raises `CommandError`, `GitError`."""
    name = item.branch.removeprefix(f"{remote.ORIGIN}/")
    if not name.startswith(BRANCH) or item.arrival is None:
        raise CommandError("errors.take.not_ours", name=name)
    ref, reference = f"refs/heads/{name}", item.arrival.reference
    if there := store.resolve(f"refs/remotes/{remote.ORIGIN}/{name}"):
        lease = f"--force-with-lease={ref}:{there}"
        words = ("push", "--quiet", lease, remote.ORIGIN, f":{ref}")
        try:
            remote.ask(store, words, seconds=remote.SECONDS)
        except GitError as error:
            facts = {"branch": name, "words": error.facts["words"]}
            raise CommandError("errors.propose.refused", **facts) from None
    store.attempt("update-ref", "-d", ref, item.commit)
    for one in told_at(store, store.commit()):
        if one.reference == reference:
            store.run("update-ref", f"{DECLINED}{reference}", one.commit)


def is_declined(store: Store, reference: str) -> bool:
    """Whether the answer with this reference was turned down."""
    return bool(store.resolve(f"{DECLINED}{reference}"))
