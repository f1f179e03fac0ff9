"""The main job as a new user does it: a Word file in, decisions, a proposal, an opinion, reports out.

One journey in steps that follow each other; a broken step stops those after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.desk import Desk

REVIEWER, MEMBER, STRANGER = "phap.che.byt", "tct.btp", "phap.che.bxd"  # demo accounts
CODE, ISSUER = "BYT", "Bộ Y tế"
NUMBER = acts.NUMBER.format(code=CODE)
NEW_TEXT = "b) Số định danh cá nhân của người đề nghị;"
REASON = "Sổ hộ khẩu giấy không còn giá trị sử dụng; thông tin có trong dữ liệu dân cư."
JOB_SECONDS = 90

pytestmark = pytest.mark.xdist_group("browser")


class Steps:
    """What later steps need to know of earlier ones."""

    def __init__(self) -> None:
        self.act = 0
        self.proposed = 0


@pytest.fixture(scope="module")
def steps() -> Steps:
    return Steps()


@pytest.fixture
def desk(new_page: Callable[[], Page], screenshots: Path | None) -> Iterator[Desk]:
    """A window whose page ends without a complaint."""
    window = Desk(new_page(), screenshots)
    yield window
    window.no_complaints()


def at(desk: Desk, username: str) -> Desk:
    desk.sign_in(username)
    return desk


def test_a_stranger_sees_the_sign_in_page_only(desk: Desk) -> None:
    desk.page.goto("/kho-van-ban")
    expect(desk.page.locator("#mat-khau")).to_be_visible()
    desk.shoot("dang-nhap")


def test_a_wrong_password_is_refused_with_its_code(desk: Desk) -> None:
    desk.page.goto("/dang-nhap")
    desk.page.locator("#ten").fill(REVIEWER)
    desk.page.locator("#mat-khau").fill("không phải mật khẩu này")
    desk.page.locator("button.primary").click()
    desk.shows("RS-401")


def test_the_reviewer_uploads_a_word_file(desk: Desk, steps: Steps, tmp_path: Path) -> None:
    at(desk, REVIEWER)
    desk.shoot("tong-quan")
    desk.open("kho-van-ban")
    desk.shoot("kho-van-ban")
    link = desk.load(acts.word_file(tmp_path, CODE, ISSUER), NUMBER, JOB_SECONDS)
    desk.shoot("bao-cao-nap")
    link.click()
    desk.settle()
    steps.act = int(re.search(r"van_ban=(\d+)", desk.page.url)[1])  # type: ignore[index]


def test_markup_in_an_act_is_shown_as_text(desk: Desk, steps: Steps) -> None:
    at(desk, REVIEWER).open("kho-van-ban", van_ban=steps.act)
    desk.shows("window.alert(1)")
    assert desk.page.title() != "hỏng"
    desk.shoot("doc-van-ban")


def test_the_reviewer_confirms_two_and_rejects_one(desk: Desk, steps: Steps) -> None:
    at(desk, REVIEWER).open("ra-soat", van_ban=steps.act, nhom="A1", trang_thai="tat-ca")
    desk.page.locator('[class*="st-key-hang-"] button').first.click()
    desk.settle()
    steps.proposed = desk.finding()
    desk.shoot("ra-soat")
    desk.press("xac-nhan")
    desk.shows("đã xác nhận")
    desk.open("ra-soat", van_ban=steps.act, nhom="D1")
    desk.press("xac-nhan")
    desk.open("ra-soat", van_ban=steps.act, nhom="C4")
    desk.press("mo-loai")
    desk.shoot("loai-bo")
    desk.press("ma-n-N24")
    desk.open("ra-soat", van_ban=steps.act, trang_thai="xac_nhan")
    assert desk.page.locator('[class*="st-key-hang-"]').count() == 2
    desk.open("ra-soat", van_ban=steps.act, trang_thai="loai_bo")
    assert desk.page.locator('[class*="st-key-hang-"]').count() == 1


def test_a_refresh_keeps_the_place(desk: Desk, steps: Steps) -> None:
    at(desk, REVIEWER).open("ra-soat", van_ban=steps.act, phat_hien=steps.proposed)
    before = desk.page.url
    desk.page.reload()
    desk.settle()
    assert desk.page.url == before
    desk.shows("sổ hộ khẩu")


def test_what_is_typed_survives_a_reload_and_the_proposal_is_submitted(
    desk: Desk, steps: Steps
) -> None:
    at(desk, REVIEWER).open("de-xuat", phat_hien=steps.proposed)
    field = f"nhap:de-xuat:{steps.proposed}"
    desk.write(f"{field}:new_text", NEW_TEXT)
    desk.shows("đã lưu nháp")
    desk.page.reload()
    desk.settle()
    expect(desk.keyed(f"{field}:new_text").locator("textarea")).to_have_value(NEW_TEXT)
    desk.propose(steps.proposed, ISSUER, REASON, deadline="28/02/2027")
    desk.shoot("de-xuat")
    desk.press("trinh-de-xuat")
    desk.shoot("de-xuat-da-trinh")
    desk.sign_out()


def test_a_member_of_the_task_force_gives_an_opinion(desk: Desk, steps: Steps) -> None:
    at(desk, MEMBER).open("y-kien", phat_hien=steps.proposed)
    desk.shows(REASON)
    desk.speak("Thống nhất")
    desk.shoot("y-kien")
    desk.press("gui-y-kien")
    desk.open("y-kien", phat_hien=steps.proposed, muc="tat-ca")
    desk.shoot("y-kien-da-gui")


def test_reports_can_be_opened_and_hold_what_was_decided(desk: Desk, steps: Steps) -> None:
    at(desk, REVIEWER).open("xuat-bao-cao")
    desk.shoot("xuat-bao-cao")
    word = _export(desk, "bao-cao-bo")
    text = _words_of(word)
    assert NUMBER in text
    assert NEW_TEXT in text
    workbook = load_workbook(BytesIO(_export(desk, "bang-bo")))
    cells = {
        str(cell.value)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert any(NUMBER in cell for cell in cells)
    assert any(NEW_TEXT in cell for cell in cells)


def test_another_ministry_does_not_see_it(desk: Desk, steps: Steps) -> None:
    at(desk, STRANGER).open("kho-van-ban", tu_khoa=NUMBER)
    expect(desk.page.get_by_role("link", name=NUMBER, exact=True)).to_have_count(0)
    for path in ("ra-soat", "de-xuat"):
        desk.open(path, phat_hien=steps.proposed)
        desk.shows("RS-411")
        assert REASON not in desk.page.locator("body").inner_text()
    desk.open("kho-van-ban", van_ban=steps.act)
    desk.shows("RS-411")


def _words_of(word: bytes) -> str:
    document = Document(BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _export(desk: Desk, document: str) -> bytes:
    """Build one document on the reports page and return the downloaded bytes."""
    desk.open("xuat-bao-cao", tai_lieu=document)
    desk.press("lap-tai-lieu")
    button = desk.keyed("tai-tai-lieu").get_by_role("button").first
    button.wait_for(timeout=JOB_SECONDS * 1000)
    desk.settle()
    with desk.page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()
