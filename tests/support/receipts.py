"""Receipts to verify: made by a key of their own, or given by a desk."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docket.acts.deskwork import Deskwork, Pending
from docket.acts.senders import link_of
from docket.acts.submit import sent_file
from docket.git import log
from docket.git.pack import id_of
from docket.git.receipt import digest, receipt_file
from docket.git.signing import Signer, new_key
from docket.git.store import Store
from support.randers import TEXT
from support.worlds import NOW, commit

SIGNER, FORGER = Signer(new_key()), Signer(new_key())
TOKEN = "A" * 22
SALT = bytes(range(16))


@dataclass(frozen=True)
class Given:
    """A receipt, and its log commit."""

    file: str
    id: str


def receipt(
    content: bytes = TEXT.encode(), signer: Signer = SIGNER, parent: str = "", at: datetime = NOW
) -> Given:
    """A receipt signed by `signer` for `content`, written at `at`."""
    entry = log.Entry("2031-skole", "randers", digest(SALT, content), NOW, at, "form", "F-1")
    made = log.commit_of(entry, parent, signer)
    return Given(receipt_file(made, SALT, content), id_of("commit", made))


def give(root: Path, *texts: str, publish: bool = True) -> list[Given]:
    """Receipts for `texts`, each going on from the last; the desk's key is on the branch."""
    work = Deskwork.start(Store(root))
    if publish:
        with (root / "submissions/organiser.yml").open("a", encoding="utf-8") as file:
            file.write(f"signers: [{{key: {work.signer.public}}}]\n")
        commit(root, "signers")
    found, link = [], link_of(TOKEN)
    for text in texts or (TEXT,):
        sent = sent_file("2031-skole", text.encode(), link)
        made = work.judge(work.base(NOW), sent, NOW)
        assert isinstance(made, Pending)
        work.keep([made])
        raw = work.store.raw(work.head, "commit")
        assert raw
        kept = made.sent.kept
        assert kept
        content = work.store.blob(kept.blob)
        assert content
        found.append(Given(receipt_file(raw, kept.salt, content), work.head))
    work.store.close()
    return found
