"""State of an act on a date, from its own clauses and from other acts."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import lasting
from corpus.effect import effect_period, repeals_of, said_by, suspensions_of
from corpus.lasting import prolonged_by
from corpus.records import Act, RawDocument
from corpus.structure import parse_act
from corpus.validity import STATE_NAMES, status_on, unit_state


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
        ("Thông tư số 905/2031/TT-BYT đã được sửa đổi, bổ sung theo Thông tư số 906/2031/TT-BYT và Thông tư số 907/2031/TT-BYT hết hiệu lực.",
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
    said = said_by([new])
    states = [
        status_on(OLD, day, said).state
        for day in (date(2031, 7, 1), date(2032, 1, 1), date(2033, 3, 1))
    ]
    assert states == ["chua_hieu_luc", "con_hieu_luc", "het_hieu_luc_mot_phan"]
    other = act_of(
        "906/2031/TT-BYT",
        "Điều 1. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031.\n",
    )
    assert status_on(other, date(2033, 2, 28), said).state == "con_hieu_luc"
    assert status_on(other, date(2033, 3, 1), said).state == "het_hieu_luc"


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
    status = status_on(act, day, said_by([SUSPENDING]))
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
    assert unit_state(status_on(OLD, date(2033, 3, 1), said_by([new])), path) == state
    assert unit_state(status_on(OLD, date(2033, 2, 1), said_by([new])), path) == "con_hieu_luc"


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


@pytest.mark.parametrize(
    ("clause", "held"),
    [
        ("Tạm ngưng hiệu lực Thông tư số 905/2031/TT-BYT đến hết ngày 31 tháng 12 năm 2033.",
         [("905/2031/TT-BYT", "", date(2033, 12, 31))]),
        ("Đình chỉ việc thi hành khoản 2 Điều 1 Thông tư số 905/2031/TT-BYT từ ngày 01 tháng 4 năm 2033.",
         [("905/2031/TT-BYT", "dieu-1/khoan-2", None)]),
        ("Tạm đình chỉ thi hành Điều 1 và Điều 2 Thông tư số 905/2031/TT-BYT.",
         [("905/2031/TT-BYT", "dieu-1", None), ("905/2031/TT-BYT", "dieu-2", None)]),
        ("Cơ quan thi hành án ra quyết định đình chỉ thi hành án.", []),
    ],
)  # fmt: skip
def test_what_an_act_holds_up(clause: str, held: list[tuple[str, str, date | None]]) -> None:
    new = act_of("910/2033/TT-BYT", f"Điều 1. Hiệu lực\n1. {clause}\n")
    found = [(one.target, one.path, one.until) for one in suspensions_of(new)]
    assert found == held


@pytest.mark.parametrize(
    ("clause", "kind", "until"),
    [
        ("Kéo dài thời hạn áp dụng Thông tư số 905/2031/TT-BYT đến hết ngày 31 tháng 12 năm 2035.",
         "keo_dai", date(2035, 12, 31)),
        ("Thông tư số 905/2031/TT-BYT tiếp tục có hiệu lực cho đến khi có văn bản thay thế.", "tiep_tuc", None),
        ("Thông tư số 905/2031/TT-BYT vẫn tiếp tục được áp dụng đến hết ngày 30/6/2034.", "tiep_tuc", date(2034, 6, 30)),
    ],
)  # fmt: skip
def test_what_an_act_lets_go_on(clause: str, kind: str, until: date | None) -> None:
    new = act_of("910/2033/TT-BYT", f"Điều 1. Hiệu lực\n1. {clause}\n")
    (found,) = prolonged_by(new)
    assert (found.target, found.kind, found.until) == ("905/2031/TT-BYT", kind, until)


def test_an_act_has_effect_to_the_day_it_was_prolonged_to() -> None:
    short = act_of(
        "905/2031/TT-BYT",
        "Điều 1. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031 đến hết ngày 31 tháng 12 năm 2032.\n",
    )
    longer = act_of(
        "910/2032/TT-BYT",
        "Điều 1. Hiệu lực\n1. Kéo dài thời hạn thực hiện Thông tư số 905/2031/TT-BYT đến hết ngày 31 tháng 12 năm 2034.\n",
    )
    day = date(2033, 6, 1)
    assert status_on(short, day).state == "het_hieu_luc"
    assert status_on(short, day, said_by([longer])).state == "con_hieu_luc"
    assert status_on(short, date(2035, 1, 1), said_by([longer])).state == "het_hieu_luc"


DECREE = "CHÍNH PHỦ\nSố: {number}\nHà Nội, ngày 05 tháng 6 năm {year}\nNGHỊ ĐỊNH\n{title}\nCăn cứ Luật;\n{body}"


def decree(number: str, year: int, title: str, body: str) -> Act:
    text = DECREE.format(number=number, year=year, title=title, body=body)
    return parse_act(RawDocument("a", "text", text))


DETAILED = decree(
    "901/2017/NĐ-CP", 2017, "Quy định về nuôi ốc",
    "Điều 1. Hiệu lực\nNghị định này có hiệu lực từ ngày 01 tháng 8 năm 2017.\n",
)  # fmt: skip
DETAILING = parse_act(
    RawDocument(
        "a",
        "text",
        "BỘ Y TẾ\nSố: 905/2018/TT-BYT\nHà Nội, ngày 05 tháng 6 năm 2018\nTHÔNG TƯ\n"
        "Quy định chi tiết một số điều của Nghị định số 901/2017/NĐ-CP\nCăn cứ Luật;\n"
        "Điều 1. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 8 năm 2018.\n",
    )
)


@pytest.mark.parametrize(
    ("ended", "confidence", "rule"),
    [(2023, "đã đối chiếu", "80/2015/QH13"), (2026, "chưa đối chiếu", "64/2025/QH15")],
)
def test_details_end_with_the_act_they_detail(ended: int, confidence: str, rule: str) -> None:
    ending = decree(
        f"910/{ended}/NĐ-CP", ended, "Quy định về nuôi sò",
        f"Điều 1. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01 tháng 7 năm {ended}.\n"
        "2. Nghị định số 901/2017/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.\n",
    )  # fmt: skip
    said = said_by([ending])
    assert status_on(DETAILING, date(ended, 6, 30), said).state == "con_hieu_luc"
    status = status_on(DETAILING, date(ended, 7, 1), said)
    assert status.state == "het_hieu_luc_theo"
    assert status.cascade is not None
    assert (status.cascade.rule.act, status.cascade.rule.confidence) == (rule, confidence)
    assert status.cascade.repeals[0].provision == "dieu-1/khoan-2"


def test_details_go_on_where_an_act_lets_them() -> None:
    ending = decree(
        "910/2023/NĐ-CP", 2023, "Quy định về nuôi sò",
        "Điều 1. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2023.\n"
        "2. Nghị định này thay thế Nghị định số 901/2017/NĐ-CP.\n"
        "3. Thông tư số 905/2018/TT-BYT tiếp tục có hiệu lực đến khi có văn bản thay thế.\n",
    )  # fmt: skip
    assert status_on(DETAILING, date(2024, 1, 1), said_by([ending])).state == "con_hieu_luc"


def test_details_of_a_law_called_by_name() -> None:
    law = parse_act(
        RawDocument(
            "l", "text",
            "QUỐC HỘI\nLuật số: 5/2010/QH12\nHà Nội, ngày 05 tháng 6 năm 2010\nLUẬT\nNUÔI ỐC\nCăn cứ Hiến pháp;\n"
            "Điều 1. Hiệu lực\nLuật này có hiệu lực từ ngày 01 tháng 8 năm 2010.\n",
        )
    )  # fmt: skip
    new_law = parse_act(
        RawDocument(
            "n", "text",
            "QUỐC HỘI\nLuật số: 9/2020/QH14\nHà Nội, ngày 05 tháng 6 năm 2020\nLUẬT\nNUÔI ỐC\nCăn cứ Hiến pháp;\n"
            "Điều 1. Hiệu lực\n1. Luật này có hiệu lực từ ngày 01 tháng 8 năm 2020.\n"
            "2. Luật Nuôi ốc số 5/2010/QH12 hết hiệu lực kể từ ngày Luật này có hiệu lực.\n",
        )
    )  # fmt: skip
    said = said_by([law, new_law])
    for year, state in ((2015, "het_hieu_luc_theo"), (2021, "con_hieu_luc")):
        details = decree(
            f"903/{year}/NĐ-CP", year, "Quy định chi tiết một số điều của Luật Nuôi ốc",
            f"Điều 1. Hiệu lực\nNghị định này có hiệu lực từ ngày 01 tháng 8 năm {year}.\n",
        )  # fmt: skip
        assert status_on(details, date(2022, 1, 1), said).state == state


def test_the_provision_that_says_since_when() -> None:
    assert effect_period(OLD).since_at == "dieu-2/doan-1"


def test_the_last_day_of_one_article_is_not_that_of_the_act() -> None:
    act = act_of(
        "905/2031/TT-BYT",
        "Điều 1. Hiệu lực\n1. Thông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031.\n"
        "2. Điều 5 của Thông tư này có hiệu lực từ ngày ký đến hết ngày 31 tháng 7 năm 2031.\n",
    )
    assert effect_period(act).until is None


def test_a_long_sentence_of_cues_is_read_in_linear_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    reading = lasting.listed_acts
    monkeypatch.setattr(
        lasting, "listed_acts", lambda what: looked.append(len(what)) or reading(what)
    )
    clause = "Thông tư số 905/2031/TT-BYT tiếp tục có hiệu lực " * 300
    found = prolonged_by(act_of("910/2033/TT-BYT", f"Điều 1. Hiệu lực\n1. {clause}.\n"))
    assert len(found) == 300
    assert sum(looked) <= len(clause)
