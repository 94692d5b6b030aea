"""The colours of the site: whatever is read can be read, in light and in dark."""

import re

import pytest

from support.worlds import ROOT

CSS = (ROOT / "site/theme/assets/docket.css").read_text(encoding="utf-8")
BLOCK = {"light": ":root {", "dark": "(prefers-color-scheme: dark) {"}
TEXT = (
    *((ink, ground) for ink in ("ink", "quiet", "link") for ground in ("paper", "wash")),
    *((tone, f"{tone}-wash") for tone in ("good", "warn", "bad")),
    ("ink", "warn-wash"),
    ("bad", "paper"),
    ("good", "paper"),
    ("on-act", "act"),
    ("on-act", "act-hover"),
    ("act", "paper"),
    ("paper", "ink"),
    ("paper", "bad"),
    ("on-amber", "amber"),
    ("on-full", "full"),
    ("on-half", "half"),
    ("quiet", "empty"),
)
SHAPES = (
    ("edge", "paper"),
    ("act", "paper"),
    ("bad", "paper"),
    ("amber", "band"),
    ("full", "half"),
)


def _colours(scheme: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ["light", scheme]:
        start = CSS.index(BLOCK[name])
        block = CSS[start : CSS.index("}", start)]
        found |= dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", block))
    return found


def _light(colour: str) -> float:
    whole = colour if len(colour) == 6 else "".join(one * 2 for one in colour)
    parts = [int(whole[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(colours: dict[str, str], one: str, other: str) -> float:
    darker, lighter = sorted(_light(colours[name]) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: str) -> None:
    """Text has 4.5 to 1 against what it is set on, and a shape that means something has 3 to 1."""
    colours = _colours(scheme)
    low = [
        (one, other, round(found, 2))
        for pairs, least in ((TEXT, 4.5), (SHAPES, 3))
        for one, other in pairs
        if (found := _contrast(colours, one, other)) < least
    ]
    assert low == []
