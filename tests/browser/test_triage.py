"""Working off the queue as two reviewers of one ministry do: by keyboard, asking, merging, in sets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.desk import Desk
from tests.browser.server import RunningServer

REVIEWER, LEAD = "ra.soat.bxd", "phap.che.bxd"
CAMPAIGN = "2026"
MANY = 12  # findings triaged without the mouse
AN_HOUR = 100  # provisions, the pace that is asked for
WORDING = "1. Nộp bản sao sổ hộ khẩu của chủ bến đò ngang."
SISTERS = tuple(f"92{n}/2019/TT-BXD" for n in (2, 3, 4))

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def desk(new_page: Callable[[], Page], screenshots: Path | None) -> Iterator[Desk]:
    window = Desk(new_page(), screenshots)
    yield window
    window.no_complaints()


@pytest.fixture
def colleague(new_page: Callable[[], Page], screenshots: Path | None) -> Iterator[Desk]:
    window = Desk(new_page(), screenshots)
    yield window
    window.no_complaints()


@pytest.fixture(scope="module")
def sisters(server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Three circulars with one wording, loaded beside the samples."""
    folder = tmp_path_factory.mktemp("cung-cau-chu")
    files = [
        acts.text_file(folder, number, "Bộ Xây dựng", f"Về bến đò ngang số {place}", WORDING)
        for place, number in enumerate(SISTERS, 1)
    ]
    server.load(*files, campaign=CAMPAIGN)


def tap(desk: Desk, key: str) -> None:
    desk.page.keyboard.press(key)
    desk.settle()


def move(desk: Desk, key: str) -> None:
    """Press a key that leads to another finding, and wait until the address names it."""
    before = desk.page.url
    desk.page.keyboard.press(key)
    desk.page.wait_for_url(lambda url: url != before)
    desk.settle()


def held(desk: Desk) -> int:
    """How many findings the list counts."""
    words = desk.page.get_by_text("phát hiện").filter(has_text="trong").first.inner_text()
    return int(words.split("trong")[1].split()[0].replace(".", ""))


def test_a_queue_is_worked_off_by_keyboard_alone(desk: Desk) -> None:
    desk.sign_in(REVIEWER)
    desk.open("ra-soat", trang_thai="goi_y")
    before = held(desk)
    began = time.monotonic()
    for place in range(MANY):
        if place % 3 == 2:
            desk.page.keyboard.press("2")  # the reasons
            desk.keyed("ma-n-N09").wait_for()
            move(desk, "p")  # one of them
        else:
            move(desk, "1")
    each = (time.monotonic() - began) / MANY
    assert held(desk) == before - MANY
    assert each < 3600 / AN_HOUR / 4  # what is left of the time is for reading
    move(desk, "0")  # take the last one back
    assert held(desk) == before - MANY + 1
    move(desk, "j")
    here = desk.finding()
    move(desk, "k")
    move(desk, "j")
    assert desk.finding() == here


def test_the_keys_stand_on_the_buttons_and_letters_typed_in_a_field_decide_nothing(
    desk: Desk,
) -> None:
    desk.sign_in(REVIEWER)
    desk.open("ra-soat", trang_thai="goi_y")
    for key, letter in (("xac-nhan", "1"), ("mo-loai", "2"), ("mo-hoi", "3"), ("tiep", "J")):
        expect(desk.keyed(key).get_by_role("button").first).to_contain_text(letter)
    before = held(desk)
    tap(desk, "2")
    desk.keyed("ma-n-N01").wait_for()
    expect(desk.keyed("ma-n-N01").get_by_role("button").first).to_contain_text("Q")
    desk.shoot("loai-bo")
    desk.starting("nhap:loai:").locator("input").first.click()
    desk.page.keyboard.type("1 quyển sổ cũ, q2")
    desk.settle()
    assert held(desk) == before
    tap(desk, "Escape")


def test_a_claim_is_seen_by_the_colleague_who_cannot_decide_then(
    desk: Desk, colleague: Desk
) -> None:
    desk.sign_in(REVIEWER)
    desk.open("ra-soat", trang_thai="goi_y")
    desk.starting("hang-").filter(has_not_text="✎").last.get_by_role("button").click()
    desk.settle()
    tap(desk, "7")
    desk.shows("Bạn đang xử lý")
    finding = desk.finding()
    colleague.sign_in(LEAD)
    colleague.open("ra-soat", trang_thai="goi_y", phat_hien=finding)
    colleague.shows("Nguyễn Thu Hà đang xử lý")
    colleague.shoot("dang-xu-ly")
    colleague.shows("chỉ Nguyễn Thu Hà quyết định được")
    for key in ("xac-nhan", "mo-loai", "mo-hoi", "mo-sua", "mo-gop", "mo-mot-lan"):
        expect(colleague.keyed(key).get_by_role("button").first).to_be_disabled()
    tap(colleague, "1")
    colleague.shows("chỉ Nguyễn Thu Hà quyết định được")
    colleague.keyed("dang-xu-ly").get_by_role("button").first.click()
    colleague.settle()
    colleague.starting("tiep-quan-ly-do-").locator("input").fill("Chị Hà nghỉ ốm")
    colleague.press("tiep-quan")
    colleague.shows("Bạn đang xử lý")
    tap(colleague, "7")


def test_one_decision_for_one_wording_lists_all_of_it_first(desk: Desk, sisters: None) -> None:
    desk.sign_in(LEAD)
    desk.open("ra-soat", tu_khoa="chủ bến đò ngang", nhom="A1")
    desk.press("mo-mot-lan")
    dialog = desk.page.get_by_role("dialog")
    for number in SISTERS:
        expect(dialog.get_by_role("link", name=number)).to_be_visible()
    desk.shoot("quyet-dinh-mot-lan")
    tap(desk, "1")
    desk.shows("Đã quyết định 3 quy định")
    desk.open("ra-soat", tu_khoa="chủ bến đò ngang", trang_thai="xac_nhan")
    assert held(desk) == len(SISTERS)
    desk.press("bo-luot")
    desk.open("ra-soat", tu_khoa="chủ bến đò ngang", trang_thai="goi_y", nhom="A1")
    assert held(desk) == len(SISTERS)


def test_a_repeated_demand_is_merged_and_taken_out_again(desk: Desk, sisters: None) -> None:
    desk.sign_in(LEAD)
    desk.open("ra-soat", tu_khoa="chủ bến đò ngang", nhom="A1")
    child = desk.page.url
    tap(desk, "5")
    dialog = desk.page.get_by_role("dialog")
    dialog.wait_for()
    tap(desk, "j")  # means nothing here, and nothing behind
    assert desk.page.url == child
    tap(desk, "Tab")
    tap(desk, "Tab")
    desk.page.keyboard.type(SISTERS[2])
    tap(desk, "Enter")
    tap(desk, "Tab")
    tap(desk, "1")  # the first that was found, not «Xác nhận» of the page behind
    expect(dialog.locator('[class*="st-key-hang-chon-"]')).to_contain_text(SISTERS[2])
    desk.shoot("gop-trung")
    tap(desk, "Control+Enter")
    desk.shows("Đã gộp vào")
    desk.open("ra-soat", tu_khoa="chủ bến đò ngang", trang_thai="loai_bo")
    desk.shows("Đã gộp vào")
    desk.press("bo-gop")
    desk.page.goto(child)
    desk.settle()
    assert held(desk) == len(SISTERS)
