"""The registry: facts with their evidence, acts that are loaded, what a reference leads to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.datafile import DataFileError
from corpus.records import Act, RawDocument
from corpus.registry import Registry, load, shipped
from corpus.structure import parse_act

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
OC = """BỘ NUÔI ỐC
Số: 40/2032/TT-BNC
Hà Nội, ngày 05 tháng 4 năm 2032
THÔNG TƯ
Quy định về nuôi ốc
Điều 1. Nuôi ốc
Ốc nuôi trong bè.
Điều 2. Hiệu lực thi hành
1. Thông tư này có hiệu lực từ ngày 20 tháng 5 năm 2032.
2. Thông tư số 17/2030/TT-BNO hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành.
"""


def act(text: str, name: str = "a.txt") -> Act:
    return parse_act(RawDocument(name, "text", text))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return shipped().with_acts([act(ONG, "ong.txt")])


@pytest.mark.parametrize(
    ("cited", "path", "state", "stored"),
    [
        ("17/2030/TT-BNO", "", "found", ""),
        ("17/2030/TT-BNO", "dieu-1/khoan-1/diem-b", "found", "dieu-1/khoan-1/diem-b"),
        ("17/2030/TT-BNO", "dieu-1/diem-b", "found", "dieu-1/khoan-1/diem-b"),
        ("17/2030/TT-BNO", "dieu-9", "provision_missing", ""),
        ("17/2030/TT-BNO", "dieu-1/khoan-3", "provision_missing", ""),
        ("68/2020/QH14", "dieu-38", "not_loaded", ""),
        ("Luật Cư trú", "", "found", ""),
        ("luật cư trú", "", "found", ""),
        ("Luật Cư trú 2020", "", "found", ""),
        ("Luật Cư trú 2006", "", "act_unknown", ""),
        ("999/2031/NĐ-CP", "dieu-1", "act_unknown", ""),
    ],
)
def test_what_a_reference_leads_to(
    registry: Registry, cited: str, path: str, state: str, stored: str
) -> None:
    resolution = registry.resolve(cited, path)
    assert resolution.state == state
    if path:
        assert resolution.path == stored


@pytest.mark.parametrize(
    ("on", "number"),
    [
        (date(2023, 7, 1), "51/2005/QH11"),
        (date(2024, 6, 30), "51/2005/QH11"),
        (date(2024, 7, 1), "20/2023/QH15"),
    ],
)
def test_of_two_laws_of_one_name_the_one_in_force_is_meant(on: date, number: str) -> None:
    found = shipped().find("Luật Giao dịch điện tử", on)
    assert found is not None
    assert found.number == number


def test_a_name_that_two_acts_bear_is_not_decided_without_a_day() -> None:
    assert shipped().find("Luật Giao dịch điện tử") is None


def test_an_act_that_is_loaded_ends_the_act_it_replaces() -> None:
    known = shipped().with_acts([act(ONG, "ong.txt"), act(OC, "oc.txt")])
    ended = known.find("17/2030/TT-BNO")
    assert ended is not None
    assert (ended.until, ended.replaced_by) == (date(2032, 5, 19), "40/2032/TT-BNC")


def test_facts_of_the_registry_win_over_the_loaded_text_and_keep_their_evidence() -> None:
    text = ONG.replace("17/2030/TT-BNO", "01/2022/TT-BTP")
    known = shipped().with_acts([act(text)]).find("01/2022/TT-BTP")
    assert known is not None
    assert known.loaded
    assert (known.issued, known.confidence) == (date(2022, 1, 4), "theo trí nhớ")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{so_hieu: khong-so, muc_tin_cay: đã đối chiếu}", "không phải số hiệu"),
        ("{so_hieu: 1/2031/NĐ-CP, muc_tin_cay: chắc lắm}", "phải là một trong"),
        ("{so_hieu: 1/2031/NĐ-CP, ngay: 31/02/2031, muc_tin_cay: đã đối chiếu}", "có thật"),
        ("{so_hieu: 1/2031/NĐ-CP, muc_tin_cay: đã đối chiếu, ngayy: 1}", "không có trường"),
        ("{so_hieu: 2/2031/NĐ-CP, muc_tin_cay: đã đối chiếu}", "đã có ở dòng trước"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "registry.yaml"
    first = "  - {so_hieu: 02/2031/NĐ-CP, muc_tin_cay: đã đối chiếu}\n"
    path.write_text(f"van_ban:\n{first}  - {row}\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=reason):
        load(path)
