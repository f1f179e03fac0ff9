"""Tra cứu, điều khoản tương tự and Đọc gì tiếp as a lawyer uses them, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from review.components import similar
from tests.browser.desk import Desk

REVIEWER, LEAD = "phap.che.bxd", "thuong.truc"  # demo accounts
INDEX_SECONDS = 240  # until the first index of the sample acts is there

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def desk(new_page: Callable[[], Page], screenshots: Path | None) -> Iterator[Desk]:
    """A window of the reviewer whose page ends without a complaint."""
    window = Desk(new_page(), screenshots)
    window.sign_in(REVIEWER)
    yield window
    window.no_complaints()


def found(desk: Desk) -> Locator:
    """The provisions on the page of results, the acts above them left out."""
    return desk.page.locator("ul.rs-list").last.locator("li")


def test_typed_without_marks_the_words_are_found_and_marked(desk: Desk) -> None:
    desk.open("tra-cuu")
    desk.write("go-tu_khoa", "so ho khau")
    expect(found(desk).first.locator("mark").first).to_have_text("sổ hộ khẩu")
    assert "tu_khoa=so+ho+khau" in desk.page.url
    desk.shoot("tra-cuu")


def test_the_address_of_a_search_shows_the_same_to_who_opens_it(desk: Desk) -> None:
    desk.open("tra-cuu", tu_khoa="sổ hộ khẩu", loai="Nghị định")
    first = found(desk).first.inner_text()
    expect(desk.page.get_by_text("Bộ lọc (1)")).to_be_visible()
    desk.page.reload()
    desk.settle()
    assert found(desk).first.inner_text() == first
    assert all("NĐ-CP" in text for text in found(desk).all_inner_texts())


def test_an_address_of_the_law_leads_to_the_unit_in_its_act(desk: Desk) -> None:
    desk.open("tra-cuu", tu_khoa="diem b khoan 2 dieu 4 nd 902")
    desk.shows("Đọc là: điểm b khoản 2 Điều 4 nd 902.")
    found(desk).first.get_by_role("link").first.click()
    desk.settle()
    assert "kho-van-ban" in desk.page.url
    assert "dieu-4%2Fkhoan-2%2Fdiem-b" in desk.page.url
    desk.shows("902/2019/NĐ-CP")


def test_what_is_typed_is_never_markup(desk: Desk) -> None:
    desk.open("tra-cuu", tu_khoa="<img src=x onerror=document.title='hỏng'> sổ hộ khẩu")
    expect(found(desk).first).to_be_visible()
    assert desk.page.title() != "hỏng"
    assert desk.page.locator("img[src=x]").count() == 0


def test_a_filter_is_kept_under_a_name_opened_and_removed(desk: Desk) -> None:
    desk.open("tra-cuu", tu_khoa="bản sao", loai="Nghị định")
    desk.page.get_by_role("button", name="Bộ lọc đã lưu").click()
    desk.write("ten-bo-loc", "Bản sao ở nghị định")
    desk.press("luu-bo-loc")
    desk.shows("Đã lưu bộ lọc «Bản sao ở nghị định».")
    desk.open("tra-cuu")
    desk.page.get_by_role("button", name="Bộ lọc đã lưu").click()
    desk.settle()
    desk.shoot("bo-loc-da-luu")
    desk.page.get_by_role("link", name="Bản sao ở nghị định").click()
    desk.settle()
    assert "tu_khoa=b" in desk.page.url
    assert "loai=" in desk.page.url
    expect(found(desk).first).to_be_visible()
    desk.page.get_by_role("button", name="Bộ lọc đã lưu").click()
    desk.press("bo-loc-Bản sao ở nghị định")
    desk.shows("Đã bỏ bộ lọc «Bản sao ở nghị định».")


def test_beside_a_finding_stand_provisions_like_it_of_ones_own_ministry(desk: Desk) -> None:
    """The index of the sample acts is made behind the pages; then the panel fills by itself."""
    like = desk.page.locator("text=Điều khoản tương tự >> xpath=.. >> li")
    desk.open("ra-soat", nhom="A1", trang_thai="tat-ca")
    expect(like.first).to_be_visible(timeout=INDEX_SECONDS * 1000)
    desk.page.locator("text=Điều khoản tương tự").first.scroll_into_view_if_needed()
    desk.shoot("dieu-khoan-tuong-tu")
    texts = like.all_inner_texts()
    assert all("gần" in text or "cùng câu chữ" in text for text in texts)
    assert not any("BYT" in text for text in texts)


def test_a_panel_that_is_filled_asks_the_server_nothing_more(desk: Desk) -> None:
    sent: list[str | bytes] = []
    desk.page.on(
        "websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame))
    )
    desk.page.reload()
    desk.open("ra-soat", nhom="A1", trang_thai="tat-ca")
    like = desk.page.locator("text=Điều khoản tương tự >> xpath=.. >> li")
    expect(like.first).to_be_visible(timeout=INDEX_SECONDS * 1000)
    desk.settle()
    assert sent
    sent.clear()
    desk.page.wait_for_timeout(2 * similar.AGAIN * 1000)
    assert sent == []


def test_the_order_of_reading_says_when_one_may_stop(desk: Desk) -> None:
    desk.open("doc-gi-tiep")
    desk.shows("Khi nào có thể dừng")
    desk.shows("nếu dừng bây giờ, khả năng đã bỏ sót hơn 5%")
    desk.shoot("doc-gi-tiep")
    desk.page.get_by_role("link", name="Mở hàng đợi theo thứ tự này").click()
    desk.settle()
    assert "ra-soat" in desk.page.url
    assert "thu_tu=nen_doc_truoc" in desk.page.url


def test_a_sample_is_drawn_read_by_key_and_gives_an_interval(desk: Desk) -> None:
    desk.open("doc-gi-tiep", muc="mau")
    desk.press("rut-mau")
    desk.shows("đã đọc 0/")
    desk.page.keyboard.press("1")
    desk.settle()
    desk.shows("đã đọc 1/")
    desk.press("mau-co")
    desk.shows("đã đọc 2/")
    desk.shows("Khoảng tin cậy 95%")
    desk.shows("Quy định có vướng mắc trong mẫu")
    desk.shoot("doc-kiem-mau")


def test_a_finished_stretch_of_a_campaign_is_replayed_as_curves(
    new_page: Callable[[], Page], screenshots: Path | None
) -> None:
    desk = Desk(new_page(), screenshots)
    desk.sign_in(LEAD)
    desk.open("doc-gi-tiep", muc="mo-phong")
    desk.press("mo-phong")
    table = desk.page.locator("table.rs-table")
    expect(table).to_be_visible(timeout=90_000)
    assert [row.split("\t")[0] for row in table.locator("tbody tr").all_inner_texts()] == [
        "Ngẫu nhiên",
        "Theo mức độ",
        "ASReview (ELAS u4)",
        "Bàn rà soát 06",
    ]
    expect(desk.page.locator('[data-testid="stVegaLiteChart"]')).to_be_visible()
    desk.shoot("mo-phong")
    desk.no_complaints()
