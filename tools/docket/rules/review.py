"""What a proposed change would do: what is new that is wrong, and whether it may go in."""

from collections.abc import Sequence
from typing import NamedTuple

from docket.domain.docket import Docket
from docket.domain.nouns import Finding, Submission
from docket.domain.paths import Touch, is_submission
from docket.domain.states import Party
from docket.rules import changes, check


class Review(NamedTuple):
    """The docket as it was and as it would be, what is touched, and what is new that is wrong.

    `crossed` are files that were changed on the branch since the change began. `continues`:
    it is shown that whoever sent the submission that is there sent this one too.
    """

    before: Docket
    docket: Docket
    touched: tuple[Touch, ...]
    findings: tuple[Finding, ...]
    crossed: tuple[str, ...]
    by: Party
    continues: bool = False

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """The submissions that the change touches."""
        paths = {touch.path for touch in self.touched}
        return tuple(one for one in self.docket.submissions if one.path in paths)

    @property
    def is_sound(self) -> bool:
        """Whether it is one submission by a submitter with nothing wrong."""
        one = len(self.touched) == 1 and is_submission(self.touched[0].path)
        return self.by == Party.SUBMITTER and one and not self.findings and not self.crossed


def review(
    before: Docket, after: Docket, touched: Sequence[Touch], crossed: Sequence[str], by: Party
) -> Review:
    """The findings that `before` does not have; for a submitter, what it may not touch."""
    known = {_key(finding) for finding in check(before)}
    paths = {touch.path for touch in touched}
    new = [_aimed(one, after, paths) for one in check(after) if _key(one) not in known]
    new += changes.m05_key(before, after, touched)
    if by == Party.SUBMITTER:
        new += changes.c01_one(touched)
        new += changes.c02_own(after, touched)
        new += changes.c03_deleted(touched)
    new.sort(key=lambda one: (one.place, one.code, one.variant))
    return Review(
        before=before,
        docket=after,
        touched=tuple(touched),
        findings=tuple(new),
        crossed=tuple(crossed),
        by=by,
    )


def _aimed(finding: Finding, docket: Docket, touched: set[str]) -> Finding:
    """A finding between two files, told of the one that the change touches."""
    place, other = finding.place, finding.also[0] if finding.also else None
    if finding.code != "M04" or place.path in touched or not other or other.path not in touched:
        return finding
    round_ = next(one.round for one in docket.submissions if one.path == place.path)
    facts = {**finding.facts, "round": docket.rounds[round_].title, "path": place.path}
    return finding._replace(place=other, also=(place,), facts=facts)


def _key(finding: Finding) -> tuple[str, str, str]:
    return (finding.code, finding.place.path, finding.place.pointer)
