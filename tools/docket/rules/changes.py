"""Rules of a change that somebody proposes: what a submitter may touch, what nobody may."""

from collections.abc import Iterator, Sequence

from docket.domain.docket import Docket
from docket.domain.nouns import Finding, Place
from docket.domain.paths import Touch, is_submission
from docket.loading.envelope import is_shut


def c01_one(touched: Sequence[Touch]) -> Iterator[Finding]:
    """A submitter's change touches only one submission."""
    paths = [touch.path for touch in touched if is_submission(touch.path)]
    for path in paths[1:2]:  # once: it is one mistake, however many files it touches
        facts = {"count": len(paths), "paths": tuple(paths)}
        yield Finding("C01", Place(path), facts=facts, also=(Place(paths[0]),))


def c02_own(touched: Sequence[Touch]) -> Iterator[Finding]:
    """A submitter's change touches no file of the organiser's."""
    for touch in touched:
        if not is_submission(touch.path):
            yield Finding("C02", Place(touch.path))


def c03_deleted(touched: Sequence[Touch]) -> Iterator[Finding]:
    """A submitter's change deletes no submission."""
    for touch in touched:
        if touch.deleted and is_submission(touch.path):
            yield Finding("C03", Place(touch.path))


def m05_key(before: Docket, after: Docket, touched: Sequence[Touch]) -> Iterator[Finding]:
    """A contact is sealed to its round's key: when it comes, and when the seal is changed.

    Afterwards nothing is wrong with it: the key may be lost.
    """
    paths = {touch.path for touch in touched}
    for one in after.submissions:
        round_, known = after.rounds.get(one.round), before.rounds.get(one.round)
        if round_ is None or not after.is_whole(round_.path) or one.contact is None:
            continue
        replaced = known is not None and known.seal != round_.seal
        if (replaced or one.path in paths) and is_shut(one.contact.sealed, round_.seal):
            place, also = after.at(one.path, "/contact/sealed"), after.at(round_.path, "/seal")
            yield Finding("M05", place, "key", {"round": round_.title}, (also,))


RULES = (c01_one, c02_own, c03_deleted)
