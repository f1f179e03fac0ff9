"""Real Chromium against a real server. Absent Chromium skips at home and fails in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import server as servers
from tests.browser.server import RunningServer

VIEWPORT = {"width": 1366, "height": 768}  # the laptop the screens are made for
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Debian puts Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        reason = "không có Chromium: cài gói chromium (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def server(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A workbench in demo mode with the sample acts."""
    running = servers.start(tmp_path_factory.mktemp("may-chu"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all tests; every test has its own context."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=_ARGUMENTS)
        yield chromium
        chromium.close()


@contextmanager
def windows(browser: Browser, url: str, patience: int = 20_000) -> Iterator[Callable[[], Page]]:
    """Open pages that share nothing with each other; ``patience`` in milliseconds."""
    contexts = []

    def open_page() -> Page:
        context = browser.new_context(
            viewport=VIEWPORT, base_url=url, locale="vi-VN", accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(patience)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def new_page(browser: Browser, server: RunningServer) -> Iterator[Callable[[], Page]]:
    """Open pages that share nothing with each other: as many people as wanted."""
    with windows(browser, server.url) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """The folder named by RASOAT_SCREENSHOTS, made when needed; None where nobody wants any."""
    wanted = os.environ.get("RASOAT_SCREENSHOTS")
    if not wanted:
        return None
    folder = Path(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
