"""Who issued an act, and who answers for it today."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus import agency, province
from corpus.datafile import DataFileError

IN_2023 = date(2023, 7, 1)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("104/2022/NĐ-CP", ["CP"]),
        ("68/2020/QH14", ["QH"]),
        ("66.7/2025/NQ-CP", ["CP"]),
        ("12/2016/TTLT-BLĐTBXH-BTC", ["BLĐTBXH", "BTC"]),
        ("1607/VBHN-BLĐTBXH", ["BLĐTBXH"]),
        ("2788/BTP-KTrVB", ["BTP"]),
        ("2367/TCT", ["TCT236"]),
        ("704/QĐ-TCT", ["TCT236"]),
        ("315/TCTTKĐA", ["TCTTKĐA"]),
        ("163/2025/QĐ-CTUBND", ["CTUBND"]),
        ("08/2010/PL-UBTVQH12", ["UBTVQH"]),
        ("81-CP", ["CP"]),
        ("05/2009/TT-BNN", ["BNNPTNT"]),
        ("01/2020/TT-LĐTBXH", ["BLĐTBXH"]),
        ("07/2014/QĐ-TTg", ["TTg"]),
        ("09/2019/TT-VKSTC", ["VKSNDTC"]),
        ("104/2022/NÐ-CP", ["CP"]),
        ("12/2099/TT-XYZ", []),
        ("", []),
    ],
)
def test_issuers_are_read_from_the_number(number: str, codes: list[str]) -> None:
    assert [found.code for found in agency.shipped().issuers_from_number(number)] == codes


@pytest.mark.parametrize(
    ("code", "field", "on", "answers"),
    [
        ("BTTTT", "", IN_2023, "BTTTT"),
        ("BTTTT", "", date(2025, 2, 28), "BTTTT"),
        ("BTTTT", "", date(2025, 3, 1), "BKHCN"),
        ("BTTTT", "báo chí", TODAY, "BVHTTDL"),
        ("BTTTT", "an toàn thông tin mạng", TODAY, "BCA"),
        ("BTTTT", "bưu chính", TODAY, "BKHCN"),
        ("BLĐTBXH", "", TODAY, "BNV"),
        ("BLĐTBXH", "Giảm nghèo bền vững", TODAY, "BNNMT"),
        ("BLĐTBXH", "trẻ em", TODAY, "BYT"),
        ("BNN", "", TODAY, "BNNMT"),
        ("BKHĐT", "", TODAY, "BTC"),
        ("BGTVT", "giấy phép lái xe", TODAY, "BCA"),
        ("UBDT", "", TODAY, "BDTTG"),
        ("BTP", "", TODAY, "BTP"),
        ("BTP", "lý lịch tư pháp", TODAY, "BCA"),
        ("BTP", "lý lịch tư pháp", IN_2023, "BTP"),
    ],
)
def test_work_goes_to_the_body_of_the_day(code: str, field: str, on: date, answers: str) -> None:
    assert agency.responsible_today(code, on, field).code == answers


def test_an_unknown_issuer_is_an_error() -> None:
    with pytest.raises(KeyError):
        agency.responsible_today("XYZ", TODAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BNN", "BNNPTNT"),
        ("bộ công an", "BCA"),
        ("Bo Tai chinh", "BTC"),
        ("Bộ Văn hoá, Thể thao và Du lịch", "BVHTTDL"),
        ("LĐTBXH", "BLĐTBXH"),
    ],
)
def test_agencies_are_found_by_any_spelling(text: str, code: str) -> None:
    assert agency.shipped().find(text).code == code


def test_an_agency_bears_its_name_in_its_period_only() -> None:
    assert agency.agency_of("BTTTT", IN_2023).name == "Bộ Thông tin và Truyền thông"
    assert agency.agency_of("BTTTT", TODAY) is None
    assert agency.agency_of("BNNMT", IN_2023) is None
    assert agency.agency_of("BTTTT").code == "BTTTT"


def test_ministries_number_22_in_2023_and_17_today() -> None:
    def ministries(on: date) -> int:
        return sum(found.kind in {"bo", "ngang_bo"} for found in agency.all_agencies(on))

    assert (ministries(IN_2023), ministries(TODAY)) == (22, 17)


def test_the_campaign_of_2023_had_fourteen() -> None:
    by_order = {a.order_2023: a.code for a in agency.all_agencies() if a.order_2023}
    assert [by_order[n] for n in range(1, 15)] == [
        "BTNMT", "BXD", "BGTVT", "BVHTTDL", "BKHCN", "BQP", "BYT", "BNG", "BTP", "BGDĐT",
        "BTTTT", "BKHĐT", "BTC", "NHNN",
    ]  # fmt: skip


def test_the_two_task_forces_bear_different_names() -> None:
    names = {a.code: a.name for a in agency.all_agencies() if a.kind == "to_cong_tac"}
    assert names["TCT236"] == "Tổ công tác 236"
    assert len(set(names.values())) == len(names) == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("co_quan:\n  - {ma: A, ten: X, loai: bo, muc_tin_cay: theo trí nhớ}\n"
         "  - {ma: B, ten: Y, ma_khac: [A], loai: bo, muc_tin_cay: theo trí nhớ}\nke_thua: []\n", "dòng 3"),
        ("co_quan:\n  - {ma: A, ten: X, loai: bo, muc_tin_cay: theo trí nhớ}\n"
         "ke_thua:\n  - {tu: A, den: Z, tu_ngay: 01/03/2025, muc_tin_cay: theo trí nhớ}\n", "dòng 4"),
    ],
    ids=["code given twice", "unknown successor"],
)  # fmt: skip
def test_a_bad_row_names_its_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=reason):
        agency.load(path)


def test_a_circle_of_succession_ends(tmp_path: Path) -> None:
    path = tmp_path / "agencies.yaml"
    path.write_text(
        "co_quan:\n"
        "  - {ma: A, ten: X, loai: bo, den_ngay: 01/01/2020, muc_tin_cay: theo trí nhớ}\n"
        "  - {ma: B, ten: Y, loai: bo, den_ngay: 01/01/2020, muc_tin_cay: theo trí nhớ}\n"
        "ke_thua:\n"
        "  - {tu: A, den: B, tu_ngay: 02/01/2020, muc_tin_cay: theo trí nhớ}\n"
        "  - {tu: B, den: A, tu_ngay: 02/01/2020, muc_tin_cay: theo trí nhớ}\n",
        encoding="utf-8",
    )
    assert agency.load(path).responsible_today("A", TODAY).code == "A"


def test_63_provinces_went_into_34() -> None:
    provinces = province.all_provinces()
    assert len(provinces) == 34
    assert len({name for found in provinces for name in found.former}) == 63
    assert {found.confidence for found in provinces} == {"theo trí nhớ"}


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Hà Nam", "Ninh Bình"),
        ("Thừa Thiên - Huế", "Huế"),
        ("tỉnh Bạc Liêu", "Cà Mau"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("Ba Ria Vung Tau", "Hồ Chí Minh"),
        ("thành phố Đà Nẵng", "Đà Nẵng"),
        ("Quảng Bình", "Quảng Trị"),
        ("Ủy ban nhân dân tỉnh Hà Nam", "Ninh Bình"),
        ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HUẾ", "Huế"),
    ],
)
def test_an_old_province_leads_to_the_one_of_today(name: str, today: str) -> None:
    assert province.province_of(name).name == today


def test_a_name_that_is_no_province_leads_nowhere() -> None:
    assert province.province_of("Atlantis") is None
    assert province.province_of("Ủy ban nhân dân huyện Hà Trung") is None
