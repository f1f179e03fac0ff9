"""Letters that chase amendments, and the figures of the thematic report."""

from __future__ import annotations

from datetime import date

import pytest

from review.errors import Forbidden
from review.records.follow_up import TaskInput
from review.records.programme import InstrumentFilter, InstrumentInput, ProjectInput
from tests.review.conftest import Desk
from tests.review.programme.conftest import TODAY, Agreed

DUE = date(2027, 3, 1)


@pytest.fixture
def due(agreed: Agreed) -> Desk:
    """Three acts due at two ministries; one is amended by an issued act, one by a project."""
    desk = agreed.desk
    campaign = desk.campaign.id
    entered = [
        InstrumentInput("950/2020/TT-BXD", "", "Thông tư", "BXD", DUE),
        InstrumentInput("953/2020/TT-BXD", "", "Thông tư", "BXD", DUE),
        InstrumentInput("954/2020/TT-BYT", "", "Thông tư", "BYT", DUE),
    ]
    desk.bench.instruments.add(desk["son"], campaign, entered)
    rows = desk.bench.instruments.board(desk["son"], InstrumentFilter(campaign)).rows
    ids = {row.input.number: row.id for row in rows}
    for number, step in (("950/2020/TT-BXD", "ban-hanh"), ("953/2020/TT-BXD", "soan-thao")):
        project = desk.bench.projects.add(
            desk["son"], campaign, ProjectInput(f"Thông tư sửa {number}", "thong-tu", "BXD", 2026)
        )
        desk.bench.instruments.bundle(desk["son"], project.id, [ids[number]])
        desk.bench.projects.set_step(desk["son"], project.id, 1, step, None, TODAY)
    desk.bench.projects.set_step(desk["son"], project.id, 2, "lay-y-kien", date(2026, 12, 5), None)
    return desk


def test_only_what_is_not_issued_is_chased(due: Desk) -> None:
    found = due.bench.chases.letters(due["son"], due.campaign.id)
    assert {
        letter.agency_code: [row.input.number for row in letter.acts] for letter in found.letters
    } == {"BXD": ["953/2020/TT-BXD"], "BYT": ["954/2020/TT-BYT"]}
    bxd, byt = found.letters
    assert list(bxd.steps.values()) == [("Lấy ý kiến", date(2026, 12, 5))]
    assert (bxd.without_project, byt.without_project) == (0, 1)
    assert found.stamp.digest


def test_the_thematic_report_counts_what_the_services_count(due: Desk) -> None:
    task = TaskInput("NV-1", "Số hóa sổ", "so-hoa-ho-tich", "BTP", date(2026, 11, 1), "dang-lam")
    due.bench.tasks.add(due["son"], due.campaign.id, task)
    found = due.bench.chases.thematic(due["son"], due.campaign.id)
    assert len(found.projects) == 2
    assert found.board.by_state["da-ban-hanh"] == 1
    assert [one.input.code for one in found.tasks if one.late] == ["NV-1"]
    assert set(found.agencies) == {"BXD", "BYT", "BTP"}
    assert {line.category for line in found.report.findings} <= {"A1", "A2"}


def test_the_digest_changes_with_what_is_said(due: Desk) -> None:
    chases, campaign = due.bench.chases, due.campaign.id
    before = chases.letters(due["son"], campaign).stamp.digest
    assert chases.letters(due["son"], campaign).stamp.digest == before
    more = InstrumentInput("955/2020/TT-BYT", "", "Thông tư", "BYT", DUE)
    due.bench.instruments.add(due["son"], campaign, [more])
    assert chases.letters(due["son"], campaign).stamp.digest != before


@pytest.mark.parametrize("name", ["minh", "lan", "giang", "vy"])
def test_who_may_not_chase(desk: Desk, name: str) -> None:
    with pytest.raises(Forbidden):
        desk.bench.chases.letters(desk[name], desk.campaign.id)
    with pytest.raises(Forbidden):
        desk.bench.chases.thematic(desk[name], desk.campaign.id)


def test_bm_09_names_the_last_step_of_the_plan_not_the_last_one_entered(due: Desk) -> None:
    project = next(
        row
        for row in due.bench.projects.list(due["son"], due.campaign.id)
        if row.input.title.endswith("950/2020/TT-BXD")
    )
    due.bench.projects.set_step(
        due["son"], project.id, project.version, "soan-thao", None, date(2026, 11, 1)
    )
    found = due.bench.reports.overall(due["son"], due.campaign.id).programme
    lines = {line.act: line.step for line in found.instruments}
    assert lines == {
        "950/2020/TT-BXD": "Ban hành",
        "953/2020/TT-BXD": "Soạn thảo",
        "954/2020/TT-BYT": "",
    }
