"""What follows from dates: deadlines, states, what is in force."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from docket.domain.instants import is_late, moment
from docket.domain.lifecycle import in_force, state, status
from docket.domain.nouns import Decision
from support.worlds import ROOT, docket_of

ZONE = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize(
    ("deadline", "received", "late"),
    [
        ("2022-08-08", "2022-08-08T23:59:59+02:00", False),
        ("2022-08-08", "2022-08-09T00:00:00+02:00", True),
        ("2022-08-08", "2022-08-08T22:00:00Z", True),
        ("2022-03-27", "2022-03-27T23:59:59+02:00", False),
        ("2022-03-27", "2022-03-27T22:00:00Z", True),
        ("2022-10-30", "2022-10-30T22:59:59Z", False),
        ("2022-10-30", "2022-10-30T23:00:00Z", True),
        ("2022-08-08T12:00:00+02:00", "2022-08-08T10:00:00Z", False),
        ("2022-08-08T12:00:00+02:00", "2022-08-08T10:00:01Z", True),
    ],
)
def test_deadline(deadline: str, received: str, late: bool) -> None:  # noqa: FBT001
    """A day ends when the next begins in the organiser's zone; an instant is met at itself."""
    assert is_late(datetime.fromisoformat(received), moment(deadline), ZONE) is late


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2022-08-05", "open"),
        ("2022-08-08T23:59:59+02:00", "open"),
        ("2022-08-09", "closed"),
        ("2022-09-08", "closed"),
        ("2022-09-09", "decided"),
        ("2023-08-30T23:59:59+02:00", "decided"),
        ("2023-08-31", "stopped"),
        ("2027-01-01", "stopped"),
    ],
)
def test_employment_round(at: str, expected: str) -> None:
    """The round on employment goes through its states on its real dates."""
    docket = docket_of(ROOT, at)
    assert state(docket, docket.rounds["2022-beskaeftigelse"]) == expected


def test_other_rounds() -> None:
    """The others: ended, announced, and open for practice."""
    docket = docket_of(ROOT, "2026-11-23")
    states = {slug: state(docket, round_) for slug, round_ in docket.rounds.items()}
    assert states["2020-foerste-runde"] == "ended"
    assert states["2022-dagtilbud-folkeskole-aeldre"] == "announced"
    assert states["proeve"] == "open"


def test_in_force() -> None:
    """A designation is in force from its day to the last day named."""
    decision = Decision("r", "p", date(2030, 3, 1), (), until=date(2030, 3, 2))
    times = ["2030-02-28T23:59", "2030-03-01T00:00", "2030-03-02T23:59", "2030-03-03T00:00"]
    instants = [datetime.fromisoformat(time).replace(tzinfo=ZONE) for time in times]
    assert [in_force(decision, at, ZONE) for at in instants] == [False, True, True, False]


def test_status(register: Path) -> None:
    """A submission's status follows its council, its withdrawal and the decision."""
    docket = docket_of(register)
    found = {one.path.split("/", 1)[1]: status(docket, one) for one in docket.submissions}
    assert found == {
        "2030-job/aarhus.yml": "designated",
        "2030-job/odense.yml": "passed-over",
        "2031-skole/odder.yml": "withdrawn",
        "2031-skole/viborg.yml": "received",
    }
    then = docket._replace(now=datetime(2030, 2, 10, tzinfo=ZONE))
    aarhus = next(one for one in then.submissions if one.municipality == "aarhus")
    assert status(then, aarhus) == "approved"
