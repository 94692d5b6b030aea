"""The rules: each a function whose docstring states it, from a docket to its findings.

To add one: write the generator, put its name into RULES, its words into
text/rules.toml, and a folder with a case into tests/cases.
"""

from collections.abc import Callable, Iterator

from docket.domain.docket import Docket
from docket.domain.nouns import Finding
from docket.rules import decisions, municipalities, rounds, times

Rule = Callable[[Docket], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    rounds.p01_name,
    rounds.f06_no_round,
    rounds.r01_opening,
    rounds.r02_after,
    municipalities.m01_wishes,
    municipalities.m02_offered,
    municipalities.m03_holds,
    municipalities.m04_elsewhere,
    municipalities.m05_sealed,
    times.t01_late,
    times.t02_early,
    times.t03_locked,
    times.t04_unknown,
    times.t05_future,
    decisions.d01_seats,
    decisions.d02_unasked,
    decisions.d03_before_deadline,
    decisions.d04_order,
    decisions.d05_wish,
    decisions.d06_twice,
    decisions.d07_refused,
)

OF_DAYS = frozenset(
    {
        rounds.r01_opening,
        municipalities.m03_holds,
        municipalities.m04_elsewhere,
        times.t01_late,
        times.t02_early,
        times.t03_locked,
        times.t05_future,
        decisions.d02_unasked,
        decisions.d03_before_deadline,
        decisions.d06_twice,
        decisions.d07_refused,
    }
)
"""What cannot be judged where nobody knows when a day begins."""


def check(docket: Docket) -> tuple[Finding, ...]:
    """Everything that is wrong, in the order of files and lines; each thing once."""
    found = [finding for findings in docket.refused.values() for finding in findings]
    rules = [rule for rule in RULES if docket.organiser.has_zone or rule not in OF_DAYS]
    found += [finding for rule in rules for finding in rule(docket)]
    return tuple(sorted(found, key=lambda one: (one.place, one.code, one.variant)))
