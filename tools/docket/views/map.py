"""Where things lie in the drawings: the tile map and the curve of arrivals, in whole units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from docket.domain.docket import Docket
from docket.domain.instants import Moment, day_of
from docket.domain.nouns import Municipality
from docket.views.figures import Arrival
from docket.views.round import RoundView

STEP, TOP = 48, 4
"""From one tile to the next, and the room above the first."""
NARROWEST = 8
WIDTH, HEIGHT = 640, 200
"""The curve of arrivals."""

SILENT = "none"
"""Where a municipality stands that has nothing to do with the round."""


class Anchor(StrEnum):
    """Where a tile's label lies, so that it stays within the map: it begins, is centred or ends."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality on the map, with where it stands: a status, REFUSED or SILENT."""

    municipality: Municipality
    x: int
    y: int
    status: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Map:
    """A tile map: tiles from north to south, and the lines between regions as SVG paths."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    borders: str


def tile_map(docket: Docket, view: RoundView) -> Map | None:
    """The map of a round; None where the register gives no tiles."""
    return land(docket, view.stands)


def land(docket: Docket, stands: Mapping[str, str] = MappingProxyType({})) -> Map | None:
    """The country with where each municipality stands; None where the register gives no tiles."""
    placed = {one.tile: one for one in docket.register.values() if one.tile}
    if not placed:
        return None
    columns = max(max(column for column, _ in placed) + 1, NARROWEST)
    rows = max(row for _, row in placed) + 1
    tiles = tuple(
        Tile(
            placed[column, row],
            column * STEP,
            TOP + row * STEP,
            stands.get(placed[column, row].slug, SILENT),
            tuple(Anchor)[min(3 * column // columns, 2)],
        )
        for column, row in sorted(placed, key=lambda cell: (cell[1], cell[0]))
    )
    regions = {cell: one.region for cell, one in placed.items()}
    return Map(columns * STEP, TOP + rows * STEP, tiles, "".join(_borders(regions)))


def _borders(regions: dict[tuple[int, int], str]) -> Iterator[str]:
    """A line wherever two tiles of different regions touch."""
    for (column, row), region in sorted(regions.items()):
        x, y = column * STEP, TOP + row * STEP
        if regions.get((column + 1, row), region) != region:
            yield f"M{x + STEP} {y}v{STEP}"
        if regions.get((column, row + 1), region) != region:
            yield f"M{x} {y + STEP}h{STEP}"


@dataclass(frozen=True, slots=True)
class Curve:
    """Arrivals over time: the line as an SVG path, and where the deadline lies (None: nowhere)."""

    line: str
    area: str
    deadline: int | None
    first: date
    last: date
    top: int


def curve(docket: Docket, view: RoundView, arrivals: Sequence[Arrival]) -> Curve | None:
    """The curve of a round's arrivals; None where there are too few to draw."""
    if len(arrivals) < 2:  # noqa: PLR2004 - one is no curve
        return None
    zone = docket.organiser.zone

    def ends(moment: Moment | None) -> list[date]:
        return [day_of(moment, zone)] if moment else []

    opens, deadline = ends(view.round.opens), ends(view.round.deadline)
    first = min([arrivals[0].day, *opens])
    last = max([arrivals[-1].day, *deadline]) + timedelta(days=1)
    top = arrivals[-1].total

    def across(day: date, half: int = 0) -> int:
        return (2 * (day - first).days + half) * WIDTH // (2 * (last - first).days)

    def up(total: int) -> int:
        return HEIGHT - total * HEIGHT // top

    steps = "".join(f"H{across(one.day, 1)}V{up(one.total)}" for one in arrivals)
    today = min(day_of(docket.now, zone) + timedelta(days=1), last)
    end = max(across(today), across(arrivals[-1].day, 1))
    line = f"M0 {HEIGHT}{steps}H{end}"
    return Curve(
        line=line,
        area=f"{line}V{HEIGHT}Z",
        deadline=across(deadline[0] + timedelta(days=1)) if deadline else None,
        first=first,
        last=last - timedelta(days=1),
        top=top,
    )
