"""The site in a real Chromium: the form from typing to file, and accessibility."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from support.browser import MOTIVATION, NAME, Look, Scheme, broken, fill
from support.worlds import AT, ROOT, docket_of, found_in, world

pytestmark = pytest.mark.browser

WORDS = {
    "da": ("Fortsæt", "Hent filen", "Der er problemer", "Indtast kontaktpersonens e-mail."),
    "en": (
        "Continue",
        "Download the file",
        "There is a problem",
        "Enter the contact's e-mail.",
    ),
}


def _open(page: Page, address: str, lang: str, name: str = "2031-skole") -> None:
    page.goto(f"{address}/{'en/' if lang == 'en' else ''}meld-interesse/{name}/")
    expect(page.locator("#docket-form")).to_be_visible()


@pytest.mark.parametrize("lang", ["da", "en"])
def test_form_to_file(page: Page, address: str, lang: str, tmp_path: Path) -> None:
    """What the form writes passes the check in the right folder, and says what was typed."""
    send, fetch, _, _ = WORDS[lang]
    _open(page, address, lang)
    fill(page)
    page.get_by_role("button", name=send, exact=True).click()
    expect(page.locator("#result")).to_be_focused()
    shown = page.locator("#file").input_value()
    with page.expect_download() as started:
        page.get_by_role("button", name=fetch).click()
    assert started.value.suggested_filename == "hoeje-taastrup.yml"
    register = world(tmp_path / "register")
    target = register / (page.locator("#file-name").text_content() or "")
    assert target == register / "submissions/2031-skole/hoeje-taastrup.yml"
    started.value.save_as(target)
    assert target.read_text(encoding="utf-8") == shown
    assert found_in(register) == []
    (entry,) = docket_of(register, AT).submissions_by["hoeje-taastrup"]
    assert entry.areas == ("dagtilbud", "folkeskole")
    assert entry.motivation == MOTIVATION
    assert entry.contact
    assert entry.contact.name == NAME
    assert entry.contact.email == "skole@kommune.example"
    assert entry.approval
    assert str(entry.approval.date) == "2031-02-20"


def test_mend_leads_to_what_was_chosen(page: Page, address: str) -> None:
    """Whoever mends a choice comes to the one that was made, not to the first."""
    _open(page, address, "da")
    fill(page)
    page.click("#docket-form button[type=submit]")
    page.get_by_role("button", name="Ret: Har kommunalbestyrelsen godkendt?").click()
    expect(page.locator("#approval-status-approved")).to_be_focused()


def test_form_to_pull_request(page: Page, address: str) -> None:
    """The button opens the forge with the whole path and the very same file."""
    _open(page, address, "da")
    fill(page)
    page.click("button[type=submit]")
    expect(page.locator("#result")).to_be_focused()
    href = page.locator("#open-forge").get_attribute("href") or ""
    parts = urlsplit(href)
    assert f"{parts.netloc}{parts.path}" == "github.com/example/docket/new/main"
    query = parse_qs(parts.query)
    assert query["filename"] == ["submissions/2031-skole/hoeje-taastrup.yml"]
    assert query["value"] == [page.locator("#file").input_value()]


def test_long_address_is_not_offered(page: Page, address: str) -> None:
    """A file too long for an address is offered for download only."""
    _open(page, address, "da")
    fill(page)
    page.fill("#motivation", "æ" * 2000)
    page.click("button[type=submit]")
    expect(page.locator("#result")).to_be_focused()
    expect(page.locator("#open-forge")).to_be_hidden()
    expect(page.locator("#way-forge-long")).to_be_visible()
    expect(page.locator("#download")).to_be_visible()


@pytest.mark.parametrize("lang", ["da", "en"])
def test_mistakes(page: Page, address: str, lang: str) -> None:
    """The summary takes focus and says at the top what the field says; its links lead there."""
    _, _, problem, ask = WORDS[lang]
    _open(page, address, lang)
    page.fill("#municipality", "Kardemomme")
    page.click("button[type=submit]")
    summary = page.locator("#errors")
    expect(summary).to_be_focused()
    expect(summary.locator("h2")).to_have_text(problem)
    expect(summary.locator("li")).to_have_count(4)
    expect(page.locator("#contact-email-error")).to_have_text(ask)
    summary.get_by_text(ask).click()
    expect(page.locator("#contact-email")).to_be_focused()
    described = page.locator("#contact-email").get_attribute("aria-describedby") or ""
    assert described.split() == ["contact-email-error", "contact-email-hint"]
    expect(page.locator("#municipality")).to_have_value("Kardemomme")
    page.fill("#contact-email", "ikke en adresse")
    page.check("#approval-status-rejected")
    page.click("button[type=submit]")
    expect(page.locator("#contact-email-error")).to_contain_text("»" if lang == "da" else "“")
    expect(page.locator("#approval-date-error")).to_be_visible()


def test_counter(page: Page, address: str) -> None:
    """The counter counts code points and does not stop typing."""
    _open(page, address, "da")
    page.fill("#motivation", "👩" * 1999)
    expect(page.locator("#motivation-count")).to_have_text("I kan skrive 1 tegn mere")
    page.fill("#motivation", "æ" * 2002)
    expect(page.locator("#motivation-count")).to_have_text("I har skrevet 2 tegn for meget")
    page.click("button[type=submit]")
    expect(page.locator("#motivation-error")).to_contain_text("2.002 tegn")


def _addresses(public: Path) -> list[str]:
    kept = {"kommuner": 1, "runder": 9, "meld-interesse": 9}
    found = []
    for path in sorted(public.rglob("index.html")):
        name = path.parent.relative_to(public).as_posix()
        kind = name.removeprefix("en/").split("/")[0]
        if "/" in name.removeprefix("en/") and kind == "kommuner":
            kept[kind] -= 1
            if kept[kind] < -1:
                continue
        found.append(f"/{name}/" if name != "." else "/")
    return found


# The two languages have the same markup, so each is looked at in one light and one width.
# Pages of running text share their looks: each is looked at in one language only.
TEXTS = (
    *("arrangoer", "drift", "naar-noget-gaar-galt", "opsaetning", "privatliv", "spoergsmaal"),
    *("tilgaengelighed", "vejledning", "data"),
)


@pytest.mark.parametrize(("lang", "seen"), [("da", ("light", 1280)), ("en", ("dark", 390))])
def test_accessibility(
    page: Page, public: Path, address: str, lang: str, seen: tuple[Scheme, int]
) -> None:
    """Axe finds nothing by WCAG 2.0 to 2.2, A and AA, and no page scrolls sideways."""
    scheme, width = seen
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    wrong = {}
    for path in _addresses(public):
        name = path.strip("/").removeprefix("en/")
        if path.startswith("/en/") != (lang == "en") or name in TEXTS[lang == "en" :: 2]:
            continue
        page.goto(address + path)
        if found := broken(page):
            wrong[path] = found
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, path
    assert wrong == {}


def test_no_pages_lost_without_script(look: Look, address: str) -> None:
    """Without JavaScript the process and the status are there, and the form says what to do."""
    page = look(java_script_enabled=False)
    page.goto(f"{address}/runder/2022-beskaeftigelse/")
    expect(page.locator("h1")).to_contain_text("Velfærdsaftaler på beskæftigelsesområdet")
    expect(page.locator("article")).to_contain_text("Hillerød")
    page.goto(f"{address}/meld-interesse/2031-skole/")
    expect(page.locator("noscript p").first).to_be_visible()
    expect(page.locator("#docket-form")).to_be_hidden()


def test_copies_are_not_ours() -> None:
    """The browser tests run on a copy: the repository itself has no built site from them."""
    assert not (ROOT / "submissions/2031-skole").exists()
