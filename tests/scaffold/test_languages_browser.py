"""The form of a register in English alone, in a real browser, with its script and without."""

import socket
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from docket.server.desk import Desk
from docket.server.door import Terms, open_door
from support.browser import Look
from support.built import build, running
from support.desk import still
from support.funder import opened, register
from support.leaks import foreign
from support.worlds import docket_of

DAY = "2031-01-15"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a funder's site with its desk, where a round is open."""
    root = opened(register(tmp_path_factory.mktemp("funder"), "en"), "en")
    build(root, DAY, with_desk=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    clock = still(datetime.fromisoformat(f"{DAY}T12:00:00+01:00"))
    made = Desk(root, frozenset({address}), clock=clock)
    organiser = docket_of(root, DAY).organiser
    with running(open_door(root / "public", port, made, Terms(organiser=organiser))):
        yield address
    made.turns.close()


def _fill(page: Page, name: str) -> None:
    page.fill("#municipality", name)
    page.check("#areas-health")
    page.fill("#contact-name", "Research office")
    page.fill("#contact-email", "office@university.example")
    page.check("#approval-status-pending")


def test_sent_and_received(desk: str, page: Page) -> None:
    """Filled in, sent, with its receipt and its private link: all in English."""
    page.goto(f"{desk}/express-interest/2031-calls/")
    page.click("button[type=submit]")
    assert foreign(page.inner_text("main")) == set()
    _fill(page, "amber ash")
    page.click("button[type=submit]")
    page.click("#send")
    expect(page.locator("#receipt")).to_be_focused()
    link = page.locator("#link").inner_text()
    assert link.startswith(f"{desk}/my-answer/#")
    assert foreign(page.inner_text("main")) == set()
    page.goto(link)
    expect(page.locator("#receipt-reference")).to_be_visible()
    assert foreign(page.inner_text("main")) == set()
    assert page.locator("html").get_attribute("lang") == "en"


def test_without_a_script(desk: str, look: Look) -> None:
    """The same without a script, and the answer found again by its link."""
    page = look(java_script_enabled=False)
    page.goto(f"{desk}/express-interest/2031-calls/")
    _fill(page, "Amber Aspen University")
    page.click("button[type=submit]")
    if page.locator("#send").is_visible():
        page.click("#send")
    assert foreign(page.inner_text("main")) == set()
    assert "/my-answer/#" in page.content()
