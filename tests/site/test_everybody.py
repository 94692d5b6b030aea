"""A page of each kind, as everybody may come to it: by key, enlarged, in the dark, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from support.browser import Look, fill, wrong
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


@pytest.fixture
def still(look: Look) -> Page:
    """A page on which nothing moves."""
    return look(bypass_csp=True)


def _go(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    page.add_style_tag(content=STILL)


@pytest.mark.parametrize("path", KINDS)
def test_every_kind(still: Page, address: str, path: str) -> None:
    """Every stop is reached by Tab and shows it; axe finds nothing; 400 % zoom fits the width."""
    _go(still, f"{address}/{path}")
    for _ in range(still.evaluate(WATCH) + 5):
        still.keyboard.press("Tab")
    assert still.evaluate(f"({TOLD})(missed)") == []
    assert still.evaluate(f"({TOLD})(unseen)") == []
    assert wrong(still) == []
    still.set_viewport_size({"width": 320, "height": 256})
    assert still.evaluate("document.documentElement.scrollWidth") <= 320


def _search(page: Page) -> None:
    page.locator("#search").press_sequentially("frist")
    expect(page.locator("#found a").first).to_be_visible()


def _menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#menu")).to_be_visible()


def _pick(page: Page) -> None:
    page.get_by_role("link", name="Viborg: Afventer godkendelse").focus()
    expect(page.locator(".pick")).to_be_visible()


def _sort(page: Page) -> None:
    page.get_by_role("button", name="Modtaget").click()
    page.get_by_label("Find kommune").fill("dagtilbud")
    expect(page.get_by_role("status")).to_contain_text("vises")


def _lose(page: Page) -> None:
    page.get_by_label("Find kommune").fill("xyz")
    expect(page.get_by_role("status")).to_contain_text("Ingen")


def _suggest(page: Page) -> None:
    page.locator("#municipality").press_sequentially("Ran")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#municipality-list li[aria-selected=true]")).to_be_visible()


def _mend(page: Page) -> None:
    page.fill("#municipality", "Odense")
    page.keyboard.press("Tab")
    expect(page.locator("#status")).to_be_visible()


def _nothing(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible()


UNFOLD = "document.querySelectorAll('main details').forEach((one) => one.open = true)"
STATES: dict[str, tuple[str, Callable[[Page], None], int]] = {
    "search with results": ("", _search, 0),
    "menu on a phone": ("", _menu, 390),
    "nowhere": ("findes-ikke/", _nothing, 0),
    "map, a tile focused": ("runder/2031-skole/", _pick, 0),
    "table sorted and filtered": ("runder/2031-skole/", _sort, 0),
    "table where nothing is found": ("runder/2031-skole/", _lose, 0),
    "stopped round": ("runder/2022-beskaeftigelse/", _nothing, 0),
    "forgotten round": ("runder/2022-dagtilbud-folkeskole-aeldre/", _nothing, 0),
    "decided round": ("runder/2030-job/", _nothing, 0),
    "withdrawn answer": ("kommuner/odder/", _nothing, 0),
    "form, suggestions open": ("meld-interesse/2031-skole/", _suggest, 0),
    "form of a practice round": ("meld-interesse/proeve/", _nothing, 0),
    "form after the deadline": ("meld-interesse/2030-job/", _nothing, 0),
    "form after the deadline, to mend": ("meld-interesse/2030-job/", _mend, 0),
    "own answer asked for": ("mit-svar/", _nothing, 0),
    "receipt to verify": ("kvittering/", _nothing, 0),
    "process": ("processen/", _nothing, 0),
}
"""Where, what to do there, and the only width in which there is such a state (0: all)."""


@pytest.mark.parametrize("name", STATES)
def test_every_state(still: Page, counter: Counter, name: str) -> None:
    """Axe finds nothing in a state that a page comes into, with all its folds open."""
    path, enter, width = STATES[name]
    _go(still, f"{counter.address}/{path}")
    still.evaluate(UNFOLD)
    enter(still)
    assert wrong(still, width=width) == []


def test_form_to_withdrawal(still: Page, counter: Counter) -> None:
    """The form's errors, the page to check all once more, the receipt, and the way back out."""
    _go(still, counter.form("da"))
    still.click("#docket-form button[type=submit]")
    expect(still.locator("#errors")).to_be_focused()
    assert wrong(still) == []
    fill(still)
    still.fill("#municipality", "Gribskov")
    still.click("#docket-form button[type=submit]")
    expect(still.locator("#result")).to_be_focused()
    assert wrong(still) == []
    still.click("#send")
    expect(still.locator("#receipt")).to_be_focused()
    still.evaluate(UNFOLD)
    assert wrong(still) == []
    still.locator("button[value=withdraw]").click()
    expect(still.locator("#reason")).to_be_visible()
    assert wrong(still) == []
    still.locator("button[value=withdrawn]").click()
    expect(still.locator("#receipt")).to_be_focused()
    assert wrong(still) == []


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
