"""The override layer badges findings; it never resolves them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.datafile import DataFileError
from models import basis, override

BADGE = "đã bị thay thế về áp dụng – vẫn phải sửa văn bản, hạn 01/3/2027"


@pytest.fixture(scope="module")
def overrides() -> override.Overrides:
    return override.load(bases=basis.load().rows)


@pytest.mark.parametrize(
    ("category", "on", "rules"),
    [
        ("A1", date(2022, 12, 31), []),
        ("A1", date(2023, 1, 1), ["nd-104-2022"]),
        ("A1", date(2026, 11, 23), ["nd-104-2022", "nq-66-7"]),
        ("A1", date(2027, 3, 1), ["nd-104-2022"]),
        ("E2", date(2025, 12, 31), []),
        ("E2", date(2026, 1, 1), ["nq-66-7"]),
        ("E2", date(2027, 2, 28), ["nq-66-7"]),
        ("E2", date(2027, 3, 1), []),
        ("F5", date(2026, 11, 23), []),
    ],
)
def test_rules_apply_in_their_period(
    overrides: override.Overrides, category: str, on: date, rules: list[str]
) -> None:
    assert [rule.id for rule in overrides.of(category, on)] == rules
    assert overrides.badges_for(category, on) == ((BADGE,) if rules else ())


@pytest.mark.parametrize(
    ("on", "days"),
    [(date(2026, 11, 23), 97), (date(2027, 2, 28), 0), (date(2027, 3, 1), None)],
)
def test_the_clock_counts_the_days_left(
    overrides: override.Overrides, on: date, days: int | None
) -> None:
    assert overrides.days_left(on) == days


@pytest.mark.parametrize(
    ("den_ngay", "can_cu"),
    [("01/01/2020", "x"), ("01/01/2030", "y")],
    ids=["ends first", "no basis"],
)
def test_a_bad_row_names_its_line(tmp_path: Path, den_ngay: str, can_cu: str) -> None:
    path = tmp_path / "overrides.yaml"
    path.write_text(
        "thay_the_ap_dung:\n  - ma: X\n    ten_ngan: X\n    tu_ngay: 01/01/2025\n"
        f"    den_ngay: {den_ngay}\n    han_sua: 01/01/2031\n    can_cu: {can_cu}\n    nhan: n\n"
        "    muc_tin_cay: theo trí nhớ\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFileError, match=r"dòng [57]:"):
        override.load(path, bases=("x",))
