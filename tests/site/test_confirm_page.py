"""The page where the link of a mailed receipt leads, in a real browser."""

from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from docket.acts.outbox import Outbox
from docket.git.store import Store
from support.browser import Look, broken
from support.built import Counter
from support.desk import body, post
from support.randers import TEXT

pytestmark = pytest.mark.browser


def new_token(counter: Counter) -> str:
    """What confirms an answer that was just sent."""
    port = int(counter.address.rpartition(":")[2])
    status, data, _ = post(port, body(TEXT, "2031-skole", "d" * 22), Origin=counter.address)
    assert status == 201
    with closing(Store(counter.root)) as store:
        return Outbox.of(store).new_token(str(data["reference"]))


def test_one_button(counter: Counter, page: Page) -> None:
    """The code leaves the address, only the button is there, and it tells what was confirmed."""
    token = new_token(counter)
    page.goto(f"{counter.address}/bekraeft/#{token}")
    expect(page.locator("#token")).to_be_hidden()
    assert token not in page.url
    page.get_by_role("button", name="Bekræft adressen").click()
    expect(page.get_by_role("heading", name="Adressen er bekræftet")).to_be_visible()
    expect(page.locator(".facts")).to_contain_text("Randers Kommune")
    assert broken(page) == []


def test_without_script(counter: Counter, look: Look) -> None:
    """Without script the code is typed; a wrong one is told at the field, and stays there."""
    token = new_token(counter)
    page = look(java_script_enabled=False)
    page.goto(f"{counter.address}/en/bekraeft/#{token}")
    page.fill("#token", "x")
    page.get_by_role("button", name="Confirm the address").click()
    expect(page.locator("#token-error")).to_contain_text("We do not know this code")
    expect(page.locator("#token")).to_have_value("x")
    page.fill("#token", token)
    page.get_by_role("button", name="Confirm the address").click()
    expect(page.get_by_role("heading", name="The address is confirmed")).to_be_visible()


def test_everybody_can_use_it(counter: Counter, page: Page) -> None:
    """As it is built, and as it is opened by the link, axe finds nothing."""
    for address in ("/bekraeft/", "/en/bekraeft/#" + "x" * 22):
        page.goto(counter.address + address)
        assert broken(page) == []
