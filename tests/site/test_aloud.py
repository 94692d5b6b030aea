"""What a screen reader has of form, map and table, kept as text that a person can proofread."""

import pytest
from playwright.sync_api import Page

from support.blessed import Blessed
from support.worlds import HERE

pytestmark = pytest.mark.browser

ALOUD = HERE / "aloud"
TOLD = {
    "form.da.yml": "meld-interesse/2031-skole/",
    "form.en.yml": "en/meld-interesse/2031-skole/",
    "municipality.da.yml": "kommuner/viborg/",
    "round.da.yml": "runder/2031-skole/",
}


def test_read_aloud(page: Page, address: str, blessed: Blessed) -> None:
    """Form, municipality, and the round with map and table are read aloud as once proofread."""
    made = {}
    for name, path in TOLD.items():
        page.goto(f"{address}/{path}")
        made[ALOUD / name] = page.locator("main").aria_snapshot() + "\n"
    blessed(made, ALOUD.glob("*.yml"))
