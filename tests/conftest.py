"""What all tests share."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from docket.server.desk import Desk
from docket.server.web import open_door
from support.built import Counter, add_sealed, build, chromium, copy, running, served
from support.desk import still
from support.hostile import attack
from support.worlds import commit, world

settings.register_profile("docket", deadline=None)  # no test is timed: machines differ
settings.load_profile("docket")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--bless` writes what the cases find now into their expected.txt."""
    parser.addoption("--bless", action="store_true", help="accept what the cases find now")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The base world on disk."""
    return world(tmp_path / "register")


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the real register with the base world in it."""
    return build(copy(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="session")
def address(public: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(public) as found:
        yield found


@pytest.fixture(scope="session")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """The site built for the desk, with a round of attacks in it; its clock stands still."""
    root = copy(tmp_path_factory.mktemp("counter") / "site")
    attack(root)
    key = add_sealed(root)
    commit(root, "all", "2031-02-03T12:00:00+01:00")
    public = build(root, with_desk=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    desk = Desk(root, frozenset({address}), clock=still())
    with running(open_door(public, port, desk)):
        yield Counter(root, address, key)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real Chromium for all tests."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: install Debian's package chromium to run these tests")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test at any script error."""
    context = browser.new_context(accept_downloads=True)
    found = context.new_page()
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    yield found
    context.close()
    assert errors == []
