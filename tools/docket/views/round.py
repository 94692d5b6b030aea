"""What the pages tell, as values: one round, one municipality, all rounds."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from docket.domain.arrival import arrival, standing
from docket.domain.docket import Docket
from docket.domain.instants import Day, day_of, in_effect
from docket.domain.lifecycle import is_called_off, state, status
from docket.domain.nouns import (
    Decision,
    Designation,
    Finding,
    Municipality,
    Round,
    Submission,
    Version,
)
from docket.domain.paths import folder_of, parse
from docket.domain.spelling import danish
from docket.domain.states import RoundState, Status

ORDER = (
    RoundState.OPEN,
    RoundState.CLOSED,
    RoundState.ANNOUNCED,
    RoundState.DECIDED,
    RoundState.STOPPED,
    RoundState.ENDED,
)
"""The states as readers look for them."""
ENDED = (Status.WITHDRAWN, Status.REJECTED)


REFUSED = "refused"
"""Where a municipality stands whose file cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One submission as the round's table shows it.

    `arrival` is the version with which it was received, None until there is evidence; `latest`
    the one that is shown.
    """

    submission: Submission
    municipality: Municipality
    arrival: Version | None
    latest: Version | None
    status: Status
    refused: bool

    @property
    def received(self) -> datetime | None:
        """When it was received, None until there is evidence."""
        return self.arrival.received if self.arrival else None


@dataclass(frozen=True)
class RoundView:
    """One round at `docket.now`. `decision` is None until its day has come.

    `unread` are the municipalities whose file is there, but cannot be read.
    """

    round: Round
    state: RoundState
    rows: tuple[Row, ...]
    decision: Decision | None
    findings: tuple[Finding, ...]
    days_left: int | None
    unread: frozenset[str] = frozenset()

    @property
    def designated(self) -> tuple[Designation, ...]:
        """Who is designated by now."""
        return self.decision.designated if self.decision else ()

    @property
    def decided(self) -> Day | None:
        """The day of the decision; None where there is none, also in a round called off."""
        decision = self.decision
        return decision.decided if decision and not is_called_off(decision) else None

    @property
    def until(self) -> Day | None:
        """The last day in force, for those whose own designation does not end before."""
        return self.decision.until if self.decision else None

    @cached_property
    def live(self) -> tuple[Row, ...]:
        """The rows that count: neither withdrawn nor refused by a council."""
        return tuple(row for row in self.rows if row.status not in ENDED)

    @cached_property
    def refused(self) -> Mapping[str, bool]:
        """The municipalities with a live submission, or a file: whether it is to be corrected."""
        found = dict.fromkeys(self.unread, True)
        for row in self.live:
            slug = row.municipality.slug
            found[slug] = row.refused or found.get(slug, False)
        return found

    @property
    def count(self) -> int | None:
        """How many municipalities have a live submission; None where it is not known."""
        if self.round.register:
            live = {row.municipality.slug for row in self.live}
            return len(live) if live or self.state != RoundState.ANNOUNCED else None
        over = self.state not in (RoundState.ANNOUNCED, RoundState.OPEN)
        return self.round.received.answered if over and self.round.received else None

    @cached_property
    def stands(self) -> Mapping[str, str]:
        """Where each municipality stands that has anything to do with the round.

        A status, or REFUSED.
        """
        rows = sorted(self.rows, key=lambda row: row.status not in ENDED)
        return {
            **dict.fromkeys(self.unread, REFUSED),
            **{row.municipality.slug: row.status for row in rows},
            **{one.municipality: Status.DESIGNATED for one in self.designated},
        }

    @property
    def is_open(self) -> bool:
        """Whether one can answer now, here or by a letter to its receiver."""
        return self.state == RoundState.OPEN

    @property
    def is_unknown(self) -> bool:
        """Whether nobody here knows what became of the round: announced, and not kept here."""
        return self.state == RoundState.ANNOUNCED and not self.round.register

    @property
    def takes_submissions(self) -> bool:
        """Whether one can submit here now."""
        return self.is_open and self.round.register


def round_view(docket: Docket, round_: Round, findings: Sequence[Finding]) -> RoundView:
    """One round with its findings."""
    folder = folder_of(round_.slug)
    own = tuple(finding for finding in findings if finding.place.path.startswith(folder))
    bad = {finding.place.path for finding in own}
    rows = [
        Row(
            submission=entry,
            municipality=docket.register[entry.municipality],
            arrival=arrival(docket, entry),
            latest=standing(docket, entry),
            status=status(docket, entry),
            refused=entry.path in bad,
        )
        for entry in docket.submissions
        if entry.round == round_.slug
    ]
    rows.sort(key=lambda row: (danish(row.municipality.name), row.submission.path))
    return RoundView(
        round=round_,
        state=state(docket, round_),
        rows=tuple(rows),
        decision=known_decision(docket, round_.slug),
        findings=own,
        days_left=_days(docket, round_),
        unread=frozenset(_unread(docket, bad - {row.submission.path for row in rows})),
    )


def all_rounds(docket: Docket, findings: Sequence[Finding]) -> tuple[RoundView, ...]:
    """Every round: what is open first, the nearest deadline first; then what is to come.

    What nobody knows the end of comes last; rehearsals come after the real ones.
    """
    views = [round_view(docket, round_, findings) for round_ in docket.rounds.values()]
    views.sort(key=lambda view: view.round.slug, reverse=True)
    return tuple(sorted(views, key=_urgency))


def _urgency(view: RoundView) -> tuple[bool, bool, int, float]:
    left = view.days_left if view.is_open and view.days_left is not None else math.inf
    return (view.round.rehearsal, view.is_unknown, ORDER.index(view.state), left)


def known_decision(docket: Docket, slug: str) -> Decision | None:
    """The decision of a round, if its day has come."""
    decision = docket.decisions.get(slug)
    known = decision and in_effect(decision.decided, docket.now, docket.organiser.zone)
    return decision if known else None


def is_stopped(docket: Docket, decision: Decision) -> bool:
    """Whether a decision has been stopped by now."""
    stop = decision.stopped
    return stop is not None and in_effect(stop.date, docket.now, docket.organiser.zone)


def _unread(docket: Docket, paths: Iterable[str]) -> Iterator[str]:
    """The municipalities whose files, by their names, lie at `paths`."""
    names = {place.slug for path in paths if (place := parse(path))}
    yield from names & docket.register.keys()


def _days(docket: Docket, round_: Round) -> int | None:
    """Whole days from today to the deadline's day; None where there is none or it has passed."""
    if round_.deadline is None:
        return None
    zone = docket.organiser.zone
    left = (day_of(round_.deadline, zone) - day_of(docket.now, zone)).days
    return left if left >= 0 else None
