"""What the desk's log proves: which bytes were received when, for a round and a municipality.

Only the log tells. Where the bytes lie here, they and their salt are at
`refs/docket/received/<reference>`; on a forge, where they never go, the branch that brings them
names reference and salt, and the log's digest says whether that is true.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docket.acts.receipts import Arrival, Line
from docket.domain.nouns import Organiser
from docket.domain.paths import BRANCH, submission_path
from docket.domain.signers import SigningKey
from docket.domain.states import Way
from docket.git import log, objects, signing
from docket.git.pack import Object, id_of
from docket.git.receipt import SALT_SIZE, digest, fits
from docket.git.store import Store
from docket.text.errors import CommandError

PLACE = Path("docket", "desk_key")
"""Where a desk keeps its private key, in the Git folder."""
NAMED = "Receipt"
"""The trailer of a branch that names a receipt: its reference, its salt, Git's id of its bytes."""
BYTES, SALT = "bytes", "salt"


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that a desk received, by Git's id, and the salt of their digest."""

    blob: str
    salt: bytes

    @property
    def tree(self) -> bytes:
        """The tree at `refs/docket/received/<reference>`."""
        rows = ((BYTES, self.blob), (SALT, id_of("blob", self.salt)))
        return b"".join(f"100644 {name}\0".encode() + bytes.fromhex(one) for name, one in rows)


def keep(content: bytes) -> tuple[Kept, str, list[Object]]:
    """What is to be kept of received bytes: with a new salt, their digest, and the objects."""
    salt = secrets.token_bytes(SALT_SIZE)
    kept = Kept(objects.blob_id(content), salt)
    return kept, digest(salt, content), [("blob", content), ("blob", salt), ("tree", kept.tree)]


def signer_of(store: Store) -> signing.Signer | None:
    """The desk's key, where this repository has one. Raises `CommandError`."""
    try:
        return signing.Signer((store.shared / PLACE).read_bytes())
    except FileNotFoundError:
        return None
    except signing.NoKey:
        raise CommandError("errors.log.no_key", name=str(store.shared / PLACE)) from None


def new_signer(store: Store) -> signing.Signer:
    """The desk's key, made once. Raises `CommandError` where there is one, and OSError."""
    place = store.shared / PLACE
    place.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError("errors.log.key_exists", name=str(place)) from None
    private = signing.new_key()
    with os.fdopen(descriptor, "wb") as file:
        file.write(private)
        file.flush()
        os.fsync(file.fileno())
    return signing.Signer(private)


def own_logs(store: Store) -> list[str]:
    """The log of this repository's own desk, if it has one and gave a receipt: as a ref."""
    own = signer_of(store)
    ref = log.log_of(own.public) if own else ""
    return [ref] if ref and store.resolve(ref) else []


def trusted(store: Store, organiser: Organiser) -> tuple[SigningKey, ...]:
    """The keys whose logs count: the register's, and this repository's own."""
    own = signer_of(store)
    known = {one.key for one in organiser.signers}
    more = (SigningKey(own.public),) if own and own.public not in known else ()
    return (*organiser.signers, *more)


def entries(store: Store, organiser: Organiser) -> tuple[log.Entry, ...]:
    """All that the logs of the trusted keys say, in the order received. Raises `Forged`.

    What `confirms` another is no receipt.
    """
    found = [
        entry
        for key in trusted(store, organiser)
        for entry in log.read_log(store, key.key, key.last)
    ]
    return tuple(sorted(found, key=lambda one: one.received))


def kept_of(store: Store, reference: str) -> Kept | None:
    """What lies here of a receipt's bytes; None where they were deleted, or never were here."""
    tree = store.raw(store.resolve(f"{log.RECEIVED}{reference}"), "tree")
    if tree is None:
        return None
    rows = dict(_rows(tree))
    salt = store.blob(rows.get(SALT, ""))
    return Kept(rows[BYTES], salt) if salt is not None and BYTES in rows else None


def line_of(entry: log.Entry, blob: str) -> Line:
    """The line of the journal that a receipt of the log becomes."""
    arrival = Arrival(entry.received, Way(entry.via), entry.reference)
    return Line(submission_path(entry.round, entry.municipality), blob, arrival)


def lines_of(
    store: Store, told: Sequence[log.Entry], round_: str, slug: str, tip: str = ""
) -> list[Line]:
    """The receipts of `told` for a municipality in a round, oldest first, whose bytes are known.

    `tip` is the commit of a branch that may name them.
    """
    own = [one for one in told if (one.round, one.municipality) == (round_, slug)]
    own = [one for one in own if not one.confirms]  # that came by no bytes
    named = dict(_named(objects.message(store, store.commit(tip)))) if own and tip else {}
    found = []
    for entry in own:
        kept = kept_of(store, entry.reference) or named.get(entry.reference)
        content = store.blob(kept.blob) if kept else None
        if kept and content is not None and fits(kept.salt, content, entry.digest):
            found.append(line_of(entry, kept.blob))
    return found


def named_by_branches(store: Store) -> dict[str, str]:
    """The branch that names each receipt, by its reference."""
    form = "--format=%(refname:lstrip=2)%00%(contents)%00"
    text = store.run("for-each-ref", form, f"refs/heads/{BRANCH}")
    parts = text.split("\0")
    return {
        reference: name.strip()
        for name, message in zip(parts[::2], parts[1::2], strict=False)
        for reference, _ in _named(message)
    }


def naming(reference: str, kept: Kept) -> str:
    """The trailer by which a branch names a receipt."""
    return f"{NAMED}: {reference} {kept.salt.hex()} {kept.blob}"


def _named(message: str) -> Iterator[tuple[str, Kept]]:
    for line in message.splitlines():
        name, _, rest = line.partition(": ")
        words = rest.split()
        if name == NAMED and len(words) == len(("reference", "salt", "blob")):
            try:
                yield words[0], Kept(words[2], bytes.fromhex(words[1]))
            except ValueError:
                continue


def _rows(tree: bytes) -> Iterator[tuple[str, str]]:
    while tree:
        name, _, rest = tree.partition(b"\0")
        yield name.partition(b" ")[2].decode("ascii", "replace"), rest[:20].hex()
        tree = rest[20:]
