"""Criteria in a real browser: read, edited, tried, saved, tried on the store, published by another.

One journey in steps that follow each other, on a server of its own: published criteria hold for
everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus.reading import read_bytes
from review.settings import Settings
from review.workbench import Workbench
from tests.browser import server as servers
from tests.browser.conftest import windows
from tests.browser.desk import Desk
from tests.browser.server import RunningServer

WRITER, PUBLISHER, LAWYER = "thuong.truc", "quan.tri", "phap.che.bxd"
# No paper of the shipped catalogue: suggested only where a version says so.
WORDS, STEM, ITEM = "biên bản họp xóm", "1. Hồ sơ gồm:", "a) Bản sao biên bản họp xóm;"
JOB_MS = 90_000

CIRCULAR = f"""VĂN BẢN GIẢ ĐỊNH – DÙNG ĐỂ MINH HỌA
BỘ XÂY DỰNG
Số: 972/2021/TT-BXD
Hà Nội, ngày 05 tháng 5 năm 2021

THÔNG TƯ
Quy định việc đăng ký cầu ao chung

Điều 1. Hồ sơ đăng ký
{STEM}
{ITEM}
b) Sơ đồ vị trí cầu ao.
"""

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def lawful(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server whose store holds the circular, screened with the shipped criteria."""
    running = servers.start(tmp_path_factory.mktemp("tieu-chi"))
    bench = Workbench.open(Settings(mode="demo", data_dir=running.data_dir))
    try:
        operator = bench.people.operator()
        campaign = next(one.id for one in bench.campaigns.list(operator) if one.code == "2026")
        bench.library.load(operator, read_bytes("cau-ao.txt", CIRCULAR.encode()), campaign)
    finally:
        bench.close()
    yield running
    running.stop()


@pytest.fixture
def window(
    browser: Browser, lawful: RunningServer, screenshots: Path | None
) -> Iterator[Callable[[str], Desk]]:
    """Open the window of a person; its page ends without a complaint."""
    desks = []
    with windows(browser, lawful.url, patience=30_000) as open_page:

        def opened(username: str) -> Desk:
            page: Page = open_page()
            desks.append(Desk(page, screenshots))
            desks[-1].sign_in(username)
            return desks[-1]

        yield opened
        for desk in desks:
            desk.no_complaints()


def wait_for_job(desk: Desk, words: str) -> None:
    desk.page.get_by_text(words).first.wait_for(timeout=JOB_MS)
    desk.settle()


def test_a_wording_is_added_with_an_example_and_tried_on_one_provision(
    window: Callable[[str], Desk],
) -> None:
    desk = window(WRITER)
    desk.open("bo-tieu-chi", muc="sua", muc_sua="B1")
    desk.write("B1-wording", WORDS)
    desk.starting("B1-dan-").locator("input").first.fill(STEM)
    desk.starting("B1-vi-du-").locator("textarea").first.fill(ITEM)
    desk.shoot("tieu-chi-sua")
    desk.page.get_by_role("button", name="Giữ thay đổi").first.click()
    desk.settle()
    desk.shows("Đã giữ thay đổi của B1")
    desk.page.get_by_role("tab", name="Thử một điều khoản").click()
    desk.write("thu-dan", STEM)
    desk.write("thu-doan", ITEM)
    desk.page.get_by_role("tab", name="Thử một điều khoản").click()
    desk.shows("Bộ tiêu chí đang áp dụng gợi ý: không gì")
    desk.shows("B1 ·")
    desk.shoot("tieu-chi-thu")


def test_the_change_becomes_a_version_and_is_tried_on_the_store(
    window: Callable[[str], Desk],
) -> None:
    desk = window(WRITER)
    desk.open("bo-tieu-chi", muc="sua", muc_sua="B1")
    desk.write("ly-do-ban", "Xóm vẫn đòi biên bản họp để chứng minh nơi ở.")
    desk.press("luu-ban")
    desk.shows("Đã lưu bản 1")
    desk.open("bo-tieu-chi", muc="cac-ban")
    desk.page.get_by_role("link", name="1", exact=True).first.click()
    desk.settle()
    desk.press("thu-kho")
    wait_for_job(desk, "Gợi ý mới")
    desk.shows("972/2021/TT-BXD")
    expect(desk.keyed("ap-dung").get_by_role("button")).to_be_disabled()  # who wrote it
    desk.shoot("tieu-chi-thu-kho")


def test_a_second_person_publishes_and_the_store_is_screened_again(
    window: Callable[[str], Desk],
) -> None:
    desk = window(PUBLISHER)
    desk.open("bo-tieu-chi", muc="cac-ban")
    desk.page.get_by_role("link", name="1", exact=True).first.click()
    desk.settle()
    desk.shoot("tieu-chi-ap-dung")
    desk.press("ap-dung")
    desk.shows("Đã áp dụng bản 1")
    desk.press("ra-lai")
    wait_for_job(desk, "1 gợi ý mới")
    desk.shoot("tieu-chi-ra-lai")


def test_the_ministry_finds_the_new_suggestion_in_its_queue(
    window: Callable[[str], Desk],
) -> None:
    desk = window(LAWYER)
    desk.open("ra-soat", tu_khoa=WORDS)
    desk.shows("972/2021/TT-BXD")
    desk.shows(WORDS)
    desk.shoot("tieu-chi-goi-y-moi")
