"""What must be amended: the countdown board, its counts, and what lapses with an overriding rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden
from review.programme import risk
from review.programme.instrument import STATES
from review.records.programme import InstrumentFilter, InstrumentInput, ProjectInput
from tests.review.conftest import Desk
from tests.review.programme.conftest import DECREE, TODAY, Agreed, text

DUE = date(2027, 3, 1)
CIRCULAR = InstrumentInput("950/2020/TT-BXD", "Thông tư một", "Thông tư", "BXD", DUE)
DECREE_DUE = InstrumentInput("940/2019/NĐ-CP", "Nghị định một", "Nghị định", "BYT", DUE)
LAW = InstrumentInput("", "Luật Nuôi ốc", "Luật", "", DUE)


def board(desk: Desk, by: str = "minh", **wanted: object):
    return desk.bench.instruments.board(desk[by], InstrumentFilter(desk.campaign.id, **wanted))


def fill(desk: Desk, *entered: InstrumentInput) -> tuple[int, int]:
    given = entered or (CIRCULAR, DECREE_DUE, LAW)
    return desk.bench.instruments.add(desk["son"], desk.campaign.id, given)


def test_the_counts_are_those_of_the_rows(desk: Desk) -> None:
    assert fill(desk) == (3, 0)
    found = board(desk, "lan")
    assert len(found.rows) == 3
    assert sum(found.by_state.values()) == sum(found.by_risk.values()) == 3
    assert sum(sum(states.values()) for _, _, states in found.by_agency) == 3
    assert set(found.by_state) == set(STATES)
    assert set(found.by_risk) == set(risk.LEVELS)
    assert (found.next_due, found.days_left) == (DUE, 98)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"agency": "BXD"}, ["950/2020/TT-BXD"]),
        ({"agency": "-"}, [""]),
        ({"type": "Nghị định"}, ["940/2019/NĐ-CP"]),
        ({"state": "xong"}, []),
        ({"risk": "nguy-co"}, ["", "940/2019/NĐ-CP", "950/2020/TT-BXD"]),
        ({"due_within": 97}, []),
        ({"due_within": 98}, ["", "940/2019/NĐ-CP", "950/2020/TT-BXD"]),
    ],
)
def test_filters(desk: Desk, wanted: dict, numbers: list[str]) -> None:
    fill(desk)
    assert [row.input.number for row in board(desk, **wanted).rows] == numbers


def test_the_same_act_is_listed_once_whatever_its_spelling(desk: Desk) -> None:
    fill(desk, CIRCULAR, LAW)
    again = [replace(CIRCULAR, number="950/2020/tt-bxd"), replace(LAW, title="LUẬT NUÔI ỐC")]
    assert fill(desk, *again) == (0, 2)


@pytest.mark.parametrize(
    ("entered", "error"),
    [(replace(LAW, title=" "), "RS-585"), (replace(LAW, agency="LA"), "RS-602")],
)
def test_an_entry_that_names_nothing(desk: Desk, entered: InstrumentInput, error: str) -> None:
    with pytest.raises(RasoatError, match=error):
        fill(desk, CIRCULAR, entered)
    assert board(desk).rows == []


def test_state_follows_the_project_and_the_findings(agreed: Agreed) -> None:
    desk = agreed.desk
    fill(desk, CIRCULAR)
    projects = desk.bench.projects
    row = projects.add(
        desk["minh"], desk.campaign.id, ProjectInput("Thông tư sửa", "thong-tu", "BXD", 2026)
    )
    states = [board(desk).rows[0].state]
    one = board(desk).rows[0]
    desk.bench.instruments.assign(desk["minh"], one.id, 1, agency="BXD", project_id=row.id, due=DUE)
    for step, done in (
        ("soan-thao", TODAY),
        ("ban-hanh", TODAY),
        ("hieu-luc", date(2026, 11, 24)),
        ("hieu-luc", TODAY),
    ):
        states.append(board(desk).rows[0].state)
        version = projects.get(desk["minh"], row.id).version
        projects.set_step(desk["minh"], row.id, version, step, None, done)
    states.append(board(desk).rows[0].state)
    assert states == ["chua-lam", "dang-lam", "dang-lam", "da-ban-hanh", "da-ban-hanh", "hieu-luc"]
    assert (board(desk).rows[0].findings, board(desk).rows[0].settled) == (3, 0)


def test_a_ministry_sees_the_board_but_not_the_findings_of_others(agreed: Agreed) -> None:
    fill(agreed.desk, CIRCULAR)
    row = board(agreed.desk, "lan").rows[0]
    assert (row.input.number, row.act_id, row.findings) == ("950/2020/TT-BXD", None, 0)


def test_acts_with_confirmed_findings_are_listed(agreed: Agreed) -> None:
    desk = agreed.desk
    desk.load(text("954", DECREE.replace("950/2020", "954/2020")))  # nothing confirmed there
    assert desk.bench.instruments.add_confirmed(desk["minh"], desk.campaign.id, DUE) == (1, 0)
    assert [row.input.number for row in board(desk).rows] == ["950/2020/TT-BXD"]


def test_two_hands_on_one_instrument(desk: Desk) -> None:
    fill(desk, CIRCULAR)
    one = board(desk).rows[0]
    assign = desk.bench.instruments.assign
    assign(desk["minh"], one.id, 1, agency="BXD", project_id=None, due=date(2027, 2, 1))
    with pytest.raises(Conflict) as met:
        assign(desk["son"], one.id, 1, agency="BYT", project_id=None, due=DUE)
    assert met.value.theirs["due"] == date(2027, 2, 1)


def test_another_ministry_may_not_assign(desk: Desk) -> None:
    fill(desk, CIRCULAR)
    one = board(desk).rows[0]
    with pytest.raises(Forbidden):
        desk.bench.instruments.assign(
            desk["lan"], one.id, 1, agency="BYT", project_id=None, due=DUE
        )


def test_steps_of_the_week_are_listed_late_ones_first(desk: Desk) -> None:
    projects = desk.bench.projects
    row = projects.add(
        desk["minh"], desk.campaign.id, ProjectInput("Thông tư sửa", "thong-tu", "BXD", 2026)
    )
    for version, (step, planned) in enumerate(
        [
            ("soan-thao", date(2026, 11, 20)),
            ("lay-y-kien", date(2026, 11, 30)),
            ("tham-dinh", date(2026, 12, 1)),
        ],
        1,
    ):
        projects.set_step(desk["minh"], row.id, version, step, planned, None)
    due = [(one.step, one.late) for one in board(desk).this_week]
    assert due == [("Soạn thảo", True), ("Lấy ý kiến", False)]
    assert board(desk, agency="BYT").this_week == []


# --- one amending act for many -----------------------------------------------------------


def project(desk: Desk, title: str = "Thông tư sửa nhiều thông tư", by: str = "minh") -> int:
    entered = ProjectInput(title, "thong-tu", "BXD", 2026)
    return desk.bench.projects.add(desk[by], desk.campaign.id, entered).id


def test_a_bundle_takes_many_acts_into_one_project(desk: Desk) -> None:
    fill(desk, CIRCULAR, replace(CIRCULAR, number="953/2020/TT-BXD"))
    bundle, ids = project(desk), [row.id for row in board(desk).rows]
    assert desk.bench.instruments.bundle(desk["minh"], bundle, ids) == 2
    assert desk.bench.instruments.bundle(desk["minh"], bundle, ids) == 0
    assert desk.bench.projects.get(desk["lan"], bundle).instruments == 2
    assert {row.state for row in board(desk).rows} == {"dang-lam"}


def test_a_bundle_takes_all_or_none(desk: Desk) -> None:
    fill(desk, CIRCULAR, replace(CIRCULAR, number="953/2020/TT-BXD"))
    first, second = project(desk), project(desk, "Thông tư khác")
    ids = [row.id for row in board(desk).rows]
    desk.bench.instruments.bundle(desk["minh"], first, ids[1:])
    with pytest.raises(RasoatError, match="RS-589"):
        desk.bench.instruments.bundle(desk["minh"], second, ids)
    assert desk.bench.projects.get(desk["minh"], second).instruments == 0


def test_another_ministry_may_not_bundle(desk: Desk) -> None:
    fill(desk, CIRCULAR)
    bundle = project(desk)
    with pytest.raises(Forbidden):
        desk.bench.instruments.bundle(desk["lan"], bundle, [board(desk).rows[0].id])
