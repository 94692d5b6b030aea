"""What the office's acts share: shown first, checked, and written when it is asked for again."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from docket.acts.plan import Act, carry_out
from docket.domain.instants import Moment
from docket.loading.written import dated
from docket.server.office_arrival import time_of
from docket.server.office_visit import Landed, Reply, Visit
from docket.text.errors import CommandError, trouble_of
from docket.text.messages import message

KEEP = "keep"
"""What the button that writes says; all others only show."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An act that is not written: what it would mean, and what keeps it from being written.

    `errors` are what is wrong by the pointer of its place in the file that is written.
    """

    act: Act | None = None
    preview: str = ""
    wrong: tuple[str, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    moved: tuple[Landed, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be written."""
        return self.act is not None and not self.wrong

    @property
    def seen(self) -> str:
        """What the form sends back, so that nothing is written which was not shown."""
        return mark(self.act.plan.files) if self.act and self.ready else ""

    @property
    def status(self) -> int:
        """How HTTP says it."""
        if self.moved:
            return 409
        return 422 if self.problem or self.wrong else 200


def attempt(visit: Visit, make: Callable[[], Act], back: str, path: str = "") -> Reply | Shown:
    """Show what `make` plans; where it is asked for, right and was shown, write it and go `back`.

    `path` is the file that it is about, if that was there for the form to show.
    """
    keeps = visit.sent.of("do") == KEEP
    try:
        if keeps and path and (moved := visit.moved([path])):
            return Shown(moved=moved)
        act = make()
        shown = _shown(visit, act)
        if shown.wrong or not keeps:
            return shown
        if moved := visit.moved(act.plan.files, act.plan.base):
            return Shown(act, shown.preview, moved=moved)
        if act.plan.stands or visit.sent.of("seen") != shown.seen:
            key = "terminal.act.stands" if act.plan.stands else "office.act.unseen"
            return replace(shown, problem=visit.say(key))
        return visit.to(back, carry_out(visit.store, act.plan, act.record(visit.lang)))
    except (CommandError, OSError) as error:
        return Shown(problem=trouble_of(error).of(visit.lang))


def mark(files: Mapping[str, bytes]) -> str:
    """Tells files that would be written from all others."""
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()


def _shown(visit: Visit, act: Act) -> Shown:
    findings = act.plan.found.findings
    told = [(one, message(one, visit.docket.organiser, visit.lang)) for one in findings]
    return Shown(
        act,
        act.preview(visit.lang),
        tuple(dict.fromkeys(text for _, text in told)),
        {one.place.pointer: text for one, text in told if one.place.path in act.plan.files},
    )


def day_said(visit: Visit, name: str) -> date | None:
    """The date in a field, None where it is empty. Raises `CommandError`."""
    text = dated(visit.sent.of(name), visit.docket.organiser.languages)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError("office.act.day") from None


def moment_said(visit: Visit, name: str) -> str:
    """A date, or with a time beside it an instant, as a file has it. Raises `CommandError`."""
    day, hour = day_said(visit, name), visit.sent.of(f"{name}-time")
    if day is None:
        return ""
    if not hour:
        return day.isoformat()
    return time_of(f"{day.isoformat()}T{hour}", visit.docket.organiser.zone).isoformat()


def fields_of(visit: Visit, name: str, moment: Moment | None) -> dict[str, str]:
    """A date and its time as the browser's fields have them."""
    if not isinstance(moment, datetime):
        return {name: moment.isoformat() if moment else "", f"{name}-time": ""}
    local = moment.astimezone(visit.docket.organiser.zone)
    hour = local.time().isoformat("seconds" if local.second else "minutes")
    return {name: local.date().isoformat(), f"{name}-time": hour}
