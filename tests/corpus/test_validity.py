"""State of an act on a date, from its own clauses and from other acts."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.records import Act, RawDocument
from corpus.structure import parse_act
from corpus.validity import effect_period, repeals_of, status_on


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
