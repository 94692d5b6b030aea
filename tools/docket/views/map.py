"""Where things lie in the drawings: the tile map and the curve of arrivals, in whole units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
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


UNKNOWN = "unknown"
"""The same in a round whose answers are not kept here: nobody knows."""
NARROW = frozenset("fijlrt")
"""Letters half as wide as others in the name of a region."""
INDENT = 4
"""Where such a name begins in its first free tile."""
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality on the map, with where it stands: a status, REFUSED, SILENT or UNKNOWN."""

    municipality: Municipality
    x: int
    y: int
    status: str


@dataclass(frozen=True, slots=True)
class Half:
    """The west or the east of a map, which a phone puts below each other.

    `borders` are the lines between regions as an SVG path; `names` are those of the regions, each
    with where it begins.
    """

    x: int
    width: int
    tiles: tuple[Tile, ...]
    borders: str
    names: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A tile map: tiles from north to south, all and by halves."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    halves: tuple[Half, ...]


def tile_map(docket: Docket, view: RoundView) -> Map | None:
    """The map of a round; None where the register gives no tiles."""
    return land(docket, view.stands, SILENT if view.round.register else UNKNOWN)


def land(
    docket: Docket, stands: Mapping[str, str] = MappingProxyType({}), others: str = SILENT
) -> Map | None:
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
            stands.get(placed[column, row].slug, others),
        )
        for column, row in sorted(placed, key=lambda cell: (cell[1], cell[0]))
    )
    regions = {cell: one.region for cell, one in placed.items()}
    middle = -(-columns // 2) if columns > NARROWEST else columns
    parts = [range(middle), range(middle, columns)] if columns > middle else [range(columns)]
    halves = tuple(_half(part, rows, tiles, regions) for part in parts)
    return Map(columns * STEP, TOP + rows * STEP, tiles, halves)


def _half(part: range, rows: int, tiles: Sequence[Tile], regions: Mapping[Cell, str]) -> Half:
    borders, names = _regions(part, rows, tuple(regions.items()))
    return Half(
        x=part.start * STEP,
        width=len(part) * STEP,
        tiles=tuple(one for one in tiles if one.x // STEP in part),
        borders=borders,
        names=names,
    )


@lru_cache(4)  # every round has the same
def _regions(
    part: range, rows: int, placed: tuple[tuple[Cell, str], ...]
) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """The borders and the names of the regions in a half."""
    regions = dict(placed)
    return "".join(_borders(part, regions)), tuple(_names(part, rows, regions))


def _borders(part: range, regions: Mapping[Cell, str]) -> Iterator[str]:
    """A line wherever two tiles of different regions touch."""
    for (column, row), region in sorted(regions.items()):
        x, y = column * STEP, TOP + row * STEP
        if column in part and regions.get((column + 1, row), region) != region:
            yield f"M{x + STEP} {y}v{STEP}"
        if column in part and regions.get((column, row + 1), region) != region:
            yield f"M{x} {y + STEP}h{STEP}"


def _names(part: range, rows: int, regions: Mapping[Cell, str]) -> Iterator[tuple[str, int, int]]:
    """The name of each region that lies mostly in `part`, where there is room beside its tiles."""
    taken = set(regions)
    for region in sorted(filter(None, set(regions.values()))):
        own = [cell for cell, name in regions.items() if name == region]
        if 2 * sum(column in part for column, _ in own) <= len(own):
            continue
        cells = -(-(INDENT + _length(region)) // STEP)
        free = [
            run
            for row in range(rows)
            for column in part[: max(len(part) - cells + 1, 0)]
            if not taken.intersection(run := [(column + at, row) for at in range(cells)])
        ]
        best = max(free, key=lambda run: _nearness(run, region, regions), default=None)
        if best:
            taken.update(best)
            column, row = best[0]
            yield region, column * STEP + INDENT, TOP + row * STEP + STEP // 2 + 6


def _length(name: str) -> int:
    """How long a name is on the map, in the widest of the fonts that it may be written in."""
    return sum(5 if letter in NARROW else 10 for letter in name)


def _nearness(run: Sequence[Cell], region: str, regions: Mapping[Cell, str]) -> float:
    """How well a name reads as that of its region: tiles beside it are its own, and near."""
    beside = [
        regions.get((column + right, row + down))
        for column, row in run
        for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    touching = sum(1 if name == region else -3 for name in beside if name)
    own = [cell for cell, name in regions.items() if name == region]
    column, row = run[len(run) // 2]
    near = min(abs(column - at) + abs(row - down) for at, down in own)
    return touching - 2 * near


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
