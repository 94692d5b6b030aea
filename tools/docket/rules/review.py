"""What a proposed change would do: what is new that is wrong, and whether it may go in."""

from collections.abc import Sequence
from dataclasses import dataclass

from docket.domain.docket import Docket
from docket.domain.nouns import Finding, Submission, Touch
from docket.domain.paths import is_submission
from docket.domain.states import Party
from docket.rules import changes, check


@dataclass(frozen=True)
class Review:
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
    new = [finding for finding in check(after) if _key(finding) not in known]
    new += changes.m05_key(before, after, touched)
    if by == Party.SUBMITTER:
        new += [finding for rule in changes.RULES for finding in rule(touched)]
    new.sort(key=lambda one: (one.place, one.code, one.variant))
    return Review(
        before=before,
        docket=after,
        touched=tuple(touched),
        findings=tuple(new),
        crossed=tuple(crossed),
        by=by,
    )


def _key(finding: Finding) -> tuple[str, str, str]:
    return (finding.code, finding.place.path, finding.place.pointer)
