"""A register's own questions in a real browser: asked, told, sent, opened again by the link."""

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from docket.server.desk import Desk
from docket.server.door import open_door
from docket.server.limits import Limiter
from support.browser import Look, Scheme, broken
from support.built import build, copy, once, running
from support.desk import ask as post
from support.desk import still
from support.own import ANSWERS
from support.own import ask as let_it_ask
from support.randers import PATH
from support.worlds import commit, git

pytestmark = pytest.mark.browser
FORM = "/meld-interesse/2031-skole/"


@dataclass(frozen=True)
class World:
    """A register with questions of its own, served with a desk."""

    root: Path
    address: str
    port: int

    def kept(self, slug: str) -> str:
        """What the branch of a municipality holds."""
        path = PATH.replace("randers", slug)
        return git(self.root, "show", f"submission/2031-skole/{slug}:{path}")


def _make(folder: Path) -> None:
    root = copy(folder / "site")
    let_it_ask(root)
    for path in ("randers", "struer", "skive"):
        (root / f"submissions/2031-skole/{path}.yml").unlink(missing_ok=True)
    commit(root, "all", "2031-02-03T12:00:00+01:00")
    build(root, with_desk=True)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The desk of such a register; its clock stands still."""
    made = once(tmp_path_factory, "own", _make)
    root = shutil.copytree(made / "site", tmp_path_factory.mktemp("own") / "site")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    desk = Desk(root, frozenset({address}), clock=still(), limiter=Limiter(most=1000))
    with running(open_door(root / "public", port, desk)):
        yield World(root, address, port)
    desk.turns.close()


def _given(page: Page, name: str) -> None:
    """What every answer says."""
    page.fill("#municipality", name)
    page.select_option("#areas-0", "folkeskole")
    page.fill("#contact-name", "Sekretariatet")
    page.fill("#contact-email", "post@kommune.example")


def _own(page: Page) -> None:
    """An answer to each of the register's own questions."""
    page.fill("#own-skole", " Åskolen ")
    page.fill("#own-plan", "Vi vil\n\n* mere")
    page.fill("#own-elever", "1.250")
    page.fill("#own-budget", "2,50")
    page.check("#own-start-foraar")
    page.check("#own-trin-2")
    page.check("#own-trin-0")
    page.check("#own-privat-false")
    page.fill("#own-side", "https://skole.example/plan")
    page.fill("#own-dag", "11. august 2031")
    page.fill("#own-post", "post@skole.example")
    page.fill("#own-telefon", "12345678")


def test_from_form_to_receipt_and_back(world: World, page: Page) -> None:
    """What is answered is shown once more, kept as it was shown, and opened again by its link."""
    page.goto(world.address + FORM)
    _given(page, "Randers")
    page.click("button[type=submit]")
    errors = page.locator("#errors li")
    expect(errors).to_have_text(
        [
            "Indtast et tal i feltet »Antal elever«.",
            "Vælg et svar i feltet »Hvornår vil I begynde?«.",
        ]
    )
    page.click("#errors a >> nth=1")
    expect(page.locator("#own-start-foraar")).to_be_focused()
    _own(page)
    page.check("#own-trin-1")
    page.fill("#own-elever", "tusind")
    page.click("button[type=submit]")
    expect(errors).to_have_text(
        [
            (
                "»tusind« i feltet »Antal elever« er ikke et helt tal. "
                "Indtast det med cifre, for eksempel 1250"
            ),
            "Der er valgt 3 i feltet »Hvilke klassetrin?«. Vælg højst 2.",
        ]
    )
    expect(page.locator("#own-elever")).to_have_attribute("aria-invalid", "true")
    page.uncheck("#own-trin-1")
    page.fill("#own-elever", "1.250")
    page.reload()  # what was typed and ticked is there again
    expect(page.locator("#own-trin-2")).to_be_checked()
    expect(page.locator("#own-trin-1")).not_to_be_checked()
    expect(page.locator("#own-plan-count")).to_contain_text("986")
    page.click("button[type=submit]")
    expect(page.locator("#result")).to_be_focused()
    shown, hidden = (page.locator(f"#{part}").inner_text() for part in ("shown", "hidden"))
    for told in ("1.250", "Til foråret", "0.-3. klasse\n7.-9. klasse", "Nej", "11. august 2031"):
        assert told in shown
    assert "Budget i mio. kr.\n2,5" in hidden
    assert "Budget" not in shown
    page.click("#send")
    expect(page.locator("#receipt")).to_be_focused()
    assert world.kept("randers").endswith("\n" + ANSWERS.rstrip())
    answers = page.locator("#own dl.answers")
    expect(answers.nth(0)).to_contain_text("Antal elever")
    expect(answers.nth(1)).to_contain_text("Budget i mio. kr.")
    page.click("button[value=change]")
    expect(page.locator("#own-elever")).to_have_value("1250")
    expect(page.locator("#own-budget")).to_have_value("2,5")
    expect(page.locator("#own-trin-0")).to_be_checked()
    expect(page.locator("#own-privat-false")).to_be_checked()
    page.check("#own-privat-")
    page.fill("#own-budget", "1.250,75")
    page.click("button[type=submit]")
    page.click("#send")
    expect(page.locator("#receipt")).to_be_focused()
    kept = world.kept("randers")
    assert "budget: 1250.75\n" in kept
    assert "privat" not in kept


def test_without_a_script(world: World, look: Look) -> None:
    """The same form and the same file without JavaScript, and the same words where it is wrong."""
    page = look(java_script_enabled=False)
    page.goto(world.address + FORM)
    _given(page, "Odense")
    _own(page)
    page.fill("#own-elever", "0,5")
    page.check("#own-trin-1")
    page.click("button[type=submit]")
    expect(page.locator("#errors li")).to_have_text(
        [
            (
                "»0,5« i feltet »Antal elever« er ikke et helt tal."
                " Indtast det med cifre, for eksempel 1250"
            ),
            "Der er valgt 3 i feltet »Hvilke klassetrin?«. Vælg højst 2.",
        ]
    )
    expect(page.locator("#own-budget")).to_have_value("2,5")
    expect(page.locator("#own-trin-1")).to_be_checked()
    page.fill("#own-elever", "1.250")
    page.uncheck("#own-trin-1")
    page.click("button[type=submit]")
    expect(page.locator("#receipt-name")).to_have_text("Odense Kommune")
    assert world.kept("odense").endswith("\n" + ANSWERS.rstrip())


def test_english_numbers(world: World) -> None:
    """In English a full stop stands before the decimals, and a comma between thousands."""
    fields = {
        "municipality": "Vejle",
        "areas": "folkeskole",
        "contact-name": "x",
        "contact-email": "post@kommune.example",
        "approval-status": "pending",
        "own-elever": "1,250",
        "own-budget": "1.250",
        "own-start": "senere",
    }
    where = "/en/desk/2031-skole/"
    assert post(world.port, where, origin=world.address, **fields)[0] == 201
    assert "elever: 1250\nbudget: 1.25\n" in world.kept("vejle")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_accessible(world: World, page: Page, scheme: Scheme, width: int) -> None:
    """Axe finds nothing wrong with such a form, neither fresh nor with everything wrong in it."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(world.address + FORM)

    for _ in range(2):
        assert broken(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.click("button[type=submit]")
        expect(page.locator("#errors")).to_be_focused()
