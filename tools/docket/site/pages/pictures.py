"""The drawings of a round to take along: SVG that stands alone, whatever it is put into."""

from collections import Counter
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import NamedTuple

from docket.domain.licences import name_of
from docket.domain.states import Status
from docket.site.pages.page import Site, make, publisher
from docket.text.catalogue import say
from docket.text.l10n import write_moment
from docket.views import sentences
from docket.views.figures import figures
from docket.views.map import HEIGHT, SILENT, UNKNOWN, WIDTH, curve, tile_map
from docket.views.round import REFUSED, RoundView

MARGIN, GAP, ROW = 24, 16, 30
"""Around the drawing, between its parts, and the height of a line of the legend."""
LETTER, SMALL = 13, 8
"""The width of a letter of the title, and of what stands below it, on average."""
COLOURS = {"ink": "#16252b", "quiet": "#4a5a62", "paper": "#ffffff"}


class Face(NamedTuple):
    """The colours of a tile: its ground, the line around it, the mark on it."""

    fill: str
    line: str
    ink: str


FACES: Mapping[str, Face] = {
    Status.DESIGNATED: Face("#0d4a57", "#0d4a57", "#ffffff"),
    Status.APPROVED: Face("#0d4a57", "#0d4a57", "#ffffff"),
    Status.RECEIVED: Face("#bfdfe5", "#61737b", "#0b3640"),
    Status.PASSED_OVER: Face("#bfdfe5", "#61737b", "#0b3640"),
    Status.REJECTED: Face("#fbe6e4", "#9c2525", "#9c2525"),
    Status.WITHDRAWN: Face("#ffffff", "#61737b", "#16252b"),
    REFUSED: Face("#fbe6e4", "#9c2525", "#9c2525"),
    SILENT: Face("#e9eff0", "#61737b", "#4a5a62"),
    UNKNOWN: Face("#e9eff0", "#61737b", "#4a5a62"),
}


def pictures(site: Site, lang: str) -> Iterator[tuple[str, str]]:
    """The files below /data/: of each round the map and the curve, where it has them."""
    for view in site.rounds:
        slug = view.round.slug
        if land := tile_map(site.docket, view):
            counts = Counter(tile.status for tile in land.tiles)
            legend = [(status, counts[status]) for status in FACES if counts[status]]
            size = (land.width, land.height + GAP + ROW * len(legend))
            drawn = {"map": land, "legend": legend, **_frame(site, view, lang, size)}
            yield f"{lang}/data/kort-{slug}.svg", make(site, lang, "picture_map.svg", 1, drawn)
        if line := curve(site.docket, view, figures(site.docket, view).arrivals):
            drawn = {"curve": line, **_frame(site, view, lang, (WIDTH + 80, HEIGHT + 74))}
            yield f"{lang}/data/kurve-{slug}.svg", make(site, lang, "picture_curve.svg", 1, drawn)


def _frame(site: Site, view: RoundView, lang: str, size: tuple[int, int]) -> dict[str, object]:
    """What stands around a drawing of `size`: width and height."""
    docket, organiser = site.docket, site.docket.organiser
    width, title = size[0] + 2 * MARGIN, view.round.title.of(lang)
    lines = wrap(title, size[0] // LETTER)
    when = write_moment(docket.now, lang, organiser.zone)
    known = "answered" if view.count is not None else "as_of"
    facts = {"count": view.count, "all": len(docket.register), "when": when}
    said = wrap(say(f"data.drawing.{known}", lang, organiser, **facts), size[0] // SMALL)
    if docket.past:
        said += wrap(sentences.past(docket, lang), size[0] // SMALL)
    named = {"source": publisher(docket, lang), "licence": name_of(organiser.licence)}
    top = MARGIN + GAP + 30 * len(lines) + 22 * len(said)

    def words_of(status: str) -> str:
        if status in (SILENT, UNKNOWN):
            answer = "not_answered" if status == SILENT else "not_designated"
            return say(f"round.map.{answer}", lang, organiser)
        if status == Status.RECEIVED:
            return say("round.status.received", lang, organiser)
        return say("round.refused" if status == REFUSED else f"words.status.{status}", lang)

    return {
        "title": title,
        "lines": lines,
        "said": said,
        "source": say("data.drawing.source", lang, **named),
        "width": width,
        "top": top,
        "height": top + size[1] + GAP + 2 * MARGIN,
        "margin": MARGIN,
        "faces": FACES,
        "colours": COLOURS,
        "words_of": words_of,
        "mark": lambda status: say(f"round.map.mark.{status}", lang),
    }
