"""A submission judged, and put on a branch of its own without checking anything out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from docket.acts import sealing
from docket.acts.receipts import Arrival, Line, has_place, receipt_of
from docket.acts.receive import municipality_of
from docket.domain.docket import Docket
from docket.domain.paths import Touch, branch_of, submission_path
from docket.domain.states import Party, Way
from docket.git import locking, objects
from docket.git.history import read_history
from docket.git.objects import blob_id
from docket.git.pack import put_all
from docket.git.store import ZERO, Store
from docket.git.trees import tree_with
from docket.loading import yamlfile
from docket.loading.document import Document
from docket.loading.loader import Reading, reading
from docket.loading.schemas import Schemas
from docket.loading.trees import snapshot
from docket.rules.review import Review, review

NAMELESS = "navn"
"""What a file is called that does not name its municipality."""


@dataclass(frozen=True, slots=True)
class Base:
    """The register at the checked-out commit, read once: what submissions are judged against."""

    store: Store
    commit: str
    tree: Mapping[str, bytes]
    reading: Reading
    now: datetime

    def at(self, now: datetime) -> "Base":
        """The same, as it stands `now`."""
        return replace(self, now=now)

    @property
    def docket(self) -> Docket:
        """Everything read, as it stands now."""
        return self.reading.docket._replace(now=self.now)

    @property
    def schemas(self) -> Schemas:
        """The schemas of the commit."""
        return self.reading.schemas


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent to a round, read once as the submission of `slug`.

    `branch` is where it is to wait, `link` the SHA-256 of its private link's token ("": none).
    """

    round: str
    slug: str
    content: bytes
    document: Document
    branch: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A submission judged against a commit: `base`, as if it lay at `path`.

    `content` is what may be kept, read as `document`: its contact is sealed, if the round has a
    seal.
    `tip` is the latest commit of its branch, "" where there is none yet.
    """

    base: str
    path: str
    round: str
    slug: str
    content: bytes
    document: Document
    found: Review
    branch: str
    tip: str

    @property
    def title(self) -> str:
        """How its commit is called."""
        return f"Submission of {self.found.docket.register[self.slug].full}, {self.round}"


def base_of(store: Store, now: datetime) -> Base:
    """The register at the checked-out commit. Raises `NoHistory`, `NoRegister`."""
    commit = store.commit()
    tree = snapshot(store, commit)
    return Base(store, commit, tree, reading(tree, now, read_history(store, commit)), now)


def sent_file(round_: str, content: bytes, link: str = "") -> SentFile:
    """A file that was sent to a round. Never raises for what `content` holds."""
    document = yamlfile.read("", content)
    slug = municipality_of(document)
    moved = document.moved(submission_path(round_, slug or NAMELESS))
    return SentFile(
        round=round_,
        slug=slug,
        content=content,
        document=moved,
        branch=branch_of(round_, slug),
        link=link,
    )


def judge(base: Base, sent: SentFile, known: Sequence[Line] = ()) -> Offer:
    """Judge a submission, received at `base.docket.now`, after what is `known` to have come.

    Only what concerns its municipality is looked at, however large the register is.
    """
    path, docket = sent.document.path, base.docket
    branch = f"refs/heads/{sent.branch}"

    known_as = {sent.content: sent.document}

    def parse(path: str, content: bytes) -> Document:
        if content not in known_as:
            known_as[content] = yamlfile.read(path, content)
        return known_as[content]

    own = base.reading.only(sent.slug, base.now)  # what is known of all is kept there

    def reviewed(content: bytes) -> Review:
        line = Line(path, blob_id(content), Arrival(docket.now, Way.FORM))
        lines = [one for one in (*known, line) if has_place(one, base.tree, docket.register)]
        after = own.amended({path: content}, [receipt_of(one) for one in lines], parse)
        return review(own.docket, after, [Touch(path, deleted=False)], (), Party.SUBMITTER)

    found, content = sealing.judged(reviewed, sent.document, sent.content)
    return Offer(
        base=base.commit,
        path=path,
        round=sent.round,
        slug=sent.slug,
        content=content,
        document=known_as[content],
        found=found,
        branch=branch,
        tip=base.store.resolve(branch),
    )


def offer(store: Store, round_: str, content: bytes, now: datetime) -> Offer:
    """Judge a submission against the checked-out branch. Raises as `base_of` does."""
    return judge(base_of(store, now), sent_file(round_, content))


def keep(store: Store, made: Offer) -> None:
    """Put a submission on its branch, after what is there. Raises `Busy`."""
    parent = made.tip or made.base
    files = {made.path: blob_id(made.content)}
    tree, trees = tree_with(store, objects.tree_of(store, parent), files)
    written = objects.commit_of(store, tree, (parent,), made.title)
    *_, commit = put_all(store, [("blob", made.content), *trees, ("commit", written)])
    if not objects.move(store, made.branch, commit, made.tip or ZERO):
        raise locking.Busy
