"""The card that is shown where a round's address is shared: a PNG, for nobody takes SVG there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from docket.domain.docket import Docket
from docket.domain.states import RoundState
from docket.site.pages.page import host
from docket.site.raster import STEPS, Canvas, fill, lines, png, ramp, read_font, write
from docket.text.catalogue import say
from docket.text.l10n import write_number
from docket.views import sentences
from docket.views.map import Map, land
from docket.views.round import RoundView

WIDTH, HEIGHT = 1200, 630
LEFT, MAP, COLUMN = 64, 590, 510
"""Where words and map begin, and how wide words may be."""
TOP, BOTTOM, GAP, STRIP = 64, 570, 14, 18
LONGEST = 4
"""So many lines of a title."""
TILE, LIT, AMBER = STEPS, STEPS + 1, STEPS + 2
WHITE = (255, 255, 255)
PALETTE = (*ramp((13, 74, 87), WHITE), (48, 116, 129), WHITE, (242, 184, 75))
TEXT = "".join(map(chr, (*range(32, 127), *range(160, 256)))) + "–—’“”…"
DIGITS = "0123456789"


def cards(docket: Docket, rounds: Sequence[RoundView], lang: str) -> Iterator[tuple[str, bytes]]:
    """The cards of the rounds whose words the letters can write."""
    for view in rounds:
        if has_card(docket, view, lang):
            yield f"{lang}/{path_of(view)}", _draw(docket, view, lang)


def path_of(view: RoundView) -> str:
    """Where a round's card lies."""
    return f"data/billede-{view.round.slug}.png"


def has_card(docket: Docket, view: RoundView, lang: str) -> bool:
    """Whether all that its card would say can be written."""
    return set("".join(_words(docket, view, lang))) <= set(TEXT)


def alt(docket: Docket, view: RoundView, lang: str) -> str:
    """What a card says of its round, in a line."""
    _, number, counted, date, _ = _words(docket, view, lang)
    return " · ".join(filter(None, (f"{number} {counted}".strip(), date)))


def _words(docket: Docket, view: RoundView, lang: str) -> tuple[str, ...]:
    """Title, number and what it counts, date, and the site's address; "" for what is not known."""
    number = counted = ""
    if view.count is not None:
        key = "answered" if view.state in (RoundState.OPEN, RoundState.CLOSED) else "answered_then"
        number = write_number(view.count, lang)
        counted = say(f"round.numbers.{key}", lang, docket.organiser, all=len(docket.register))
    date = sentences.date_line(docket, view, lang)
    return view.round.title.of(lang), number, counted, date, host(docket)


def _draw(docket: Docket, view: RoundView, lang: str) -> bytes:
    """The title above; number, date and address from below; beside them the map."""
    title, number, counted, date, address = _words(docket, view, lang)
    canvas = [bytearray(WIDTH) for _ in range(HEIGHT)]
    fill(canvas, (0, HEIGHT - STRIP), (WIDTH, STRIP), AMBER)
    text = read_font(Path(__file__).with_name("card_text.png"), TEXT)
    write(canvas, text, (LEFT, TOP), lines(text, title, COLUMN)[:LONGEST])
    y = BOTTOM
    for words in (address, date, counted):
        said = lines(text, words, COLUMN)
        y -= text.height * len(said)
        write(canvas, text, (LEFT, y), said)
        y -= GAP
    digits = read_font(Path(__file__).with_name("card_number.png"), DIGITS)
    write(canvas, digits, (LEFT, y - digits.height), ["".join(filter(str.isdigit, number))])
    if drawn := land(docket):
        _tiles(canvas, drawn, view)
    return png(canvas, PALETTE)


def _tiles(canvas: Canvas, drawn: Map, view: RoundView) -> None:
    """Each tile: white where its municipality takes part, amber where it is designated."""
    lit = {row.municipality.slug: LIT for row in view.live}
    lit |= {one.municipality: AMBER for one in view.designated}
    share = min((WIDTH - LEFT - MAP) / drawn.width, (BOTTOM - TOP) / drawn.height)
    size = int(44 * share)
    for one in drawn.tiles:
        at = (MAP + int(one.x * share), TOP + int(one.y * share))
        fill(canvas, at, (size, size), lit.get(one.municipality.slug, TILE))
