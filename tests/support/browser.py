"""What the tests in a real browser type, and what they ask of axe."""

from collections.abc import Callable
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NAME = "Skole: \"Æ & Ø's\" #1 – 'å'"
MOTIVATION = 'Første linje: "ja" # nej\n\n- punkt\n\ttabulator \\ 100 %\nÆØÅ 👩\u200d👧 {}[]&*!|>'
AXE = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = ["color-contrast", "link-in-text-block", "target-size"]
# What passes is not told node by node: nobody reads it, and telling it takes long.
ASK = """(runOnly) => axe.run({ runOnly, resultTypes: ["violations"] }).then((told) =>
  told.violations.map(({ id, nodes }) => [id, nodes.map(({ any, target }) =>
    [target, any[0]?.message])]))"""
Look = Callable[..., Page]
"""Opens a page: as its context is set up, and `alone` in it where clock or connection change."""
Scheme = Literal["light", "dark"]
Seen = tuple[Scheme, int, Literal["none", "active"]]
"""Scheme, width, forced colours. Where the width stays, the colours alone are new, and borders."""
SEEN: tuple[Seen, ...] = (
    ("light", 390, "none"),
    ("dark", 1280, "none"),
    ("light", 1280, "active"),
)
SETTLED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"""
"""What a change of width lays out anew, it does a frame later."""


def broken(page: Page, rules: list[str] = WCAG) -> list[object]:
    """What axe finds on the page as it stands, by rules or their tags: what is wrong, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[object] = page.evaluate(ASK, rules)
    return found


def wrong(page: Page, *, width: int = 0) -> list[object]:
    """What axe finds on the page as it stands, in each scheme; at one `width` if given."""
    found: list[object] = []
    before = 0
    for scheme, usual, forced in SEEN:
        now = width or usual
        page.set_viewport_size({"width": now, "height": 900})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        page.evaluate("scrollTo(0, 0)")
        page.evaluate(SETTLED)
        wide = page.evaluate("document.documentElement.scrollWidth") - now
        found += [(scheme, now, "wider than the window by", wide)] * (wide > 0)
        rules = LOOKS if now == before else WCAG
        found += [(scheme, now, forced, one) for one in broken(page, rules)]
        before = now
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


def fill(page: Page) -> None:
    """Fill in the form of the open round."""
    page.fill("#municipality", "høje tåstrup")
    page.select_option("#areas-0", "dagtilbud")
    page.select_option("#areas-1", "folkeskole")
    page.fill("#contact-name", NAME)
    page.fill("#contact-email", " skole@kommune.example ")
    page.fill("#contact-phone", "+45 12 34 56 78")
    page.check("#approval-status-approved")
    page.fill("#approval-body", "Økonomiudvalget")
    page.fill("#approval-date", "2031-02-20")
    page.fill("#approval-minutes", "https://kommune.example/referat?a=1&b=æ")
    page.fill("#motivation", MOTIVATION)
