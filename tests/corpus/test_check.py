"""The validators V1–V5 and V7: what is reported, and what must not be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.check import check
from corpus.defect import Defect, line_of, sentences
from corpus.reading import read_paths
from corpus.records import Act, RawDocument
from corpus.registry import Registry, shipped
from corpus.structure import parse_act

TODAY = date(2026, 11, 23)
ONG = """BỘ NUÔI ONG
Số: 17/2030/TT-BNO
Hà Nội, ngày 05 tháng 4 năm 2030
THÔNG TƯ
Quy định về đăng ký đàn ong
Điều 1. Hồ sơ
1. Hồ sơ gồm:
a) Đơn;
b) Sổ đàn ong.
2. Nộp tại xã.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực từ ngày 20 tháng 5 năm 2030.
"""
HEAD = """BỘ NUÔI ONG
Số: 18/2031/TT-BNO
Hà Nội, ngày 05 tháng 4 năm 2031
THÔNG TƯ
Quy định về nuôi ong
"""


def act(text: str) -> Act:
    return parse_act(RawDocument("van-ban.txt", "text", text))


REGISTRY = shipped().with_acts([act(ONG)])


def errors(text: str, registry: Registry = REGISTRY) -> list[tuple[str, str]]:
    """Return (code, quote) of what is reported as wrong."""
    return [(d.code, d.quote) for d in check(act(text), registry, TODAY) if d.error]


def notes(text: str) -> list[Defect]:
    return [d for d in check(act(text), REGISTRY, TODAY) if not d.error]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the number's own year
        ("Theo Nghị định số 901/2031/NĐ-CP ngày 05/9/2032.", [("V3", "901/2031/NĐ-CP ngày 05/9/2032")]),
        ("Theo Thông tư số 5/2031/TT-BNO ngày 04 tháng 01 năm 2020.", [("V3", "5/2031/TT-BNO ngày 04 tháng 01 năm 2020")]),
        ("Theo Nghị định số 901/2031/NĐ-CP ngày 05/9/2031.", []),
        ("Theo Nghị định số 901/2031/NĐ-CP.", []),
        ("Ngày 05/9/2032, Chính phủ nhắc Nghị định số 901/2031/NĐ-CP.", []),
        # facts of the registry
        ("Theo Nghị định số 104/2022/NĐ-CP ngày 20/12/2022.", [("V3", "104/2022/NĐ-CP ngày 20/12/2022")]),
        ("Theo Nghị định số 104/2022/NĐ-CP ngày 21/12/2022.", []),
        ("Theo Quyết định số 06/QĐ-TTg ngày 05/01/2022.", [("V3", "06/QĐ-TTg ngày 05/01/2022")]),
        ("Theo Quyết định số 06/QĐ-TTg ngày 05/01/2019.", []),  # another year, another decision
        ("Theo Nghị định số 901/2031/NĐ-CP ngày 31/02/2031.", [("V3", "901/2031/NĐ-CP ngày 31/02/2031")]),
        # two dates for one number
        ("Nghị định số 901/2031/NĐ-CP ngày 05/9/2031.\\nNghị định số 901/2031/NĐ-CP ngày 06/9/2031.", [("V3", "901/2031/NĐ-CP ngày 06/9/2031")]),
        # type and name against the number
        ("Theo Thông tư số 901/2031/NĐ-CP.", [("V3", "Thông tư số 901/2031/NĐ-CP")]),
        ("Theo Thông tư số 12/2014/TTLT-BNO-BTC.", [("V3", "Thông tư số 12/2014/TTLT-BNO-BTC")]),
        ("Theo Nghị quyết số 89/2023/QH15.", []),
        ("Theo Luật Căn cước số 68/2020/QH14.", [("V3", "Luật Căn cước số 68/2020/QH14")]),
        ("Theo Luật Cư trú số 68/2020/QH14.", []),
        ("Theo Luật số 68/2020/QH14.", []),
        # names of agencies
        ("Báo cáo của Ngân hành nhà nước Việt Nam.", [("V3", "Ngân hành nhà nước Việt Nam")]),
        ("Báo cáo của Ngân hàng nhà nước Việt Nam.", []),
        ("Báo cáo của Bộ Giáo dục và đào tạo.", []),
        ("Báo cáo của Bộ Giáo dụ và Đào tạo.", [("V3", "Bộ Giáo dụ và Đào tạo")]),
        # matters under the field of another
        ("Nộp qua mạng thủ tục hộ tịch cần thiết, như đăng ký khai sinh, đăng ký thường trú.", [("V3", "đăng ký thường trú")]),
        ("Nộp qua mạng thủ tục cư trú gồm đăng ký tạm trú và đăng ký kết hôn.", [("V3", "đăng ký kết hôn")]),
        ("Nộp qua mạng thủ tục hộ tịch, cư trú như đăng ký khai sinh, đăng ký thường trú.", []),
        ("Nộp qua mạng thủ tục hộ tịch và thủ tục khác như đăng ký thường trú.", []),
        ("Làm thủ tục hộ tịch như đăng ký kết hôn; đăng ký thường trú làm sau.", []),
    ],
)  # fmt: skip
def test_dates_types_and_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert errors("BÁO CÁO\nVề đàn ong\n" + text.replace("\\n", "\n") + "\n") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("theo khoản 2 Điều 1 Thông tư số 17/2030/TT-BNO", []),
        ("theo khoản 3 Điều 1 Thông tư số 17/2030/TT-BNO", ["V2"]),
        ("theo điểm c khoản 1 Điều 1 Thông tư số 17/2030/TT-BNO", ["V2"]),
        ("theo các điểm a, b và d khoản 1 Điều 1 Thông tư số 17/2030/TT-BNO", ["V2"]),
        ("theo Điều 9 Thông tư số 17/2030/TT-BNO", ["V2"]),
        ("theo Điều 9 Thông tư này", ["V2"]),
        ("theo Điều 2 Thông tư này", []),
        ("theo khoản 4 Điều này", ["V2"]),
        ("theo khoản 4 Điều 9", []),  # may be the law that is detailed
        ("theo Điều 1a Thông tư số 17/2030/TT-BNO", []),  # inserted by another act
        ("theo Điều 9 Thông tư số 99/2030/TT-BNO", []),  # not loaded
        ("theo Điều 9 Luật Cư trú", []),  # known, text not loaded
    ],
)
def test_provisions_that_are_cited(words: str, expected: list[str]) -> None:
    text = HEAD + f"Điều 1. Nuôi ong\n1. Chủ đàn ong làm {words}.\n2. Hết.\nĐiều 2. Hết\nHết.\n"
    assert [code for code, _ in errors(text)] == expected


@pytest.mark.parametrize(
    ("day", "words", "expected"),
    [
        ("05 tháng 4 năm 2025", "Chủ đàn làm theo Nghị định số 59/2022/NĐ-CP.", ["V4"]),
        ("05 tháng 4 năm 2023", "Chủ đàn làm theo Nghị định số 59/2022/NĐ-CP.", []),
        ("05 tháng 4 năm 2025", "Bãi bỏ Nghị định số 59/2022/NĐ-CP.", []),
        ("05 tháng 4 năm 2021", "Chủ đàn làm theo Nghị định số 59/2022/NĐ-CP.", ["V4"]),
    ],
)
def test_effect_on_the_day_of_the_text(day: str, words: str, expected: list[str]) -> None:
    year = day[-4:]
    head = HEAD.replace("05 tháng 4 năm 2031", day).replace("18/2031", f"18/{year}")
    assert [code for code, _ in errors(head + f"Điều 1. Nuôi ong\n{words}\n")] == expected


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("Bãi bỏ khoản 2 Điều 1 Thông tư số 17/2030/TT-BNO.", []),
        ("Bãi bỏ khoản 7 Điều 1 Thông tư số 17/2030/TT-BNO.", ["V2", "V5"]),
        ("Bãi bỏ Điều 8 Thông tư số 17/2030/TT-BNO.", ["V2", "V5"]),
    ],
)
def test_what_is_amended_must_be_there(stem: str, expected: list[str]) -> None:
    assert sorted(code for code, _ in errors(HEAD + f"Điều 1. Bãi bỏ\n1. {stem}\n")) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Điều 1. A\n1. Một.\n2. Hai.\n3. Ba.\nĐiều 2. B\nHết.\n", []),
        ("Điều 1. A\nMột.\nĐiều 2. B\nHai.\nĐiều 4. C\nBa.\n", ["Điều 4. C"]),
        ("Điều 1. A\n1. Một.\n2. Hai.\n4. Bốn.\nĐiều 2. B\nHết.\n", ["4. Bốn."]),
        ("Điều 1. A\n1. Gồm:\na) Một;\nb) Hai;\nd) Bốn.\nĐiều 2. B\nHết.\n", ["d) Bốn."]),
        ("Điều 1. A\n1. Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu;\ng) Bảy.\n", []),
        ("Điều 1. A\n1. Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu;\nf) Bảy.\n", ["f) Bảy."]),
        ("Điều 1. A\nMột.\nĐiều 1a. B\nHai.\nĐiều 2. C\nBa.\n", []),
    ],
)  # fmt: skip
def test_numbering_of_acts(body: str, expected: list[str]) -> None:
    assert [quote for code, quote in errors(HEAD + body) if code == "V7"] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I. MỘT\nA.\nII. HAI\nB.\nIII. BA\nC.\n", []),
        ("I. MỘT\nA.\nII. HAI\nB.\nII. BA\nC.\n", ["II. BA"]),
        ("I. MỘT\nA.\nIII. BA\nC.\n", ["III. BA"]),
        ("I. MỘT\n1. Ong\n2. Ốc\nII. HAI\n1. Ong\n2. Ốc\n", []),
        ("I. MỘT\n1. Ong\n2. Ốc\n2. Yến\n", ["2. Yến"]),
        ("Gồm: (1) ong; (2) ốc; (3) yến: (4) hến; (5) trai.\n", [": (4)"]),
        ("Gồm: (1) ong; (2) ốc; (3) yến; (4) hến; (5) trai.\n", []),
        ("Gồm: (1) ong: (2) ốc; (3) yến.\n", []),  # too short to tell the usual mark
    ],
)
def test_numbering_of_reports(body: str, expected: list[str]) -> None:
    text = "BÁO CÁO\nVề đàn ong\n" + body
    assert [quote for code, quote in errors(text) if code == "V7"] == expected


def test_an_act_that_is_not_known_is_information_said_once() -> None:
    text = "BÁO CÁO\nVề ong\nTheo Nghị định số 901/2031/NĐ-CP và Nghị định số 901/2031/NĐ-CP.\n"
    (note,) = notes(text)
    assert (note.code, note.quote) == ("V1", "901/2031/NĐ-CP")


def test_the_successor_of_a_dissolved_issuer_is_information() -> None:
    text = "BÁO CÁO\nVề ong\nTheo Thông tư số 3/2020/TT-BTTTT.\n"
    (note,) = [note for note in notes(text) if note.code == "G2"]
    assert "Bộ Khoa học và Công nghệ" in note.message
    assert "nguồn thứ cấp" in note.message


def test_every_sentence_can_be_filled_and_offsets_give_the_quote() -> None:
    assert {key.partition("-")[0] for key in sentences()} == {"V1", "V2", "V3", "V4", "V5", "V7", "G2"}  # fmt: skip
    document = act("BÁO CÁO\nVề ong\nTheo Thông tư số\u00a0901/2031/NĐ-CP ngày 05/9/2032.\n")
    for found in check(document, REGISTRY, TODAY):
        assert " ".join(document.raw.text[found.start : found.end].split()) == found.quote


def test_the_report_of_2023_has_its_seven_errors_and_no_other(shared: Path) -> None:
    (result,) = read_paths([shared / "domain" / "report-2023.txt"])
    assert result.document is not None
    document = parse_act(result.document)
    found = [
        (line_of(document.raw.text, d.start), d.code, d.quote)
        for d in check(document, shipped(), TODAY)
        if d.error
    ]
    assert [(line, code) for line, code, _ in found] == [
        (15, "V3"), (31, "V7"), (31, "V3"), (43, "V3"), (49, "V3"), (49, "V3"), (54, "V7"),
    ]  # fmt: skip
    for part, (_, _, quote) in zip(("59/2022", "(4)", "Ngân hành", "01/2022", "hộ khẩu", "thường trú", "II."), found, strict=True):  # fmt: skip
        assert part in quote
