"""A page of each kind, as everybody may come to it: by key, enlarged, in the dark, on a phone."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from support.browser import AXE, fill
from support.built import Counter

pytestmark = pytest.mark.browser

KINDS = (
    "",
    "runder/",
    "runder/2031-skole/",
    "kommuner/",
    "kommuner/viborg/",
    "meld-interesse/",
    "meld-interesse/2031-skole/",
    "regler/",
    "arrangoer/",
    "brevet-2022/",
    "mit-svar/",
)
SEEN: tuple[tuple[Literal["light", "dark"], int, Literal["none", "active"]], ...] = (
    ("light", 390, "none"),
    ("dark", 1280, "none"),
    ("light", 1280, "active"),
)
"""Scheme, width, forced colours."""
STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }"
WATCH = """() => {
  const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  window.missed = new Set([...document.querySelectorAll(stops)].filter((one) =>
    one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !(one.type === "radio" && !one.checked)
    && !one.closest("svg")?.matches("[aria-hidden=true]")));
  window.unseen = new Set();
  addEventListener("focusin", ({ target }) => {
    missed.delete(target);
    const shape = target.querySelector(":scope > .tile__base") ?? target;
    const { outlineStyle, outlineWidth, strokeWidth } = getComputedStyle(shape);
    const ring = outlineStyle !== "none" && parseFloat(outlineWidth) > 1;
    const tile = shape !== target && strokeWidth === "3px";
    if (!ring && !tile && target !== document.body) unseen.add(target);
  });
  return missed.size;
}"""
TOLD = "(found) => [...found].map((one) => one.outerHTML.slice(0, 160))"


@pytest.fixture(scope="module")
def still(browser: Browser) -> Iterator[Page]:
    """A page on which nothing moves."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def _go(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    page.add_style_tag(content=STILL)


SETTLED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"""
"""What a change of width lays out anew, it does a frame later."""


def _wrong(page: Page) -> list[object]:
    """What axe finds on the page as it stands, in both schemes and widths."""
    found: list[object] = []
    for scheme, width, forced in SEEN:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        page.evaluate("scrollTo(0, 0)")
        page.evaluate(SETTLED)
        found += [
            (scheme, width, forced, one["id"], [node["target"] for node in one["nodes"]])
            for one in Axe().run(page, options=AXE).response["violations"]
        ]
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found


@pytest.mark.parametrize("path", KINDS)
def test_every_kind(still: Page, address: str, path: str) -> None:
    """Every stop is reached by Tab and shows it; axe finds nothing; 400 % zoom fits the width."""
    _go(still, f"{address}/{path}")
    for _ in range(still.evaluate(WATCH) + 5):
        still.keyboard.press("Tab")
    assert still.evaluate(f"({TOLD})(missed)") == []
    assert still.evaluate(f"({TOLD})(unseen)") == []
    assert _wrong(still) == []
    still.set_viewport_size({"width": 320, "height": 256})
    assert still.evaluate("document.documentElement.scrollWidth") <= 320


def test_search_open(still: Page, address: str) -> None:
    """The search, open and with results, is for everybody too."""
    _go(still, address)
    still.locator("#search").press_sequentially("frist")
    expect(still.locator("#found a").first).to_be_visible()
    assert _wrong(still) == []


def test_form_to_receipt(still: Page, counter: Counter) -> None:
    """The form with its errors, the page to check all once more, and the receipt."""
    _go(still, counter.form("da"))
    still.click("#docket-form button[type=submit]")
    expect(still.locator("#errors")).to_be_focused()
    assert _wrong(still) == []
    fill(still)
    still.fill("#municipality", "Gribskov")
    still.click("#docket-form button[type=submit]")
    expect(still.locator("#result")).to_be_focused()
    assert _wrong(still) == []
    still.click("#send")
    expect(still.locator("#receipt")).to_be_focused()
    assert _wrong(still) == []


def test_menu_by_key(still: Page, address: str) -> None:
    """On a phone, and at 400 % zoom, the menu opens by key."""
    _go(still, address)
    still.set_viewport_size({"width": 320, "height": 640})
    still.get_by_role("button", name="Menu").focus()
    still.keyboard.press("Enter")
    runder = still.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Runder")
    expect(runder).to_be_in_viewport()
    still.keyboard.press("Escape")
    expect(runder).to_be_hidden()
