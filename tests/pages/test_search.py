"""Tra cứu and Đọc gì tiếp as people see them: drawn, escaped, within one's reach."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from review.records import Person, SearchFilter
from review.workbench import Workbench
from tests.pages.conftest import Draw, texts

ERROR = 'class="rs-notice rs-bad"'


def test_what_is_typed_is_found_marked_and_linked(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    page = texts(draw(person_of("ra.soat.bxd"), "tra-cuu", tu_khoa="so ho khau"))
    assert '<mark class="rs-mark rs-mark-found">sổ hộ khẩu</mark>' in page
    assert "/kho-van-ban?van_ban=" in page
    assert "vi_tri=dieu-" in page
    assert ERROR not in page


def test_an_address_leads_to_the_provision(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("ra.soat.bxd")
    hit = bench.lookup.find(person, SearchFilter("sổ hộ khẩu")).hits.items[0]
    page = texts(draw(person, "tra-cuu", tu_khoa=f"{hit.label} {hit.number}"))
    assert "Đọc là:" in page
    assert "đúng địa chỉ" in page


def test_the_library_leads_on_to_the_search_in_the_text(
    draw: Draw, person_of: Callable[[str], Person]
) -> None:
    page = texts(draw(person_of("ra.soat.bxd"), "kho-van-ban", tu_khoa="<b>ong"))
    assert "/tra-cuu?" in page
    assert "«&lt;b&gt;ong»" in page


def test_without_words_the_page_says_how_to_begin(
    draw: Draw, person_of: Callable[[str], Person]
) -> None:
    assert "Ví dụ" in texts(draw(person_of("ra.soat.bxd"), "tra-cuu"))


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '"><img src=x>', "không có từ này"])
def test_what_is_typed_never_reaches_the_page_as_html(
    draw: Draw, person_of: Callable[[str], Person], typed: str
) -> None:
    page = texts(draw(person_of("ra.soat.bxd"), "tra-cuu", tu_khoa=typed))
    assert "<script>" not in page
    assert "<img" not in page
    assert ERROR not in page


def test_filters_of_the_address_reach_the_search(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    page = texts(
        draw(
            person_of("ra.soat.bxd"), "tra-cuu", tu_khoa="sổ hộ khẩu", nhom="A1", trang_thai="goi_y"
        )
    )
    assert "A1 · Gợi ý" in page
    assert "A3 · " not in page


def test_a_date_that_is_none_is_said(draw: Draw, person_of: Callable[[str], Person]) -> None:
    page = texts(draw(person_of("ra.soat.bxd"), "tra-cuu", tu_khoa="sổ", hieu_luc="31/02/2026"))
    assert "31/02/2026" in page


def test_an_administrator_finds_provisions_without_their_findings(
    draw: Draw, person_of: Callable[[str], Person]
) -> None:
    page = texts(draw(person_of("quan.tri"), "tra-cuu", tu_khoa="sổ hộ khẩu"))
    assert "rs-mark-found" in page
    assert "/ra-soat?" not in page


@pytest.mark.parametrize("part", ["", "mau", "cau-chu", "gan-giong", "mo-phong"])
@pytest.mark.parametrize("username", ["ra.soat.bxd", "tct.btp", "lanh.dao"])
def test_every_part_of_what_to_read_next_is_drawn(
    draw: Draw, person_of: Callable[[str], Person], username: str, part: str
) -> None:
    app = draw(person_of(username), "doc-gi-tiep", muc=part)
    assert not app.exception
    assert ERROR not in texts(app)
    assert "Đọc gì tiếp" in texts(app)


def test_a_queue_of_one_wording_says_so_and_can_be_opened_up(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    app = draw(person_of("ra.soat.bxd"), "ra-soat", cau_chu="khong-co", trang_thai="tat-ca")
    clear = next(item for item in app.button if item.key == "bo-loc-cau-chu")
    assert not [item for item in app.button if (item.key or "").startswith("hang-")]
    app = clear.click().run()
    assert "cau_chu" not in app.query_params
    assert [item for item in app.button if (item.key or "").startswith("hang-")]


def test_a_sample_is_drawn_and_read_from_the_page(
    draw: Draw, bench: Workbench, person_of: Callable[[str], Person]
) -> None:
    person = person_of("phap.che.byt")
    app = draw(person, "doc-gi-tiep", muc="mau")
    next(item for item in app.button if item.key == "rut-mau").click().run()
    assert "Mẫu số 1" in texts(app)
    next(item for item in app.button if item.key == "mau-khong").click().run()
    campaign = bench.campaigns.list(person)[0].id
    assert bench.sampling.current(person, campaign, "BYT").read == 1
    assert "Tỷ lệ sót" in texts(draw(person, "doc-gi-tiep", muc="mau"))
