"""The map and the curve: where things lie, for any register."""

from datetime import datetime
from pathlib import Path

from docket.domain.docket import Docket
from docket.domain.states import Status
from docket.rules import check
from docket.site.pages.rounds import ORDER
from docket.text.catalogue import say
from docket.views.figures import figures
from docket.views.map import STEP, UNKNOWN, Map, curve, tile_map
from docket.views.round import REFUSED, RoundView, round_view
from support.crowd import WINTER, crowd, names
from support.worlds import docket_of


def _view(docket: Docket, slug: str = "2031-skole") -> RoundView:
    return round_view(docket, docket.rounds[slug], check(docket))


def _map(docket: Docket, slug: str = "2031-skole") -> Map:
    found = tile_map(docket, _view(docket, slug))
    assert found
    return found


def test_every_municipality_once(register: Path) -> None:
    """Each municipality has one tile, no two share a place, and all lie within the map."""
    drawn = _map(docket_of(register))
    assert sorted(tile.municipality.slug for tile in drawn.tiles) == names()
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == 98
    assert all(tile.x + STEP <= drawn.width for tile in drawn.tiles)
    assert all(tile.y + STEP <= drawn.height for tile in drawn.tiles)


def test_order_is_from_north_to_south(register: Path) -> None:
    """Keys reach the tiles row by row: north first, and in a row west first."""
    places = [(tile.y, tile.x) for tile in _map(docket_of(register)).tiles]
    assert places == sorted(places)


def test_states(register: Path) -> None:
    """A tile shows where its municipality stands, also one whose file cannot be read."""
    (register / "submissions/2031-skole/skive.yml").write_text("[", encoding="utf-8")
    docket = docket_of(register)
    stands = {tile.municipality.slug: tile.status for tile in _map(docket).tiles}
    told = {slug: status for slug, status in stands.items() if status != "none"}
    assert told == {"odder": "withdrawn", "viborg": "received", "skive": "refused"}
    job = {tile.municipality.slug: tile.status for tile in _map(docket, "2030-job").tiles}
    assert (job["aarhus"], job["odense"], job["viborg"]) == ("designated", "passed-over", "none")


def test_every_state_has_a_mark_of_its_own() -> None:
    """Colour is never alone: no two states share a mark."""
    assert set(ORDER) == {*Status, REFUSED}
    marks = [say(f"round.map.mark.{status}", "da") for status in (*ORDER, UNKNOWN)]
    assert len({*filter(None, marks)}) == len(ORDER) + 1


def test_every_tile_has_letters_of_its_own(register: Path) -> None:
    """No two municipalities share the letters on their tiles, and a region is named once."""
    drawn = _map(docket_of(register))
    assert len({one.municipality.abbr for one in drawn.tiles}) == 98
    names = [name for half in drawn.halves for name, _, _ in half.names]
    assert sorted(names) == ["Hovedstaden", "Midtjylland", "Nordjylland", "Sjælland", "Syddanmark"]


def test_any_register(register: Path) -> None:
    """A register without tiles has no map; one with few or scattered tiles has one of its own."""
    docket = docket_of(register)
    none = {slug: one._replace(tile=None) for slug, one in docket.register.items()}
    assert tile_map(docket._replace(register=none), _view(docket)) is None
    some = {**none, "viborg": none["viborg"]._replace(tile=(20, 30))}
    (tile,) = _map(docket._replace(register=some)).tiles
    assert tile.municipality.slug == "viborg"


def test_curve(register: Path) -> None:
    """The curve rises to the top with the last arrival, and the deadline lies within."""
    crowd(register, "2031-mange", names()[:40], datetime(2031, 2, 1, tzinfo=WINTER), 40)
    docket = docket_of(register)
    view = _view(docket, "2031-mange")
    told = figures(docket, view)
    assert told.arrivals[-1].total == told.count == sum(one.count for one in told.arrivals)
    drawn = curve(docket, view, told.arrivals)
    assert drawn
    assert drawn.top == told.count
    assert drawn.deadline == 640
    assert "V0" in drawn.line
    assert curve(docket, view, told.arrivals[:1]) is None
