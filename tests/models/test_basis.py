"""Legal bases: dates, evidence marks and what a bad row says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.datafile import DataFileError
from models import basis
from models.basis import EXPIRED, IN_FORCE, NOT_ISSUED, PENDING, UNKNOWN

TODAY = date(2026, 11, 23)
ALL = [f"{g}{n}" for g, last in zip("ABCDEF", (6, 6, 4, 5, 11, 13), strict=True) for n in range(1, last + 1)]  # fmt: skip

ACT = (
    "van_ban:\n  - {ma: x, so_hieu: 00/2099/QH99, loai: Luật, ten: Luật giả định, co_quan: QH,"
    " ngay_ban_hanh: 01/01/2099, hieu_luc_tu: 01/07/2099, muc_tin_cay: theo trí nhớ}\n"
)


@pytest.fixture(scope="module")
def bases() -> basis.Bases:
    return basis.load()


@pytest.mark.parametrize(
    ("basis_id", "on", "status"),
    [
        ("luat-cu-tru-38-3", date(2020, 11, 12), NOT_ISSUED),
        ("luat-cu-tru-38-3", date(2021, 6, 30), PENDING),
        ("luat-cu-tru-38-3", date(2021, 7, 1), IN_FORCE),
        ("gddt-41-3", date(2023, 7, 15), PENDING),
        ("gddt-41-3", date(2024, 7, 1), IN_FORCE),
        ("gddt-2005", date(2023, 7, 15), UNKNOWN),
        ("gddt-2005", date(2024, 7, 1), EXPIRED),
        ("nq-66-7-4-1-a", date(2027, 2, 28), IN_FORCE),
        ("nq-66-7-4-1-a", date(2027, 3, 1), EXPIRED),
        ("nd-61-2018-16", TODAY, EXPIRED),
        ("nd-63-2010-7", date(2010, 6, 1), NOT_ISSUED),
        ("nd-63-2010-7", TODAY, UNKNOWN),
        ("luat-118-2025", date(2026, 1, 1), NOT_ISSUED),
    ],
)
def test_a_basis_has_a_status_on_each_day(
    bases: basis.Bases, basis_id: str, on: date, status: str
) -> None:
    assert bases.rows[basis_id].status(on) == status
    assert bases.rows[basis_id].valid_on(on) == (status == IN_FORCE)


@pytest.mark.parametrize("category", ALL)
def test_every_category_has_a_basis_today(bases: basis.Bases, category: str) -> None:
    found = bases.of(category, TODAY)
    assert found
    assert found[0].valid_on(TODAY)


def test_in_2023_the_transactions_law_is_only_passed_and_comes_last(bases: basis.Bases) -> None:
    found = bases.of("A1", date(2023, 7, 15))
    assert [b.status(date(2023, 7, 15)) for b in found] == [IN_FORCE] * (len(found) - 1) + [PENDING]
    assert found[-1].id == "gddt-41-3"
    assert found[-1].warning(date(2023, 7, 15)) == "đã thông qua, chưa có hiệu lực"
    assert not any(b.act.code == "nq-66-7" for b in found)


@pytest.mark.parametrize(
    ("basis_id", "provision", "citation"),
    [
        ("luat-cu-tru-38-3", "khoản 3 Điều 38", "khoản 3 Điều 38 Luật số 68/2020/QH14"),
        ("nq-66-7-4-1-a", "điểm a khoản 1 Điều 4", "điểm a khoản 1 Điều 4 Nghị quyết số 66.7/2025/NQ-CP"),
        ("gddt-8", "Điều 8", "Điều 8 Luật số 20/2023/QH15"),
        ("nd-137-2024", "", "Nghị định số 137/2024/NĐ-CP"),
    ],
)  # fmt: skip
def test_a_basis_is_cited_from_small_to_large(
    bases: basis.Bases, basis_id: str, provision: str, citation: str
) -> None:
    row = bases.rows[basis_id]
    assert (row.provision, row.citation) == (provision, citation)
    assert row.ref().provision == provision


@pytest.mark.parametrize(
    ("basis_id", "mark"),
    [
        ("luat-cu-tru-38-3", "đã đối chiếu"),
        ("nd-104-2022-14-1", "nguồn thứ cấp"),
        ("nd-104-2022-14-3", "đã đối chiếu"),
        ("nd-104-2022-15-3", "đã đối chiếu"),
        ("nq-66-18", "nguồn thứ cấp"),
        ("nd-137-2024", "chưa đối chiếu"),
        ("nd-118-2025", "chưa đối chiếu"),
        ("gddt-2026", "chưa đối chiếu"),
        ("nd-107-2021", "theo trí nhớ"),
    ],
)
def test_evidence_marks_are_carried(bases: basis.Bases, basis_id: str, mark: str) -> None:
    assert bases.rows[basis_id].confidence == mark
    assert bases.rows[basis_id].ref().confidence == mark


def test_what_was_not_read_has_no_article(bases: basis.Bases) -> None:
    unread = [b for b in bases.rows.values() if b.confidence == "chưa đối chiếu"]
    assert unread
    assert not [b.id for b in unread if b.dieu]


@pytest.mark.parametrize(
    ("basis_id", "on", "warned"),
    [
        ("gddt-41-3", date(2027, 2, 28), False),
        ("gddt-41-3", date(2027, 3, 1), True),
        ("luat-cu-tru-38-3", date(2026, 6, 30), False),
        ("luat-cu-tru-38-3", date(2026, 7, 1), True),
        ("nd-104-2022-15-3", TODAY, False),
    ],
)
def test_an_amended_wording_that_was_not_read_is_marked(
    bases: basis.Bases, basis_id: str, on: date, warned: bool
) -> None:
    assert ("chưa đối chiếu" in bases.rows[basis_id].warning(on)) == warned


@pytest.mark.parametrize(
    ("basis_id", "act_type", "issuer", "issued", "may"),
    [
        ("luat-cu-tru-38-3", "Thông tư", "BTC", date(2015, 1, 1), True),
        ("nd-104-2022-15-3", "Luật", "QH", date(2014, 1, 1), False),
        ("nd-104-2022-15-3", "Nghị định", "CP", date(2015, 1, 1), True),
        ("nd-104-2022-15-3", "Nghị định", "CP", date(2024, 1, 1), False),
        ("luat-cu-tru-38-3", "Luật", "QH", date(2014, 1, 1), True),
        ("luat-cu-tru-38-3", "", "", None, True),
    ],
    ids=["law on circular", "decree on law", "same issuer", "older than the act", "law on law", "act unknown"],
)  # fmt: skip
def test_a_basis_must_be_later_and_higher_or_of_the_same_issuer(
    bases: basis.Bases, basis_id: str, act_type: str, issuer: str, issued: date | None, may: bool
) -> None:
    assert bases.rows[basis_id].may_judge(act_type, issuer, issued) is may


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (ACT + "can_cu:\n  - {id: x-1, van_ban: y, dien_giai: A}\n", 4, "van_ban"),
        (ACT + "can_cu:\n  - {id: x-1, van_ban: x, dien_giai: A, nhom: [Z9]}\n", 4, "Z9"),
        (ACT + "can_cu:\n  - {id: x-1, van_ban: x, dien_giai: A, diem: a}\n", 4, "khoản"),
        (ACT + "can_cu:\n  - {id: x-1, van_ban: x, dien_giai: A}\n  - {id: x-1, van_ban: x, dien_giai: B}\n", 5, "đã dùng"),
        (ACT + "can_cu:\n  - {id: x-1, van_ban: x, dien_giai: A, muc_tin_cay: chắc}\n", 4, "muc_tin_cay"),
        (ACT + "can_cu:\n  - {id: x-1, van_ban: x, dien_giai: A, muc_tin_cay: đã đối chiếu}\n", 4, "ngay_doi_chieu"),
        (ACT.replace("01/07/2099", "01/07/2098") + "can_cu: []\n", 2, "trước ngày ban hành"),
        (ACT.replace("loai: Luật", "loai: Lệ làng") + "can_cu: []\n", 2, "Lệ làng"),
    ],
    ids=["unknown act", "unknown category", "điểm without khoản", "id twice", "unknown mark",
         "verified without source", "effect before issue", "unknown type"],
)  # fmt: skip
def test_a_bad_row_names_file_and_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "bases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        basis.load(path)
    assert f"«bases.yaml», dòng {line}:" in str(caught.value)
    assert reason in str(caught.value)
