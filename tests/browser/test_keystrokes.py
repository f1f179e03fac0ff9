"""What is being typed survives a server that is killed: within two seconds it is in the store."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import server as servers
from tests.browser.conftest import windows
from tests.browser.desk import Desk
from tests.browser.server import RunningServer

WORDS = "Quy định này có phải thủ tục nội bộ không?"

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def own_server(chromium_path: str, tmp_path: Path) -> Iterator[RunningServer]:
    """A server of this test's own: it will be killed."""
    running = servers.start(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def window(browser: Browser, own_server: RunningServer) -> Iterator[Callable[[], Page]]:
    with windows(browser, own_server.url, patience=30_000) as open_page:
        yield open_page


def stored(server: RunningServer, words: str, seconds: float) -> float:
    """Return after how many seconds a draft holds the words; fails when it never does."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with closing(sqlite3.connect(server.data_dir / "rasoat.db")) as db:
            values = [json.loads(row[0]) for row in db.execute("SELECT value FROM drafts")]
        if any(value.get("question") == words for value in values):
            return time.monotonic() - began
        time.sleep(0.05)
    pytest.fail(f"chưa lưu sau {seconds} giây")


def test_a_killed_server_loses_no_word(
    window: Callable[[], Page], own_server: RunningServer
) -> None:
    desk = Desk(window())
    desk.sign_in("phap.che.bxd")
    desk.open("ra-soat")
    desk.page.keyboard.press("3")  # ask a colleague
    desk.settle()
    field = desk.starting("nhap-hoi").locator("textarea").first
    field.click()
    desk.page.keyboard.type(WORDS, delay=5)  # the field is not left
    assert stored(own_server, WORDS, 10) < 8  # two shared cores; the script itself waits 1,5 s
    expect(desk.page.locator("[data-rs-draft]").first).to_contain_text("đã lưu nháp")
    own_server.kill()
    stored(own_server, WORDS, 5)
    told = desk.page.get_by_role("dialog")
    told.wait_for()
    expect(told).to_contain_text("Mất kết nối với máy chủ")
    expect(told).to_contain_text("Những gì đã báo «đã lưu nháp» vẫn còn")
