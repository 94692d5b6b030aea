"""Pixels: rectangles and letters on a canvas, and the canvas as PNG. No drawing program is needed.

A pixel is a place in a palette, whose first `STEPS` lead from the ground to the ink. Letters were
drawn once: a file of them is such a picture, with a mark in its first row where each begins.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

STEPS = 16
MARK = 255
Rows = Sequence[bytes]
Canvas = Sequence[bytearray]
Colour = tuple[int, int, int]


class Font(NamedTuple):
    """Letters as rows of pixels, all of one height."""

    height: int
    letters: Mapping[str, Rows]

    def width(self, text: str) -> int:
        """How wide a line is."""
        return sum(len(self.letters[one][0]) for one in text)


@cache
def read_font(path: Path, letters: str) -> Font:
    """The letters of a file, which is a PNG as `png` writes them."""
    data = path.read_bytes()
    (width,) = struct.unpack(">I", data[16:20])
    plain = zlib.decompress(data[data.index(b"IDAT") + 4 :])
    begins = range(0, len(plain), width + 1)
    first, *rows = (plain[begin + 1 : begin + 1 + width] for begin in begins)
    edges = pairwise([*(x for x, value in enumerate(first) if value == MARK), width])
    drawn = {
        letter: [row[begin:end] for row in rows]
        for letter, (begin, end) in zip(letters, edges, strict=True)
    }
    return Font(len(rows), drawn)


def fill(canvas: Canvas, at: tuple[int, int], size: tuple[int, int], colour: int) -> None:
    """A rectangle."""
    x, y = at
    for row in canvas[y : y + size[1]]:
        row[x : x + size[0]] = bytes([colour]) * size[0]


def write(canvas: Canvas, font: Font, at: tuple[int, int], lines: Sequence[str]) -> None:
    """Lines below each other; the first has its upper left corner at `at`."""
    for place, line in enumerate(lines):
        x, top = at[0], at[1] + place * font.height
        for letter in line:
            rows = font.letters[letter]
            for row, pixels in zip(canvas[top : top + font.height], rows, strict=False):
                row[x : x + len(pixels)] = pixels[: max(len(row) - x, 0)]
            x += len(rows[0])


def lines(font: Font, text: str, column: int) -> list[str]:
    """A text in as few lines as the column takes, all of them about as long."""
    found = _wrap(font, text, column)
    for width in range(column, 0, -10):
        shorter = _wrap(font, text, width)
        if len(shorter) > len(found) or max(map(font.width, shorter), default=0) > width:
            break
        found = shorter
    return found


def _wrap(font: Font, text: str, width: int) -> list[str]:
    found: list[str] = []
    for word in text.split():
        if found and font.width(f"{found[-1]} {word}") <= width:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def ramp(ground: Colour, ink: Colour) -> Iterator[Colour]:
    """The colours from the ground to the ink."""
    for step in range(STEPS):
        share = step / (STEPS - 1)
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(ground, ink, strict=True))
        yield red, green, blue


def png(rows: Sequence[bytes | bytearray], palette: Sequence[Colour]) -> bytes:
    """The picture as a file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    colours = bytes(part for colour in palette for part in colour)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)
