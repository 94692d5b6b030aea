"""A round's whole year in a real browser, at the office only; and whoever works without script."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from docket.server.clock import Clock
from support.browser import Look, wrong
from support.desk import TOKEN, body, desk_of, post
from support.mail import message
from support.office import office_of
from support.randers import TEXT
from support.worlds import ROOT, found_in, git

pytestmark = pytest.mark.browser

ROUND = "2031-folkeskole"
TRACE = "from mail.kommune.example by mx.arrangoer.example; Mon, 8 Sep 2031 07:30:00 +0000"


@dataclass
class Day:
    """A clock that the test sets."""

    now: datetime = field(default_factory=lambda: datetime.fromisoformat("2031-07-01T09:00+02:00"))

    @property
    def clock(self) -> Clock:
        """As the servers read it."""
        return Clock(lambda: self.now, lambda: 0.0)

    def set(self, text: str) -> None:
        """Let it be another day."""
        self.now = datetime.fromisoformat(text)


def _open(page: Page) -> None:
    """Open a round from last time's, with its retention."""
    page.click("text=Runder")
    page.click("text=Opret en runde")
    page.select_option("#like", "2031-skole")
    page.click("text=Udfyld fra den")
    page.uncheck("#area-dagtilbud")
    page.uncheck("#area-aeldre")
    page.fill("#wishes", "1")
    page.fill("#deadline", "2031-09-30")
    page.fill("#retention", "2032-06-30")
    page.click("text=Se, hvad det betyder")
    expect(page.locator("pre")).to_contain_text("deadline: 2031-09-30")
    page.click("text=Opret runden")
    expect(page.locator(".notice")).to_contain_text(f"Gemt: Runden {ROUND} oprettet")


def _receive(page: Page, folder: Path) -> None:
    """Register an e-mail in plain words."""
    mail = message()
    mail["Received"] = TRACE
    (folder / "mail.eml").write_bytes(bytes(mail))
    page.click("text=Registrér en e-mail")
    page.select_option("#round", ROUND)
    page.set_input_files("#file", folder / "mail.eml")
    page.click("text=Læs filen")
    expect(page.locator("#received")).to_have_value("2031-09-08T09:30")
    page.fill("#municipality", "Odder")
    page.select_option("#areas-0", "folkeskole")
    page.fill("#contact-name", "Sekretariatet")
    page.fill("#contact-email", "post(at)kommune.example")
    page.click("text=Se, hvad det betyder")
    expect(page.locator("#contact-email-error")).to_be_visible()
    page.fill("#contact-email", "post@kommune.example")
    page.click("text=Se, hvad det betyder")
    page.click("text=Registrér svaret")
    expect(page.locator(".notice")).to_contain_text("Gemt: svaret fra Odder Kommune")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_year(register: Path, tmp_path: Path, look: Look, *, script: bool) -> None:
    """From the call to its stop, each step by pressing what the page offers, on a tablet."""
    page = look(java_script_enabled=script)
    page.set_viewport_size({"width": 820, "height": 1180})
    day = Day()
    with office_of(register, ROOT / "site/theme", day.clock) as office:
        page.goto(office.guard.address)
        assert "key" not in page.url
        _open(page)
        day.set("2031-09-10T09:00+02:00")
        _receive(page, tmp_path)
        with desk_of(register, tmp_path, clock=day.clock) as port:
            assert post(port, body(TEXT, ROUND, TOKEN))[0] == 201
        page.click("text=Indbakke")
        expect(page.locator(".card")).to_contain_text("Randers Kommune")
        page.click("text=Tag imod")
        expect(page.locator(".lead")).to_have_text("Ingen svar venter.")
        day.set("2031-10-15T09:00+02:00")
        page.click(f"a[href$='{ROUND}/']")
        page.click("text=Registrér udpegningen")
        page.check("input[value=randers]")
        page.click("text=Se, hvad det betyder")
        expect(page.locator("#preview")).to_contain_text("1 udpeget")
        expect(page.locator("#preview")).to_contain_text("Ikke udpeget: 1 af 2")
        page.click("text=Gem udpegningen")
        expect(page.locator(".notice")).to_contain_text(f"Gemt: Udpeget i {ROUND}: Randers")
        page.click("text=Skriv breve")
        with page.expect_download() as letters:
            page.click("a[href$='decision.zip']")
        assert letters.value.suggested_filename == f"{ROUND}-decision.zip"
        day.set("2032-08-31T09:00+02:00")
        page.goto(page.url.replace("breve/", "stop/"))
        page.fill("#reason-da", "Loven er ændret.")
        page.fill("#reason-en", "The law has changed.")
        page.fill("#source", "https://arrangoer.example/stop")
        page.click("text=Se, hvad det betyder")
        expect(page.locator("pre")).to_contain_text("Ikke længere udpeget: Randers")
        page.click("text=Stop runden for alle")
        expect(page.locator(".notice")).to_contain_text(f"Gemt: Runden {ROUND} stoppet")
    assert found_in(register, "2032-09-01") == []
    assert git(register, "rev-list", "--count", "--first-parent", "main") == "6"
    assert git(register, "status", "--porcelain") == ""


def _lose(route: Route) -> None:
    """The script's own question gets no answer; a button's does."""
    if route.request.is_navigation_request():
        route.continue_()
    else:
        route.abort()


def test_beside_the_ticks(register: Path, page: Page) -> None:
    """What a choice means changes beside it, without a press and with nothing kept."""
    before = git(register, "rev-parse", "main")
    day = Day(datetime.fromisoformat("2031-07-10T09:00+02:00"))
    with office_of(register, ROOT / "site/theme", day.clock) as office:
        page.goto(office.guard.address)
        page.goto(f"{page.url}runder/2031-skole/udpegning/")
        page.check("input[value=viborg]")
        expect(page.locator("#preview")).to_contain_text("Dagtilbud: 0")
        page.select_option("#area-viborg", "dagtilbud")
        expect(page.locator("#preview")).to_contain_text("Dagtilbud: 1")
        page.route("**/udpegning/", _lose)
        page.uncheck("input[value=viborg]")
        expect(page.locator("#preview")).to_be_empty()
        page.check("input[value=viborg]")
        page.select_option("#area-viborg", "folkeskole")
        page.click("text=Gem udpegningen")
        expect(page.get_by_role("alert")).to_contain_text("er ikke det, du så sidst")
        expect(page.locator("#preview")).to_contain_text("Folkeskole: 1")
        page.unroute("**/udpegning/")
        page.uncheck("input[value=viborg]")
        expect(page.locator("#preview")).to_contain_text("Sæt kryds ved mindst én.")
    assert git(register, "rev-parse", "main") == before


def test_everybody(register: Path, tmp_path: Path, page: Page) -> None:
    """Axe finds nothing on any page in any scheme, and none is wider than a phone."""
    day = Day(datetime.fromisoformat("2031-03-01T12:00+01:00"))
    with desk_of(register, tmp_path, clock=day.clock) as port:
        post(port, body(TEXT, token=TOKEN))
    with office_of(register, ROOT / "site/theme", day.clock) as office:
        page.goto(office.guard.address)
        home = page.url
        step = "runder/2031-skole/"
        names = ("", "udpegning/", "ret/", "stop/", "breve/")
        for path in ("", "e-mail/", "runder/", "runder/ny/", *(step + one for one in names)):
            page.goto(home + path)
            assert wrong(page) == [], path
        page.goto(f"{home}e-mail/")
        page.click("text=Skriv svaret selv")
        page.click("text=Se, hvad det betyder")
        assert wrong(page) == []
