"""Draw the letters of the sharing cards: `python tests/tools/card_letters.py`, with Chromium.

They are kept in tools/docket/site/pages/card_*.png, so that no build has to draw them. The font is
DejaVu Sans Bold.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from docket.site.pages.cards import DIGITS, TEXT
from docket.site.raster import MARK, STEPS, png, ramp
from support.built import chromium

PLACE = Path(__file__).parents[2] / "tools/docket/site/pages"
SIZES = {"text": (TEXT, 32), "number": (DIGITS, 112)}
GREY = (*ramp((0, 0, 0), (255, 255, 255)), *[(255, 0, 0)] * (MARK + 1 - STEPS))
DRAW = """([letters, size]) => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const font = `700 ${size}px "DejaVu Sans"`;
  pen.font = font;
  return letters.map((letter) => {
    const width = Math.max(1, Math.round(pen.measureText(letter).width));
    Object.assign(pen.canvas, { width, height: Math.ceil(size * 1.3) });
    pen.font = font;
    pen.fillText(letter, 0, size);
    const { data } = pen.getImageData(0, 0, width, pen.canvas.height);
    return [width, [...data].filter((_, at) => at % 4 === 3)];
  });
}"""


def main() -> int:
    """Write both files."""
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"]
        ).new_page()
        for name, (letters, size) in SIZES.items():
            drawn = page.evaluate(DRAW, [list(letters), size])
            first = b"".join(bytes([MARK]) + bytes(width - 1) for width, _ in drawn)
            rows = [
                b"".join(_row(pixels, width, y) for width, pixels in drawn)
                for y in range(len(drawn[0][1]) // drawn[0][0])
            ]
            while not any(rows[0]):
                del rows[0]
            (PLACE / f"card_{name}.png").write_bytes(png([first, *rows], GREY))
    return 0


def _row(pixels: list[int], width: int, y: int) -> bytes:
    return bytes(round(one * (STEPS - 1) / 255) for one in pixels[y * width : (y + 1) * width])


if __name__ == "__main__":
    sys.exit(main())
