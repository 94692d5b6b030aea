"""The desk in a real browser: from the form to a receipt, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from docket.acts import seal
from docket.domain.nouns import Contact
from support.browser import Look, fill
from support.built import SEALED, Counter
from support.worlds import docket_of, git, objects

pytestmark = pytest.mark.browser


def _send(page: Page) -> str:
    page.click("button[type=submit]")
    expect(page.locator("#result")).to_be_focused()
    shown = page.locator("#file").input_value()
    page.click("#send")
    return shown


@pytest.mark.parametrize("lang", ["da", "en"])
def test_from_form_to_receipt(counter: Counter, page: Page, lang: str) -> None:
    """The whole way: what the page showed is what the branch holds, and the receipt says so."""
    page.goto(counter.form(lang))
    fill(page)
    page.reload()
    expect(page.locator("#municipality")).to_have_value("Høje-Taastrup")
    page.fill("#municipality", "Viborg")
    expect(page.locator("#status")).to_contain_text("Viborg")
    name, slug = {"da": ("Ishøj", "ishoej"), "en": ("Tønder", "toender")}[lang]
    page.fill("#municipality", slug)
    expect(page.locator("#status")).to_be_hidden()
    shown = _send(page)
    expect(page.locator("#receipt")).to_be_focused()
    expect(page.locator("#receipt-name")).to_have_text(f"{name} Kommune")
    expect(page.locator("#receipt-time")).to_contain_text("2031")
    assert counter.kept(slug) == shown
    told = git(counter.root, "show", "--no-patch", "--format=%B", f"submission/2031-skole/{slug}")
    assert page.locator("#receipt-reference").inner_text() in told
    expect(page.locator("#receipt-file")).to_have_text(shown.rstrip("\n"))
    page.goto(counter.form(lang))
    expect(page.locator("#contact-name")).to_have_value("")
    page.fill("#municipality", name)
    expect(page.locator("#status")).to_contain_text(
        "allerede modtaget et svar" if lang == "da" else "We have already received a submission"
    )


@pytest.mark.parametrize("clock", ["2031-07-10T09:00:00+02:00", "2001-01-01T09:00:00+01:00"])
def test_the_desk_has_the_clock(counter: Counter, look: Look, clock: str) -> None:
    """However wrong the browser's clock is, the form goes by the desk's and refuses nothing."""
    page = look(alone=True)

    def unset(route: Route) -> None:
        answer = route.fetch()
        text = re.sub(r'"at":"[^"]*"', '"at":null', answer.text())
        route.fulfill(response=answer, body=text)

    page.route("**/meld-interesse/2031-skole/", unset)
    page.clock.set_fixed_time(clock)
    page.goto(counter.form("da"))
    fill(page)
    slug = {"2": "halsnaes", "1": "norddjurs"}["2" if clock > "2031" else "1"]
    page.fill("#municipality", slug)
    page.check("#approval-status-approved")
    page.fill("#approval-date", "2031-02-20")
    _send(page)
    expect(page.locator("#receipt")).to_be_focused()
    assert slug in counter.kept(slug)


def test_sealed_in_the_browser(counter: Counter, page: Page) -> None:
    """The browser seals the contact, says so, and only the key opens it; Git never saw it."""
    address = f"{counter.address}/meld-interesse/proeve-segl/"
    page.goto(address)
    expect(page.get_by_text("Kontaktpersonen bliver forseglet")).to_be_visible()
    page.fill("#municipality", "Herning")
    page.fill("#contact-name", "Hemmelig Æ 👩")
    page.fill("#contact-email", "hemmeligst@kommune.example")
    page.click("button[type=submit]")
    told = page.locator("#answers dd").filter(has_text="hemmeligst@")
    expect(told).to_contain_text("Forseglet: kun arrangøren kan læse det")
    shown = page.locator("#file").input_value()
    assert "hemmeligst" not in shown
    page.click("#send")
    expect(page.locator("#receipt")).to_be_focused()
    expect(page.locator("#receipt-file")).to_have_text(shown.rstrip("\n"))
    name = "submission/proeve-segl/herning"
    git(counter.root, "checkout", "--quiet", name, "--", SEALED)
    (entry,) = (one for one in docket_of(counter.root).submissions if one.round == "proeve-segl")
    opened = Contact("Hemmelig Æ 👩", "hemmeligst@kommune.example")
    assert seal.open_contact(counter.key, entry) == opened
    assert "hemmeligst" not in objects(counter.root)
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page.goto(address)
    expect(page.locator("#clock")).to_contain_text("skal forsegles")
    page.fill("#municipality", "Ikast-Brande")
    page.fill("#contact-name", "Hemmelig")
    page.fill("#contact-email", "hemmeligst@kommune.example")
    page.click("button[type=submit]")
    expect(page.locator("#errors")).to_contain_text("Intet er sendt.")
    expect(page.locator("#result")).to_be_hidden()
    git(counter.root, "rm", "--quiet", "--force", f"{SEALED}/herning.yml")


def test_no_connection_loses_nothing(counter: Counter, look: Look) -> None:
    """Without a connection the page says that nothing is sent, and a second try sends it."""
    page = look(alone=True)
    page.goto(counter.form("da"))
    fill(page)
    page.fill("#municipality", "Læsø")
    page.click("button[type=submit]")
    expect(page.locator("#result")).to_be_focused()
    page.context.set_offline(True)
    page.click("#send")
    expect(page.locator("#desk-error")).to_contain_text("Intet er sendt")
    page.context.set_offline(False)
    page.dblclick("#send")
    expect(page.locator("#receipt")).to_be_visible()
    count = git(counter.root, "rev-list", "--count", "main..submission/2031-skole/laesoe")
    assert count == "1"


def test_the_desk_refuses_in_the_form(counter: Counter, page: Page) -> None:
    """What only the desk can see is told at the field, and what was typed is still there."""
    page.route("**/meld-interesse/2031-skole/", _without_barred)
    page.goto(counter.form("da"))
    fill(page)
    page.fill("#municipality", "Aarhus")
    _send(page)
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#municipality-error")).to_contain_text("har allerede en aftale")
    expect(page.locator("#motivation")).not_to_have_value("")


def _without_barred(route: object) -> None:
    """A page built before the designation."""
    answer = route.fetch()  # type: ignore[attr-defined]
    route.fulfill(  # type: ignore[attr-defined]
        response=answer, body=answer.text().replace('"barred":{', '"barred":{},"was":{')
    )


@pytest.mark.parametrize("lang", ["da", "en"])
def test_without_script(counter: Counter, look: Look, lang: str) -> None:
    """Without JavaScript the desk answers with the form and its errors, then with the receipt."""
    page = look(java_script_enabled=False)
    page.goto(counter.form(lang))
    slug = {"da": "fanoe", "en": "samsoe"}[lang]
    page.fill("#municipality", {"da": "Fanø Kommune", "en": "Samsø"}[lang])
    page.select_option("#areas-0", "aeldre")
    page.fill("#contact-name", 'Æ "sekretariat" <b>')
    page.fill("#motivation", "To\nlinjer & <script>alert(1)</script>")
    page.click("button[type=submit]")
    summary = page.locator("#errors a")
    expect(summary).to_have_count(1)
    expect(page.locator("#contact-email-error")).to_have_text(summary.inner_text())
    summary.click()
    assert page.url.endswith("#contact-email")
    expect(page.locator("#motivation")).to_have_value("To\nlinjer & <script>alert(1)</script>")
    expect(page.locator("#areas-0")).to_have_value("aeldre")
    page.fill("#contact-email", "post@kommune.example")
    page.click("button[type=submit]")
    receipt = page.locator("#receipt")
    expect(receipt).to_be_visible()
    expect(page.locator("#docket-form")).to_be_hidden()
    expect(page.locator("#receipt-time")).to_contain_text("2031")
    expect(page.locator("#receipt-file")).to_have_text(counter.kept(slug).rstrip("\n"))
    page.goto(page.url)
    expect(page.locator("#docket-form")).to_be_visible()
