"""A file that came by another way, registered with its receipt in one commit.

The branch moves last and all at once, so that a crash leaves it as it was or as it
should be; the next command brings a working copy up to date that a crash left behind.
"""

from collections.abc import Iterable
from functools import cache

from docket.acts import receipts, sealing
from docket.acts.files import must_be_read
from docket.acts.receipts import Arrival, Line
from docket.domain.paths import ENDING, RoundPath, Touch
from docket.domain.spelling import plain
from docket.domain.states import Party
from docket.git.history import read_history
from docket.git.locking import keep, writing
from docket.git.objects import blob_id
from docket.git.store import Store
from docket.loading import yamlfile
from docket.loading.document import Document
from docket.loading.loader import read
from docket.loading.trees import Overlay, snapshot
from docket.rules.review import Review, review
from docket.text.catalogue import say
from docket.text.errors import CommandError
from docket.text.escape import show_path


class NoRound(CommandError):
    """There is no such round; `known` are those there are."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Say which there are."""
        rounds = ", ".join(sorted(known))
        super().__init__("errors.take.no_round", name=show_path(name), known=rounds)


def receive(store: Store, round_: str, name: str, content: bytes, arrival: Arrival) -> Review:
    """Register a submission that came by another way. Written only if nothing is wrong.

    An open contact is sealed first, if the round has a seal. Raises `Busy`,
    `NoRound`, `NoHistory`, `NoRegister`, and `CommandError` where the journal is broken.
    """
    with writing(store) as base:
        document = yamlfile.read("", content)
        slug = municipality_of(document)
        path = str(RoundPath(round_, f"{slug}{ENDING}" if slug else name))
        tree = snapshot(store, base)
        history = read_history(store, base)
        parse = cache(yamlfile.read)  # the register is read as it is and as it would be
        before = read(tree, arrival.received, history, parse)
        must_be_read(before, round_)
        if round_ not in before.rounds:
            raise NoRound(round_, before.rounds)

        def files(content: bytes) -> dict[str, bytes]:
            line = Line(path, blob_id(content), arrival)
            lines = [line] if receipts.has_place(line, tree, before.register) else []
            grown = receipts.written(tree, lines, parse)
            grown.must_be_whole()
            return {path: content, **grown.files}

        def judge(content: bytes) -> Review:
            after = read(Overlay(tree, files(content)), arrival.received, history, parse)
            return review(before, after, [Touch(path, deleted=False)], (), Party.SUBMITTER)

        found, content = sealing.judged(judge, document.moved(path), content)
        if not found.findings:
            facts = {"name": before.register[slug].full, "round": round_, "way": arrival.via}
            message = say("intake.log.received", "en", **facts)
            keep(store, base, (base,), files(content), message)
        return found


def municipality_of(document: Document) -> str:
    """The municipality that a file names, "" where it cannot be told."""
    data = document.data
    slug = data.get("municipality") if isinstance(data, dict) else None
    word = plain(slug) if isinstance(slug, str) else ""
    return word if word.replace("-", "").isalnum() and word.isascii() else ""
