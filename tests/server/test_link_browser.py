"""The private link in a real browser: send, come back, change, withdraw; without script too."""

import pytest
from playwright.sync_api import Page, expect

from support.browser import Look, fill
from support.built import Counter
from support.worlds import git

pytestmark = pytest.mark.browser


@pytest.fixture
def page(look: Look) -> Page:
    """A window on a phone."""
    found = look()
    found.set_viewport_size({"width": 390, "height": 800})
    return found


def _send(page: Page, name: str) -> str:
    """Send the filled-in form; the private link."""
    page.fill("#municipality", name)
    page.click("button[type=submit]")
    page.click("#send")
    expect(page.locator("#receipt")).to_be_focused()
    return page.locator("#link").inner_text()


def test_back_by_the_link(counter: Counter, page: Page, look: Look) -> None:
    """The receipt survives Reload, Back and Forward; the link opens it in another browser too."""
    page.goto(counter.form("da"))
    fill(page)
    link = _send(page, "Odder")
    assert "#" not in page.url
    assert link.startswith(f"{counter.address}/mit-svar/#")
    reference = page.locator("#receipt-reference").inner_text()
    page.reload()
    expect(page.locator("#receipt-reference")).to_have_text(reference)
    page.go_back()
    expect(page.locator("#status")).to_contain_text("Jeres svar er sendt.")
    expect(page.locator("#contact-name")).to_have_value("")
    page.go_forward()
    expect(page.locator("#receipt-reference")).to_have_text(reference)
    elsewhere = look(alone=True)
    elsewhere.goto(link)
    expect(elsewhere.locator("#receipt-reference")).to_have_text(reference)
    assert "#" not in elsewhere.url


def test_changed_and_withdrawn(counter: Counter, page: Page) -> None:
    """The form comes filled in, the change is on the same branch, and one question withdraws."""
    page.goto(counter.form("en"))
    fill(page)
    _send(page, "Skanderborg")
    page.get_by_role("button", name="Correct the submission").click()
    expect(page.locator("#municipality")).to_have_value("Skanderborg")
    expect(page.locator("#status")).to_contain_text("The fields hold what you sent.")
    expect(page.locator("#contact-email")).to_have_value("skole@kommune.example")
    page.fill("#contact-email", "ny@kommune.example")
    page.click("button[type=submit]")
    expect(page.locator("#result")).to_be_focused()
    page.click("#send")
    expect(page.locator("#receipt")).to_be_focused()
    expect(page.get_by_text("Earlier receipts")).to_be_visible()
    assert "ny@kommune.example" in counter.kept("skanderborg")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_label("Reason").fill("Not this year")
    page.go_back()
    expect(page.locator("#receipt")).to_be_visible()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_label("Reason").fill("Not this year")
    page.get_by_role("button", name="Withdraw the submission").click()
    expect(page.locator("#receipt")).to_contain_text("We have received your withdrawal")
    assert "Not this year" in counter.kept("skanderborg")
    assert "skanderborg.2" not in git(counter.root, "branch")


def test_a_stranger_becomes_a_rival(counter: Counter, page: Page, look: Look) -> None:
    """Who has no link is told only that something was received, and is received beside it."""
    page.goto(counter.form("da"))
    fill(page)
    _send(page, "Lemvig")
    first = counter.kept("lemvig")
    stranger = look()
    stranger.goto(counter.form("da"))
    fill(stranger)
    stranger.fill("#contact-email", "anden@kommune.example")
    stranger.fill("#municipality", "Lemvig")
    told = stranger.locator("#status")
    expect(told).to_contain_text("Vi har allerede modtaget et svar fra Lemvig.")
    expect(told).not_to_contain_text("skole@")
    _send(stranger, "Lemvig")
    expect(stranger.get_by_text("Arrangøren får begge")).to_be_visible()
    assert counter.kept("lemvig") == first
    name = "submission/2031-skole/lemvig.2:submissions/2031-skole/lemvig.yml"
    assert "anden@" in git(counter.root, "show", name)


@pytest.mark.parametrize("typed", ["", "made-up"])
def test_a_link_that_is_none(counter: Counter, page: Page, typed: str) -> None:
    """One sentence, at the field, with what was typed and a way on."""
    page.goto(f"{counter.address}/mit-svar/#{typed}")
    if not typed:
        page.get_by_label("Jeres private link").fill("#")
        page.get_by_role("button", name="Vis jeres svar").click()
    expect(page.locator("#token-error")).to_contain_text("Vi kender ikke linket.")
    expect(page.get_by_role("link", name="Send et svar")).to_be_visible()


@pytest.mark.parametrize("lang", ["da", "en"])
def test_without_script(counter: Counter, look: Look, lang: str) -> None:
    """Without JavaScript the same: the link on the receipt, the field, the change, the question."""
    page = look(java_script_enabled=False)
    page.goto(counter.form(lang))
    slug, name = {"da": ("morsoe", "Morsø"), "en": ("rebild", "Rebild")}[lang]
    page.fill("#municipality", name)
    page.select_option("#areas-0", "aeldre")
    page.fill("#contact-name", "Sekretariat")
    page.fill("#contact-email", "post@kommune.example")
    page.click("button[type=submit]")
    link = page.locator("#link").inner_text()
    page.goto(f"{counter.address}/{'en/' * (lang == 'en')}mit-svar/")
    page.fill("#token", link)
    page.click("main button[type=submit]")
    expect(page.locator("#receipt")).to_be_visible()
    page.locator("button[value=change]").click()
    page.fill("#contact-email", "ny@kommune.example")
    page.click("main form.form button[type=submit]")
    expect(page.locator("#receipt")).to_be_visible()
    assert "ny@kommune.example" in counter.kept(slug)
    page.locator("button[value=withdraw]").click()
    page.locator("button[value=withdrawn]").click()
    expect(page.locator("#receipt")).to_be_visible()
    assert "withdrawn:" in counter.kept(slug)
