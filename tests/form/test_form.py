"""The form in a real browser: what it tells at once, and how an answer is changed."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from docket.site import build
from support.browser import Look, fill
from support.generated import generated
from support.worlds import AT, docket_of, found_in, world

pytestmark = pytest.mark.browser
LATE = "2031-07-10T09:00:00+02:00"


def _open(page: Page, address: str, query: str = "", clock: str = "") -> None:
    """Open the form; with `clock`, as a page built before that is seen then."""
    if clock:

        def unset(route: Any) -> None:  # noqa: ANN401 - Playwright's
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace(f'"at":"{AT}"', '"at":null'))

        page.route("**/meld-interesse/2031-skole/*", unset)
        page.clock.set_fixed_time(clock)
    page.goto(f"{address}/meld-interesse/2031-skole/{query}")
    expect(page.locator("#docket-form")).to_be_visible()


def _file(page: Page) -> str:
    page.click("button[type=submit]")
    expect(page.locator("#result")).to_be_focused()
    return page.locator("#file").input_value()


def test_suggestions(page: Page, address: str) -> None:
    """Typing suggests, whatever the spelling; keys move and choose, and a screen reader is told."""
    _open(page, address)
    field = page.locator("#municipality")
    field.press_sequentially("tåst")
    expect(field).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text(["Høje-Taastrup"])
    field.fill("aa")
    expect(options.first).to_have_text("Aabenraa")
    expect(page.locator("#municipality-found")).to_contain_text("forslag")
    field.press("ArrowDown")
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant") or ""
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    chosen = page.locator(f"#{active}").inner_text()
    field.press("Enter")
    expect(field).to_have_value(chosen)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("0751")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Tab")
    expect(field).to_have_value("Aarhus")
    field.fill("kardemomme")
    expect(page.locator("#municipality-found")).to_contain_text("Ingen kommune")


def test_who_cannot_answer_is_told_at_once(page: Page, address: str) -> None:
    """A municipality that holds an agreement is told before it has filled in anything."""
    _open(page, address, "?kommune=aarhus")
    expect(page.locator("#municipality")).to_have_value("Aarhus")
    expect(page.locator("#status")).to_contain_text("har allerede en aftale")
    page.click("button[type=submit]")
    expect(page.locator("#municipality-error")).to_contain_text("har allerede en aftale")


def test_fields_follow_the_approval(page: Page, address: str) -> None:
    """A decision may have minutes, and must have a date, one that has come."""
    _open(page, address)
    expect(page.locator("#approval-minutes")).to_be_hidden()
    page.check("#approval-status-approved")
    expect(page.locator("#approval-minutes")).to_be_visible()
    page.fill("#approval-date", "1. april 2031")
    page.click("button[type=submit]")
    expect(page.locator("#approval-date-error")).to_contain_text("Den dag er ikke kommet")
    page.fill("#approval-date", "31. 2. 2031")
    page.click("button[type=submit]")
    expect(page.locator("#approval-date-error")).to_contain_text("er ikke en dato")


def test_everything_once_more(page: Page, address: str) -> None:
    """Before sending, every answer is shown, and whether the site shows it; each can be mended."""
    _open(page, address)
    fill(page)
    _file(page)
    told = page.locator("#answers")
    for words in ("Høje-Taastrup", "1. Dagtilbud", "20. februar 2031", "skole@kommune.example"):
        expect(told).to_contain_text(words)
    mail = page.locator("#hidden > div").filter(has_text="skole@kommune.example")
    expect(page.locator("h1")).to_have_text("Tjek jeres svar")
    expect(page.get_by_text("Tilkendegivelsen er ikke sendt endnu.")).to_be_visible()
    mail.get_by_role("button").click()
    expect(page.locator("#contact-email")).to_be_focused()
    page.click("button[type=submit]")
    expect(page.locator("#result")).to_be_focused()
    page.go_back()
    expect(page.locator("#docket-form")).to_be_visible()


def test_mail_names_the_file(page: Page, address: str) -> None:
    """The e-mail is short and names the file."""
    _open(page, address)
    fill(page)
    _file(page)
    query = parse_qs(urlsplit(page.locator("#mail").get_attribute("href") or "").query)
    assert "Høje-Taastrup" in query["subject"][0]
    assert "hoeje-taastrup.yml" in query["body"][0]
    assert len(query["body"][0]) < 200


def _world(tmp_path: Path, page: Page, name: str) -> Path:
    register = world(tmp_path / "register")
    (register / f"submissions/2031-skole/{name}.yml").write_text(_file(page), encoding="utf-8")
    return register


def test_change(page: Page, address: str, tmp_path: Path) -> None:
    """An answer is opened again from what is published; its own file brings the contact back."""
    _open(page, address)
    page.fill("#municipality", "viborg")
    expect(page.locator("#status")).to_contain_text("allerede meldt sig")
    page.locator("#status a").click()
    expect(page.locator("#municipality")).to_have_value("Viborg")
    expect(page.locator("#areas-0")).to_have_value("folkeskole")
    expect(page.locator("#areas-1")).to_have_value("dagtilbud")
    expect(page.locator("#contact-name")).to_have_value("")
    earlier = tmp_path / "viborg.yml"
    text = "municipality: viborg\ncontact: {name: 'Bo''s kontor', email: \"b@kommune.example\"}\n"
    earlier.write_text(text + "areas:\n  [aeldre]\n", encoding="utf-8")
    page.set_input_files("#earlier", earlier)
    expect(page.locator("#status")).to_contain_text("kan ikke åbnes")
    earlier = tmp_path / "viborg (1).yml"
    earlier.write_text(text + "areas: [aeldre]\napproval:\n  status: pending\n", encoding="utf-8")
    page.set_input_files("#earlier", earlier)
    expect(page.locator("#contact-name")).to_have_value("Bo's kontor")
    expect(page.locator("#areas-0")).to_have_value("aeldre")
    page.check("#approval-status-approved")
    page.fill("#approval-date", "1-3-2031")
    register = _world(tmp_path, page, "viborg")
    assert found_in(register) == []
    entry = docket_of(register).submissions_by["viborg"][0]
    assert entry.approval
    assert entry.approval.status == "approved"


@pytest.mark.parametrize("withdraw", [False, True])
def test_after_the_deadline(look: Look, address: str, tmp_path: Path, withdraw: bool) -> None:  # noqa: FBT001 - a case
    """After the deadline only what may change can be changed, and the check agrees."""
    page = look(alone=True)
    _open(page, address, "?aendr=viborg", clock=LATE)
    expect(page.locator("#clock")).to_contain_text("Nu kan I kun rette kontaktpersonen")
    expect(page.locator("#areas-0")).to_be_hidden()
    expect(page.locator("#motivation")).to_be_hidden()
    page.fill("#contact-name", "Sekretariatet")
    page.fill("#contact-email", "ny@kommune.example")
    if withdraw:
        page.check("#withdraw-yes")
        page.fill("#withdrawn-reason", "Byrådet vil vente")
    register = _world(tmp_path, page, "viborg")
    assert found_in(register, LATE) == []
    entry = docket_of(register, LATE).submissions_by["viborg"][0]
    assert str(entry.withdrawn.date if entry.withdrawn else None) == (
        "2031-07-10" if withdraw else "None"
    )


def test_too_late(look: Look, address: str) -> None:
    """A page built before the deadline says that it has passed; its clock may be wrong."""
    page = look(alone=True)
    _open(page, address, clock="2031-06-30T12:00:01+02:00")
    expect(page.locator("#clock")).to_contain_text("Fristen udløb mandag den 30. juni 2031")
    fill(page)
    page.click("button[type=submit]")
    expect(page.locator("#municipality-error")).to_contain_text("Fristen er udløbet")
    expect(page.locator("#municipality-error")).to_contain_text("Går uret i denne computer forkert")
    expect(page.locator("#result")).to_be_hidden()
    assert "hoeje-taastrup" in _file(page)  # whoever insists goes on: the receiver decides


def test_built_after_the_deadline(page: Page, address: str) -> None:
    """A page built after the deadline asks for the municipality alone, and says where it stands."""
    page.goto(f"{address}/meld-interesse/2030-job/")
    expect(page.locator("#clock")).to_contain_text("Fristen udløb fredag den 1. februar 2030")
    expect(page.locator("#fields")).to_be_hidden()
    page.fill("#municipality", "høje tåstrup")
    expect(page.locator("#status")).to_contain_text("Høje-Taastrup har ingen tilkendegivelse")
    expect(page.get_by_role("link", name="Se, hvad der er åbent")).to_be_visible()


def test_a_clock_that_is_slow(look: Look, address: str) -> None:
    """A clock that is behind calls yesterday's meeting the future: it says so, and lets go on."""
    page = look(alone=True)
    _open(page, address, clock="2031-02-01T12:00:00+01:00")
    fill(page)
    page.check("#approval-status-approved")
    page.fill("#approval-date", "d. 20. februar 2031")
    page.click("button[type=submit]")
    expect(page.locator("#approval-date-error")).to_contain_text("Går uret i denne computer")
    assert 'date: "2031-02-20"' in _file(page)


def test_a_misspelt_name(page: Page, address: str) -> None:
    """A slip is met with the name that is meant: in the list, at the field, and in a search."""
    _open(page, address)
    field = page.locator("#municipality")
    for typed, name in (
        ("Kobenh", "København"),
        ("Brøndeslev", "Brønderslev"),
        ("Arhus", "Aarhus"),
    ):
        field.fill(typed)
        expect(page.get_by_role("listbox").get_by_role("option").first).to_have_text(name)
    page.click("button[type=submit]")
    expect(page.locator("#municipality-error")).to_contain_text("Mente du Aarhus?")
    page.goto(f"{address}/kommuner/?find=Brøndeslev")
    expect(page.locator(".names li:visible")).to_contain_text(["Brønderslev"])
    expect(page.locator(".finder__shown")).to_contain_text("Mente du")
    page.goto(f"{address}/kommuner/?find=Ta\u030arnby")
    expect(page.locator(".names li:visible")).to_contain_text(["Tårnby"])


def test_lines_of_a_mail(page: Page, address: str) -> None:
    """A line of the e-mail ends as mail programs want it: CR and LF."""
    _open(page, address)
    fill(page)
    _file(page)
    address_of_mail = page.locator("#mail").get_attribute("href") or ""
    assert "%0D%0A%0D%0A" in address_of_mail
    assert "%0A" not in address_of_mail.replace("%0D%0A", "")


def test_just_in_time(look: Look, address: str) -> None:
    """At the deadline itself it is still in time."""
    page = look(alone=True)
    _open(page, address, clock="2031-06-30T12:00:00+02:00")
    fill(page)
    assert "hoeje-taastrup" in _file(page)


def test_no_storage_no_harm(page: Page, address: str) -> None:
    """Where the browser keeps nothing, the form works all the same."""
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('no'); }})"
    )
    _open(page, address)
    fill(page)
    assert "hoeje-taastrup" in _file(page)


@pytest.mark.parametrize("part", ["main", "submit"])
def test_half_a_form_loses_nothing(page: Page, address: str, part: str) -> None:
    """Where a part of the script did not come, the button loses nothing that was typed."""
    page.route(f"**/form/{part}.js", lambda route: route.abort())
    _open(page, address)
    fill(page)
    page.click("button[type=submit]")
    if part == "submit":
        expect(page.locator("#status")).to_be_in_viewport()
        expect(page.locator("#status")).to_contain_text("Intet er sendt.")
    assert page.url == f"{address}/meld-interesse/2031-skole/"
    expect(page.locator("#approval-body")).to_have_value("Økonomiudvalget")


def test_blank_file(register: Path) -> None:
    """The file for filling in by hand is right once it is filled in, in both languages."""
    made = generated(register)
    for lang in ("da", "en"):
        blank = made[f"{lang}/meld-interesse/2031-skole.yml"]
        path = register / "submissions/2031-skole/randers.yml"
        path.write_text(blank, encoding="utf-8")
        codes = {one.rpartition(" ")[2] for one in found_in(register)}
        assert codes <= {"S03", "S04", "P01"}
        rows = [
            row
            for row in blank.splitlines()
            if not row.endswith('""') or row.strip().startswith(("municipality", "name", "email"))
        ]
        filled = "\n".join(rows).replace('municipality: ""', "municipality: randers")
        filled = filled.replace('name: ""', 'name: "x"').replace(
            'email: ""', 'email: "a@b.example"'
        )
        path.write_text(filled.replace('[""]', "[aeldre]") + "\n", encoding="utf-8")
        assert found_in(register) == []
    assert "meld-interesse" in build.GENERATED


@pytest.mark.parametrize("width", [320, 1280])
def test_narrow(page: Page, address: str, width: int) -> None:
    """At 320 px, which is 400 % zoom on a desktop, nothing scrolls sideways at any step."""
    page.set_viewport_size({"width": width, "height": 640})
    wide = "document.documentElement.scrollWidth - window.innerWidth"
    _open(page, address)
    page.click("button[type=submit]")
    expect(page.locator("#errors")).to_be_focused()
    assert page.evaluate(wide) <= 0
    fill(page)
    page.fill("#contact-name", "x" * 150)
    _file(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate(wide) <= 0
