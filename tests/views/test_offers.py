"""What a municipality may do now, and what its page says of it."""

import html
import re
import shutil
from pathlib import Path

import pytest

from docket.domain.docket import Docket
from docket.rules import check
from docket.views.offers import Offer, Submitted, Waits, offers
from docket.views.round import all_rounds
from support.generated import generated
from support.worlds import docket_of


def _offer(docket: Docket, slug: str) -> Offer:
    found = list(offers(docket, slug, all_rounds(docket, check(docket))))
    return next(one for one in found if one.view.round.slug == "2031-skole")


def _page(root: Path, path: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", "", generated(root)[path])))


@pytest.mark.parametrize(
    ("slug", "kind"),
    [("aarhus", "holds"), ("viborg", "submitted"), ("odder", "free"), ("skive", "free")],
)
def test_kinds(register: Path, slug: str, kind: str) -> None:
    """An agreement keeps from the round, a submission is there to mend, withdrawn ones are not."""
    assert _offer(docket_of(register), slug).kind == kind


def test_waits(register: Path) -> None:
    """A submission in another round that is not decided keeps from this one, and is named."""
    decision = register / "submissions/2030-job/decision.yml"
    decision.unlink()
    offer = _offer(docket_of(register), "odense")
    assert isinstance(offer, Waits)
    assert offer.other.slug == "2030-job"
    assert "har meldt sig til Runde om job" in _page(register, "da/kommuner/odense.md")


def test_unreadable(register: Path) -> None:
    """Whose file cannot be read has submitted, and is to correct it."""
    (register / "submissions/2031-skole/skive.yml").write_text("[", encoding="utf-8")
    offer = _offer(docket_of(register), "skive")
    assert isinstance(offer, Submitted)
    assert offer.refused


def test_as_the_rules_say(register: Path) -> None:
    """What the page refuses, M03 and M04 refuse; what it offers, they let pass."""
    place = register / "submissions/2031-skole"
    text = (place / "viborg.yml").read_text(encoding="utf-8")
    docket = docket_of(register)
    for slug in ("aarhus", "odense", "skive"):
        offered = _offer(docket, slug).kind
        file = place / f"{slug}.yml"
        file.write_text(text.replace("viborg", slug), encoding="utf-8")
        codes = {one.code for one in check(docket_of(register)) if slug in one.place.path}
        assert codes == ({"M03"} if offered == "holds" else set()), slug
        file.unlink()


def test_words(register: Path) -> None:
    """The page says why not, until when, and has the button that fits."""
    page = _page(register, "da/kommuner/aarhus.md")
    assert "har en aftale om beskæftigelse til og med den 31. december 2033" in page
    viborg = html.unescape(generated(register)["da/kommuner/viborg.md"])
    assert "../../meld-interesse/2031-skole/?aendr=viborg" in viborg
    assert "cannot take part" in _page(register, "en/kommuner/aarhus.md")


def test_said_once(register: Path) -> None:
    """What keeps it from two rounds alike stands once, below the names of both."""
    shutil.copytree(register / "submissions/2031-skole", register / "submissions/2031-anden")
    for name in ("odder", "randers", "skive", "viborg"):
        (register / f"submissions/2031-anden/{name}.yml").unlink(missing_ok=True)
    page = generated(register)["da/kommuner/aarhus.md"]
    assert page.count("har en aftale om") == 1
    kept = page[page.index("card--holds") :]
    assert "2031-skole" in kept
    assert "2031-anden" in kept


def test_nothing_open(register: Path) -> None:
    """Where no round is open, the page says so, and there is no button."""
    made = generated(register, "2031-07-01")
    assert "Ingen runde er åben" in made["da/kommuner/skive.md"]
    assert 'class="button"' not in made["da/kommuner/skive.md"]
