"""What the screens refuse or bring together: files too large, two people in one proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import server as servers
from tests.browser.conftest import windows
from tests.browser.desk import Desk
from tests.browser.server import RunningServer

REVIEWER, LEAD = "ra.soat.bxd", "phap.che.bxd"
LIMIT = 1  # MB
FIRST = "Bỏ sổ hộ khẩu, dùng số định danh cá nhân."
SECOND = "Thay bằng thông tin trong cơ sở dữ liệu dân cư."

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def small(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that takes small files only."""
    running = servers.start(tmp_path_factory.mktemp("gioi-han"), max_upload_mb=str(LIMIT))
    yield running
    running.stop()


@pytest.fixture
def window(
    browser: Browser, small: RunningServer, screenshots: Path | None
) -> Iterator[Callable[[str], Desk]]:
    """Open windows, one for each person."""
    desks = []
    with windows(browser, small.url, patience=30_000) as open_page:

        def opened(username: str) -> Desk:
            desk = Desk(open_page(), screenshots)
            desks.append(desk)
            desk.sign_in(username)
            return desk

        yield opened
        for desk in desks:
            desk.no_complaints()


def test_a_file_above_the_limit_is_not_taken_and_the_reason_is_said(
    window: Callable[[str], Desk], tmp_path: Path
) -> None:
    desk = window(LEAD)
    desk.open("kho-van-ban")
    large = tmp_path / "qua-lon.txt"
    large.write_bytes(b"a" * (LIMIT * 2**20 + 1))
    desk.hand_in(large)
    refused = desk.page.locator('[data-testid="stFileChip"][aria-invalid="true"]')
    expect(refused).to_contain_text("qua-lon.txt")
    told = refused.evaluate("chip => getComputedStyle(chip, '::after').content")
    assert "vượt giới hạn dung lượng" in told
    expect(desk.keyed("nap").get_by_role("button").first).to_be_disabled()
    desk.shoot("tep-qua-lon")


def test_what_the_framework_says_itself_is_vietnamese(window: Callable[[str], Desk]) -> None:
    leader = window("lanh.dao")
    leader.open("y-kien")  # no page of his
    dialog = leader.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Không có trang ấy, hoặc vai trò của bạn không dùng")
    expect(dialog).not_to_contain_text("page")
    expect(dialog.get_by_role("button")).to_have_attribute("aria-label", "Đóng")
    secretariat = window("thuong.truc")
    secretariat.open("cuoc-hop")
    secretariat.starting("nhap-hop-mat").locator("input").first.click()
    names = secretariat.page.get_by_role("option")
    expect(names.filter(has_text="Chọn tất cả")).to_be_visible()
    expect(names.filter(has_text="Select")).to_have_count(0)
    secretariat.open("tong-quan")
    chart = secretariat.page.get_by_test_id("stVegaLiteChart")
    chart.hover()
    expect(chart.locator("[aria-label*='titled']")).to_have_count(0)
    expect(secretariat.page.get_by_test_id("stElementToolbar")).to_be_hidden()
    for title in ("tong-quan", "kho-van-ban"):
        secretariat.open(title)
        skip = secretariat.page.get_by_test_id("stSkipToContent")
        expect(skip).to_have_text("Đến nội dung chính")


def proposal_open(one: Desk, other: Desk) -> tuple[int, str]:
    """Confirm a finding at one window and open its proposal at both; return the field «reason»."""
    one.open("ra-soat", trang_thai="goi_y", nhom="A1")
    one.page.locator('[class*="st-key-hang-"] button').first.click()
    one.settle()
    finding = one.finding()
    one.press("xac-nhan")
    field = f"nhap:de-xuat:{finding}:reason"
    one.page.get_by_text("Đã xác nhận:").first.wait_for()
    for desk in (one, other):
        desk.open("de-xuat", phat_hien=finding)
        desk.keyed(field).locator("textarea").wait_for()
    return finding, field


def test_one_person_at_two_windows_loses_nothing_by_saving_in_one(
    window: Callable[[str], Desk],
) -> None:
    one, other = window(REVIEWER), window(REVIEWER)
    finding, field = proposal_open(one, other)
    other.write(field, SECOND)
    other.page.get_by_text("đã lưu nháp").first.wait_for()
    one.write(field, FIRST)
    one.page.get_by_text("đã lưu nháp").first.wait_for()
    one.press("luu-de-xuat")
    one.page.get_by_text("Bản 1 ·").first.wait_for()
    # What the other window holds is still there, after a key stroke and after a refresh.
    words = other.keyed(field).locator("textarea")
    words.press_sequentially(" Thêm.")
    words.blur()
    other.settle()
    expect(words).to_have_value(f"{SECOND} Thêm.")
    other.open("de-xuat", phat_hien=finding)
    expect(words).to_have_value(f"{SECOND} Thêm.")
    other.press("luu-de-xuat")
    alert = other.keyed("thong-bao-cho")
    alert.get_by_text("RS-501").wait_for()
    expect(alert).to_contain_text(FIRST)
    other.press("luu-de-xuat")
    other.page.get_by_text("Bản 2 ·").first.wait_for()
    # Nothing is half typed any more, wherever the form is opened.
    one.open("de-xuat", phat_hien=finding)
    expect(one.keyed(field).locator("textarea")).to_have_value(f"{SECOND} Thêm.")
    expect(one.page.get_by_text("đã lưu nháp")).to_have_count(0)


def test_two_people_in_one_proposal_see_both_texts_and_none_is_lost(
    window: Callable[[str], Desk],
) -> None:
    one, other = window(REVIEWER), window(LEAD)
    finding, field = proposal_open(one, other)
    one.write(field, FIRST)
    one.page.get_by_text("đã lưu nháp").first.wait_for()
    other.write(field, SECOND)
    other.page.get_by_text("đã lưu nháp").first.wait_for()
    one.press("luu-de-xuat")
    one.page.get_by_text("Bản 1 ·").first.wait_for()
    other.press("luu-de-xuat")
    alert = other.keyed("thong-bao-cho")
    alert.get_by_text("RS-501").wait_for()
    expect(alert).to_contain_text("Nguyễn Thu Hà")
    expect(alert).to_contain_text(FIRST)
    expect(alert).to_contain_text(SECOND)
    other.shoot("hai-ban")
    # What was typed still stands in the field; saved now, it is a version of its own.
    expect(other.keyed(field).locator("textarea")).to_have_value(SECOND)
    other.press("luu-de-xuat")
    other.page.get_by_text("Bản 2 ·").first.wait_for()
    other.keyed(f"lich-su-de-xuat-{finding}").locator("label").first.click()
    other.settle()
    other.shows(FIRST)
    other.shoot("lich-su-de-xuat")
