"""Whether a receipt is what a desk gave: judged by its bytes and by the keys that are trusted.

Neither Git nor a network is asked. What a receipt itself says of its key counts for nothing; what
no key can tell is said as not judged. site/theme/assets/receipt/judge.js judges the same way.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from docket.acts.evidence import kept_of
from docket.git import log, signing
from docket.git.allowed import Known
from docket.git.pack import id_of
from docket.git.receipt import MOST, SALT_SIZE, VERSION, NoReceipt, Proof, fits, read_receipt
from docket.git.store import Store


class Verdict(StrEnum):
    """What is to be said of a receipt; the sentences have the same names."""

    GENUINE = "genuine"
    ID = "id"
    """The commit is another than its id says."""
    SIGNATURE = "signature"
    KEY = "key"
    """It is signed with another key than it names."""
    ENTRY = "entry"
    """What is signed is no receipt."""
    SALT = "salt"
    DIGEST = "digest"
    UNKNOWN = "unknown"
    """A key that nobody trusts: a forger's, or another register's."""
    SPENT = "spent"
    """Written with a retired key, after its last."""
    OUTSIDE = "outside"
    """Written when its key could not sign yet, or no more."""
    RETIRED = "retired"
    UNJUDGED = "unjudged"
    """No key was given."""
    EMPTY = "empty"
    CUT = "cut"
    PAGE = "page"
    YAML = "yaml"
    NEWER = "newer"
    OTHER = "other"


FALSE = frozenset(
    {
        Verdict.ID,
        Verdict.SIGNATURE,
        Verdict.KEY,
        Verdict.ENTRY,
        Verdict.SALT,
        Verdict.DIGEST,
        Verdict.UNKNOWN,
        Verdict.SPENT,
        Verdict.OUTSIDE,
    }
)
"""The verdicts on a receipt that is not genuine."""
BEST = (Verdict.GENUINE, Verdict.RETIRED, Verdict.SPENT, Verdict.OUTSIDE)
"""Of several lines with one key, the one that says most for it."""
Reaches = Callable[[str, str], bool | None]
"""Whether a log commit stands at or before a last one; None where the log is not at hand."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found: the verdict, what the receipt says, and the key that signed it.

    All but the verdict is None where the file is no receipt; `known` is the key's line.
    """

    verdict: Verdict
    proof: Proof | None = None
    entry: log.Entry | None = None
    public: str = ""
    known: Known | None = None


def unordered(_: str, __: str) -> None:
    """What reaches what, where no log is at hand."""


def judge(
    data: bytes, known: Sequence[Known] | None, now: datetime, reaches: Reaches = unordered
) -> Judged:
    """What is to be said of a file, under the keys `known`; None: nobody knows any."""
    try:
        proof = read_receipt(data)
    except NoReceipt:
        return Judged(_instead(data))
    entry = log.entry_of(proof.commit)
    try:
        public = signing.named_in(log.parted(proof.commit)[1])
    except signing.NoKey:
        public = ""
    wrong = _wrong(proof, entry, public)
    if wrong or entry is None:
        return Judged(wrong or Verdict.ENTRY, proof, entry, public)
    if known is None:
        return Judged(Verdict.UNJUDGED, proof, entry, public)
    found = [
        (_under(one, proof, entry, now, reaches=reaches), one) for one in known if one.key == public
    ]
    if not found:
        return Judged(Verdict.UNKNOWN, proof, entry, public)
    verdict, one = min(found, key=lambda pair: BEST.index(pair[0]))
    return Judged(verdict, proof, entry, public, one)


def reaching(store: Store) -> Reaches:
    """Whether a commit stands at or before another, by the history at hand."""

    def reaches(commit: str, last: str) -> bool | None:
        return log.stands(store, commit, last) if store.resolve(last) else None

    return reaches


def here(store: Store, found: Judged) -> Iterator[str]:
    """What a register knows of a genuine receipt, by the name of its sentence."""
    ref = log.log_of(found.public)
    if found.proof is None or found.entry is None or not store.resolve(ref):
        return
    if not log.stands(store, found.proof.id, ref):
        yield "unlogged"
    elif kept_of(store, found.entry.reference) is None:
        yield "deleted"
    else:
        yield "logged"


def _wrong(proof: Proof, entry: log.Entry | None, public: str) -> Verdict | None:
    """What a receipt contradicts itself in, whoever signed it."""
    if id_of("commit", proof.commit) != proof.id:
        return Verdict.ID
    if not log.is_signed(proof.commit, public):
        return Verdict.SIGNATURE
    if signing.fingerprint(public) != proof.key:
        return Verdict.KEY
    if entry is None:
        return Verdict.ENTRY
    if len(proof.salt) != SALT_SIZE:
        return Verdict.SALT
    return None if fits(proof.salt, proof.content, entry.digest) else Verdict.DIGEST


def _under(
    known: Known, proof: Proof, entry: log.Entry, now: datetime, *, reaches: Reaches
) -> Verdict:
    """What a trusted key makes of what it signed.

    Its holder could date back: once it is retired, only the log tells what came before.
    """
    if known.last:
        stands = reaches(proof.id, known.last)
        return {None: Verdict.RETIRED, False: Verdict.SPENT, True: Verdict.GENUINE}[stands]
    early = known.after is not None and entry.logged < known.after
    if early or (known.before is not None and entry.logged > known.before):
        return Verdict.OUTSIDE
    return Verdict.RETIRED if known.before is not None and known.before < now else Verdict.GENUINE


def _instead(data: bytes) -> Verdict:
    """What somebody gave who meant to give a receipt."""
    text = data[:MOST].decode("utf-8-sig", "replace").strip()
    if not text:
        return Verdict.EMPTY
    if text.startswith(("<", "%PDF")):
        return Verdict.PAGE
    if re.search(r"^municipality:", text, re.MULTILINE):
        return Verdict.YAML
    try:
        version = json.loads(text)["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        version = None
    if isinstance(version, int) and version > VERSION:
        return Verdict.NEWER
    return Verdict.CUT if text.startswith('{"version":') else Verdict.OTHER
