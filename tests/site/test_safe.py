"""The policy of the pages, and what submitters wrote, in a real Chromium: nothing runs or loads."""

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from playwright.sync_api import Dialog, Page, Route, expect

from support.browser import Look
from support.built import Counter
from support.hostile import ROUND, TEXTS, attackers

pytestmark = pytest.mark.browser

WATCH = """
addEventListener("securitypolicyviolation", ({effectiveDirective, blockedURI, sample}) =>
  console.warn("refused", effectiveDirective, blockedURI, sample));
"""
EVIL = """<h1>x</h1><script>document.title = "ran"</script>
<img src="x" onerror="document.title = 'ran'"><img src="https://evil.example/image.png">
<script src="https://evil.example/script.js"></script><base href="https://evil.example/">
<style>body { display: none }</style><b style="display: none">b</b>
<iframe src="https://evil.example/frame"></iframe><object data="/assets/mark.svg"></object>"""


@pytest.fixture
def told(look: Look) -> tuple[Page, list[str]]:
    """A page, and what it did that it must not: refused by the policy, asked for, popped up."""
    page = look()
    page.add_init_script(WATCH)
    wrong: list[str] = []

    def note(what: str, *, bad: bool) -> None:
        if bad:
            wrong.append(what)

    page.on("console", lambda said: note(said.text, bad=said.text.startswith("refused")))

    def pop(dialog: Dialog) -> None:
        note(dialog.message, bad=True)
        dialog.dismiss()

    page.on("dialog", pop)
    own = ("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")
    page.on("request", lambda request: note(request.url, bad=not request.url.startswith(own)))
    return page, wrong


def _line(text: str) -> str:
    return " ".join(text.split())


def _search(page: Page, words: str) -> None:
    page.locator("#search").press_sequentially(words)
    expect(page.locator("#found a").first).to_be_visible()


def test_the_site_works_under_its_policy(counter: Counter, told: tuple[Page, list[str]]) -> None:
    """Search, list, map and form do what they should, and none is refused."""
    page, wrong = told
    page.goto(f"{counter.address}/nope/")
    expect(page.locator("h1")).to_have_text("Siden findes ikke")
    page.goto(f"{counter.address}/runder/2031-skole/?find=viborg")
    expect(page.locator(".finder tbody tr:visible")).to_have_count(1)
    page.locator(".map .tile").first.focus()
    page.goto(counter.form("da"))
    page.click("#docket-form button[type=submit]")
    expect(page.locator("#errors")).to_be_focused()
    _search(page, "frist")
    assert wrong == []


def test_what_was_slipped_in_does_not_run(counter: Counter, told: tuple[Page, list[str]]) -> None:
    """Script, frame, picture and style that got into a built page stay dead."""
    page, wrong = told

    def slip(route: Route) -> None:
        answer = route.fetch()
        body = re.sub(
            r"(?s)(<article.*?>).*?(?=</article>)", lambda at: at[1] + EVIL, answer.text()
        )
        route.fulfill(response=answer, body=body)

    page.route("**/privatliv/", slip)
    loaded: list[str] = []
    page.route("https://evil.example/**", lambda route: loaded.append(route.request.url))
    page.goto(f"{counter.address}/privatliv/")
    assert page.title() == "Privatliv – Velfærdsaftaler"
    expect(page.locator("article b")).to_be_visible()
    refused = {one.split()[1] for one in wrong if one.startswith("refused")}
    assert refused == {
        "script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr",
        "img-src", "frame-src", "object-src", "base-uri",
    }  # fmt: skip
    assert loaded == []


def test_hostile_words_are_words(counter: Counter, told: tuple[Page, list[str]]) -> None:
    """Whatever a municipality wrote is shown as it was written, and does nothing."""
    page, wrong = told
    for slug, text in attackers().items():
        page.goto(f"{counter.address}/kommuner/{slug}/")
        shown = _line(page.locator("article").inner_text())
        assert shown.count(_line(text)) == 2, text
        assert page.locator("article :is(script, img, iframe, base, style, button)").count() == 0
    for path in (f"runder/{ROUND}/", f"en/runder/{ROUND}/", "runder/", "kommuner/"):
        page.goto(f"{counter.address}/{path}")
        assert page.locator("article :is(img, iframe, base, style)").count() == 0
    page.goto(f"{counter.address}/runder/{ROUND}/")
    expect(page.locator("article")).to_contain_text("<img src=x onerror=alert(1)>.yml")
    _search(page, "runde")
    for name in ("status.json", "haendelser.atom", "status.schema.json"):
        page.goto(f"{counter.address}/data/{name}")
    assert wrong == []


def test_hostile_words_open_again(counter: Counter, told: tuple[Page, list[str]]) -> None:
    """The form opens what was written to be changed: in its fields, to the letter."""
    page, wrong = told
    worst = {TEXTS[name] for name in ("closed", "attribute", "part", "entity", "dollar", "joiner")}
    for slug, text in attackers().items():
        if text not in worst:
            continue
        page.goto(f"{counter.address}/meld-interesse/{ROUND}/?aendr={slug}")
        expect(page.locator("#motivation")).to_have_value(text)
        expect(page.locator("#approval-body")).to_have_value(text)
    assert wrong == []


def test_the_desk_answers_in_words(counter: Counter, told: tuple[Page, list[str]]) -> None:
    """The answer to a form sent without our script holds what was typed, as words."""
    page, wrong = told
    page.route("**/assets/form/main.js", lambda route: route.abort())
    page.goto(counter.form("da"))
    everything = "\n".join(TEXTS.values())[:1990]
    typed = {
        "#municipality": "part",
        "#contact-name": "closed",
        "#contact-email": "attribute",
        "#contact-phone": "image",
        "#approval-body": "style",
    }
    for name, text in typed.items():
        page.fill(name, TEXTS[text])
    page.fill("#motivation", everything)
    page.click("#docket-form button[type=submit]")
    assert page.url.endswith("/desk/2031-skole/")
    expect(page.locator("#municipality")).to_have_value(TEXTS["part"])
    expect(page.locator("#contact-name")).to_have_value(TEXTS["closed"])
    expect(page.locator("#contact-email")).to_have_value(TEXTS["attribute"])
    expect(page.locator("#motivation")).to_have_value(everything)
    expect(page.locator("#errors li")).to_have_count(4)
    assert page.locator("#docket-form").count() == 1
    page.fill("#municipality", "Varde")
    page.select_option("#areas-0", "aeldre")
    page.fill("#contact-email", "post@kommune.example")
    page.fill("#contact-phone", "")
    page.click("#docket-form button[type=submit]")
    expect(page.locator("#receipt-file")).to_contain_text(json.dumps(TEXTS["closed"]))
    assert page.locator("#receipt-file *").count() == 0
    assert wrong == []


def test_hostile_words_in_data(counter: Counter) -> None:
    """Data says what was written: JSON to the letter, in a spreadsheet no formula, XML whole."""
    data = counter.root / "public/data"
    told = {
        row["municipality"]: row["motivation"]
        for one in json.loads((data / "status.json").read_text("utf-8"))["rounds"]
        if one["round"]["round"] == ROUND
        for row in one["submissions"]
        if row["municipality"] in attackers()
    }
    assert told == attackers()
    rows = csv.reader((data / "status.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert sum(TEXTS["formula"] in cell for cell in cells) == 2
    assert ET.parse(data / "haendelser.atom").getroot().tag.endswith("feed")
    assert Calendar.from_ical((data / "frister.ics").read_bytes()).walk("VEVENT")


def test_refused_files_show_none_of_it(counter: Counter) -> None:
    """What turns text around or steers a terminal is in nothing that was built."""
    public: Path = counter.root / "public"
    for path in public.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".atom", ".ics"):
            assert not re.search("[\u202a-\u202e\x00\x07\x1b]", path.read_text("utf-8")), path
