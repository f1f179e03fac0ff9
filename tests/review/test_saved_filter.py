"""Filters kept under a name: one's own only, superseded and never overwritten."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from corpus.errors import RasoatError
from review.store import tables as t
from review.work.saved_filter import LONGEST_NAME
from tests.review.conftest import Desk

PAGE = "tra-cuu"


def names(desk: Desk, by: str = "ha", page: str = PAGE) -> list[str]:
    return [item.name for item in desk.bench.saved_filters.list(desk[by], page)]


def save(desk: Desk, name: str, by: str = "ha", page: str = PAGE, **address: str) -> None:
    desk.bench.saved_filters.save(desk[by], page, name, address or {"tu_khoa": "sổ hộ khẩu"})


def test_what_was_saved_is_listed_with_its_address(desk: Desk) -> None:
    save(desk, "  Hộ khẩu   của tôi ", tu_khoa="so ho khau", loai="Thông tư", co_quan="")
    (item,) = desk.bench.saved_filters.list(desk["ha"], PAGE)
    assert item.name == "Hộ khẩu của tôi"
    assert dict(item.address) == {"tu_khoa": "so ho khau", "loai": "Thông tư"}


def test_names_stand_in_order_whatever_their_case(desk: Desk) -> None:
    for name in ("Ủy ban", "ảnh thẻ", "Bản sao"):
        save(desk, name)
    assert names(desk) == sorted(names(desk), key=str.lower)
    assert set(names(desk)) == {"Ủy ban", "ảnh thẻ", "Bản sao"}


def test_the_same_name_supersedes_and_the_row_before_stays(desk: Desk) -> None:
    save(desk, "Ảnh", tu_khoa="ảnh 4x6")
    save(desk, "Ảnh", tu_khoa="ảnh 3x4")
    (item,) = desk.bench.saved_filters.list(desk["ha"], PAGE)
    assert item.address["tu_khoa"] == "ảnh 3x4"
    with desk.store.read() as db:
        rows = db.execute(select(t.saved_filters.c.address).order_by(t.saved_filters.c.id)).all()
    assert [row.address["tu_khoa"] for row in rows] == ["ảnh 4x6", "ảnh 3x4"]


def test_a_removed_filter_is_gone_and_may_come_back(desk: Desk) -> None:
    save(desk, "Ảnh")
    desk.bench.saved_filters.remove(desk["ha"], PAGE, "Ảnh")
    assert names(desk) == []
    desk.bench.saved_filters.remove(desk["ha"], PAGE, "không có")
    save(desk, "Ảnh")
    assert names(desk) == ["Ảnh"]


def test_nobody_sees_anothers_filters_nor_those_of_another_page(desk: Desk) -> None:
    save(desk, "Của Hà")
    save(desk, "Ở kho", page="kho-van-ban")
    assert names(desk, by="minh") == []
    desk.bench.saved_filters.remove(desk["minh"], PAGE, "Của Hà")
    assert (names(desk), names(desk, page="kho-van-ban")) == (["Của Hà"], ["Ở kho"])


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_is_none_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(RasoatError, match="RS-655"):
        save(desk, name)


@pytest.mark.parametrize("address", [{"tu_khoa": ""}, {"tu_khoa": "x" * 401}])
def test_an_address_that_filters_nothing_or_too_much_is_refused(
    desk: Desk, address: dict[str, str]
) -> None:
    with pytest.raises(RasoatError, match="RS-656"):
        save(desk, "Trống", **address)


def test_there_is_an_end_to_how_many_are_kept(desk: Desk) -> None:
    for number in range(40):
        save(desk, f"Bộ lọc {number}")
    with pytest.raises(RasoatError, match="RS-656"):
        save(desk, "Một nữa")
    save(desk, "Bộ lọc 7", tu_khoa="thay")
    assert len(names(desk)) == 40
