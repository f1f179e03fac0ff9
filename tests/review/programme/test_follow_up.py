"""Sources over time, procedures, tracked tasks, savings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.errors import RasoatError
from models import catalogue
from review.errors import Conflict, Forbidden, NotFound
from review.programme.readiness import handling_with, severity_with
from review.programme.saving import totals
from review.records import PageRequest
from review.records.follow_up import (
    ProcedureInput,
    SavingInput,
    SourceFigureInput,
    TaskFigureInput,
    TaskInput,
)
from tests.review.conftest import Desk
from tests.review.programme.conftest import TODAY, Agreed

FIGURE = SourceFigureInput("HT", date(2026, 10, 1), "Đã số hóa", 950.0, "hồ sơ", "Báo cáo giả định")
PROCEDURE = ProcedureInput("9.000001", "Đăng ký bến đò", "BXD")
TASK = TaskInput("NV-1", "Số hóa sổ", "so-hoa-ho-tich", "BTP", date(2026, 11, 1), "dang-lam")
TASK_FIGURE = TaskFigureInput(TODAY, "Đã số hóa", 950.0, "sổ", "Báo cáo giả định", "chưa đối chiếu")
BOOK = "điểm b khoản 1 Điều 2"


# --- sources ------------------------------------------------------------------------------


def test_a_recorded_readiness_takes_the_place_of_the_shipped_one(desk: Desk) -> None:
    readiness = desk.bench.readiness
    shipped = {one.id: one for one in readiness.sources(desk["ha"])}["HT"]
    assert shipped.since is None
    readiness.record(desk["son"], replace(FIGURE, readiness=1))
    readiness.record(desk["son"], replace(FIGURE, readiness=3, on=date(2026, 9, 1)))
    now = {one.id: one for one in readiness.sources(desk["ha"])}["HT"]
    assert (now.readiness, now.since, now.confidence) == (1, date(2026, 10, 1), "chưa đối chiếu")
    assert [one.input.readiness for one in readiness.history(desk["ha"], "HT")] == [3, 1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": "LA"}, "RS-601"),
        ({"name": ""}, "RS-587"),
        ({"document": " "}, "RS-587"),
        ({"value": None}, "RS-587"),
        ({"readiness": 4}, "RS-587"),
        ({"on": date(2026, 11, 24)}, "RS-587"),
    ],
)
def test_a_figure_that_cannot_be(desk: Desk, change: dict, code: str) -> None:
    with pytest.raises(RasoatError, match=code):
        desk.bench.readiness.record(desk["son"], replace(FIGURE, **change))


def test_a_ministry_records_no_readiness(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.bench.readiness.record(desk["minh"], FIGURE)


def test_provisions_a_source_frees(agreed: Agreed) -> None:
    desk = agreed.desk
    freed = {one.source: one for one in desk.bench.readiness.freed(desk["ha"], desk.campaign.id)}
    assert freed["DC"].findings == 3
    assert sum(freed["DC"].by_category.values()) == 3
    assert desk.bench.readiness.freed(desk["lan"], desk.campaign.id) == []


def test_nothing_changes_when_the_source_is_as_ready_as_before(agreed: Agreed) -> None:
    desk = agreed.desk
    now = catalogue.load().sources.rows["DC"].readiness
    found = desk.bench.readiness.what_if(desk["ha"], desk.campaign.id, "DC", now)
    assert (found.findings, found.readier, found.severity, found.handling) == (3, 0, {}, {})


def test_what_a_source_would_free(agreed: Agreed) -> None:
    desk = agreed.desk
    desk.bench.readiness.record(desk["son"], replace(FIGURE, source="DC", readiness=0))
    desk.bench.readiness.record(desk["son"], replace(FIGURE, source="CC", readiness=0))
    found = desk.bench.readiness.what_if(desk["ha"], desk.campaign.id, "DC", 3)
    assert (found.before, found.after, found.findings, found.readier) == (0, 3, 3, 3)
    assert sum(found.handling.values()) == 3


def test_every_provision_that_changes_is_listed(agreed: Agreed) -> None:
    desk = agreed.desk
    for source in ("DC", "CC"):
        desk.bench.readiness.record(desk["son"], replace(FIGURE, source=source, readiness=1))
    found = desk.bench.readiness.what_if(desk["ha"], desk.campaign.id, "DC", 3)
    assert {one.link.finding_id for one in found.shifts} == {row.id for row in agreed.rows.values()}
    assert {one.handling for one in found.shifts} == {(handling_with(1), handling_with(3))}
    assert len(found.shifts) == sum(found.handling.values())


def test_the_way_from_a_provision_to_its_database(agreed: Agreed) -> None:
    desk = agreed.desk
    page = desk.bench.readiness.provisions(
        desk["ha"], desk.campaign.id, "DC", PageRequest(number=2, size=2)
    )
    assert (page.total, len(page.items)) == (3, 1)
    first = desk.bench.readiness.provisions(desk["ha"], desk.campaign.id, "DC").items[0]
    assert (first.label, first.quote, first.readiness) == (BOOK, "Bản sao sổ hộ khẩu", 3)
    assert desk.bench.readiness.provisions(desk["lan"], desk.campaign.id, "DC").total == 0


@pytest.mark.parametrize(
    ("category", "severity", "readiness", "then"),
    [("C1", 2, 3, 3), ("C1", 2, 2, 2), ("C1", 4, 3, 4), ("C1", 1, 3, 1), ("F3", 2, 3, 2)],
)
def test_severity_follows_published_data(
    category: str, severity: int, readiness: int, then: int
) -> None:
    assert severity_with(category, severity, readiness) == then


def test_handling_follows_readiness() -> None:
    assert len({handling_with(level) for level in range(4)}) == 3
    assert handling_with(1) == handling_with(2)


# --- procedures ---------------------------------------------------------------------------


def test_a_procedure_is_complete_once_its_decision_puts_data_first(agreed: Agreed) -> None:
    desk, procedures = agreed.desk, agreed.desk.bench.procedures
    one = procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    procedures.link(desk["ha"], one.id, agreed.rows[BOOK].id)
    procedures.link(desk["ha"], one.id, agreed.rows[BOOK].id)
    assert [x.findings for x in procedures.of_finding(desk["ha"], agreed.rows[BOOK].id)] == [1]
    done = procedures.publish(
        desk["ha"], one.id, 1, decision="96/QĐ-BXD", published=TODAY, uses_data=False
    )
    assert not done.complete
    done = procedures.publish(
        desk["ha"], one.id, 2, decision="96/QĐ-BXD", published=TODAY, uses_data=True
    )
    assert done.complete
    assert procedures.list(desk["ha"], desk.campaign.id, open_only=True) == []


def test_each_ministry_has_its_own_checklist(desk: Desk) -> None:
    procedures = desk.bench.procedures
    one = procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    assert procedures.list(desk["lan"], desk.campaign.id) == []
    assert len(procedures.list(desk["son"], desk.campaign.id)) == 1
    with pytest.raises(Forbidden):
        procedures.publish(
            desk["lan"], one.id, 1, decision="1/QĐ-BYT", published=TODAY, uses_data=True
        )


@pytest.mark.parametrize(
    ("change", "code"),
    [({"code": ""}, "RS-587"), ({"name": " "}, "RS-587"), ({"agency": "LA"}, "RS-602")],
)
def test_a_procedure_that_cannot_be(desk: Desk, change: dict, code: str) -> None:
    with pytest.raises(RasoatError, match=code):
        desk.bench.procedures.add(desk["son"], desk.campaign.id, replace(PROCEDURE, **change))


def test_a_code_is_used_once_in_an_agency(desk: Desk) -> None:
    desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    with pytest.raises(RasoatError, match="RS-587"):
        desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)


@pytest.mark.parametrize("day", [date(2026, 11, 24)])
def test_a_publication_needs_a_decision_of_today_or_before(desk: Desk, day: date) -> None:
    one = desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    for decision, published in (("", TODAY), ("96/QĐ-BXD", day)):
        with pytest.raises(RasoatError, match="RS-587"):
            desk.bench.procedures.publish(
                desk["ha"], one.id, 1, decision=decision, published=published, uses_data=None
            )


def test_two_hands_on_one_procedure(desk: Desk) -> None:
    one = desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    publish = desk.bench.procedures.publish
    publish(desk["ha"], one.id, 1, decision="96/QĐ-BXD", published=TODAY, uses_data=None)
    with pytest.raises(Conflict):
        publish(desk["minh"], one.id, 1, decision="97/QĐ-BXD", published=TODAY, uses_data=None)


# --- tasks --------------------------------------------------------------------------------


def test_a_task_keeps_every_figure(desk: Desk) -> None:
    tasks = desk.bench.tasks
    task = tasks.add(desk["son"], desk.campaign.id, TASK)
    tasks.record(desk["son"], task, TASK_FIGURE)
    tasks.record(desk["son"], task, replace(TASK_FIGURE, value=960.0))
    view = tasks.list(desk["ha"], desk.campaign.id)[0]
    assert [one.input.value for one in view.figures] == [960.0, 950.0]
    assert view.late
    tasks.change(desk["son"], task, 1, replace(TASK, state="xong"))
    assert not tasks.list(desk["ha"], desk.campaign.id)[0].late


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": ""}, "RS-587"),
        ({"section": "la"}, "RS-587"),
        ({"state": "la"}, "RS-587"),
        ({"agency": "LA"}, "RS-602"),
    ],
)
def test_a_task_that_cannot_be(desk: Desk, change: dict, code: str) -> None:
    with pytest.raises(RasoatError, match=code):
        desk.bench.tasks.add(desk["son"], desk.campaign.id, replace(TASK, **change))


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"document": ""}, {"on": date(2027, 1, 1)}, {"confidence": "chắc"}]
)
def test_a_task_figure_that_cannot_be(desk: Desk, change: dict) -> None:
    task = desk.bench.tasks.add(desk["son"], desk.campaign.id, TASK)
    with pytest.raises(RasoatError, match="RS-587"):
        desk.bench.tasks.record(desk["son"], task, replace(TASK_FIGURE, **change))


def test_a_figure_of_no_task(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.bench.tasks.record(desk["son"], 999, TASK_FIGURE)


# --- savings ------------------------------------------------------------------------------


def test_the_estimate_is_its_inputs_multiplied() -> None:
    used = {
        "ban-sao": 2, "chuyen-di": 1, "gio": 3,
        "phi-ban-sao": 1000, "tien-chuyen": 5000, "tien-gio": 100,
    }  # fmt: skip
    assert totals(used, 10) == {"ban-sao": 20, "chuyen-di": 10, "gio": 30, "tien": 73000}


def test_only_provisions_with_a_known_volume_count(agreed: Agreed) -> None:
    desk, savings = agreed.desk, agreed.desk.bench.savings
    empty = savings.estimate(desk["ha"], desk.campaign.id)
    assert (empty.rows, empty.without_volume, empty.totals["gio"]) == ([], 3, 0)
    savings.enter(desk["ha"], agreed.rows[BOOK].id, SavingInput(100, {"gio": 2}))
    found = savings.estimate(desk["ha"], desk.campaign.id)
    assert (found.without_volume, found.totals["gio"], found.totals["ban-sao"]) == (2, 200, 100)
    assert [(code, sums["gio"]) for code, _, sums in found.by_agency] == [("BXD", 200)]


def test_the_newest_entry_counts_and_others_stay_out_of_reach(agreed: Agreed) -> None:
    desk, savings = agreed.desk, agreed.desk.bench.savings
    finding = agreed.rows[BOOK].id
    savings.enter(desk["ha"], finding, SavingInput(100, {}))
    savings.enter(desk["minh"], finding, SavingInput(200, {}, "Theo báo cáo giả định"))
    assert savings.of_finding(desk["ha"], finding).input.volume == 200
    with pytest.raises(Forbidden):
        savings.of_finding(desk["lan"], finding)


def test_provisions_without_a_volume_wait_for_one(agreed: Agreed) -> None:
    desk, savings = agreed.desk, agreed.desk.bench.savings
    savings.enter(desk["ha"], agreed.rows[BOOK].id, SavingInput(100, {}))
    waiting = savings.waiting(desk["ha"], desk.campaign.id, PageRequest(number=1, size=1))
    assert (waiting.total, len(waiting.items)) == (2, 1)
    assert savings.waiting(desk["lan"], desk.campaign.id).total == 0
    assert savings.estimate(desk["ha"], desk.campaign.id).rows[0].person == "Ha"


@pytest.mark.parametrize("entered", [SavingInput(-1, {}), SavingInput(1, {"la": 1})])
def test_an_entry_that_cannot_be(agreed: Agreed, entered: SavingInput) -> None:
    with pytest.raises(RasoatError, match="RS-587"):
        agreed.desk.bench.savings.enter(agreed.desk["ha"], agreed.rows[BOOK].id, entered)
