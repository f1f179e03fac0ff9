"""References: styles, lists, ranges, relative ones resolved from where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from corpus.citation import citations_of, find_citations
from corpus.citing import act_citations
from corpus.label import label_of
from corpus.mention import find_aliases
from corpus.number import number_key
from corpus.records import Provision, RawDocument
from corpus.structure import parse_act
from corpus.text import clean

SENTENCES = yaml.safe_load(Path(__file__).with_name("citations.yaml").read_text(encoding="utf-8"))[
    "cau"
]

HERE = "dieu-7/khoan-2/diem-b"
CASES = [
    ("điểm a khoản 2 Điều 5 Nghị định số 901/2031/NĐ-CP", [("901/2031/NĐ-CP", ["dieu-5/khoan-2/diem-a"])]),
    ("Điểm a, khoản 2, Điều 5 của Thông tư này", [("", ["dieu-5/khoan-2/diem-a"])]),
    ("tại các điểm b, d và đ khoản 2 Điều 8", [("", ["dieu-8/khoan-2/diem-b", "dieu-8/khoan-2/diem-d", "dieu-8/khoan-2/diem-đ"])]),
    ("khoản 3 và khoản 4 Điều 19", [("", ["dieu-19/khoan-3", "dieu-19/khoan-4"])]),
    ("từ Điều 5 đến Điều 8 Nghị định này", [("", ["dieu-5", "dieu-6", "dieu-7", "dieu-8"])]),
    ("khoản 1 đến khoản 3 Điều 4", [("", ["dieu-4/khoan-1", "dieu-4/khoan-2", "dieu-4/khoan-3"])]),
    ("điểm a khoản 1, điểm b khoản 2 Điều 5", [("", ["dieu-5/khoan-1/diem-a", "dieu-5/khoan-2/diem-b"])]),
    ("Mẫu số 2 Phụ lục I ban hành kèm theo Thông tư này", [("", ["phu-luc-1/mau-02"])]),
    ("Mẫu số 04-A", [("", ["mau-04a"])]),
    ("khoản 1 Điều này và khoản 3 Điều 8 Nghị định này", [("", ["dieu-7/khoan-1"]), ("", ["dieu-8/khoan-3"])]),
    ("quy định tại điểm a khoản này", [("", ["dieu-7/khoan-2/diem-a"])]),
    ("quy định tại khoản 1", [("", ["dieu-7/khoan-1"])]),
    ("theo Điều này", [("", ["dieu-7"])]),
    ("đoạn 2 khoản 1 Điều 25", [("", ["dieu-25/khoan-1/doan-2"])]),
    ("khoản 1 Điều 19 của Luật Nuôi ốc", [("Luật Nuôi ốc", ["dieu-19/khoan-1"])]),
    ("Điều 5a, khoản 2a Điều 6", [("", ["dieu-5a"]), ("", ["dieu-6/khoan-2a"])]),
    ("theo Nghị định số 901/2031/NĐ-CP và Luật Nuôi ốc năm 2031", [("901/2031/NĐ-CP", []), ("Luật Nuôi ốc 2031", [])]),
    ("Chương II và Mẫu số 01", [("", ["chuong-2", "mau-01"])]),
    ("không viện dẫn gì", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_citations(text: str, expected: list[tuple[str, list[str]]]) -> None:
    found = find_citations(text, HERE)
    assert [(citation.act, list(citation.paths)) for citation in found] == expected


@pytest.mark.parametrize("row", SENTENCES, ids=[row["cau"][:60] for row in SENTENCES])
def test_every_style_of_reference(row: dict[str, object]) -> None:
    expected = []
    for target in row["dich"]:
        act, _, paths = target.partition("|")
        expected.append((number_key(act) if act else "", [p for p in paths.split(", ") if p]))
    found = find_citations(clean(row["cau"]).text, HERE)
    assert [(number_key(c.act) if c.act else "", list(c.paths)) for c in found] == expected


def test_spans_cover_the_words_of_the_reference() -> None:
    text = "Hồ sơ theo điểm a khoản 2 Điều 5 Nghị định số 901/2031/NĐ-CP của Chính phủ."
    (citation,) = find_citations(text)
    assert (
        text[citation.start : citation.end] == "điểm a khoản 2 Điều 5 Nghị định số 901/2031/NĐ-CP"
    )


def test_inside_quoted_text_this_act_is_the_amended_one() -> None:
    provision = Provision(
        "dieu-1/khoan-2/khoan-3", "khoan", "", "", "", 0, 0, quoted=True, target="dieu-9/khoan-3"
    )
    (first, second) = citations_of(
        provision, "theo khoản 1 Điều này và Điều 4 Nghị định này", "901/2020/NĐ-CP"
    )
    assert (first.act, first.paths) == ("901/2020/NĐ-CP", ("dieu-9/khoan-1",))
    assert (second.act, second.paths) == ("901/2020/NĐ-CP", ("dieu-4",))


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("dieu-5/khoan-2/diem-a", "điểm a khoản 2 Điều 5"),
        ("dieu-25/khoan-1/doan-2", "đoạn 2 khoản 1 Điều 25"),
        ("quy-che-1/dieu-3", "Điều 3 Quy chế"),
        ("phu-luc-2/mau-02/doan-1", "đoạn 1 Mẫu số 02 Phụ lục II"),
        ("dieu-5~2", "Điều 5 (lần 2)"),
        ("dieu-1/khoan-2/dieu-5/khoan-2", "khoản 2 Điều 5 (tại khoản 2 Điều 1)"),
        ("chuong-4/muc-1", "Mục 1 Chương IV"),
    ],
)
def test_labels(path: str, label: str) -> None:
    assert label_of(path) == label


@pytest.mark.parametrize("path", ["", "khac-1", "dieu", "dieu-5/"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="địa chỉ điều khoản"):
        label_of(path)


AMENDING = """BỘ NUÔI ONG
Số: 941/2031/TT-BNO
Hà Nội, ngày 05 tháng 4 năm 2031
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 17/2030/TT-BNO
Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 17/2030/TT-BNO
1. Sửa đổi, bổ sung một số khoản của Điều 9 như sau:
a) Sửa đổi, bổ sung khoản 2 như sau:
“2. Chủ đàn ong làm theo khoản 1 Điều này và Điều 4 Thông tư này.”;
b) Sửa đổi, bổ sung khoản 3 như sau:
“3. Sổ ghi theo Điều 6 Thông tư số 18/2030/TT-BNO (đã được sửa đổi tại khoản 7 Điều 2 Thông tư này); khai bổ sung theo Điều 8 Thông tư này.”.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực từ ngày 20 tháng 5 năm 2031.
"""


def test_an_amending_act_speaks_of_the_act_it_amends() -> None:
    act = parse_act(RawDocument("ong.txt", "text", AMENDING))
    found = {
        act.raw.text[cited.start : cited.end]: (cited.citation.act, list(cited.citation.paths))
        for cited in act_citations(act)
    }
    target = "17/2030/TT-BNO"
    assert found["khoản 2"] == (target, ["dieu-9/khoan-2"])
    assert found["khoản 1 Điều này"] == (target, ["dieu-9/khoan-1"])
    assert found["Điều 4 Thông tư này"] == (target, ["dieu-4"])
    assert found["khoản 7 Điều 2 Thông tư này"] == ("", ["dieu-2/khoan-7"])
    assert found["Điều 8 Thông tư này"] == (target, ["dieu-8"])
    assert found["Thông tư này"] == ("", [])


DETAILING = """BỘ NUÔI ONG
Số: 942/2031/TT-BNO
THÔNG TƯ
Điều 1. Phạm vi điều chỉnh
Thông tư này quy định chi tiết một số khoản sau đây của Luật Nuôi ong:
1. Mẫu hợp đồng theo quy định tại khoản 3 Điều 19.
2. Sổ đàn ong theo quy định tại Điều 4 Thông tư này.
Điều 2. Sổ đàn ong
1. Sổ ghi theo khoản 3 Điều 1.
"""


def test_bare_articles_below_the_law_that_is_detailed_are_that_law_s() -> None:
    act = parse_act(RawDocument("ong.txt", "text", DETAILING))
    found = [(c.citation.act, list(c.citation.paths)) for c in act_citations(act)]
    assert ("Luật Nuôi ong", ["dieu-19/khoan-3"]) in found
    assert ("", ["dieu-4"]) in found
    assert ("", ["dieu-1/khoan-3"]) in found


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        ("Luật Nuôi ốc số 5/2031/QH19 (sau đây gọi là Luật).", {"Luật": "05/2031/QH19"}),
        ("Nghị định số 1/2031/NĐ-CP (sau đây gọi tắt là Nghị định số 1);", {"Nghị định số 1": "01/2031/NĐ-CP"}),
        ("Luật Nuôi ốc (sau đây gọi là Luật); Luật Nuôi ong (sau đây gọi là Luật);", {"Luật": "Luật"}),
        ("Bè nuôi ốc (sau đây gọi là bè).", {}),
        (
            "Bộ luật Nuôi ong số 2/2031/QH19, Luật Nuôi ốc số 5/2031/QH19 (sau đây gọi là Luật Nuôi ốc);",
            {"Luật Nuôi ốc": "05/2031/QH19"},
        ),
    ],
)  # fmt: skip
def test_short_names_that_a_document_gives(text: str, aliases: dict[str, str]) -> None:
    assert find_aliases(text) == aliases


def test_a_short_name_leads_to_the_act_it_stands_for() -> None:
    found = find_citations("theo khoản 2 Điều 19 của Luật", HERE, "", {"Luật": "05/2031/QH19"})
    assert [(c.act, list(c.paths)) for c in found] == [("05/2031/QH19", ["dieu-19/khoan-2"])]


def test_the_label_of_a_unit_is_no_reference() -> None:
    provision = Provision("dieu-5", "dieu", "", "", "", 0, 0)
    assert citations_of(provision, "Điều 5. Sổ đàn ong") == []


NAMED_BY_ITS_TITLE = """BỘ NUÔI ONG
Số: 943/2031/TT-BNO
Hà Nội, ngày 05 tháng 4 năm 2031
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 17/2030/TT-BNO hướng dẫn Nghị định số 9/2029/NĐ-CP
Điều 1. Bổ sung khoản 6 vào Điều 3 như sau:
“6. Chủ đàn ong làm theo khoản 1 Điều này và Điều 4 Thông tư này.”.
Điều 2. Sửa đổi, bổ sung khoản 1 Điều 27 của Thông tư số 18/2030/TT-BNO
Sửa đổi, bổ sung khoản 1 Điều 27 như sau:
“1. Chủ đàn ong làm theo khoản 2 Điều này.”.
Điều 3. Sửa đổi, bổ sung một số điều của Thông tư số 19/2030/TT-BNO
1. Khoản 2 Điều 7 được sửa đổi, bổ sung như sau:
“2. Chủ đàn ong làm theo Thông tư này.”.
Điều 4. Hiệu lực thi hành
Thông tư này có hiệu lực từ ngày 20 tháng 5 năm 2031.
"""


@pytest.mark.parametrize(
    ("path", "words", "act", "paths"),
    [
        ("dieu-1", "khoản 6 vào Điều 3", "17/2030/TT-BNO", ["dieu-3/khoan-6"]),
        ("dieu-1/khoan-6", "khoản 1 Điều này", "17/2030/TT-BNO", ["dieu-3/khoan-1"]),
        ("dieu-1/khoan-6", "Điều 4 Thông tư này", "17/2030/TT-BNO", ["dieu-4"]),
        ("dieu-2/doan-1", "khoản 1 Điều 27", "18/2030/TT-BNO", ["dieu-27/khoan-1"]),
        ("dieu-2/khoan-1", "khoản 2 Điều này", "18/2030/TT-BNO", ["dieu-27/khoan-2"]),
        ("dieu-3/khoan-1", "Khoản 2 Điều 7", "19/2030/TT-BNO", ["dieu-7/khoan-2"]),
        ("dieu-3/khoan-1/khoan-2", "Thông tư này", "19/2030/TT-BNO", []),
        ("dieu-4/doan-1", "Thông tư này", "", []),
    ],
)
def test_the_amended_act_is_known_from_title_heading_or_passive_stem(
    path: str, words: str, act: str, paths: list[str]
) -> None:
    parsed = parse_act(RawDocument("ong.txt", "text", NAMED_BY_ITS_TITLE))
    found = {
        (c.provision.path, parsed.raw.text[c.start : c.end]): (c.citation.act, c.citation.paths)
        for c in act_citations(parsed)
    }
    assert found[path, words] == (act, tuple(paths))


@pytest.mark.parametrize(
    ("here", "text", "path"),
    [
        ("phu-luc-1/khoan-8/khoan-8.1/khoan-8.1.5", "theo điểm 8.1.2", "phu-luc-1/khoan-8/khoan-8.1/khoan-8.1.2"),
        ("phu-luc-1/dieu-2/doan-1", "tiền phạt tại Điều 1", "phu-luc-1/dieu-1"),
        ("mau-01/doan-7", "số liệu tại mục II", "mau-01/muc-2"),
        ("phu-luc-1/mau-03/doan-7", "số liệu tại mục II", "phu-luc-1/mau-03/muc-2"),
        ("dieu-9/khoan-1", "theo điểm 8.1.2", "dieu-9/khoan-1/diem-8.1.2"),
    ],
)  # fmt: skip
def test_bare_units_of_an_annex_are_found_in_that_annex(here: str, text: str, path: str) -> None:
    assert [c.paths for c in find_citations(text, here)] == [(path,)]


BEYOND_ITS_END = """BỘ NUÔI ONG
Số: 944/2031/TT-BNO
THÔNG TƯ
Điều 1. Nộp phí
1. Chủ đàn ong khai phí theo khoản 3 Điều 19; nộp phí theo khoản 2 Điều 26 Thông tư số 17/2030/TT-BNO.
2. Chủ đàn ong giữ sổ theo Điều 2; nộp sổ theo Điều 27 Thông tư số 17/2030/TT-BNO.
3. Chủ đàn ong làm theo Điều 20. Việc nộp theo Điều 28 Thông tư số 17/2030/TT-BNO.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực từ ngày 20 tháng 5 năm 2031.
"""


@pytest.mark.parametrize(
    ("path", "words", "act"),
    [
        ("dieu-1/khoan-1", "khoản 3 Điều 19", "17/2030/TT-BNO"),
        ("dieu-1/khoan-2", "Điều 2", ""),
        ("dieu-1/khoan-3", "Điều 20", ""),
    ],
)
def test_an_article_that_the_act_lacks_is_of_the_act_named_later_in_the_sentence(
    path: str, words: str, act: str
) -> None:
    parsed = parse_act(RawDocument("ong.txt", "text", BEYOND_ITS_END))
    found = {
        (c.provision.path, parsed.raw.text[c.start : c.end]): c.citation.act
        for c in act_citations(parsed)
    }
    assert found[path, words] == act


KNOWN_FROM_THE_WHOLE = """BỘ NUÔI ONG
Số: 945/2031/TT-BNO
Hà Nội, ngày 05 tháng 4 năm 2031
THÔNG TƯ
Hướng dẫn thực hiện một số điều của Nghị định số 9/2029/NĐ-CP về nuôi ong
Chương I
QUY ĐỊNH CHUNG
Điều 1. Sổ đàn ong
1. Sổ ghi theo Điều 16 Nghị định và điểm 2.2 Thông tư này.
2. Chủ đàn ong có trách nhiệm:
2.1. Ghi sổ theo quy định tại Chương này.
2.2. Nộp sổ khi có điểm 2.1 khoản này.
Chương II
ĐIỀU KHOẢN THI HÀNH
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực từ ngày 20 tháng 5 năm 2031. Mẫu này không dùng nữa.
PHỤ LỤC III
(Kèm theo Thông tư số 945/2031/TT-BNO)
Ngoài giấy tờ tại điểm 1 mục I, phần B còn nộp sổ.
"""


@pytest.mark.parametrize(
    ("path", "words", "act", "paths"),
    [
        ("dieu-1/khoan-1", "Điều 16 Nghị định", "09/2029/NĐ-CP", ["dieu-16"]),
        ("dieu-1/khoan-1", "điểm 2.2 Thông tư này", "", ["dieu-1/khoan-2/khoan-2.2"]),
        ("dieu-1/khoan-2/khoan-2.1", "Chương này", "", ["chuong-1"]),
        ("dieu-1/khoan-2/khoan-2.2", "điểm 2.1 khoản này", "", ["dieu-1/khoan-2/khoan-2.1"]),
        ("phu-luc-3/doan-1", "điểm 1 mục I, phần B", "", ["phu-luc-3/phan-b/muc-1/diem-1"]),
    ],
)
def test_the_tree_and_the_title_say_what_a_reference_leaves_out(
    path: str, words: str, act: str, paths: list[str]
) -> None:
    parsed = parse_act(RawDocument("ong.txt", "text", KNOWN_FROM_THE_WHOLE))
    found = {
        (c.provision.path, parsed.raw.text[c.start : c.end]): (c.citation.act, c.citation.paths)
        for c in act_citations(parsed)
    }
    assert found[path, words] == (act, tuple(paths))
    assert ("dieu-2/doan-1", "Mẫu này") not in found


LAW_ON_COURTS = """QUỐC HỘI
Luật số: 945/2031/QH19
LUẬT
NUÔI ONG
Điều 1. Gửi quyết định
1. Tòa án ra quyết định về đàn ong. Quyết định này được gửi cho chủ đàn.
2. Luật này không áp dụng cho ong rừng.
"""


def test_a_decision_that_a_law_speaks_of_is_not_the_law() -> None:
    parsed = parse_act(RawDocument("ong.txt", "text", LAW_ON_COURTS))
    words = [parsed.raw.text[c.start : c.end] for c in act_citations(parsed)]
    assert words == ["Luật này"]


RESOLUTION_ON_CODE = """QUỐC HỘI
Nghị quyết số: 948/2031/QH19
NGHỊ QUYẾT
Về việc thi hành Bộ luật Nuôi ong
Điều 1. Thi hành
1. Phổ biến Bộ luật Nuôi ong số 947/2031/QH19 để Bộ luật này được thi hành từ tháng 7.
2. Vùng nuôi theo Công ước của Liên hợp quốc về Luật biển năm 1982 và Nghị quyết này.
"""


def test_a_code_that_a_resolution_carries_out_is_this_code_and_a_convention_is_no_law() -> None:
    acts = [
        c.citation.act
        for c in act_citations(parse_act(RawDocument("o", "text", RESOLUTION_ON_CODE)))
    ]
    assert acts[-3:] == ["947/2031/QH19", "947/2031/QH19", ""]


CODIFIED_SECTIONS = """BỘ NUÔI ONG
Số: 946/2031/TT-BNO
THÔNG TƯ
Điều 1. Bè ốc
1. Loại bè:
1.1. Bè gỗ.
2. Hàng thuộc chương 64 và 12 được miễn phí. Chương 2 cũng vậy.
Điều 2. Hồ sơ
1. Các loại giấy:
1.1. Đơn.
1.2. Sổ theo điểm 1.1 khoản 1 của Mục này.
2. Giấy tờ theo khoản 1 Mục này.
3. Mẫu sổ tại Phụ lục 03 ban hành kèm theo Thông tư; giấy tại điểm 1, 2 nêu trên.
4. Giấy tại tiết a điểm 2 trên đây; quyết định khai thác được gửi cho chủ bè, Quyết định này ghi lý do.
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("dieu-2/khoan-1/khoan-1.2", [("dieu-2/khoan-1/khoan-1.1",)]),
        ("dieu-2/khoan-2", [("dieu-2/khoan-1",)]),
        ("dieu-2/khoan-3", [("phu-luc-3",), ("dieu-2/khoan-1", "dieu-2/khoan-2")]),
        ("dieu-2/khoan-4", [("dieu-2/khoan-2/diem-a",)]),
        ("dieu-1/khoan-2", [("chuong-2",)]),  # 64 and 12 are of the customs tariff
    ],
)
def test_what_the_act_has_tells_its_sections_and_chapters(
    path: str, expected: list[tuple[str, ...]]
) -> None:
    parsed = parse_act(RawDocument("ong.txt", "text", CODIFIED_SECTIONS))
    found = [c.citation for c in act_citations(parsed) if c.provision.path == path]
    assert [c.paths for c in found] == expected
    assert not any(c.act for c in found)
