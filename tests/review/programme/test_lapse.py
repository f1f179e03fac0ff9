"""What stands again when an overriding rule ends: exact provisions, and what goes on being covered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from review.errors import NotFound
from review.records import PageRequest
from review.records.programme import (
    InstrumentFilter,
    InstrumentInput,
    ProjectInput,
    ReturningFilter,
)
from tests.review.conftest import Desk
from tests.review.programme.conftest import Agreed, text

RULE = "nq-66-7"
LICENCE = """BỘ XÂY DỰNG
Số: 960/2021/TT-BXD
Hà Nội, ngày 05 tháng 5 năm 2021

THÔNG TƯ
Quy định về xưởng đóng thuyền giả định

Điều 1. Hồ sơ
1. Hồ sơ đề nghị cấp giấy phép gồm:
a) Đơn đề nghị;
b) Bản sao giấy khai sinh của chủ xưởng;
c) Bản sao sổ hộ khẩu của chủ xưởng.
"""
BIRTH = "điểm b khoản 1 Điều 1"


@pytest.fixture
def loaded(real: Desk) -> Desk:
    real.load(text("960", LICENCE))
    return real


def rule(desk: Desk, by: str = "minh"):
    found = {one.id: one for one in desk.bench.lapses.rules(desk[by], desk.campaign.id)}
    return found[RULE]


def back(desk: Desk, by: str = "minh", **wanted: str):
    filter = ReturningFilter(desk.campaign.id, RULE, **wanted)
    return desk.bench.lapses.provisions(desk[by], filter, PageRequest())


def test_the_book_stays_covered_by_the_decree_that_has_no_end(loaded: Desk) -> None:
    """NĐ 104/2022 goes on overriding the household book; the birth certificate comes back."""
    found = rule(loaded)
    assert (found.last_day, found.amend_by) == (date(2027, 2, 28), date(2027, 3, 1))
    assert (found.findings, found.open, found.returning) == (2, 2, 1)
    assert found.beyond == ("Điều 15.3 Nghị định 104/2022",)
    assert [row.finding.label for row in back(loaded).items] == [BIRTH]


def test_the_counts_are_those_of_the_provisions(loaded: Desk) -> None:
    found = rule(loaded)
    assert sum(count for *_, count in found.by_agency) == found.returning == back(loaded).total
    for code, _, count in found.by_category:
        assert back(loaded, category=code).total == count
    for code, _, count in found.by_agency:
        assert back(loaded, agency=code).total == count
    assert found.confidence


def test_what_was_rejected_or_settled_does_not_come_back(loaded: Desk) -> None:
    finding = back(loaded).items[0].finding
    loaded.bench.findings.reject(loaded["ha"], finding.id, finding.version, "N10")
    assert (rule(loaded).returning, back(loaded).total) == (0, 0)


def test_another_ministry_sees_nothing_of_it(loaded: Desk) -> None:
    assert (rule(loaded, "lan").findings, back(loaded, "lan").total) == (0, 0)


def test_a_rule_that_does_not_end_is_not_known_here(loaded: Desk) -> None:
    with pytest.raises(NotFound):
        loaded.bench.lapses.provisions(
            loaded["minh"], ReturningFilter(loaded.campaign.id, "nd-104-2022"), PageRequest()
        )


def carried(agreed: Agreed) -> None:
    """A project that carries one finding of the act."""
    desk = agreed.desk
    project = desk.bench.projects.add(desk["minh"], desk.campaign.id, PROJECT)
    desk.bench.projects.carry(
        desk["minh"], project.id, [row.id for row in agreed.rows.values()][:1]
    )


def instrument(agreed: Agreed) -> None:
    """A project that amends the act as a whole."""
    desk = agreed.desk
    due = InstrumentInput("950/2020/TT-BXD", "", "Thông tư", "BXD", date(2027, 3, 1))
    desk.bench.instruments.add(desk["minh"], desk.campaign.id, [due])
    project = desk.bench.projects.add(desk["minh"], desk.campaign.id, PROJECT)
    rows = desk.bench.instruments.board(desk["minh"], InstrumentFilter(desk.campaign.id)).rows
    desk.bench.instruments.bundle(desk["minh"], project.id, [row.id for row in rows])


PROJECT = ProjectInput("Thông tư sửa", "thong-tu", "BXD", 2026)


@pytest.mark.parametrize(("prepare", "covered"), [(carried, 1), (instrument, 3)])
def test_the_project_that_may_still_prevent_it_is_named(
    agreed: Agreed, monkeypatch: pytest.MonkeyPatch, prepare: Callable, covered: int
) -> None:
    from review.programme import lapse

    monkeypatch.setattr(lapse, "_kept", lambda rule: frozenset())
    prepare(agreed)
    found = back(agreed.desk).items
    named = [row for row in found if row.project == "Thông tư sửa"]
    assert len(named) == covered
    assert {row.risk for row in named} <= {"kip", "sat", "nguy-co"}
