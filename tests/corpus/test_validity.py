"""State of an act on a date, from its own clauses and from other acts."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.records import Act, RawDocument
from corpus.structure import parse_act
from corpus.validity import (
    STATE_NAMES,
    effect_period,
    repeals_of,
    status_on,
    suspensions_of,
    unit_state,
)


def act_of(number: str, body: str) -> Act:
    head = f"BỘ Y TẾ\nSố: {number}\nHà Nội, ngày 05 tháng 6 năm 2031\nTHÔNG TƯ\nQuy định về nuôi ốc\nCăn cứ Luật;\n"
    return parse_act(RawDocument("a", "text", head + body))


OLD = act_of(
    "905/2031/TT-BYT",
    "Điều 1. Một\nX.\nĐiều 2. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031.\n",
)


@pytest.mark.parametrize(
    ("clause", "ended"),
    [
        ("Thông tư số 905/2031/TT-BYT hết hiệu lực kể từ ngày Thông tư này có hiệu lực.", [("905/2031/TT-BYT", "")]),
        ("Thông tư này thay thế Thông tư số 905/2031/TT-BYT ngày 05 tháng 6 năm 2031 quy định về nuôi ốc.", [("905/2031/TT-BYT", "")]),
        ("Bãi bỏ toàn bộ Thông tư số 905/2031/TT-BYT.", [("905/2031/TT-BYT", "")]),
        ("Bãi bỏ khoản 2 Điều 1 Thông tư số 905/2031/TT-BYT.", [("905/2031/TT-BYT", "dieu-1/khoan-2")]),
        ("Thông tư số 905/2031/TT-BYT hướng dẫn Nghị định số 1/2030/NĐ-CP và Thông tư số 906/2031/TT-BYT hết hiệu lực.",
         [("905/2031/TT-BYT", ""), ("906/2031/TT-BYT", "")]),
        ("Thông tư số 905/2031/TT-BYT và khoản 2 Điều 4 Thông tư số 906/2031/TT-BYT hết hiệu lực.",
         [("905/2031/TT-BYT", ""), ("906/2031/TT-BYT", "dieu-4/khoan-2")]),
        ("Các văn bản sau đây hết hiệu lực thi hành:\na) Thông tư số 905/2031/TT-BYT;\nb) Điều 3 Thông tư số 906/2031/TT-BYT.",
         [("905/2031/TT-BYT", ""), ("906/2031/TT-BYT", "dieu-3")]),
        ("Bãi bỏ các Thông tư sau đây:\na) Thông tư số 905/2031/TT-BYT;\nb) Thông tư số 906/2031/TT-BYT.",
         [("905/2031/TT-BYT", ""), ("906/2031/TT-BYT", "")]),
        ("Thông tư này thay thế Thông tư số 905/2031/TT-BYT hướng dẫn Nghị định số 1/2030/NĐ-CP và Nghị định số 2/2030/NĐ-CP.",
         [("905/2031/TT-BYT", "")]),
        ("Hồ sơ nộp theo Thông tư số 905/2031/TT-BYT thì tiếp tục giải quyết.", []),
    ],
)  # fmt: skip
def test_what_an_act_ends(clause: str, ended: list[tuple[str, str]]) -> None:
    new = act_of(
        "910/2033/TT-BYT",
        f"Điều 1. Một\nX.\nĐiều 2. Hiệu lực\n1. Thông tư này có hiệu lực từ ngày 01 tháng 3 năm 2033.\n2. {clause}\n",
    )
    repeals = repeals_of(new)
    assert [(repeal.target, repeal.path) for repeal in repeals] == ended
    assert all(repeal.since == date(2033, 3, 1) for repeal in repeals)


def test_status_follows_the_calendar() -> None:
    new = act_of(
        "910/2033/TT-BYT",
        "Điều 1. Một\nX.\nĐiều 2. Hiệu lực\n1. Thông tư này có hiệu lực từ ngày 01 tháng 3 năm 2033.\n"
        "2. Bãi bỏ khoản 2 Điều 1 Thông tư số 905/2031/TT-BYT.\n3. Thông tư số 906/2031/TT-BYT hết hiệu lực.\n",
    )
    repeals = repeals_of(new)
    states = [
        status_on(OLD, day, repeals).state
        for day in (date(2031, 7, 1), date(2032, 1, 1), date(2033, 3, 1))
    ]
    assert states == ["chua_hieu_luc", "con_hieu_luc", "het_hieu_luc_mot_phan"]
    other = act_of(
        "906/2031/TT-BYT",
        "Điều 1. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031.\n",
    )
    assert status_on(other, date(2033, 2, 28), repeals).state == "con_hieu_luc"
    assert status_on(other, date(2033, 3, 1), repeals).state == "het_hieu_luc"


def test_an_act_with_an_end_date_expires_by_itself() -> None:
    act = act_of(
        "907/2031/TT-BYT",
        "Điều 1. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031 đến hết ngày 28 tháng 02 năm 2032.\n",
    )
    assert effect_period(act).until == date(2032, 2, 28)
    assert status_on(act, date(2032, 2, 28)).state == "con_hieu_luc"
    assert status_on(act, date(2032, 3, 1)).name == "Hết hiệu lực"


def test_without_an_effect_clause_the_state_is_unknown() -> None:
    assert (
        status_on(act_of("908/2031/TT-BYT", "Điều 1. Một\nX.\n"), date(2032, 1, 1)).state
        == "khong_ro"
    )


def test_an_end_date_of_something_else_is_not_that_of_the_act() -> None:
    act = act_of(
        "907/2031/TT-BYT",
        "Điều 1. Hiệu lực\n1. Thông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031.\n"
        "2. Giấy cấp trước ngày Thông tư này có hiệu lực được dùng đến hết ngày 30 tháng 6 năm 2032.\n",
    )
    assert effect_period(act).until is None
    assert status_on(act, date(2033, 1, 1)).state == "con_hieu_luc"


SUSPENDING = act_of(
    "910/2033/TT-BYT",
    "Điều 1. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 3 năm 2033.\n"
    "Điều 2. Ngưng hiệu lực\n"
    "1. Ngưng hiệu lực toàn bộ Thông tư số 905/2031/TT-BYT từ ngày 01 tháng 4 năm 2033 đến hết ngày 30 tháng 6 năm 2033.\n"
    "2. Ngưng hiệu lực khoản 2 Điều 1 Thông tư số 906/2031/TT-BYT.\n",
)


@pytest.mark.parametrize(
    ("number", "day", "state"),
    [
        ("905/2031/TT-BYT", date(2033, 3, 31), "con_hieu_luc"),
        ("905/2031/TT-BYT", date(2033, 4, 1), "ngung_hieu_luc"),
        ("905/2031/TT-BYT", date(2033, 6, 30), "ngung_hieu_luc"),
        ("905/2031/TT-BYT", date(2033, 7, 1), "con_hieu_luc"),
        ("906/2031/TT-BYT", date(2033, 2, 28), "con_hieu_luc"),
        ("906/2031/TT-BYT", date(2033, 3, 1), "ngung_hieu_luc_mot_phan"),
        ("907/2031/TT-BYT", date(2033, 5, 1), "con_hieu_luc"),
    ],
)
def test_effect_held_up_for_a_time(number: str, day: date, state: str) -> None:
    act = act_of(
        number, "Điều 1. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031.\n"
    )
    status = status_on(act, day, suspensions=suspensions_of(SUSPENDING))
    assert status.state == state
    assert status.name == STATE_NAMES[status.state]


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("dieu-1/khoan-2", "het_hieu_luc"),
        ("dieu-1/khoan-2/diem-a", "het_hieu_luc"),
        ("dieu-1/khoan-20", "con_hieu_luc"),
        ("dieu-2", "con_hieu_luc"),
    ],
)
def test_state_of_one_unit(path: str, state: str) -> None:
    new = act_of(
        "910/2033/TT-BYT",
        "Điều 1. Hiệu lực\n1. Thông tư này có hiệu lực từ ngày 01 tháng 3 năm 2033.\n"
        "2. Bãi bỏ khoản 2 Điều 1 Thông tư số 905/2031/TT-BYT.\n",
    )
    assert unit_state(status_on(OLD, date(2033, 3, 1), repeals_of(new)), path) == state
    assert unit_state(status_on(OLD, date(2033, 2, 1), repeals_of(new)), path) == "con_hieu_luc"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "ended"),
    [
        ("26-2023-QH15", [("59/2014/QH13", "")]),
        ("69-2024-NĐ-CP", [("59/2022/NĐ-CP", "")]),
        ("30-2020-NĐ-CP", [("110/2004/NĐ-CP", ""), ("09/2010/NĐ-CP", "")]),
        ("45-2015-TT-BLĐTBXH", [("14/2008/TTLT-BLĐTBXH-BTC-BKHĐT", "")]),
        ("367-2025-NĐ-CP", [("118/2025/NĐ-CP", "dieu-35/khoan-1/diem-d"), ("118/2025/NĐ-CP", "dieu-35/khoan-1/diem-e")]),
        ("68-2020-QH14", [("25/2012/QH13", "dieu-19/khoan-3"), ("25/2012/QH13", "dieu-19/khoan-4"),
                          ("28/2009/QH12", "dieu-45/khoan-1/diem-b"), ("81/2006/QH11", "")]),
        ("16-2023-TT-BCT", [("19/2014/TT-BCT", ""), ("38/2022/TT-BCT", "")]),
        ("21-2021-TT-BLĐTBXH", [("21/2007/TT-BLĐTBXH", ""), ("21/2013/TT-BLĐTBXH", ""), ("22/2013/TT-BLĐTBXH", ""),
                                ("18/2007/QĐ-BLĐTBXH", ""), ("20/2007/QĐ-BLĐTBXH", ""), ("61/2008/QĐ-BLĐTBXH", "")]),
    ],
)  # fmt: skip
def test_what_real_acts_end(shared, name: str, ended: list[tuple[str, str]]) -> None:
    text = (shared / "corpus" / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    repeals = repeals_of(parse_act(RawDocument("a", "text", text)))
    assert [(repeal.target, repeal.path) for repeal in repeals] == ended
