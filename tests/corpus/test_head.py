"""Heads of acts: portal pages, two-column tables, Công báo, consolidated texts."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.head import find_effect
from corpus.records import Head, RawDocument
from corpus.structure import parse_act

BODY = "Điều 1. Một\nX.\nĐiều 2. Hiệu lực thi hành\nThông tư này có hiệu lực thi hành kể từ ngày 01 tháng 8 năm 2031.\n"


def head_of(head: str, body: str = BODY) -> Head:
    return parse_act(RawDocument("a", "text", head + body)).head


EXPECTED = Head(
    "901/2031/TT-BYT",
    "Thông tư",
    "Quy định về nuôi ốc",
    "Bộ Y tế",
    date(2031, 6, 5),
    date(2031, 8, 1),
)
LAYOUTS = {
    "lines": "BỘ Y TẾ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 901/2031/TT-BYT\nHà Nội, ngày 05 tháng 6 năm 2031\nTHÔNG TƯ\nQuy định về nuôi ốc\nCăn cứ Luật Thủy sinh;\n",
    "table": "BỘ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 901 /2031/TT-BYT\tHà Nội, ngày 05 tháng 6 năm 2031\nTHÔNG TƯ\nQUY ĐỊNH VỀ NUÔI ỐC\nCăn cứ Luật Thủy sinh;\n",
    "without diacritics in the number": "BỘ Y TẾ\nSố: 901/2031/TT-BYT\nHà Nội, ngày 5/6/2031\nTHÔNG TƯ\nQuy định về nuôi ốc\n_____\nBỘ TRƯỞNG BỘ Y TẾ\nCăn cứ Luật số 1/2020/QH14 ngày 01 tháng 01 năm 2020;\n",
    "Công báo": "THÔNG TƯ\nCỦA BỘ Y TẾ SỐ 901/2031/TT-BYT NGÀY 05 THÁNG 6 NĂM 2031\nQUY ĐỊNH VỀ NUÔI ỐC\nBỘ TRƯỞNG BỘ Y TẾ\nCăn cứ Luật Thủy sinh;\n",
    "title wrapped": "BỘ Y TẾ\nSố: 901/2031/TT-BYT\nHà Nội, ngày 05 tháng 6 năm 2031\nTHÔNG TƯ\nQuy định\nvề nuôi ốc\n-----\nCăn cứ Luật Thủy sinh;\n",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts(layout: str) -> None:
    head = head_of(layout)
    if "NGÀY 05" in layout:
        assert (head.number, head.title, head.issuer) == (
            EXPECTED.number,
            EXPECTED.title,
            EXPECTED.issuer,
        )
    else:
        assert head == EXPECTED


def test_law_takes_its_date_from_the_closing_sentence_and_its_case_from_the_preamble() -> None:
    head = head_of(
        "QUỐC HỘI\nLuật số: 901/2031/QH17\nLUẬT\nNUÔI ỐC VEN SÔNG\nQuốc hội ban hành Luật Nuôi ốc ven sông.\n",
        "Điều 1. Một\nX.\nLuật này đã được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XVII thông qua ngày 05 tháng 6 năm 2031.\n",
    )
    assert (head.number, head.type, head.title) == ("901/2031/QH17", "Luật", "Nuôi ốc ven sông")
    assert (head.issuer, head.issued) == ("Quốc hội", date(2031, 6, 5))


def test_consolidated_text_does_not_take_the_number_of_the_act_it_consolidates() -> None:
    intro = (
        "Thông tư số 901/2031/TT-BYT ngày 05 tháng 6 năm 2031 của Bộ trưởng Bộ Y tế quy định về nuôi ốc, "
        "có hiệu lực kể từ ngày 01 tháng 8 năm 2031, được sửa đổi, bổ sung bởi:\n"
    )
    head = head_of("VĂN BẢN HỢP NHẤT - BỘ Y TẾ\nTHÔNG TƯ\nQuy định về nuôi ốc\n" + intro)
    assert (head.number, head.type, head.title) == ("", "Văn bản hợp nhất", "Quy định về nuôi ốc")
    numbered = head_of(
        "BỘ Y TẾ\nSố: 90/VBHN-BYT\nHà Nội, ngày 02 tháng 3 năm 2032\nTHÔNG TƯ\nQuy định về nuôi ốc\n"
        + intro
    )
    assert (numbered.number, numbered.issued) == ("90/VBHN-BYT", date(2032, 3, 2))


def test_head_given_by_the_format_wins() -> None:
    given = Head(number="1/2030/NĐ-CP", type="Nghị định", title="Khác")
    raw = RawDocument("a", "phapdien", LAYOUTS["lines"] + BODY, head=given)
    assert parse_act(raw).head is given


def test_quoted_effect_clause_is_not_the_act_s_own() -> None:
    body = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 5/2020/TT-BYT\n1. Sửa đổi Điều 9 như sau:\n"
        "“Điều 9. Hiệu lực\nThông tư này có hiệu lực từ ngày 01 tháng 01 năm 2020.”.\n"
        "Điều 2. Hiệu lực thi hành\nThông tư này có hiệu lực từ ngày 01 tháng 9 năm 2031.\n"
    )
    assert head_of(LAYOUTS["lines"], body).effective == date(2031, 9, 1)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 8 năm 2031.", date(2031, 8, 1)),
        ("Luật này có hiệu lực từ ngày 1/8/2031.", date(2031, 8, 1)),
        ("Quyết định này có hiệu lực kể từ ngày ký.", date(2031, 6, 5)),
        ("Thông tư này có hiệu lực sau 45 ngày kể từ ngày ký.", date(2031, 7, 20)),
        (
            "Thông tư này có hiệu lực thi hành sau 10 (mười) ngày, kể từ ngày ký ban hành.",
            date(2031, 6, 15),
        ),
        (
            "Hồ sơ nộp trước ngày Thông tư này có hiệu lực thi hành thì giải quyết theo quy định cũ.",
            None,
        ),
        ("Nghị định này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo.", None),
        ("Nghị định này có hiệu lực từ ngày 45 tháng 13 năm 2031.", None),
    ],
)
def test_effect_clauses(words: str, expected: date | None) -> None:
    assert find_effect(words, date(2031, 6, 5)) == expected


@pytest.mark.shared
def test_numbers_of_real_texts(shared) -> None:
    wrong = []
    for file in sorted((shared / "corpus" / "texts").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        if "VBHN" in file.name:
            continue
        number = parse_act(RawDocument(file.name, "text", text)).head.number
        stem = file.stem.replace("-", "/")
        if number and number.replace("-", "/") != stem:
            wrong.append((file.name, number))
    assert wrong == []


def test_what_a_scan_hides_is_not_guessed_from_the_title() -> None:
    text = (
        "BỘ TƯ PHÁP\nSố: …/QĐ-BTP\nHà Nội, ngày 06 tháng 01 năm 2031 CỔNG THÔNG TIN\nQUYẾT ĐỊNH\n"
        "Ban hành Kế hoạch thực hiện Chỉ thi số 958/CT-TTg\nCăn cứ Luật Thuyền nan;\n"
        "Điều 1. Phạm vi\nQuy định về thuyền nan.\n"
    )
    head = parse_act(RawDocument("a.pdf", "pdf", text)).head
    assert (head.number, head.issuer, head.issued) == ("", "Bộ Tư pháp", date(2031, 1, 6))


def test_kind_of_a_law_is_told_by_its_number_and_enacting_sentence() -> None:
    text = (
        "QUỐC HỘI\nLuật số: 968/2032/QH19\nCăn cứ Hiến pháp nước thử;\n"
        "Quốc hội ban hành Luật Thuyền nan.\nĐiều 1. Phạm vi\nLuật này quy định về thuyền nan.\n"
    )
    head = parse_act(RawDocument("a.pdf", "pdf", text)).head
    assert (head.number, head.type, head.title) == ("968/2032/QH19", "Luật", "Thuyền nan")


@pytest.mark.parametrize(
    "line",
    [
        "Sửa đổi, bổ sung một số điều của Thông tư số 955/2021/TT-BCA quy định về thuyền nan",
        "Thực hiện Nghị định số 959/2022/NĐ-CP ngày 05/9/2022 của Chính phủ về bến đò",
    ],
)
def test_the_number_of_another_act_is_never_its_own(line: str) -> None:
    text = f"BỘ CÔNG AN\nTHÔNG TƯ\n{line}\nĐiều 1. Phạm vi\nQuy định về thuyền nan.\n"
    act = parse_act(RawDocument("a.txt", "text", text))
    assert act.head.number == ""


def test_the_title_of_a_law_that_amends_several_names_them_all() -> None:
    text = (
        "QUỐC HỘI\nLuật số: 43/2094/QH25\nHà Nội, ngày 29 tháng 6 năm 2094\nLUẬT\n"
        "SỬA ĐỔI MỘT SỐ ĐIỀU CỦA LUẬT NUÔI ỐC SỐ 31/2094/QH25 VÀ LUẬT NUÔI ONG SỐ 27/2093/QH25\n"
        "Căn cứ Hiến pháp;\n"
        "Quốc hội ban hành Luật sửa đổi một số điều của Luật Nuôi ốc số 31/2094/QH25 và Luật Nuôi"
        " ong số 27/2093/QH25.\nĐiều 1. Sửa đổi Điều 5 của Luật Nuôi ốc số 31/2094/QH25\n"
    )
    assert parse_act(RawDocument("a", "text", text)).head.title == (
        "Sửa đổi một số điều của Luật Nuôi ốc số 31/2094/QH25 và Luật Nuôi ong số 27/2093/QH25"
    )
