"""Rules of a change that somebody proposes: what a submitter may touch."""

from collections.abc import Iterator, Sequence

from docket.domain.nouns import Finding, Place, Touch
from docket.domain.paths import is_submission


def c01_one(touched: Sequence[Touch]) -> Iterator[Finding]:
    """A submitter's change touches only one submission."""
    paths = [touch.path for touch in touched if is_submission(touch.path)]
    for path in paths[1:]:
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


RULES = (c01_one, c02_own, c03_deleted)
