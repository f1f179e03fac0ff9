"""An issued act is held against the findings it should settle; a draft leaves only its record."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden, NotFound
from review.records import ActRow, FindingRow
from tests.review.conftest import Desk
from tests.review.programme.conftest import AMENDING, DECREE, NEVER_LOADED, Agreed, text

BOOK, SHOWN, TEMPORARY = "điểm b khoản 1 Điều 2", "khoản 2 Điều 2", "khoản 3 Điều 2"


def amending(desk: Desk, words: str = AMENDING) -> int:
    report = desk.load(text("sua-doi", words))
    assert report.lines[0].act_id
    return report.lines[0].act_id


def target(desk: Desk) -> ActRow:
    from review.records import ActFilter

    rows = desk.bench.library.acts(desk["ha"], ActFilter(desk.campaign.id)).items
    return next(row for row in rows if row.number == "950/2020/TT-BXD")


def version_of(desk: Desk, act_id: int) -> int:
    return desk.bench.library.act(desk["ha"], act_id).row.version


def standing(desk: Desk) -> dict[str, FindingRow]:
    return {row.label: row for row in desk.findings() if row.number == "950/2020/TT-BXD"}


def settle(agreed: Agreed, *, issued: bool = True, by: str = "minh"):
    desk = agreed.desk
    act = amending(desk)
    held = target(desk)
    return desk.bench.closing.settle(
        desk[by], act, held.id, version_of(desk, held.id), issued=issued
    )


def test_each_finding_is_looked_for_in_the_amended_text(agreed: Agreed) -> None:
    desk = agreed.desk
    exam = desk.bench.closing.examine(desk["ha"], amending(desk))[0]
    assert exam.number == "950/2020/TT-BXD"
    assert {check.label: check.outcome for check in exam.checks} == {
        BOOK: "het",
        SHOWN: "con",
        TEMPORARY: "chua-sua",
    }
    shown = next(check for check in exam.checks if check.label == SHOWN)
    assert "sổ hộ khẩu" in shown.missed[0]
    assert "bản sao sổ hộ khẩu" in shown.new_text
    assert "xuất trình sổ hộ khẩu" in shown.old_text
    assert shown.operations == (f"Sửa đổi {SHOWN}",)
    assert all(operation.applied for operation in exam.operations)
    assert (exam.count("het"), exam.count("con")) == (1, 1)


def test_examining_changes_nothing(agreed: Agreed) -> None:
    desk = agreed.desk
    before = standing(desk)
    desk.bench.closing.examine(desk["ha"], amending(desk))
    assert standing(desk) == before


def test_the_issued_text_closes_and_reopens(agreed: Agreed) -> None:
    desk = agreed.desk
    # the programme had brought it to «đã ban hành»
    rows = settle(agreed)
    assert {row.outcome for row in rows} == {"het", "con", "chua-sua"}
    after = standing(desk)
    assert after[BOOK].state == "da_xu_ly"
    assert after[TEMPORARY].state == "thong_nhat"
    act = desk.bench.library.act(desk["ha"], target(desk).id)
    assert "(được bãi bỏ)" in desk.bench.library.source_text(desk["ha"], act.row.id)
    kept = desk.bench.closing.of_finding(desk["ha"], after[BOOK].id)
    assert (kept[0].issued, kept[0].amending, kept[0].person) == (True, "951/2026/TT-BXD", "Minh")
    assert "sổ hộ khẩu" in kept[0].old_text
    assert kept[0].new_text == ""


def test_an_issued_act_that_missed_sends_the_finding_back(agreed: Agreed) -> None:
    from review.records.programme import ProjectInput

    desk = agreed.desk
    project = desk.bench.projects.add(
        desk["minh"], desk.campaign.id, ProjectInput("Thông tư sửa", "thong-tu", "BXD", 2026)
    )
    desk.bench.projects.carry(desk["minh"], project.id, [agreed.rows[SHOWN].id])
    for version, step in enumerate(("soan-thao", "ban-hanh"), 1):
        desk.bench.projects.set_step(
            desk["minh"], project.id, version, step, None, date(2026, 11, 20)
        )
    assert agreed.state(SHOWN) == "da_ban_hanh"
    settle(agreed)
    view = desk.bench.findings.get(desk["ha"], agreed.rows[SHOWN].id)
    assert view.row.state == "xac_nhan"
    assert "sổ hộ khẩu" in view.history[0].note


def test_a_draft_leaves_only_its_record(agreed: Agreed) -> None:
    desk = agreed.desk
    before = standing(desk)
    rows = settle(agreed, issued=False)
    assert [row.issued for row in rows] == [False] * 3
    assert standing(desk) == before
    assert all(row.version_id is None for row in rows)


def test_an_act_that_is_not_loaded_is_only_named(agreed: Agreed) -> None:
    desk = agreed.desk
    exam = desk.bench.closing.examine(desk["ha"], amending(desk, NEVER_LOADED))[0]
    assert (exam.number, exam.act_id, exam.checks) == ("959/2020/TT-BXD", None, ())


def test_a_text_changed_meanwhile_is_a_conflict(agreed: Agreed) -> None:
    desk = agreed.desk
    act, held = amending(desk), target(desk)
    version = version_of(desk, held.id)
    desk.bench.closing.settle(desk["minh"], act, held.id, version, issued=True)
    with pytest.raises(Conflict):
        desk.bench.closing.settle(desk["minh"], act, held.id, version, issued=True)


def test_an_act_that_amends_nothing_here_settles_nothing(agreed: Agreed) -> None:
    desk = agreed.desk
    act, held = amending(desk, NEVER_LOADED), target(desk)
    with pytest.raises(RasoatError, match="RS-586"):
        desk.bench.closing.settle(
            desk["minh"], act, held.id, version_of(desk, held.id), issued=True
        )


@pytest.mark.parametrize("name", ["ha", "lan", "long", "binh"])
def test_who_may_not_settle(agreed: Agreed, name: str) -> None:
    with pytest.raises(Forbidden):
        settle(agreed, by=name)


def test_the_check_runs_as_a_job(agreed: Agreed) -> None:
    desk = agreed.desk
    act = amending(desk)
    job = desk.bench.closing.start(desk["ha"], act)
    desk.bench.jobs.wait(job.id, 60)
    assert desk.bench.closing.result(desk["ha"], job.id) == desk.bench.closing.examine(
        desk["ha"], act
    )


def test_only_acts_that_amend_are_offered(agreed: Agreed) -> None:
    desk = agreed.desk
    act = amending(desk)
    assert [one.id for one in desk.bench.closing.amending_acts(desk["ha"], desk.campaign.id)] == [
        act
    ]
    assert desk.bench.closing.amending_acts(desk["lan"], desk.campaign.id) == []


def test_what_was_recorded_is_read_back_by_amending_act(agreed: Agreed) -> None:
    desk = agreed.desk
    act = amending(desk)
    held = target(desk)
    desk.bench.closing.settle(desk["minh"], act, held.id, version_of(desk, held.id), issued=True)
    rows = desk.bench.closing.recorded(desk["long"], act)
    assert {(row.number, row.label, row.outcome) for row in rows} == {
        ("950/2020/TT-BXD", BOOK, "het"),
        ("950/2020/TT-BXD", SHOWN, "con"),
        ("950/2020/TT-BXD", TEMPORARY, "chua-sua"),
    }
    with pytest.raises(Forbidden):
        desk.bench.closing.recorded(desk["lan"], act)


# --- before issue ------------------------------------------------------------------------

NOT_ISSUED = AMENDING.replace("Số: 951/2026/TT-BXD", "Số:      /2026/TT-BXD").replace(
    "ngày 02 tháng 11 năm 2026", "ngày     tháng     năm 2026"
)


def test_a_draft_is_tried_without_being_stored(agreed: Agreed) -> None:
    desk = agreed.desk
    before = standing(desk)
    acts = desk.bench.closing.amending_acts(desk["ha"], desk.campaign.id)
    exams = desk.bench.closing.examine_draft(
        desk["ha"], desk.campaign.id, "du-thao.txt", NOT_ISSUED.encode()
    )
    assert {check.label: check.outcome for check in exams[0].checks} == {
        BOOK: "het",
        SHOWN: "con",
        TEMPORARY: "chua-sua",
    }
    assert desk.bench.closing.amending_acts(desk["ha"], desk.campaign.id) == acts
    assert standing(desk) == before


def test_a_draft_is_tried_as_a_job_and_shown_to_its_author_only(agreed: Agreed) -> None:
    desk = agreed.desk
    job = desk.bench.closing.start_draft(
        desk["ha"], desk.campaign.id, "du-thao.txt", NOT_ISSUED.encode()
    )
    desk.bench.jobs.wait(job.id, 60)
    assert desk.bench.closing.result(desk["ha"], job.id)[0].count("het") == 1
    with pytest.raises((Forbidden, NotFound)):
        desk.bench.closing.result(desk["lan"], job.id)


def test_a_ministry_learns_nothing_of_anothers_acts_from_a_draft(agreed: Agreed) -> None:
    exam = agreed.desk.bench.closing.examine_draft(
        agreed.desk["lan"], agreed.desk.campaign.id, "du-thao.txt", NOT_ISSUED.encode()
    )[0]
    assert (exam.act_id, exam.checks) == (None, ())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("trong.txt", b""),
        ("khong-sua.txt", DECREE.encode()),
        ("hong.docx", b"PK\x03\x04 khong phai Word"),
    ],
)
def test_a_draft_that_cannot_be_tried(agreed: Agreed, name: str, data: bytes) -> None:
    desk = agreed.desk
    with pytest.raises(RasoatError, match="RS-588"):
        desk.bench.closing.examine_draft(desk["ha"], desk.campaign.id, name, data)


def test_a_text_without_number_never_counts_as_issued(agreed: Agreed) -> None:
    desk = agreed.desk
    act, held = amending(desk, NOT_ISSUED), target(desk)
    version = version_of(desk, held.id)
    with pytest.raises(RasoatError, match="RS-578"):
        desk.bench.closing.settle(desk["minh"], act, held.id, version, issued=True)
    assert desk.bench.closing.amending_acts(desk["ha"], desk.campaign.id)[0].draft
    assert desk.bench.closing.settle(desk["minh"], act, held.id, version, issued=False)


LISTED = DECREE.replace("950/2020", "967/2020").replace(
    """a) Đơn đề nghị đăng ký;
b) Bản sao sổ hộ khẩu của chủ bến;
c) Sơ đồ vị trí bến.
""",
    """- Đơn đề nghị đăng ký;
- Bản sao sổ hộ khẩu của chủ bến;
- Bản sao giấy khai sinh của chủ bến.
""",
)
SHORTER = """BỘ XÂY DỰNG
Số: 968/2026/TT-BXD
Hà Nội, ngày 02 tháng 11 năm 2026

THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 967/2020/TT-BXD

Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 967/2020/TT-BXD
1. Sửa đổi khoản 1 Điều 2 như sau:
“1. Hồ sơ gồm:
- Đơn đề nghị đăng ký;
- Bản sao giấy khai sinh của chủ bến.”.
"""


def test_a_paragraph_that_moved_up_is_no_new_demand(real: Desk) -> None:
    report = real.load(text("967", LISTED))
    rows = {row.quote: row for row in real.findings() if row.act_id == report.lines[0].act_id}
    for row in rows.values():
        real.bench.findings.confirm(real["ha"], row.id, row.version)
    exam = real.bench.closing.examine(real["ha"], amending(real, SHORTER))[0]
    birth = next(check for check in exam.checks if "giấy khai sinh" in check.quote)
    book = next(check for check in exam.checks if check.quote == "Bản sao sổ hộ khẩu")
    assert (birth.outcome, birth.new_text) == ("con", birth.old_text)
    assert book.outcome == "het"
    assert exam.emerging == ()
