"""Who works on what: claims, assignments, questions, hand-overs, «việc của tôi»."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.errors import RasoatError
from review.errors import Claimed, Conflict, Forbidden
from review.records import (
    ActFilter,
    FindingFilter,
    Membership,
    OpinionInput,
    Person,
    ProposalInput,
)
from review.work.claim import limits
from tests.review.conftest import PASSWORD, Desk, document

NOTE = "Anh Hà đi công tác."


def code_of(refused: pytest.ExceptionInfo[RasoatError]) -> str:
    return refused.value.code


def many(count: int, number: str = "903/2019/TT-BXD") -> object:
    lines = (f"1. Nộp bản sao sổ hộ khẩu lần {place}." for place in range(count))
    return document(number, *lines)


# --- claims -----------------------------------------------------------------------------------


def test_a_claim_is_seen_with_its_end_and_keeps_others_from_deciding(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    mine = desk.bench.claims.claim(desk["ha"], row.id)
    assert (mine.person, mine.until - desk.clock.now) == ("Ha", limits()[0])
    assert desk.bench.claims.of(desk["minh"], [row.id]) == {row.id: mine}
    with pytest.raises(Claimed, match="Ha đang xử lý"):
        desk.bench.claims.claim(desk["minh"], row.id)
    for step in (
        lambda: desk.bench.findings.confirm(desk["minh"], row.id, row.version),
        lambda: desk.bench.findings.reject(desk["minh"], row.id, row.version, "N05"),
        lambda: desk.bench.findings.ask(desk["minh"], row.id, row.version, "Vì sao?"),
        lambda: desk.bench.findings.edit(desk["minh"], row.id, row.version, "A3"),
    ):
        with pytest.raises(Claimed, match="RS-560"):
            step()
    assert desk.findings()[0] == row


def test_deciding_ends_the_own_claim(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.claims.claim(desk["ha"], row.id)
    desk.bench.findings.confirm(desk["ha"], row.id, row.version)
    assert desk.bench.claims.of(desk["ha"], [row.id]) == {}
    desk.bench.findings.reject(desk["minh"], row.id, row.version + 1, "N05")


def test_a_claim_ends_by_itself_and_can_be_kept_longer(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.claims.claim(desk["ha"], row.id)
    desk.clock.forward(minutes=20)
    desk.bench.claims.claim(desk["ha"], row.id)
    desk.clock.forward(minutes=20)
    with pytest.raises(Claimed):
        desk.bench.claims.claim(desk["minh"], row.id)
    desk.clock.forward(minutes=11)
    assert desk.bench.claims.claim(desk["minh"], row.id).person == "Minh"


def test_a_claim_is_let_go(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.claims.claim(desk["ha"], row.id)
    desk.bench.claims.release(desk["minh"], row.id)  # not theirs: stays
    assert desk.bench.claims.of(desk["ha"], [row.id])
    desk.bench.claims.release(desk["ha"], row.id)
    assert not desk.bench.claims.of(desk["ha"], [row.id])
    assert desk.bench.claims.claim(desk["minh"], row.id).person == "Minh"


def test_taking_over_needs_a_reason_and_keeps_both(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.claims.claim(desk["ha"], row.id)
    with pytest.raises(RasoatError, match="RS-561"):
        desk.bench.claims.take_over(desk["minh"], row.id, " ")
    desk.bench.claims.take_over(desk["minh"], row.id, NOTE)
    history = desk.bench.claims.history(desk["ha"], row.id)
    assert [(one.person, one.note) for one in history] == [("Minh", NOTE), ("Ha", "")]
    with pytest.raises(Claimed, match="Minh"):
        desk.bench.findings.confirm(desk["ha"], row.id, row.version)


def test_the_next_ones_nobody_has(desk: Desk) -> None:
    desk.load(many(30))
    most = limits()[1]
    wanted = FindingFilter(campaign_id=desk.campaign.id)
    first = desk.bench.claims.claim_next(desk["ha"], wanted)
    second = desk.bench.claims.claim_next(desk["minh"], wanted)
    assert (len(first), len(second)) == (most, 30 - most)
    assert not set(first) & set(second)
    assert [row.id for row in desk.findings(claimed_by=desk["minh"].id)] == second


def test_two_people_at_once_never_hold_the_same_finding(desk: Desk) -> None:
    desk.load(many(12))
    ids = [row.id for row in desk.findings()]
    start = threading.Barrier(2, timeout=10)
    held: dict[str, set[int]] = {"ha": set(), "minh": set()}

    def work(name: str) -> None:
        start.wait()
        for number in ids:
            try:
                desk.bench.claims.claim(desk[name], number)
            except Claimed:
                continue
            held[name].add(number)

    threads = [threading.Thread(target=work, args=(name,)) for name in held]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not held["ha"] & held["minh"]
    assert held["ha"] | held["minh"] == set(ids)
    now = desk.bench.claims.of(desk["ha"], ids)
    assert {number for number, one in now.items() if one.person == "Ha"} == held["ha"]


def test_another_ministry_neither_sees_nor_takes_claims(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.claims.claim(desk["ha"], row.id)
    assert desk.bench.claims.of(desk["lan"], [row.id]) == {}
    with pytest.raises(Forbidden):
        desk.bench.claims.take_over(desk["lan"], row.id, NOTE)


# --- assignments ------------------------------------------------------------------------------


def test_the_legal_department_gives_acts_to_its_people(desk: Desk, act) -> None:
    desk.load(act)
    act_id = desk.findings()[0].act_id
    names = [one.name for one in desk.bench.assignments.candidates(desk["minh"], act_id)]
    assert names == ["Ha", "Minh"]
    (given,) = desk.bench.assignments.assign(desk["minh"], [act_id], desk["ha"].id, "Trước 30/11.")
    assert (given.person, given.by, given.note) == ("Ha", "Minh", "Trước 30/11.")
    assert desk.bench.assignments.of(desk["ha"], [act_id]) == {act_id: given}
    assert len(desk.findings(assigned_to=desk["ha"].id)) == 2
    assert desk.findings(assigned_to=desk["minh"].id) == []
    desk.bench.assignments.assign(desk["minh"], [act_id], None)
    assert desk.bench.assignments.of(desk["ha"], [act_id]) == {}
    assert [one.person for one in desk.bench.assignments.history(desk["ha"], act_id)] == ["", "Ha"]


def test_an_act_goes_only_to_who_reviews_for_its_agency(desk: Desk, act) -> None:
    desk.load(act)
    act_id = desk.findings()[0].act_id
    for name in ("lan", "long", "thao"):
        with pytest.raises(RasoatError) as refused:
            desk.bench.assignments.assign(desk["minh"], [act_id], desk[name].id)
        assert code_of(refused) == "RS-562"
    for name in ("ha", "lan", "son"):
        with pytest.raises(Forbidden):
            desk.bench.assignments.assign(desk[name], [act_id], desk["ha"].id)


def test_an_act_nobody_has_can_be_taken_once(desk: Desk, act) -> None:
    desk.load(act)
    act_id = desk.findings()[0].act_id
    assert desk.bench.assignments.take(desk["ha"], act_id).person == "Ha"
    with pytest.raises(Conflict) as refused:
        desk.bench.assignments.take(desk["minh"], act_id)
    assert refused.value.theirs == {"assignee": "Ha"}


def test_acts_are_listed_by_who_reviews_them(desk: Desk) -> None:
    desk.load(many(1, "903/2019/TT-BXD"))
    desk.load(many(1, "904/2019/TT-BXD"))
    bench, lead = desk.bench, desk["minh"]

    def listed(reviewer: int | None) -> list[str]:
        wanted = ActFilter(desk.campaign.id, reviewer=reviewer)
        return sorted(row.number for row in bench.library.acts(lead, wanted).items)

    first = next(row for row in desk.findings() if row.number == "903/2019/TT-BXD")
    both = ["903/2019/TT-BXD", "904/2019/TT-BXD"]
    assert (listed(None), listed(0)) == (both, both)
    bench.assignments.assign(lead, [first.act_id], desk["ha"].id)
    assert (listed(desk["ha"].id), listed(0)) == (both[:1], both[1:])
    bench.assignments.assign(lead, [first.act_id], None)  # taken back
    assert (listed(desk["ha"].id), listed(0)) == ([], both)


# --- questions --------------------------------------------------------------------------------


def test_a_question_reaches_its_addressee_and_comes_back_answered(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    assert [one.name for one in desk.bench.questions.colleagues(desk["ha"], row.id)] == ["Minh"]
    desk.bench.findings.ask(desk["ha"], row.id, row.version, "Có nội bộ không?", desk["minh"].id)
    assert [one.id for one in desk.findings("minh", asked_of=desk["minh"].id)] == [row.id]
    assert desk.findings(asked_of=desk["ha"].id) == []
    (question,) = desk.bench.questions.of(desk["minh"], row.id)
    assert (question.asker, question.to, question.may_answer) == ("Ha", "Minh", True)
    answered = desk.bench.questions.answer(desk["minh"], question.id, "Không, là thủ tục.")
    assert [(one.person, one.text) for one in answered.answers] == [("Minh", "Không, là thủ tục.")]
    assert desk.findings(asked_of=desk["minh"].id) == []
    assert [one.id for one in desk.findings(answered_for=desk["ha"].id)] == [row.id]
    desk.bench.findings.confirm(desk["ha"], row.id, row.version + 1)
    assert desk.findings(answered_for=desk["ha"].id) == []
    assert desk.bench.questions.of(desk["ha"], row.id)[0].answers == answered.answers


def test_a_question_to_all_waits_for_everybody_but_the_asker(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.findings.ask(desk["ha"], row.id, row.version, "Ai biết?")
    assert [one.id for one in desk.findings("minh", asked_of=desk["minh"].id)] == [row.id]
    assert desk.findings(asked_of=desk["ha"].id) == []


def test_a_question_goes_to_a_reviewer_of_the_agency_only(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    with pytest.raises(RasoatError) as refused:
        desk.bench.findings.ask(desk["ha"], row.id, row.version, "Được không?", desk["lan"].id)
    assert code_of(refused) == "RS-562"
    assert desk.findings()[0].state == "goi_y"  # the step was not taken either


def test_an_answer_is_refused_when_empty_or_late(desk: Desk, act) -> None:
    desk.load(act)
    row = desk.findings()[0]
    desk.bench.findings.ask(desk["ha"], row.id, row.version, "Một?")
    desk.bench.findings.ask(desk["ha"], row.id, row.version + 1, "Hai?")
    second, first = desk.bench.questions.of(desk["minh"], row.id)
    assert (first.may_answer, second.may_answer) == (False, True)
    for number, words in ((second.id, " "), (first.id, "Muộn rồi.")):
        with pytest.raises(RasoatError, match="RS-564"):
            desk.bench.questions.answer(desk["minh"], number, words)
    desk.bench.findings.confirm(desk["ha"], row.id, row.version + 2)
    with pytest.raises(RasoatError, match="RS-564"):
        desk.bench.questions.answer(desk["minh"], second.id, "Muộn rồi.")
    with pytest.raises(Forbidden):
        desk.bench.questions.answer(desk["lan"], second.id, "Tôi biết.")


def test_the_queue_of_questions_names_asker_addressee_and_answer(desk: Desk) -> None:
    desk.load(many(3))
    first, second, _ = desk.findings()
    desk.bench.findings.ask(desk["ha"], first.id, 1, "Một?", desk["minh"].id)
    desk.bench.findings.ask(desk["minh"], second.id, 1, "Hai?")
    everything = FindingFilter(campaign_id=desk.campaign.id)

    def asked(who: str, asker: int | None = None, **wanted: object) -> list[tuple[str, str, str]]:
        page = desk.bench.questions.queue(desk[who], replace(everything, **wanted), asker)
        assert page.total == len(page.items)
        return [(row.question.asker, row.question.to, row.question.text) for row in page.items]

    assert asked("ha") == [("Ha", "Minh", "Một?"), ("Minh", "", "Hai?")]
    assert asked("ha", desk["ha"].id) == [("Ha", "Minh", "Một?")]
    assert asked("minh", asked_of=desk["minh"].id) == [("Ha", "Minh", "Một?")]
    assert asked("lan") == []
    (question,) = desk.bench.questions.of(desk["minh"], first.id)
    desk.bench.questions.answer(desk["minh"], question.id, "Được.")
    row = desk.bench.questions.queue(desk["ha"], everything).items[0]
    assert [answer.text for answer in row.question.answers] == ["Được."]
    desk.bench.findings.confirm(desk["ha"], first.id, 2)  # decided: in question no more
    assert asked("ha") == [("Minh", "", "Hai?")]


# --- the work list ----------------------------------------------------------------------------


def test_every_line_of_my_work_counts_its_own_rows(desk: Desk) -> None:
    desk.load(many(5))
    rows = desk.findings()
    desk.bench.assignments.assign(desk["minh"], [rows[0].act_id], desk["ha"].id)
    desk.bench.claims.claim(desk["ha"], rows[0].id)
    desk.bench.findings.ask(desk["minh"], rows[1].id, 1, "Chị Hà xem giúp?", desk["ha"].id)
    desk.bench.findings.ask(desk["ha"], rows[2].id, 1, "Anh Minh?", desk["minh"].id)
    (question,) = desk.bench.questions.of(desk["minh"], rows[2].id)
    desk.bench.questions.answer(desk["minh"], question.id, "Được.")
    lines = desk.bench.work.mine(desk["ha"], desk.campaign.id)
    assert [(line.sentence, line.tally.value) for line in lines] == [
        ("Câu hỏi chờ tôi trả lời", 1),
        ("Câu hỏi của tôi đã có trả lời", 1),
        ("Tôi đang nhận xử lý", 1),
        ("Trong văn bản giao cho tôi, chưa quyết định", 5),
    ]
    for line in lines:
        assert desk.bench.findings.queue(desk["ha"], line.tally.filter).total == line.tally.value
    # Bộ Xây dựng was to be done on 20/11/2026, three days ago.
    assert {(line.deadline.isoformat(), line.late) for line in lines} == {("2026-11-20", True)}
    assert desk.bench.work.mine(desk["lan"], desk.campaign.id) == []


def test_the_lead_sees_how_many_acts_nobody_was_given(desk: Desk) -> None:
    book = "1. Nộp bản sao sổ hộ khẩu của chủ đò."
    for number, line in (("902", book), ("903", book), ("904", "1. Đò chạy ban ngày.")):
        desk.load(document(f"{number}/2019/TT-BXD", line))
    rows = desk.findings()

    def told(name: str) -> list[tuple[int, int]]:
        lines = desk.bench.work.mine(desk[name], desk.campaign.id)
        unshared = [line.tally for line in lines if "chưa giao cho ai" in line.sentence]
        return [
            (tally.value, desk.bench.library.acts(desk[name], tally.filter).total)
            for tally in unshared
        ]

    assert told("minh") == [(2, 2)]
    assert told("ha") == told("lan") == []
    desk.bench.assignments.assign(desk["minh"], [rows[0].act_id], desk["ha"].id)
    assert told("minh") == [(1, 1)]
    desk.bench.assignments.assign(desk["minh"], [rows[-1].act_id], desk["ha"].id)
    assert told("minh") == []


@pytest.mark.parametrize("name", ["nam", "giang"])
def test_a_member_sees_how_many_findings_wait_for_its_own_opinion(desk: Desk, name: str) -> None:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu của chủ đò."))
    row = desk.findings()[0]
    desk.bench.findings.confirm(desk["ha"], row.id, row.version)
    entered = ProposalInput("BB", reason="Dữ liệu đã có.", instrument="Thông tư", lead_agency="BXD")
    desk.bench.proposals.save(desk["ha"], row.id, 0, entered)
    desk.bench.proposals.submit(desk["minh"], row.id, 1)

    def told(who: str) -> list[tuple[str, int]]:
        lines = desk.bench.work.mine(desk[who], desk.campaign.id)
        return [(line.sentence, line.tally.value) for line in lines if line.tally.filter.silent]

    waiting = [("Chờ ý kiến của tôi", 1)]
    assert (told(name), told("phuong"), told("ha")) == (waiting, waiting, [])
    desk.bench.opinions.give(desk[name], row.id, OpinionInput("thong_nhat"))
    assert (told(name), told("phuong")) == ([], waiting)
    assert desk.bench.opinions.queue(desk[name]).total == 0


# --- nothing is stranded ----------------------------------------------------------------------


@pytest.fixture
def fresh(make_desk: Callable[..., Desk], furnished_sqlite, tmp_path) -> Desk:
    """People change here: a copy of its own."""
    import shutil

    path = tmp_path / "people.db"
    shutil.copy(furnished_sqlite, path)
    return make_desk(f"sqlite:///{path}")


def leave(desk: Desk) -> None:
    """Everything that can wait for somebody waits for Ha, who then leaves."""
    desk.load(many(4))
    rows = desk.findings()
    desk.bench.assignments.assign(desk["minh"], [rows[0].act_id], desk["ha"].id)
    desk.bench.claims.claim(desk["ha"], rows[0].id)
    desk.bench.findings.ask(desk["minh"], rows[1].id, 1, "Chị Hà xem giúp?", desk["ha"].id)
    desk.bench.drafts.save(desk["ha"], f"de-xuat:{rows[2].id}", {"reason": "đang viết dở"})
    desk.bench.drafts.save(desk["ha"], f"y-kien:{rows[2].id}", {"reason": "không của bộ"})
    assert desk.bench.handovers.stranded(desk["minh"]) == []
    desk.bench.people.deactivate(desk["vy"], desk["ha"].id)


def test_what_waits_for_somebody_gone_is_shown_and_taken_over(fresh: Desk) -> None:
    leave(fresh)
    (waiting,) = fresh.bench.handovers.stranded(fresh["minh"])
    assert (waiting.person, waiting.agency) == ("Ha", "BXD")
    counts = (waiting.acts, waiting.claims, waiting.questions, waiting.drafts)
    assert counts == (1, 1, 1, 1)
    assert fresh.bench.handovers.stranded(fresh["vy"]) == [waiting]
    assert fresh.bench.handovers.stranded(fresh["lan"]) == []
    offered = fresh.bench.handovers.candidates(fresh["minh"], "BXD")
    assert [one.name for one in offered] == ["Minh"]  # not who is gone
    moved = fresh.bench.handovers.take_over(
        fresh["minh"], fresh["ha"].id, "BXD", fresh["minh"].id, NOTE
    )
    assert moved == waiting
    rows = fresh.findings("minh")
    minh = fresh["minh"].id
    assert len(fresh.findings("minh", assigned_to=minh)) == 4
    assert [row.id for row in fresh.findings("minh", claimed_by=minh)] == [rows[0].id]
    assert fresh.bench.questions.of(fresh["minh"], rows[1].id)[0].to == "Minh"
    draft = fresh.bench.drafts.load(fresh["minh"], f"de-xuat:{rows[2].id}")
    assert draft is not None
    assert draft.value == {"reason": "đang viết dở"}
    assert fresh.bench.drafts.load(fresh["minh"], f"y-kien:{rows[2].id}") is None
    assert fresh.bench.handovers.stranded(fresh["minh"]) == []
    history = fresh.bench.assignments.history(fresh["minh"], rows[0].act_id)
    assert [one.person for one in history] == ["Minh", "Ha"]


def test_work_of_people_who_are_there_is_not_taken(fresh: Desk) -> None:
    fresh.load(many(2))
    row = fresh.findings()[0]
    fresh.bench.claims.claim(fresh["ha"], row.id)
    fresh.bench.drafts.save(fresh["ha"], f"de-xuat:{row.id}", {"reason": "của tôi"})
    with pytest.raises(RasoatError) as refused:
        fresh.bench.handovers.take_over(fresh["minh"], fresh["ha"].id, "BXD", fresh["minh"].id)
    assert code_of(refused) == "RS-570"


def test_somebody_who_changed_to_another_ministry_is_gone_from_the_first(fresh: Desk) -> None:
    fresh.load(many(2))
    row = fresh.findings()[0]
    fresh.bench.assignments.assign(fresh["minh"], [row.act_id], fresh["ha"].id)
    fresh.bench.people.set_memberships(
        fresh["vy"], fresh["ha"].id, (Membership("nguoi_ra_soat", "BYT"),)
    )
    assert [one.person for one in fresh.bench.handovers.stranded(fresh["minh"])] == ["Ha"]


def test_an_act_given_to_another_agency_strands_its_assignment(fresh: Desk) -> None:
    fresh.load(many(2))
    row = fresh.findings()[0]
    fresh.bench.assignments.assign(fresh["minh"], [row.act_id], fresh["ha"].id)
    view = fresh.bench.library.act(fresh["son"], row.act_id)
    fresh.bench.library.assign(fresh["son"], row.act_id, view.row.version, "BYT")
    (waiting,) = fresh.bench.handovers.stranded(fresh["lan"])
    assert (waiting.person, waiting.agency, waiting.acts) == ("Ha", "BYT", 1)
    fresh.bench.handovers.take_over(fresh["lan"], fresh["ha"].id, "BYT", fresh["lan"].id)
    assert fresh.bench.handovers.stranded(fresh["lan"]) == []


def test_an_own_half_written_text_is_kept_beside(fresh: Desk) -> None:
    leave(fresh)
    row = fresh.findings("minh")[2]
    fresh.bench.drafts.save(fresh["minh"], f"de-xuat:{row.id}", {"reason": "của tôi"})
    fresh.bench.handovers.take_over(fresh["minh"], fresh["ha"].id, "BXD", fresh["minh"].id)
    draft = fresh.bench.drafts.load(fresh["minh"], f"de-xuat:{row.id}")
    assert draft is not None
    assert draft.value == {"reason": "của tôi"}


def test_a_new_person_of_the_same_name_can_sign_in(fresh: Desk) -> None:
    fresh.bench.people.deactivate(fresh["vy"], fresh["ha"].id)
    added: Person = fresh.bench.people.add_person(
        fresh["vy"], "ha.moi", "Ha", PASSWORD, (Membership("nguoi_ra_soat", "BXD"),)
    )
    assert added.id != fresh["ha"].id
