"""Report data from a real store: whose rows, which opinions, and totals that agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import RasoatError
from exports import catalogue, reconcile
from exports.lint import lint
from review.demo import first_start
from review.errors import Forbidden, NotFound
from review.records import (
    ActFilter,
    ConclusionInput,
    FindingFilter,
    OpinionInput,
    PageRequest,
    Person,
    ProposalInput,
)
from review.records.programme import InstrumentInput
from review.reports.records import BoardLine
from review.settings import Settings
from review.workbench import Workbench

ALL = PageRequest(1, 500)


@dataclass
class Desk:
    """A workbench after a few decisions; ids of the findings they were taken on."""

    workbench: Workbench
    people: dict[str, Person]
    campaign: int
    submitted: list[int]  # of BXD: unanimous, split, two opinions only
    confirmed: int  # of BXD, without proposal
    drafted: int  # of BYT, proposal not submitted


def _people(workbench: Workbench) -> dict[str, Person]:
    accounts = workbench.people.demo_accounts()
    return {
        account.username: workbench.people.sign_in(account.username, account.password).person
        for account in accounts
    }


def _suggestions(workbench: Workbench, person: Person, agency: str) -> list[int]:
    wanted = FindingFilter(agency=agency, states=("goi_y",))
    return [row.id for row in workbench.findings.queue(person, wanted, ALL).items]


def _confirm(workbench: Workbench, person: Person, finding: int) -> None:
    view = workbench.findings.get(person, finding)
    workbench.findings.confirm(person, finding, view.row.version)


def _propose(workbench: Workbench, person: Person, finding: int) -> None:
    seen = workbench.proposals.get(person, finding)
    entered = ProposalInput(
        handling="SĐ",
        new_text="Cơ quan tiếp nhận tự tra cứu, không yêu cầu nộp giấy tờ.",
        reason="Dữ liệu đã có.",
        instrument=seen.competence.instruments[0],
        lead_agency=seen.competence.agency or person.agencies()[0],
        co_agencies=("BCA",),
        deadline=date(2027, 2, 15),
    )
    workbench.proposals.save(person, finding, seen.version, entered)


def _submit(workbench: Workbench, person: Person, finding: int) -> None:
    _propose(workbench, person, finding)
    seen = workbench.proposals.get(person, finding)
    workbench.proposals.submit(person, finding, seen.version)


def _speak(desk: Desk, member: str, finding: int, verdict: str) -> None:
    given = OpinionInput(verdict, reason="" if verdict == "thong_nhat" else "Thời hạn chưa hợp lý")
    desk.workbench.opinions.give(desk.people[f"tct.{member}"], finding, given)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    workbench = Workbench.open(Settings(data_dir=tmp_path_factory.mktemp("kho")))
    loaded = first_start.prepare(workbench)
    assert not loaded.failed, [line.notices for line in loaded.lines if line.status == "loi"]
    people = _people(workbench)
    acts = workbench.library.acts(people["phap.che.bxd"], ActFilter(), ALL).items
    bxd = _suggestions(workbench, people["phap.che.bxd"], "BXD")
    byt = _suggestions(workbench, people["phap.che.byt"], "BYT")
    made = Desk(workbench, people, acts[0].campaign_id, bxd[:3], bxd[3], byt[0])
    for finding in (*made.submitted, made.confirmed):
        _confirm(workbench, people["phap.che.bxd"], finding)
    for finding in made.submitted:
        _submit(workbench, people["phap.che.bxd"], finding)
    rejected = workbench.findings.get(people["phap.che.bxd"], bxd[4])
    workbench.findings.reject(people["phap.che.bxd"], bxd[4], rejected.row.version, "N10")
    _confirm(workbench, people["phap.che.byt"], made.drafted)
    _propose(workbench, people["phap.che.byt"], made.drafted)
    for member in ("btp", "bca", "vpcp"):
        _speak(made, member, made.submitted[0], "thong_nhat")
        _speak(made, member, made.submitted[1], "mot_phan" if member == "vpcp" else "thong_nhat")
    for member in ("btp", "bca"):
        _speak(made, member, made.submitted[2], "khong")
    yield made
    workbench.close()


def test_a_ministry_gets_its_own_rows_and_no_others(desk: Desk) -> None:
    data = desk.workbench.reports.ministry(desk.people["phap.che.bxd"], desk.campaign, "BXD")
    assert {act.agency_code for act in data.acts} == {"BXD"}
    assert {line.finding_id for line in data.findings} == {*desk.submitted, desk.confirmed}
    assert [row.agency_code for row in data.summary] == ["BXD"]


def test_an_act_names_the_unit_of_whoever_works_on_it(tmp_path: Path) -> None:
    bench = Workbench.open(Settings(data_dir=tmp_path))
    first_start.prepare(bench)
    people = _people(bench)
    lead, keeper, reviewer = (people[n] for n in ("phap.che.bxd", "quan.tri", "ra.soat.bxd"))
    given, reviewed, kept = bench.library.acts(lead, ActFilter(agency="BXD"), ALL).items[:3]

    def units(*wanted: int) -> list[str]:
        data = bench.reports.ministry(lead, given.campaign_id, "BXD")
        named = {act.act_id: act.unit for act in data.acts}
        return [named[act_id] for act_id in wanted]

    legal = "Vụ Pháp chế"  # of who shares out the acts: nobody else works on them yet
    assert units(given.id, reviewed.id, kept.id) == [legal, legal, legal]
    bench.people.set_post(keeper, reviewer.id, "Chuyên viên", "Cục Nhà ở")
    bench.assignments.assign(lead, [given.id, reviewed.id], reviewer.id)
    wanted = FindingFilter(act_id=reviewed.id, states=("goi_y",))
    for row in bench.findings.queue(lead, wanted, ALL).items:
        _confirm(bench, lead, row.id)
    assert units(given.id, reviewed.id, kept.id) == ["Cục Nhà ở", legal, legal]
    bench.assignments.assign(lead, [given.id], None)
    bench.people.set_post(keeper, lead.id, lead.title, "")
    assert units(given.id, kept.id) == ["", ""]
    bench.close()


def test_a_ministry_may_not_ask_for_anothers_report(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.workbench.reports.ministry(desk.people["phap.che.bxd"], desk.campaign, "BYT")
    with pytest.raises(Forbidden):
        desk.workbench.reports.overall(desk.people["phap.che.bxd"], desk.campaign)


def test_each_person_is_offered_the_ministries_they_may_report_on(desk: Desk) -> None:
    reports = desk.workbench.reports
    assert list(reports.agencies(desk.people["phap.che.bxd"], desk.campaign)) == ["BXD"]
    assert {"BXD", "BYT", "BTC"} <= set(reports.agencies(desk.people["thuong.truc"], desk.campaign))
    assert not reports.may_see_all(desk.people["phap.che.byt"])
    assert reports.may_see_all(desk.people["lanh.dao"])


def test_suggestions_without_a_decision_are_counted_but_not_listed(desk: Desk) -> None:
    person = desk.people["phap.che.bxd"]
    data = desk.workbench.reports.ministry(person, desk.campaign, "BXD")
    left = _suggestions(desk.workbench, person, "BXD")
    assert data.figures.undecided == len(left)
    assert data.figures.set_aside == 1
    assert not {line.finding_id for line in data.findings} & set(left)


@pytest.mark.parametrize("scope", ["BXD", "BYT", ""])
def test_totals_agree_with_rows(desk: Desk, scope: str) -> None:
    person = desk.people["thuong.truc"]
    reports = desk.workbench.reports
    data = (
        reports.ministry(person, desk.campaign, scope)
        if scope
        else reports.overall(person, desk.campaign)
    )
    assert [found.sentence() for found in reconcile.differences(data)] == []


def test_each_finding_has_one_digest_line_that_names_act_and_provision(desk: Desk) -> None:
    data = desk.workbench.reports.overall(desk.people["thuong.truc"], desk.campaign)
    numbers = {act.act_id: act.number for act in data.acts}
    lines = {line.finding_id: line for line in data.findings}
    assert [line.finding_id for line in data.digest] == [line.finding_id for line in data.findings]
    for line in data.digest:
        finding = lines[line.finding_id]
        assert finding.label.lower() in line.text.lower()
        assert numbers[finding.act_id] in line.text


def test_the_task_force_does_not_see_a_ministrys_draft(desk: Desk) -> None:
    ministry = desk.workbench.reports.ministry(desk.people["phap.che.byt"], desk.campaign, "BYT")
    assert [line.proposal is not None for line in ministry.findings] == [True]
    for data in (
        desk.workbench.reports.ministry(desk.people["thuong.truc"], desk.campaign, "BYT"),
        desk.workbench.reports.overall(desk.people["thuong.truc"], desk.campaign),
    ):
        line = next(line for line in data.findings if line.finding_id == desk.drafted)
        assert line.proposal is None


def test_opinions_appear_only_when_all_three_have_spoken(desk: Desk) -> None:
    data = desk.workbench.reports.ministry(desk.people["phap.che.bxd"], desk.campaign, "BXD")
    boards = {board.finding_id: board for board in data.boards}
    unanimous, split, waiting = (boards[number] for number in desk.submitted)
    assert (unanimous.opened, unanimous.unanimous) == (True, True)
    assert (split.opened, split.unanimous) == (True, False)
    assert [opinion.member for opinion in split.opinions] == ["BTP", "BCA", "VPCP"]
    assert split.opinions[2].verdict_name == "Thống nhất một phần"
    assert (waiting.opened, waiting.given, waiting.opinions) == (False, 2, ())
    assert desk.confirmed not in boards
    assert (data.figures.opened, data.figures.agreed, data.figures.not_agreed) == (2, 1, 1)


def test_a_basis_carries_mark_and_paraphrase_from_the_catalogue(desk: Desk) -> None:
    data = desk.workbench.reports.overall(desk.people["thuong.truc"], desk.campaign)
    bases = [basis for line in data.findings for basis in line.bases]
    assert bases
    marks = {"đã đối chiếu", "nguồn thứ cấp", "theo trí nhớ", "chưa đối chiếu"}
    assert {basis.mark for basis in bases} <= marks
    assert all(basis.title and basis.meaning for basis in bases)


def test_the_digest_of_the_content_changes_with_the_content_only(desk: Desk) -> None:
    reports = desk.workbench.reports
    person = desk.people["thuong.truc"]
    first = reports.ministry(person, desk.campaign, "BXD").stamp
    second = reports.ministry(person, desk.campaign, "BXD").stamp
    other = reports.ministry(person, desk.campaign, "BYT").stamp
    assert first.digest == second.digest
    assert first.digest != other.digest
    assert len(first.digest) == 64


def test_the_task_force_is_the_issuer_of_the_overall_report(desk: Desk) -> None:
    head = desk.workbench.reports.overall(desk.people["thuong.truc"], desk.campaign).head
    assert head.agency.startswith("Tổ công tác của Thủ tướng Chính phủ về rà soát")
    assert (head.symbol, head.signer_title) == ("BC-TCT", "Tổ trưởng")


def test_bm05_lists_agencies_that_take_part_even_without_acts(desk: Desk) -> None:
    data = desk.workbench.reports.overall(desk.people["thuong.truc"], desk.campaign)
    rows = {row.agency_code: row for row in data.summary}
    assert rows["BXD"].findings == 4
    assert rows["BXD"].proposed == 3
    empty = [row for row in data.summary if row.acts == 0]
    assert all(row.findings == 0 for row in empty)


def test_a_sheet_holds_the_findings_of_one_act(desk: Desk) -> None:
    person = desk.people["phap.che.bxd"]
    finding = desk.workbench.findings.get(person, desk.submitted[0])
    sheet = desk.workbench.reports.sheet(person, finding.act.id)
    assert sheet.act.number == finding.act.number
    assert desk.submitted[0] in {item.finding_id for item in sheet.items}
    with pytest.raises(Forbidden):
        desk.workbench.reports.sheet(desk.people["phap.che.byt"], finding.act.id)


@pytest.mark.parametrize("ask", ["campaign", "act"])
def test_what_does_not_exist_is_said_so(desk: Desk, ask: str) -> None:
    reports, person = desk.workbench.reports, desk.people["thuong.truc"]
    with pytest.raises(NotFound):
        reports.overall(person, 999_999) if ask == "campaign" else reports.sheet(person, 999_999)


@pytest.fixture
def overdue(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day on which the deadline of the campaign has passed."""
    monkeypatch.setattr(desk.workbench.store, "today", lambda: date(2027, 6, 1))
    due = InstrumentInput("950/2020/TT-BXD", "", "Thông tư", "BXD", date(2027, 3, 1))
    desk.workbench.instruments.add(desk.people["thuong.truc"], desk.campaign, [due])


@pytest.mark.usefixtures("overdue")
@pytest.mark.parametrize("document", [d.id for d in catalogue.DOCUMENTS])
def test_every_document_is_made_and_logged(desk: Desk, document: str) -> None:
    person = desk.people["thuong.truc"]
    act = desk.workbench.findings.get(person, desk.submitted[0]).act.id
    found = catalogue.find(document)
    options = catalogue.choices(desk.workbench, person, found, desk.campaign, "BXD")
    if found.source.choices is not None and not options:
        with pytest.raises(RasoatError, match="RS-704"):
            catalogue.make(desk.workbench, person, document, desk.campaign, agency="BXD")
        return
    made = catalogue.make(
        desk.workbench,
        person,
        document,
        desk.campaign,
        agency="BXD",
        act_id=act,
        choice=next(iter(options), ""),
    )
    assert made.filename.isascii()
    assert made.filename.endswith(made.document.suffix)
    logged = desk.workbench.audit.exports(person).items[0]
    assert (logged.filename, logged.digest) == (made.filename, made.digest)
    if made.document.suffix == "docx":
        path = desk.workbench.settings.data_dir / made.filename
        path.write_bytes(made.content)
        assert [deviation.sentence() for deviation in lint(path)] == []


def test_a_member_gets_the_own_sheet_before_opinions_are_open(desk: Desk) -> None:
    reports, own = desk.workbench.reports, desk.people["tct.btp"]
    sheet = reports.opinion_sheet(own, desk.campaign, "BTP")
    said = {item.finding.finding_id: item.opinion for item in sheet.items}
    assert set(said) == set(desk.submitted)
    assert said[desk.submitted[2]].verdict == "khong"
    others = reports.opinion_sheet(own, desk.campaign, "VPCP")
    assert desk.submitted[2] not in {item.finding.finding_id for item in others.items}


@pytest.mark.usefixtures("overdue")
def test_reminders_go_to_ministries_past_their_deadline_only(desk: Desk) -> None:
    data = desk.workbench.reports.reminders(desk.people["thuong.truc"], desk.campaign)
    assert all(letter.days_late > 0 for letter in data.letters)
    byt = next(letter for letter in data.letters if letter.agency_code == "BYT")
    assert (byt.unsubmitted, byt.undecided > 0) == (1, True)
    with pytest.raises(Forbidden):
        desk.workbench.reports.reminders(desk.people["phap.che.bxd"], desk.campaign)


def test_nobody_is_reminded_before_the_deadline(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.workbench.store, "today", lambda: date(2020, 1, 1))
    person = desk.people["thuong.truc"]
    assert desk.workbench.reports.reminders(person, desk.campaign).letters == ()
    with pytest.raises(RasoatError, match="RS-704"):
        catalogue.make(desk.workbench, person, "don-doc", desk.campaign)


def test_a_document_that_is_not_offered_is_refused(desk: Desk) -> None:
    person = desk.people["thuong.truc"]
    for document, code in (("khong-co", "RS-703"), ("bao-cao-bo", "RS-704"), ("phieu", "RS-704")):
        with pytest.raises(RasoatError) as refused:
            catalogue.make(desk.workbench, person, document, desk.campaign)
        assert refused.value.code == code


def test_a_board_tells_what_was_concluded_and_what_the_ministry_answered(desk: Desk) -> None:
    bench, chair, finding = desk.workbench, desk.people["thuong.truc"], desk.submitted[2]
    version = bench.findings.get(chair, finding).row.version
    bench.opinions.open(chair, finding, version, "Quá hạn cho ý kiến")
    person = desk.people["phap.che.bxd"]

    def board() -> BoardLine:
        data = bench.reports.ministry(person, desk.campaign, "BXD")
        assert [found.sentence() for found in reconcile.differences(data)] == []
        return next(board for board in data.boards if board.finding_id == finding)

    early = board()
    assert (early.opened, early.given, early.unanimous) == (True, 2, False)
    assert [opinion.member for opinion in early.opinions] == ["BTP", "BCA"]
    said = ConclusionInput("conclude", "khong", reason="Chưa đủ dữ liệu")
    bench.conclusions.compose(chair, finding, said)
    version = bench.findings.get(chair, finding).row.version
    bench.opinions.send_back(chair, finding, version, "Đề nghị bộ giải trình")
    bench.thread.answer(person, finding, "giai_trinh", "Dữ liệu đã kết nối")
    told = board()
    assert told.task_force == "Không thống nhất; lý do: Chưa đủ dữ liệu"
    assert told.explanation == "Giải trình; Dữ liệu đã kết nối"
    assert told.conclusion == "Ghi ý kiến độc lập, tiếp tục trao đổi với bộ"
    assert told.given == 2
