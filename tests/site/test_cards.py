"""The card that is shown where a round's address is shared."""

import re
import struct
import zlib
from collections import Counter
from pathlib import Path

from docket.domain.docket import Docket
from docket.rules import check
from docket.site.generated import shared
from docket.site.pages.cards import AMBER, HEIGHT, LIT, PALETTE, STRIP, WIDTH, has_card
from docket.views.round import RoundView, round_view
from support.worlds import docket_of


def _pixels(card: bytes) -> bytes:
    """The places in the palette, row by row."""
    assert struct.unpack(">II", card[16:24]) == (WIDTH, HEIGHT) == (1200, 630)
    at = card.index(b"IDAT")
    plain = zlib.decompress(card[at + 4 :])
    rows = [plain[start : start + WIDTH + 1] for start in range(0, len(plain), WIDTH + 1)]
    return b"".join(row[1:] for row in rows)


def _view(docket: Docket, slug: str) -> RoundView:
    return round_view(docket, docket.rounds[slug], check(docket))


def test_tells_who_takes_part(register: Path) -> None:
    """Each round has a card in each language, with a tile lit for each that takes part."""
    docket = docket_of(register)
    made = shared(docket, check(docket))
    assert {path.rpartition("/")[2] for path in made} == {
        f"billede-{slug}.png" for slug in docket.rounds
    }
    assert len(made) == 2 * len(docket.rounds)
    for slug in ("2030-job", "2031-skole"):
        view = _view(docket, slug)
        colours = Counter(_pixels(made[f"da/data/billede-{slug}.png"]))
        designated = {one.municipality for one in view.designated}
        others = {row.municipality.slug for row in view.live} - designated
        tile = colours[LIT] // len(others)
        assert colours[LIT] == tile * len(others)
        assert colours[AMBER] == STRIP * WIDTH + tile * len(designated)
        assert max(colours) < len(PALETTE)


def test_two_languages_two_cards(register: Path) -> None:
    """The words are the reader's, and the same register gives the same bytes."""
    docket = docket_of(register)
    made = shared(docket, check(docket))
    assert made["da/data/billede-2031-skole.png"] != made["en/data/billede-2031-skole.png"]
    assert made == shared(docket, check(docket))


def test_other_letters_have_none(register: Path) -> None:
    """A title in letters that are not there has no card: the one of the site stands for it."""
    call = register / "submissions/2031-skole/round.yml"
    text = call.read_text("utf-8")
    call.write_text(re.sub("da: [^,]*", "da: Школа", text, count=1), encoding="utf-8")
    docket = docket_of(register)
    assert docket.rounds["2031-skole"].title["da"] == "Школа"
    assert not has_card(docket, _view(docket, "2031-skole"), "da")
    assert "da/data/billede-2031-skole.png" not in shared(docket, check(docket))


def test_a_long_title_stays_on_it(register: Path) -> None:
    """However long a title or a word of it is, the card keeps its size."""
    call = register / "submissions/2031-skole/round.yml"
    text = call.read_text("utf-8")
    title = "W" * 90 + " ord" * 12
    call.write_text(re.sub("da: [^,]*", f"da: {title}", text, count=1), encoding="utf-8")
    docket = docket_of(register)
    pixels = _pixels(shared(docket, check(docket))["da/data/billede-2031-skole.png"])
    assert len(pixels) == WIDTH * HEIGHT


def test_the_page_names_its_card(public: Path) -> None:
    """A round's page names its own card, which is there; every other page that of the site."""
    for page in public.rglob("*.html"):
        text = page.read_text("utf-8")
        for lang, name in re.findall(
            r'og:image" content="https://docket.example/(en/)?([^"]*)"', text
        ):
            own = page.parent.parent.name == "runder"
            assert (public / lang / name).is_file(), page
            assert own == name.startswith("data/billede-"), page
