"""Map, table and list in a real Chromium: by mouse, by key, from an address, without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from support.browser import Look

pytestmark = pytest.mark.browser


def _shown(page: Page) -> list[str]:
    return page.locator(".finder tbody tr:visible th, .finder li:visible a").all_inner_texts()


def test_map_by_key_and_mouse(page: Page, address: str) -> None:
    """A tile tells its name where it is focused or pointed at, and leads to its page."""
    page.goto(f"{address}/runder/2031-skole/")
    viborg = page.get_by_role("link", name="Viborg: Afventer godkendelse")
    told = page.locator(".pick")
    expect(told).to_be_hidden()
    viborg.hover()
    expect(told).to_contain_text("Viborg · Afventer godkendelse")
    page.get_by_role("button", name="Luk").click()
    expect(told).to_be_hidden()
    page.get_by_role("link", name="Skive: Skal rettes").focus()
    page.keyboard.press("Tab")
    expect(viborg).to_be_focused()
    expect(told).to_contain_text("Viborg")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Viborg Kommune")


def test_map_by_finger(look: Look, address: str) -> None:
    """On a phone the first tap tells who it is, with a link; nothing is left yet."""
    page = look(has_touch=True)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/runder/2031-skole/")
    page.get_by_role("link", name="Viborg: Afventer godkendelse").tap()
    see = page.get_by_role("link", name="Se Viborg")
    expect(see).to_be_in_viewport()
    see.tap()
    expect(page.locator("h1")).to_have_text("Viborg Kommune")


SPILLED = """() => [...document.querySelectorAll(".map__region")].filter((name) => {
  const whole = name.ownerSVGElement.viewBox.baseVal;
  const { x, y, width, height } = name.getBBox();
  const tiles = [...name.ownerSVGElement.querySelectorAll(".tile")].map((one) => {
    const { e, f } = one.transform.baseVal.consolidate().matrix;
    return e < x + width && x < e + 44 && f < y + height && y < f + 44;
  });
  return x < whole.x || x + width > whole.x + whole.width || tiles.includes(true);
}).map((name) => name.textContent)"""


def test_names_of_regions(page: Page, address: str) -> None:
    """The name of a region stays in its half of the map, and covers no tile."""
    page.goto(f"{address}/runder/2031-skole/")
    expect(page.locator(".map__region")).to_have_count(5)
    assert page.evaluate(SPILLED) == []


def test_sort_on_a_phone(page: Page, address: str) -> None:
    """Where the headers have no room, a list of them sorts."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/runder/2031-skole/")
    page.get_by_label("Sortér efter").select_option("Modtaget")
    assert _shown(page)[:2] == ["Viborg", "Odder"]
    expect(page).to_have_url(re.compile(r"\?sort=modtaget$"))


COVERED = """() => [...document.querySelectorAll(".map .tile, .finder a")].filter((stop) => {
  stop.focus();
  const shape = stop.querySelector(".tile__base") ?? stop;
  const { left, top, width, height } = shape.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return !stop.contains(seen);
}).map((stop) => stop.getAttribute("aria-label") ?? stop.textContent)"""


@pytest.mark.parametrize("size", [(390, 700), (320, 256), (1280, 800)])
def test_nothing_lies_over_the_focus(page: Page, address: str, size: tuple[int, int]) -> None:
    """What a tile tells covers neither the tile nor what follows it, for whoever goes by key."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/runder/2031-skole/")
    page.keyboard.press("Tab")
    assert page.evaluate(COVERED) == []
    expect(page.locator(".pick")).to_be_hidden()


def test_headers_are_read_without_their_arrows(page: Page, address: str) -> None:
    """A sorted column's arrow is for the eye: its name stays what it is, and says that it sorts."""
    page.goto(f"{address}/runder/2031-skole/")
    told = page.locator("thead").aria_snapshot()
    assert 'columnheader "Kommune"' in told
    sortable = page.get_by_role("table", name="Tilkendegivelser, kolonnerne kan sorteres")
    expect(sortable).to_be_visible()
    assert not {"↑", "↓"} & {*told}


def test_map_can_be_skipped(page: Page, address: str) -> None:
    """One key stop before the map leads past its tiles."""
    page.goto(f"{address}/runder/2031-skole/")
    skip = page.get_by_role("link", name="Spring kortet over")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#liste$"))


def test_sort(page: Page, address: str) -> None:
    """A header's button sorts and turns around, says so, and the address keeps it."""
    page.goto(f"{address}/runder/2031-skole/")
    assert _shown(page) == ["Odder", "Randers", "Struer", "Viborg"]
    expect(page.get_by_role("columnheader", name="Kommune")).to_have_attribute(
        "aria-sort", "ascending"
    )
    received = page.get_by_role("columnheader", name="Modtaget")
    received.get_by_role("button").click()
    expect(received).to_have_attribute("aria-sort", "ascending")
    assert _shown(page)[:2] == ["Viborg", "Odder"]
    received.get_by_role("button").click()
    expect(received).to_have_attribute("aria-sort", "descending")
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    assert _shown(page)[2:] == ["Odder", "Viborg"]
    expect(page).to_have_url(re.compile(r"\?sort=-modtaget$"))
    page.reload()
    assert _shown(page)[2:] == ["Odder", "Viborg"]


def test_find_in_table(page: Page, address: str) -> None:
    """What is typed is found in name, region, area and status; the count says how many."""
    page.goto(f"{address}/runder/2031-skole/?find=trukket")
    assert _shown(page) == ["Odder"]
    expect(page.get_by_role("status")).to_have_text("1 af 4 tilkendegivelser vises")
    field = page.get_by_label("Find kommune, region eller område")
    field.fill("dagtilbud vib")
    assert _shown(page) == ["Viborg"]
    field.fill("xyz")
    expect(page.get_by_role("status")).to_contain_text("Ingen tilkendegivelser")
    field.fill("")
    expect(page).to_have_url(f"{address}/runder/2031-skole/")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("århus", "Aarhus"),
        ("AARHUS KOMMUNE", "Aarhus"),
        ("hoeje tåstrup", "Høje-Taastrup"),
        ("0751", "Aarhus"),
        ("lyngby-tårb", "Lyngby-Taarbæk"),
    ],
)
def test_old_spellings(page: Page, address: str, typed: str, found: str) -> None:
    """The list of municipalities is found by old spellings, by code, without æ, ø and å."""
    page.goto(f"{address}/kommuner/")
    expect(page.get_by_role("status")).to_have_text("98 af 98 kommuner vises")
    page.get_by_label("Find kommune").fill(typed)
    assert _shown(page) == [found]


def test_danish_order(page: Page, address: str) -> None:
    """Æ, ø and å come last, and aa is å."""
    page.goto(f"{address}/kommuner/")
    names = _shown(page)
    assert names[0] == "Albertslund"
    assert names[-3:] == ["Aabenraa", "Aalborg", "Aarhus"]
    assert names.index("Fredericia") < names.index("Furesø") < names.index("Faaborg-Midtfyn")


def test_without_script(look: Look, address: str) -> None:
    """Without JavaScript there are map, table and lists, and no field that does nothing."""
    page = look(java_script_enabled=False)
    page.goto(f"{address}/runder/2031-skole/")
    assert _shown(page) == ["Odder", "Randers", "Struer", "Viborg"]
    expect(page.locator("input#find")).to_be_hidden()
    expect(page.locator("thead button")).to_have_count(0)
    expect(page.get_by_role("link", name="Viborg: Afventer godkendelse")).to_be_visible()
