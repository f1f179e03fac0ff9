"""Opening, concluding, answering, rounds, the way to the Prime Minister; and who sees none of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden
from review.records import ConclusionInput, FindingFilter, Membership, OpinionInput, ProposalInput
from review.store import tables as t
from tests.review.conftest import Desk, document

AGREE = OpinionInput("thong_nhat", agreed="Bỏ sổ hộ khẩu.")
AGAINST = OpinionInput("khong", disagreed="Bỏ ngay.", reason="BÍ MẬT TRƯỚC KHI MỞ", wording="Câu khác.")  # fmt: skip
OURS = ConclusionInput("conclude", "mot_phan", "Bỏ sổ.", "Thời điểm.", "Cần chuyển tiếp.", "Câu mới.")  # fmt: skip
COMPLETE = ProposalInput("BB", reason="Trái Luật Cư trú.", instrument="Thông tư", lead_agency="BXD")


@pytest.fixture
def finding(desk: Desk) -> int:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    row = desk.findings()[0]
    desk.bench.findings.confirm(desk["ha"], row.id, 1)
    desk.bench.proposals.save(desk["ha"], row.id, 0, COMPLETE)
    desk.bench.proposals.submit(desk["minh"], row.id, 1)
    return row.id


def speak(desk: Desk, finding: int, **opinions: OpinionInput) -> None:
    for name, opinion in opinions.items():
        desk.bench.opinions.give(desk[name], finding, opinion)


def standing(desk: Desk, finding: int) -> tuple[str, int]:
    row = desk.bench.findings.get(desk["son"], finding).row
    return row.state, row.version


def divided(desk: Desk, finding: int) -> None:
    speak(desk, finding, long=AGREE, nam=AGAINST, phuong=AGREE)


def sent_back(desk: Desk, finding: int) -> None:
    divided(desk, finding)
    desk.bench.conclusions.compose(desk["son"], finding, OURS)
    desk.bench.opinions.send_back(desk["son"], finding, standing(desk, finding)[1], "Giải trình.")


# --- opening ----------------------------------------------------------------------------------


def test_the_chair_opens_with_a_reason_and_what_follows_is_not_blind(
    desk: Desk, finding: int
) -> None:
    speak(desk, finding, nam=AGAINST)
    version = standing(desk, finding)[1]
    with pytest.raises(RasoatError, match="RS-541"):
        desk.bench.opinions.open(desk["son"], finding, version, "  ")
    board = desk.bench.opinions.open(desk["son"], finding, version, "VPCP không cử người.")
    assert board.opened
    assert board.members[1].opinion.input == AGAINST
    assert standing(desk, finding)[0] == "co_y_kien_doc_lap"
    speak(desk, finding, long=AGREE)
    assert standing(desk, finding)[0] == "co_y_kien_doc_lap"
    figures = desk.bench.comparison.agreement(desk["son"], desk.campaign.id)[0].figures
    assert (figures.items, figures.compared) == (1, 0)
    first = desk.bench.conclusions.rounds(desk["ha"], finding)[0]
    assert first.opening_reason == "VPCP không cử người."


@pytest.mark.parametrize("name", ["long", "cuong", "dung", "ha", "binh", "vy"])
def test_nobody_but_the_standing_body_opens(desk: Desk, finding: int, name: str) -> None:
    speak(desk, finding, nam=AGAINST)
    with pytest.raises(Forbidden):
        desk.bench.opinions.open(desk[name], finding, standing(desk, finding)[1], "Lý do.")


def test_a_round_without_opinions_is_not_opened(desk: Desk, finding: int) -> None:
    with pytest.raises(RasoatError, match="RS-504"):
        desk.bench.opinions.open(desk["son"], finding, standing(desk, finding)[1], "Lý do.")


# --- concluding -------------------------------------------------------------------------------


def test_a_closed_round_is_not_concluded(desk: Desk, finding: int) -> None:
    speak(desk, finding, nam=AGAINST)
    for refused in (
        lambda: desk.bench.conclusions.prefill(desk["son"], finding),
        lambda: desk.bench.conclusions.compose(desk["son"], finding, OURS),
    ):
        with pytest.raises(RasoatError, match="RS-542"):
            refused()


def test_the_conclusion_begins_with_what_the_members_said(desk: Desk, finding: int) -> None:
    divided(desk, finding)
    start = desk.bench.conclusions.prefill(desk["son"], finding)
    assert start.agreed == "BTP: Bỏ sổ hộ khẩu.\nVPCP: Bỏ sổ hộ khẩu."
    assert (start.disagreed, start.wording) == ("BCA: Bỏ ngay.", "Câu khác.")
    assert (start.outcome, start.verdict) == ("conclude", "mot_phan")


def test_the_conclusion_begins_with_experts_under_their_names(desk: Desk, finding: int) -> None:
    speak(desk, finding, long=AGREE, nam=AGREE, phuong=AGREE, giang=AGAINST)
    start = desk.bench.conclusions.prefill(desk["son"], finding)
    assert start.disagreed == f"{desk['giang'].name}: Bỏ ngay."


def test_a_conclusion_keeps_every_opinion_and_says_when_one_came_later(
    desk: Desk, finding: int
) -> None:
    divided(desk, finding)
    written = desk.bench.conclusions.compose(desk["son"], finding, replace(OURS, outcome="agree"))
    assert (len(written.opinions), written.outdated) == (3, False)
    assert standing(desk, finding)[0] == "thong_nhat"
    speak(desk, finding, giang=AGAINST)
    assert standing(desk, finding)[0] == "thong_nhat"
    assert desk.bench.conclusions.rounds(desk["son"], finding)[0].conclusions[0].outdated


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("agree", "thong_nhat"),
        ("conclude", "co_y_kien_doc_lap"),
        ("disagree", "chua_thong_nhat"),
        ("exceed", "vuot_tham_quyen"),
    ],
)
def test_where_an_outcome_leads(desk: Desk, finding: int, outcome: str, state: str) -> None:
    divided(desk, finding)
    desk.bench.conclusions.compose(desk["son"], finding, replace(OURS, outcome=outcome))
    assert standing(desk, finding)[0] == state


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outcome": ""}, "hướng kết luận"),
        ({"outcome": "verify"}, "hướng kết luận"),
        ({"verdict": "la"}, "ý kiến của Tổ"),
        ({"reason": " "}, "thiếu lý do"),
        ({"outcome": "exceed", "verdict": "thong_nhat", "reason": ""}, "vượt thẩm quyền"),
    ],
)
def test_an_incomplete_conclusion_is_refused(
    desk: Desk, finding: int, change: dict, words: str
) -> None:
    divided(desk, finding)
    with pytest.raises(RasoatError, match="RS-544") as refused:
        desk.bench.conclusions.compose(desk["son"], finding, replace(OURS, **change))
    assert words in str(refused.value)


def test_who_spoke_does_not_resolve(desk: Desk, finding: int) -> None:
    divided(desk, finding)
    both = replace(
        desk["long"], memberships=(*desk["long"].memberships, Membership("tct_thuongtruc", "BTP"))
    )
    with pytest.raises(Forbidden, match="RS-543"):
        desk.bench.conclusions.compose(both, finding, OURS)


def test_a_second_resolver_is_told_of_the_first(desk: Desk, finding: int) -> None:
    divided(desk, finding)
    first = desk.bench.conclusions.compose(desk["son"], finding, OURS)
    other = replace(OURS, wording="Câu thứ hai.")
    with pytest.raises(Conflict) as met:
        desk.bench.conclusions.compose(desk["son"], finding, other)
    assert (met.value.who, met.value.theirs["wording"]) == ("Son", "Câu mới.")
    desk.bench.conclusions.compose(desk["son"], finding, other, seen=first.id)
    kept = desk.bench.conclusions.rounds(desk["son"], finding)[0].conclusions
    assert [one.input.wording for one in kept] == ["Câu thứ hai.", "Câu mới."]


def test_what_is_not_agreed_goes_to_the_prime_minister_and_comes_back(
    desk: Desk, finding: int
) -> None:
    divided(desk, finding)
    conclusions = desk.bench.conclusions
    with pytest.raises(RasoatError, match="RS-504"):
        conclusions.escalate(desk["son"], finding, standing(desk, finding)[1], "Khác nhau.")
    conclusions.compose(desk["son"], finding, replace(OURS, outcome="exceed"))
    with pytest.raises(RasoatError, match="RS-552"):
        conclusions.escalate(desk["son"], finding, standing(desk, finding)[1], " ")
    conclusions.escalate(desk["dung"], finding, standing(desk, finding)[1], "Vượt thẩm quyền.")
    assert standing(desk, finding)[0] == "trinh_ttg"
    with pytest.raises(RasoatError, match="RS-544"):
        conclusions.record_ruling(desk["son"], finding, standing(desk, finding)[1], "")
    conclusions.record_ruling(desk["son"], finding, standing(desk, finding)[1], "Giao bộ sửa.")
    assert standing(desk, finding)[0] == "co_ket_luan"


# --- answering --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "explanation", "text", "words"),
    [
        ("la", "x", "y", "chưa chọn"),
        ("tiep_thu", "", " ", "câu chữ"),
        ("tiep_thu_mot_phan", "x", "", "câu chữ"),
        ("tiep_thu_mot_phan", "", "y", "giải trình"),
        ("giai_trinh", " ", "y", "giải trình"),
    ],
)
def test_an_incomplete_answer_is_refused(
    desk: Desk, finding: int, kind: str, explanation: str, text: str, words: str
) -> None:
    sent_back(desk, finding)
    with pytest.raises(RasoatError, match="RS-545") as refused:
        desk.bench.thread.answer(desk["minh"], finding, kind, explanation, text)
    assert words in str(refused.value)


def test_ministry_and_task_force_write_in_turn_until_they_agree(desk: Desk, finding: int) -> None:
    sent_back(desk, finding)
    thread = desk.bench.thread
    asked = thread.reply(desk["cuong"], finding, "Đề nghị nêu rõ.")
    with pytest.raises(Conflict) as met:
        thread.answer(desk["minh"], finding, "giai_trinh", "Vì vậy.")
    assert met.value.who == "Cuong"
    said = thread.answer(desk["minh"], finding, "tiep_thu", "", "1. Câu tiếp thu.", asked[-1].id)
    assert [(one.side, one.kind) for one in said] == [("tct", "tra_loi"), ("bo", "tiep_thu")]
    assert standing(desk, finding)[0] == "bo_tiep_thu_giai_trinh"
    before = desk.bench.conclusions.rounds(desk["son"], finding)[0].conclusions[0]
    desk.bench.conclusions.compose(desk["son"], finding, replace(OURS, outcome="agree"), before.id)
    assert standing(desk, finding)[0] == "thong_nhat"


@pytest.mark.parametrize("name", ["ha", "long", "son", "lan", "giang", "binh"])
def test_only_the_ministry_s_legal_department_answers(desk: Desk, finding: int, name: str) -> None:
    sent_back(desk, finding)
    with pytest.raises(Forbidden):
        desk.bench.thread.answer(desk[name], finding, "giai_trinh", "Vì vậy.")


def test_nothing_is_answered_before_it_was_sent_back(desk: Desk, finding: int) -> None:
    divided(desk, finding)
    with pytest.raises(RasoatError, match="RS-504"):
        desk.bench.thread.answer(desk["minh"], finding, "giai_trinh", "Vì vậy.")
    with pytest.raises(RasoatError, match="RS-545"):
        desk.bench.thread.reply(desk["son"], finding, "Nội dung.")


def test_a_new_proposal_opens_a_blind_round_and_the_earlier_stays_readable(
    desk: Desk, finding: int
) -> None:
    sent_back(desk, finding)
    desk.bench.thread.answer(desk["minh"], finding, "giai_trinh", "Vì vậy.")
    desk.bench.proposals.save(desk["ha"], finding, 2, COMPLETE)
    desk.bench.proposals.submit(desk["minh"], finding, 3)
    speak(desk, finding, nam=AGAINST)
    second, first = desk.bench.conclusions.rounds(desk["ha"], finding)
    assert (second.number, second.opened, second.opinions, second.conclusions) == (2, False, (), ())
    assert (len(first.opinions), len(first.conclusions), len(first.thread)) == (3, 1, 1)
    with pytest.raises(RasoatError, match="RS-542"):
        desk.bench.conclusions.compose(desk["son"], finding, OURS)


def test_a_round_that_never_opened_stays_closed_in_later_ones(desk: Desk, finding: int) -> None:
    speak(desk, finding, nam=AGAINST)
    with desk.store.write() as db:
        db.execute(update(t.findings).where(t.findings.c.id == finding).values(round=2))
    for name in ("long", "son", "ha", "binh"):
        assert "BÍ MẬT" not in repr(desk.bench.opinions.board(desk[name], finding))
        assert "BÍ MẬT" not in repr(desk.bench.conclusions.rounds(desk[name], finding))


# --- approval ---------------------------------------------------------------------------------


def test_legal_department_approves_and_a_later_change_takes_it_back(desk: Desk) -> None:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    row = desk.findings()[0]
    desk.bench.findings.confirm(desk["ha"], row.id, 1)
    desk.bench.proposals.save(desk["ha"], row.id, 0, COMPLETE)
    with pytest.raises(Forbidden):
        desk.bench.proposals.approve(desk["ha"], row.id, 1)
    desk.bench.proposals.approve(desk["minh"], row.id, 1)
    assert standing(desk, row.id)[0] == "bo_da_duyet"
    desk.bench.proposals.save(desk["ha"], row.id, 1, replace(COMPLETE, reason="Rõ hơn."))
    assert standing(desk, row.id)[0] == "bo_de_xuat"
    desk.bench.proposals.approve(desk["minh"], row.id, 2)
    desk.bench.proposals.submit(desk["minh"], row.id, 2)
    assert standing(desk, row.id)[0] == "trinh_tct"


# --- secrecy ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["long", "phuong", "son", "cuong", "dung", "binh", "ha", "minh"])
def test_no_read_lets_an_unopened_opinion_out(desk: Desk, finding: int, name: str) -> None:
    speak(desk, finding, nam=AGAINST)
    bench, person = desk.bench, desk[name]
    filter = FindingFilter(campaign_id=desk.campaign.id)
    reads = [
        bench.opinions.board(person, finding),
        bench.conclusions.rounds(person, finding),
        bench.findings.get(person, finding),
        bench.comparison.matrix(person, filter),
        bench.comparison.agreement(person, desk.campaign.id, "agency"),
        bench.proposals.get(person, finding),
        bench.thread.read(person, finding),
        bench.overview.figures(person, desk.campaign.id),
    ]
    assert "BÍ MẬT" not in repr(reads)
    assert bench.comparison.matrix(person, filter).total == 0
    assert bench.comparison.agreement(person, desk.campaign.id)[0].figures.items == 0


def test_the_administrator_reads_neither_opinions_nor_conclusions_in_the_log(
    desk: Desk, finding: int
) -> None:
    sent_back(desk, finding)
    desk.bench.thread.answer(desk["minh"], finding, "giai_trinh", "LỜI GIẢI TRÌNH")
    shown = repr(desk.bench.audit.list(desk["vy"]).items)
    for words in ("BÍ MẬT", "Cần chuyển tiếp", "LỜI GIẢI TRÌNH"):
        assert words not in shown


def test_another_ministry_sees_nothing_of_it(desk: Desk, finding: int) -> None:
    divided(desk, finding)
    filter = FindingFilter(campaign_id=desk.campaign.id)
    assert desk.bench.comparison.matrix(desk["lan"], filter).total == 0
    assert desk.bench.comparison.agreement(desk["lan"], desk.campaign.id)[0].figures.items == 0
    for read in (desk.bench.conclusions.rounds, desk.bench.thread.read, desk.bench.opinions.board):
        with pytest.raises(Forbidden):
            read(desk["lan"], finding)


def test_the_matrix_shows_opened_rounds_and_finds_the_divided(desk: Desk, finding: int) -> None:
    divided(desk, finding)
    filter = FindingFilter(campaign_id=desk.campaign.id)
    row = desk.bench.comparison.matrix(desk["son"], filter, divided=True).items[0]
    assert row.verdicts == {"BTP": "thong_nhat", "BCA": "khong", "VPCP": "thong_nhat"}
    assert (row.finding.id, row.divided, row.round) == (finding, True, 1)
    groups = desk.bench.comparison.agreement(desk["son"], desk.campaign.id, "agency")
    assert [(one.name, one.figures.compared) for one in groups] == [
        ("Đợt thử", 1),
        ("Bộ Xây dựng", 1),
    ]
    assert groups[0].figures.share == pytest.approx(1 / 3)
