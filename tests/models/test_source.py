"""Electronic sources: found by any of their names, and by the paper they replace."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.datafile import DataFileError
from models import basis, source


@pytest.fixture(scope="module")
def sources() -> source.Sources:
    return source.load(bases=basis.load().rows)


def test_all_fourteen_sources_are_there(sources: source.Sources) -> None:
    assert list(sources.rows) == [
        "DC", "CC", "HT", "BH", "GPLX", "DN", "XE", "DD", "LLTP", "SK", "VB", "ASXH", "THUE", "KHO",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Cơ sở dữ liệu quốc gia về dân cư", ("DC",)),
        ("CSDLQG về Dân cư", ("DC",)),
        ("csdl quoc gia ve dan cu", ("DC",)),
        ("CSDLQGDC", ("DC",)),
        ("CSDL hộ tịch về điện tử", ("HT",)),
        ("CSDL Căn cước công dân", ("CC",)),
        ("CSDL quốc gia về dân cư: CSDL về lý lịch tư pháp", ("DC", "LLTP")),
        ("CSDL hộ tịch; CSDL dân cư", ("HT", "DC")),
        ("Cơ sở dữ liệu quốc gia về đăng ký doanh", ("DN",)),
        ("CSDL quốc gia về đăng ký doanh nghiệp; CSDL về hợp tác xã; CSDL về hộ kinh doanh", ("DN",)),
        ("Cơ sở dữ liệu nền tảng sổ sức khoẻ điện tử", ("SK",)),
        ("CSDL thời tiết", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_a_database_is_known_by_any_spelling(
    sources: source.Sources, name: str, ids: tuple[str, ...]
) -> None:
    assert sources.resolve(name) == ids


def test_every_source_knows_its_own_names(sources: source.Sources) -> None:
    missed = [
        name
        for row in sources.rows.values()
        for name in (row.name, *row.aliases)
        if row.id not in sources.resolve(name)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("paper", "ids"),
    [
        ("Bản sao có chứng thực sổ hộ khẩu", ("DC",)),
        ("Giấy khai sinh, giấy chứng nhận kết hôn", ("HT",)),
        ("Phiếu lý lịch tư pháp số 1", ("LLTP",)),
        ("Giấy chứng nhận đăng ký xe và giấy phép lái xe", ("XE", "GPLX")),
        ("Giấy chứng nhận quyền sử dụng đất", ("DD",)),
        ("02 ảnh 4x6", ("CC",)),
        ("Thẻ bảo hiểm y tế", ("BH",)),
        ("Đơn đề nghị theo mẫu", ()),
    ],
)
def test_a_paper_leads_to_its_source(
    sources: source.Sources, paper: str, ids: tuple[str, ...]
) -> None:
    assert sources.source_of(paper) == ids


@pytest.mark.parametrize(
    ("category", "first"), [("A1", "DC"), ("C4", "CC"), ("D3", "HT"), ("E2", "DN"), ("E7", "SK")]
)
def test_a_category_leads_to_its_source(sources: source.Sources, category: str, first: str) -> None:
    assert sources.of(category)[0].id == first


def test_readiness_is_shown_with_its_meaning(sources: source.Sources) -> None:
    assert sources.rows["DD"].readiness_label == "D2 · kết nối một phần"


@pytest.mark.shared
def test_the_government_s_own_spellings_all_resolve(sources: source.Sources, shared: Path) -> None:
    with (shared / "corpus" / "annex-66.7.tsv").open(encoding="utf-8", newline="") as file:
        names = {row["database"] for row in csv.DictReader(file, delimiter="\t") if row["database"]}
    assert [name for name in sorted(names) if not sources.resolve(name)] == []
    assert len(names) >= 39


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("san_sang: D9", "san_sang"),
        ("san_sang: D1\n    can_cu: [khong-co]", "khong-co"),
        ("san_sang: D1\n    la: 1", "la"),
    ],
    ids=["unknown readiness", "unknown basis", "unknown key"],
)
def test_a_bad_row_names_its_line(tmp_path: Path, change: str, reason: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(
        "nguon:\n  - ma: X\n    ten: X\n    tu_khoa: [x]\n    chu_quan: BTP\n"
        f"    muc_tin_cay: theo trí nhớ\n    {change}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFileError, match=rf"dòng [78]:.*{reason}"):
        source.load(path, bases=())
