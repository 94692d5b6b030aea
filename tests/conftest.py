"""What all tests share."""

import gc
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from docket.acts import seal
from docket.server.desk import Desk
from docket.server.door import open_door
from docket.server.limits import Limiter
from support.blessed import Blessed, compare
from support.browser import Look
from support.built import Counter, build, chromium, copy, make_counter, once, running, served
from support.desk import still
from support.memory import work_in_memory
from support.worlds import world

work_in_memory()
os.environ["LC_ALL"] = "C.UTF-8"  # whose terminal it is makes no difference here
settings.register_profile("docket", deadline=None)  # no test is timed: machines differ
settings.load_profile("docket")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--bless`, for the files that are kept beside the tests."""
    parser.addoption(
        "--bless",
        action="store_true",
        help="write what is made now into tests/cases/*/expected.txt and tests/pages;"
        " show what that changed, and fail once",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that all workers end together."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_collection_finish() -> None:
    """The collector looks seldom, and not at what was imported: little of it goes."""
    gc.set_threshold(20_000, 50, 20)
    gc.freeze()


@pytest.fixture
def blessed(request: pytest.FixtureRequest) -> Blessed:
    """Compare what is made now with the files that are kept."""
    return partial(compare, bless=request.config.getoption("--bless"))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The base world on disk."""
    return world(tmp_path / "register")


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the real register with the base world in it."""
    return once(tmp_path_factory, "site", lambda folder: build(copy(folder))) / "public"


@pytest.fixture(scope="session")
def address(public: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(public) as found:
        yield found


@pytest.fixture(scope="session")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """The site built for the desk, with a round of attacks in it; its clock stands still."""
    made = once(tmp_path_factory, "counter", make_counter)
    root = shutil.copytree(made / "site", tmp_path_factory.mktemp("counter") / "site")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    desk = Desk(root, frozenset({address}), clock=still(), limiter=Limiter(most=1000))
    with running(open_door(root / "public", port, desk)):
        yield Counter(root, address, seal.read_key((made / "key.json").read_bytes()))
    desk.turns.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real Chromium for all tests."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: install Debian's package chromium-headless-shell")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def context_of(browser: Browser) -> Callable[..., BrowserContext]:
    """A context for each manner of looking: a new one costs a second, a page in it a quarter."""
    return cache(browser.new_context)


@pytest.fixture
def look(browser: Browser, context_of: Callable[..., BrowserContext]) -> Iterator[Look]:
    """Opens pages that find no cookie or session, and fail their test at any script error."""
    with ExitStack() as stack:
        errors: list[str] = []

        def new_page(*, alone: bool = False, **manner: Any) -> Page:  # noqa: ANN401 - as Playwright
            context = browser.new_context(**manner) if alone else context_of(**manner)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            stack.callback(context.close if alone else context.clear_cookies)
            stack.callback(page.close)
            return page

        yield new_page
    assert errors == []


@pytest.fixture
def page(look: Look) -> Page:
    """A page in a usual window."""
    return look()
