"""Projects carry agreed findings, and the findings follow their steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden
from review.records.programme import (
    InstrumentFilter,
    InstrumentInput,
    ProjectFilter,
    ProjectInput,
    ProjectRow,
)
from tests.review.conftest import Desk
from tests.review.programme.conftest import TODAY, Agreed

PROJECT = ProjectInput("Thông tư sửa quy định bến đò", "thong-tu", "BXD", 2026)
DUE = date(2027, 3, 1)
BOOK, SHOWN, TEMPORARY = "điểm b khoản 1 Điều 2", "khoản 2 Điều 2", "khoản 3 Điều 2"


def add(desk: Desk, entered: ProjectInput = PROJECT, by: str = "minh") -> ProjectRow:
    return desk.bench.projects.add(desk[by], desk.campaign.id, entered)


def step(desk: Desk, row: ProjectRow, code: str, done: date | None = TODAY) -> ProjectRow:
    version = desk.bench.projects.get(desk["minh"], row.id).version
    return desk.bench.projects.set_step(desk["minh"], row.id, version, code, None, done)


def test_a_new_project_begins_at_its_first_step(desk: Desk) -> None:
    row = add(desk)
    assert (row.current, row.step_name, row.risk.code, row.programme) == (
        "soan-thao",
        "Soạn thảo",
        "khong-han",
        "Chương trình lập pháp hằng năm",
    )
    assert [one.id for one in desk.bench.projects.list(desk["lan"], desk.campaign.id)] == [row.id]


def test_findings_follow_the_steps_of_their_project(agreed: Agreed) -> None:
    desk = agreed.desk
    row = add(desk)
    waiting = desk.bench.projects.agreed(desk["minh"], desk.campaign.id)
    assert {one.label for one in waiting} == set(agreed.rows)
    ids = [agreed.rows[BOOK].id, agreed.rows[SHOWN].id]
    assert desk.bench.projects.carry(desk["minh"], row.id, ids) == 2
    assert agreed.state(BOOK) == "dua_vao_chuong_trinh"
    assert desk.bench.projects.get(desk["minh"], row.id).findings == 2
    step(desk, row, "soan-thao")
    assert agreed.state(BOOK) == "dang_soan_thao"
    step(desk, row, "ban-hanh")
    assert (agreed.state(BOOK), agreed.state(TEMPORARY)) == ("da_ban_hanh", "thong_nhat")
    left = desk.bench.projects.agreed(desk["minh"], desk.campaign.id)
    assert [one.label for one in left] == [TEMPORARY]


def test_one_provision_is_carried_by_one_project(agreed: Agreed) -> None:
    desk = agreed.desk
    first, second = add(desk), add(desk, replace(PROJECT, title="Thông tư khác"))
    desk.bench.projects.carry(desk["minh"], first.id, [agreed.rows[BOOK].id])
    with pytest.raises(RasoatError, match="RS-583"):
        desk.bench.projects.carry(desk["minh"], second.id, [x.id for x in agreed.rows.values()])
    assert desk.bench.projects.get(desk["minh"], second.id).findings == 0


def test_a_provision_leads_to_the_project_that_carries_it(agreed: Agreed) -> None:
    desk, projects = agreed.desk, agreed.desk.bench.projects
    row = add(desk)
    projects.carry(desk["minh"], row.id, [agreed.rows[BOOK].id])
    assert projects.of_finding(desk["ha"], agreed.rows[BOOK].id).id == row.id
    assert projects.of_finding(desk["ha"], agreed.rows[SHOWN].id) is None
    with pytest.raises(Forbidden):
        projects.of_finding(desk["lan"], agreed.rows[BOOK].id)


def test_a_bill_names_the_session_that_hears_and_passes_it(desk: Desk) -> None:
    row = add(desk, replace(PROJECT, kind="luat"))
    named = desk.bench.projects.set_step(
        desk["minh"], row.id, 1, "thong-qua", None, None, " Kỳ họp thứ 8 "
    )
    sessions = {one.code: one.session for one in named.steps if one.in_session}
    assert sessions == {"cho-y-kien": "", "thong-qua": "Kỳ họp thứ 8"}
    with pytest.raises(RasoatError, match="RS-581"):
        desk.bench.projects.set_step(
            desk["minh"], row.id, 2, "soan-thao", None, None, "Kỳ họp thứ 8"
        )


def test_what_is_not_agreed_stays_out(real: Desk) -> None:
    from tests.review.programme.conftest import DECREE, text

    real.load(text("950", DECREE))
    row = add(real)
    with pytest.raises(RasoatError, match="RS-504"):
        real.bench.projects.carry(real["minh"], row.id, [real.findings()[0].id])


def test_the_deadline_is_that_of_the_earliest_instrument(desk: Desk) -> None:
    row = add(desk)
    instruments = desk.bench.instruments
    entered = [
        InstrumentInput("950/2020/TT-BXD", "Thông tư một", "Thông tư", "BXD", DUE),
        InstrumentInput("953/2020/TT-BXD", "Thông tư hai", "Thông tư", "BXD", date(2027, 1, 1)),
    ]
    assert instruments.add(desk["minh"], desk.campaign.id, entered) == (2, 0)
    for one in instruments.board(desk["minh"], InstrumentFilter(desk.campaign.id)).rows:
        instruments.assign(
            desk["minh"], one.id, 1, agency="BXD", project_id=row.id, due=one.input.due
        )
    found = desk.bench.projects.get(desk["minh"], row.id)
    assert (found.due, found.instruments, found.risk.days_left) == (date(2027, 1, 1), 2, 39)


def test_two_authors_of_a_project_lose_nothing(desk: Desk) -> None:
    row = add(desk)
    desk.bench.projects.change(desk["minh"], row.id, 1, replace(PROJECT, note="Của Minh."))
    with pytest.raises(Conflict) as met:
        desk.bench.projects.change(desk["son"], row.id, 1, replace(PROJECT, note="Của Sơn."))
    assert (met.value.who, met.value.mine["note"], met.value.theirs["note"]) == (
        "Minh",
        "Của Sơn.",
        "Của Minh.",
    )


@pytest.mark.parametrize(
    ("name", "agency"), [("lan", "BXD"), ("ha", "BXD"), ("long", "BXD"), ("thao", "BYT")]
)
def test_who_may_not_add_a_project(desk: Desk, name: str, agency: str) -> None:
    with pytest.raises(Forbidden):
        add(desk, replace(PROJECT, agency=agency), by=name)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "RS-580"),
        ({"kind": "la"}, "RS-580"),
        ({"year": 1900}, "RS-580"),
        ({"co_agencies": ("LA",)}, "RS-602"),
    ],
)
def test_an_incomplete_project_is_refused(desk: Desk, change: dict, code: str) -> None:
    with pytest.raises(RasoatError, match=code):
        add(desk, replace(PROJECT, **change))


@pytest.mark.parametrize(
    ("code", "done", "error"),
    [
        ("trinh-ubtvqh", TODAY, "RS-581"),
        ("soan-thao", date(2026, 12, 1), "RS-582"),
        ("ban-hanh", date(2026, 11, 1), "RS-582"),
    ],
)
def test_a_step_that_cannot_be(desk: Desk, code: str, done: date, error: str) -> None:
    row = add(desk)
    step(desk, row, "lay-y-kien", date(2026, 11, 10))
    with pytest.raises(RasoatError, match=error):
        step(desk, row, code, done)


def test_a_step_whose_day_was_never_entered_is_passed_with_a_later_one(desk: Desk) -> None:
    row = add(desk)
    found = step(desk, row, "tham-dinh")
    assert found.current == "ban-hanh"
    assert [one.passed for one in found.steps] == [True, True, True, False, False]
    assert found.risk.days_needed == sum(one.days for one in found.steps[3:])


def board(desk: Desk, **wanted: object):
    return desk.bench.projects.board(desk["lan"], ProjectFilter(desk.campaign.id, **wanted))


def test_the_board_holds_every_project_once_in_the_column_of_its_step(desk: Desk) -> None:
    add(desk)
    step(desk, add(desk, replace(PROJECT, title="Thông tư khác")), "soan-thao")
    law = replace(PROJECT, title="Luật Nuôi ốc", kind="luat", year=2023, co_agencies=("BYT",))
    step(desk, add(desk, law), "hieu-luc", date(2026, 11, 1))
    found = {code: [row.input.title for row in rows] for code, _, rows in board(desk).columns}
    assert {code: titles for code, titles in found.items() if titles} == {
        "chuan-bi": [PROJECT.title],
        "lay-y-kien": ["Thông tư khác"],
        "xong": ["Luật Nuôi ốc"],
    }
    assert (board(desk).total, sum(board(desk).by_risk.values())) == (3, 3)
    assert board(desk).programmes == [
        (2023, "Chương trình xây dựng luật, pháp lệnh", 1),
        (2026, "Chương trình lập pháp hằng năm", 2),
    ]


@pytest.mark.parametrize(
    ("wanted", "total"),
    [({"year": 2026}, 1), ({"agency": "BYT"}, 1), ({"kind": "luat"}, 1), ({"risk": "kip"}, 0)],
)
def test_the_board_is_filtered(desk: Desk, wanted: dict, total: int) -> None:
    add(desk)
    add(desk, replace(PROJECT, kind="luat", year=2023, co_agencies=("BYT",)))
    assert board(desk, **wanted).total == total
    assert len(board(desk, **wanted).programmes) == 2  # the years stay to choose from


def test_the_day_of_effect_may_lie_ahead(desk: Desk) -> None:
    row = add(desk)
    assert step(desk, row, "hieu-luc", date(2027, 2, 1)).steps[-1].done == date(2027, 2, 1)


def test_what_is_not_issued_in_time_is_marked(agreed: Agreed) -> None:
    desk = agreed.desk
    row = add(desk)
    desk.bench.projects.carry(desk["minh"], row.id, [agreed.rows[BOOK].id])
    due = [InstrumentInput("950/2020/TT-BXD", "", "Thông tư", "BXD", TODAY)]
    desk.bench.instruments.add(desk["minh"], desk.campaign.id, due)
    board = desk.bench.instruments.board(desk["minh"], InstrumentFilter(desk.campaign.id))
    desk.bench.instruments.assign(
        desk["minh"], board.rows[0].id, 1, agency="BXD", project_id=row.id, due=TODAY
    )
    assert desk.bench.projects.mark_overdue(desk["son"], desk.campaign.id) == 1
    assert agreed.state(BOOK) == "qua_han"
    assert desk.bench.projects.mark_overdue(desk["son"], desk.campaign.id) == 0


def test_usual_durations_can_be_set_and_count_at_once(desk: Desk) -> None:
    row = add(desk)
    before = desk.bench.projects.get(desk["minh"], row.id).risk.days_needed
    desk.bench.projects.set_duration(desk["son"], "thong-tu", "soan-thao", 80)
    after = desk.bench.projects.get(desk["minh"], row.id).risk.days_needed
    assert after - before == 60
    assert desk.bench.projects.durations(desk["minh"])["thong-tu", "soan-thao"] == 80


@pytest.mark.parametrize(
    ("kind", "code", "days", "error"),
    [("thong-tu", "la", 5, "RS-581"), ("thong-tu", "soan-thao", 0, "RS-584")],
)
def test_a_duration_that_cannot_be(desk: Desk, kind: str, code: str, days: int, error: str) -> None:
    with pytest.raises(RasoatError, match=error):
        desk.bench.projects.set_duration(desk["son"], kind, code, days)
