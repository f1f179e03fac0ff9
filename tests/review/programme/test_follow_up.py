"""Sources over time, procedures, tracked tasks, savings."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from corpus.errors import RasoatError
from corpus.structure import parse_act
from models import catalogue
from review.acts.library import Library, screen
from review.errors import Conflict, Forbidden, NotFound
from review.programme.readiness import handling_with, severity_with
from review.programme.saving import totals
from review.programme.saving_case import dossier
from review.records import FindingFilter, Membership, PageRequest, Person
from review.records.follow_up import (
    ProcedureInput,
    SavingInput,
    SourceFigureInput,
    TaskFigureInput,
    TaskInput,
)
from review.records.procedure import ProcedureLoad, PublicationInput
from tests.review.conftest import Desk, document
from tests.review.programme.conftest import DECREE, TODAY, Agreed, text

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


def test_every_source_that_waits_is_tried_at_once(agreed: Agreed) -> None:
    desk, readiness = agreed.desk, agreed.desk.bench.readiness
    assert readiness.if_published(desk["ha"], desk.campaign.id) == []
    for source in ("DC", "CC"):
        readiness.record(desk["son"], replace(FIGURE, source=source, readiness=1))
    (found,) = readiness.if_published(desk["ha"], desk.campaign.id)
    assert found == readiness.what_if(desk["ha"], desk.campaign.id, "DC", 3)
    assert readiness.if_published(desk["lan"], desk.campaign.id) == []


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


def test_papers_of_one_procedure_make_one_trip(agreed: Agreed) -> None:
    desk, savings, procedures = agreed.desk, agreed.desk.bench.savings, agreed.desk.bench.procedures
    tied = procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    first, second, third = (row.id for row in agreed.rows.values())
    apart = SavingInput(100, {"ban-sao": 1, "chuyen-di": 1, "gio": 2})
    for finding in (first, second, third):
        savings.enter(desk["ha"], finding, apart)
    for finding in (first, third):
        procedures.link(desk["ha"], tied.id, finding)
    savings.enter(desk["ha"], third, replace(apart, volume=150))
    rows = {view.finding_id: view for view in savings.estimate(desk["ha"], desk.campaign.id).rows}
    assert [rows[one].totals["chuyen-di"] for one in (first, third)] == [0, 150]
    assert [rows[one].totals["gio"] for one in (first, third)] == [0, 300]
    assert rows[first].totals["ban-sao"] == 100
    assert rows[first].assumptions["chuyen-di"] == 0
    assert rows[first].counted_at == f"{rows[third].number} {rows[third].label} (A2)"
    assert (rows[first].case, rows[third].counted_at) == ("thủ tục 9.000001", "")
    assert savings.of_finding(desk["ha"], first) == rows[first]


def test_a_ministry_is_not_told_where_another_has_the_trip(agreed: Agreed) -> None:
    desk, savings, procedures = agreed.desk, agreed.desk.bench.savings, agreed.desk.bench.procedures
    desk.load(document("911/2019/TT-BYT", "1. Nộp sổ tạm trú."), by="son")
    wanted = FindingFilter(campaign_id=desk.campaign.id)
    theirs = desk.bench.findings.queue(desk["lan"], wanted, PageRequest()).items[0]
    desk.bench.findings.confirm(desk["lan"], theirs.id, theirs.version)
    own = agreed.rows[BOOK].id
    tied = procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    for finding in (own, theirs.id):
        procedures.link(desk["son"], tied.id, finding)
    savings.enter(desk["ha"], own, SavingInput(100, {"chuyen-di": 1}))
    savings.enter(desk["lan"], theirs.id, SavingInput(150, {"chuyen-di": 1}))
    assert savings.of_finding(desk["ha"], own).counted_at == "một quy định của cơ quan khác"
    assert theirs.number in savings.of_finding(desk["son"], own).counted_at
    (row,) = savings.estimate(desk["ha"], desk.campaign.id).rows
    assert (row.totals["chuyen-di"], row.counted_at) == (0, "một quy định của cơ quan khác")


@pytest.mark.parametrize(
    ("path", "holder"),
    [
        ("dieu-2/khoan-1/diem-b", "dieu-2/khoan-1"),
        ("dieu-2/khoan-1", "dieu-2/khoan-1"),
        ("chuong-i/dieu-2/doan-3", "chuong-i/dieu-2"),
        ("phu-luc-i/doan-4", "phu-luc-i/doan-4"),
    ],
)
def test_papers_of_one_dossier_stand_under_one_clause(path: str, holder: str) -> None:
    assert dossier(path) == holder


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


# --- dossiers and publications --------------------------------------------------------------

ISSUED = date(2026, 11, 20)


def portal(**changes: str) -> dict[str, str]:
    return {
        "ma_thu_tuc": "9.000001",
        "ten_thu_tuc": "Đăng ký bến đò",
        "so_quyet_dinh": "96/QĐ-BXD",
        "thanh_phan_ho_so": "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
        "Đơn đề nghị1 bản chínhBản sao sổ hộ khẩu của chủ bến1 bản sao",
        "can_cu_phap_ly": "Thông tư số 950/2020/TT-BXD",
        **changes,
    }


def load(desk: Desk, *rows: dict[str, str], by: str = "son") -> ProcedureLoad:
    data = json.dumps(rows, ensure_ascii=False).encode()
    return desk.bench.dossiers.load(desk[by], desk.campaign.id, "tthc.json", data)


def test_papers_of_a_dossier_are_screened_one_by_one(agreed: Agreed) -> None:
    desk = agreed.desk
    assert (load(desk, portal()).added, load(desk, portal()).known) == (1, 1)
    one = desk.bench.procedures.list(desk["ha"], desk.campaign.id)[0]
    assert (one.input.agency, one.decision, one.suggestions) == ("BXD", "96/QĐ-BXD", 1)
    dossier = desk.bench.dossiers.of(desk["ha"], one.id)
    assert [
        (paper.text, [held.category for held in paper.suggestions]) for paper in dossier.components
    ] == [("Đơn đề nghị", []), ("Bản sao sổ hộ khẩu của chủ bến", ["A1"])]
    assert dossier.bases == ("950/2020/TT-BXD",)


def test_a_loaded_procedure_makes_no_finding(agreed: Agreed) -> None:
    before = len(agreed.desk.findings())
    load(agreed.desk, portal())
    assert len(agreed.desk.findings()) == before


def test_findings_in_the_acts_it_rests_on_are_offered_for_linking(agreed: Agreed) -> None:
    desk = agreed.desk
    load(desk, portal())
    one = desk.bench.procedures.list(desk["ha"], desk.campaign.id)[0]
    offered = desk.bench.dossiers.candidates(desk["ha"], one.id)
    assert {row.id for row in offered} == {row.id for row in agreed.rows.values()}
    desk.bench.procedures.link(desk["ha"], one.id, agreed.rows[BOOK].id)
    assert len(desk.bench.dossiers.candidates(desk["ha"], one.id)) == len(offered) - 1
    assert [row.label for row in desk.bench.procedures.findings(desk["ha"], one.id)] == [BOOK]
    desk.bench.procedures.unlink(desk["ha"], one.id, agreed.rows[BOOK].id)
    assert desk.bench.procedures.findings(desk["ha"], one.id) == []


def test_a_ministry_loads_only_its_own(desk: Desk) -> None:
    other = portal(ma_thu_tuc="9.000002", so_quyet_dinh="7/QĐ-BYT")
    unknown = portal(ma_thu_tuc="9.000003", so_quyet_dinh="")
    done = load(desk, portal(), other, unknown, by="ha")
    assert (done.added, done.refused) == (1, 2)
    assert any("9.000002" in doubt for doubt in done.doubts)
    assert desk.bench.procedures.list(desk["lan"], desk.campaign.id) == []


def test_procedures_are_loaded_as_a_job(desk: Desk) -> None:
    data = json.dumps(portal(so_quyet_dinh=""), ensure_ascii=False).encode()
    started = desk.bench.dossiers.start(desk["ha"], desk.campaign.id, "a.json", data, "BXD")
    done = desk.bench.jobs.wait(started.id, 30)
    assert (done.state, done.result["added"]) == ("xong", 1), done.message


def test_provinces_publish_one_by_one(desk: Desk) -> None:
    publications = desk.bench.publications
    one = desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    publications.record(desk["ha"], one.id, PublicationInput("hue", "5/QĐ-UBND", ISSUED, False))
    publications.record(desk["ha"], one.id, PublicationInput("hue", "6/QĐ-UBND", ISSUED, True))
    lines = publications.of(desk["ha"], one.id)
    assert len(lines) == 34
    assert [(x.name, x.input.decision) for x in lines if x.at] == [("Huế", "6/QĐ-UBND")]
    progress = {x.code: x for x in publications.provinces(desk["son"], desk.campaign.id)}
    assert (progress["hue"].published, progress["hue"].complete) == (1, 1)
    assert progress["ha-noi"].published == 0
    ministries = publications.ministries(desk["son"], desk.campaign.id)
    assert [(x.code, x.procedures, x.published) for x in ministries] == [("BXD", 1, 0)]
    assert publications.ministries(desk["lan"], desk.campaign.id) == []


@pytest.mark.parametrize(
    "entered",
    [
        PublicationInput("atlantis", "1/QĐ-UBND", ISSUED, True),
        PublicationInput("hue", " ", ISSUED, True),
        PublicationInput("hue", "1/QĐ-UBND", date(2027, 1, 1), True),
    ],
)
def test_a_publication_that_cannot_be(desk: Desk, entered: PublicationInput) -> None:
    one = desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    with pytest.raises(RasoatError, match="RS-587"):
        desk.bench.publications.record(desk["ha"], one.id, entered)


def test_another_ministry_sees_and_records_nothing(desk: Desk) -> None:
    one = desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    for ask in (
        lambda: desk.bench.procedures.get(desk["lan"], one.id),
        lambda: desk.bench.dossiers.of(desk["lan"], one.id),
        lambda: desk.bench.publications.of(desk["lan"], one.id),
        lambda: desk.bench.publications.record(
            desk["lan"], one.id, PublicationInput("hue", "1/QĐ-UBND", ISSUED, True)
        ),
    ):
        with pytest.raises(Forbidden):
            ask()


# --- people of a province -------------------------------------------------------------------


@pytest.fixture
def loan(desk: Desk) -> Person:
    return replace(desk["khoa"], memberships=(Membership("so_tu_phap", "hue"),))


def test_a_province_sees_every_procedure_and_writes_its_own_line(desk: Desk, loan: Person) -> None:
    publications = desk.bench.publications
    one = desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    publications.record(loan, one.id, PublicationInput("hue", "8/QĐ-UBND", ISSUED, True))
    (duty,) = publications.duties(loan, desk.campaign.id, "hue")
    assert (duty.procedure.input.code, duty.line.input.decision) == ("9.000001", "8/QĐ-UBND")
    progress = publications.provinces(loan, desk.campaign.id)
    assert [(line.code, line.procedures, line.published) for line in progress] == [("hue", 1, 1)]
    for ask in (
        lambda: publications.record(
            loan, one.id, PublicationInput("ha-noi", "9/QĐ-UBND", ISSUED, True)
        ),
        lambda: publications.duties(loan, desk.campaign.id, "ha-noi"),
        lambda: desk.bench.procedures.publish(
            loan, one.id, 1, decision="1/QĐ-BXD", published=None, uses_data=None
        ),
    ):
        with pytest.raises(Forbidden):
            ask()
    with pytest.raises(NotFound):
        publications.duties(desk["son"], desk.campaign.id, "atlantis")


def test_the_task_force_reads_the_list_of_any_province(desk: Desk) -> None:
    desk.bench.procedures.add(desk["ha"], desk.campaign.id, PROCEDURE)
    (duty,) = desk.bench.publications.duties(desk["son"], desk.campaign.id, "ha-noi")
    assert not duty.published


def test_an_act_of_a_province_is_reviewed_there(desk: Desk, loan: Person) -> None:
    words = DECREE.replace("BỘ XÂY DỰNG", "ỦY BAN NHÂN DÂN THÀNH PHỐ HUẾ").replace(
        "950/2020/TT-BXD", "950/2020/QĐ-UBND"
    )
    desk.bench.library = Library(desk.store, desk.bench.jobs, desk.settings, parse_act, screen)
    report = desk.load(text("950", words), by="may")
    assert not [note for line in report.lines for note in line.notices if note.code == "RS-617"]
    found = desk.bench.findings.queue(loan, FindingFilter(desk.campaign.id)).items
    assert {row.agency for row in found} == {"hue"}
    assert not desk.bench.findings.queue(desk["lan"], FindingFilter(desk.campaign.id)).items
