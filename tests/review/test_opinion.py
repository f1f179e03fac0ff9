"""Independent opinions: blind until all have spoken, superseded and never changed."""

from __future__ import annotations

import threading

import pytest

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden, NotFound
from review.records import OpinionInput, ProposalInput
from tests.review.conftest import Desk, document

AGREE = OpinionInput("thong_nhat")
AGAINST = OpinionInput("khong", reason="Chưa có dữ liệu.", disagreed="Bỏ giấy tờ ngay.")
COMPLETE = ProposalInput("BB", reason="Trái Luật Cư trú.", instrument="Thông tư", lead_agency="BXD")


def submitted(desk: Desk) -> int:
    """Return a finding that Bộ Xây dựng has submitted."""
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    row = desk.findings()[0]
    desk.bench.findings.confirm(desk["ha"], row.id, 1)
    desk.bench.proposals.save(desk["ha"], row.id, 0, COMPLETE)
    desk.bench.proposals.submit(desk["minh"], row.id, 1)
    return row.id


def speak(desk: Desk, finding_id: int, name: str, opinion: OpinionInput = AGREE):
    return desk.bench.opinions.give(desk[name], finding_id, opinion)


def test_nobody_sees_another_opinion_until_all_three_have_spoken(desk: Desk) -> None:
    finding = submitted(desk)
    speak(desk, finding, "long", AGAINST)
    speak(desk, finding, "nam")
    everybody = ["nam", "phuong", "son", "cuong", "dung", "binh", "giang", "hai", "ha", "minh"]
    for name in everybody:
        board = desk.bench.opinions.board(desk[name], finding)
        assert not board.opened
        assert [(one.member, one.spoken) for one in board.members] == [
            ("BTP", True),
            ("BCA", True),
            ("VPCP", False),
        ]
        visible = {one.member for one in board.members if one.opinion}
        assert visible == ({"BCA"} if name == "nam" else set()), name
        assert "Chưa có dữ liệu" not in repr(desk.bench.findings.get(desk[name], finding).history)
    speak(desk, finding, "phuong")
    for name in everybody:
        board = desk.bench.opinions.board(desk[name], finding)
        assert board.opened
        assert board.members[0].opinion.input == AGAINST


def test_a_colleague_of_the_same_member_shares_the_voice(desk: Desk) -> None:
    finding = submitted(desk)
    speak(desk, finding, "long", AGAINST)
    assert desk.bench.opinions.board(desk["linh"], finding).own.input == AGAINST


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        (("thong_nhat",), "cho_y_kien"),
        (("thong_nhat", "thong_nhat"), "cho_y_kien"),
        (("thong_nhat", "thong_nhat", "thong_nhat"), "thong_nhat"),
        (("thong_nhat", "mot_phan", "thong_nhat"), "co_y_kien_doc_lap"),
        (("khong", "khong", "bo_sung"), "co_y_kien_doc_lap"),
    ],
)
def test_state_after_the_verdicts(desk: Desk, verdicts: tuple[str, ...], state: str) -> None:
    finding = submitted(desk)
    for name, verdict in zip(("long", "nam", "phuong"), verdicts, strict=False):
        speak(desk, finding, name, OpinionInput(verdict, reason="Vì vậy."))
    assert desk.bench.findings.get(desk["ha"], finding).row.state == state


def test_commenters_are_heard_and_do_not_count(desk: Desk) -> None:
    finding = submitted(desk)
    for name in ("long", "nam"):
        speak(desk, finding, name)
    board = speak(desk, finding, "giang", AGAINST)
    assert not board.opened
    assert board.own.input == AGAINST
    board = speak(desk, finding, "phuong")
    assert [(one.name, one.counted) for one in board.members][3] == ("Giang", False)
    assert desk.bench.findings.get(desk["ha"], finding).row.state == "thong_nhat"


@pytest.mark.parametrize("verdict", ["mot_phan", "khong", "bo_sung"])
def test_other_than_agreement_needs_a_reason(desk: Desk, verdict: str) -> None:
    finding = submitted(desk)
    with pytest.raises(RasoatError, match="RS-520"):
        speak(desk, finding, "long", OpinionInput(verdict, reason="  "))


def test_a_later_opinion_supersedes_and_the_earlier_stays(desk: Desk) -> None:
    finding = submitted(desk)
    first = speak(desk, finding, "long", AGAINST).own
    board = desk.bench.opinions.give(desk["long"], finding, AGREE, seen=first.id)
    assert board.own.input == AGREE
    assert [(one.input, one.superseded) for one in board.history] == [(AGAINST, True)]
    assert desk.bench.opinions.board(desk["nam"], finding).history == ()


def test_two_voices_of_one_member_are_told_of_each_other(desk: Desk) -> None:
    finding = submitted(desk)
    speak(desk, finding, "long", AGAINST)
    with pytest.raises(Conflict) as met:
        speak(desk, finding, "linh")
    assert (met.value.who, met.value.theirs["reason"]) == ("Long", "Chưa có dữ liệu.")
    assert met.value.mine["verdict"] == "thong_nhat"


def test_members_speaking_at_the_same_time_are_all_kept(desk: Desk) -> None:
    finding = submitted(desk)
    start = threading.Barrier(3)
    failures: list[RasoatError] = []

    def run(name: str) -> None:
        start.wait()
        try:
            speak(desk, finding, name)
        except RasoatError as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("long", "nam", "phuong")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert desk.bench.opinions.board(desk["son"], finding).opened
    assert desk.bench.findings.get(desk["ha"], finding).row.state == "thong_nhat"


def test_nothing_to_say_before_the_ministry_submits(desk: Desk) -> None:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    row = desk.findings()[0]
    with pytest.raises(RasoatError, match="RS-521"):
        speak(desk, row.id, "long")
    assert desk.bench.opinions.queue(desk["long"]).total == 0


@pytest.mark.parametrize("name", ["ha", "minh", "son", "cuong", "binh", "vy"])
def test_who_is_no_member_gives_no_opinion(desk: Desk, name: str) -> None:
    finding = submitted(desk)
    with pytest.raises(Forbidden):
        speak(desk, finding, name)


def test_nobody_speaks_for_another_member(desk: Desk) -> None:
    finding = submitted(desk)
    with pytest.raises(Forbidden):
        desk.bench.opinions.give(desk["long"], finding, AGREE, member="BCA")


def test_my_queue_empties_as_i_speak(desk: Desk) -> None:
    finding = submitted(desk)
    row = desk.bench.opinions.queue(desk["long"]).items[0]
    assert (row.finding.id, row.spoken, row.own_verdict) == (finding, (), "")
    speak(desk, finding, "long")
    assert desk.bench.opinions.queue(desk["long"]).total == 0
    everything = desk.bench.opinions.queue(desk["long"], waiting=False).items[0]
    assert (everything.spoken, everything.own_verdict) == (("BTP",), "thong_nhat")
    assert desk.bench.opinions.queue(desk["son"]).total == 1


def test_a_returned_finding_begins_a_new_round(desk: Desk) -> None:
    finding = submitted(desk)
    for name in ("long", "nam", "phuong"):
        speak(desk, finding, name, AGAINST)
    version = desk.bench.findings.get(desk["son"], finding).row.version
    with pytest.raises(RasoatError, match="RS-523"):
        desk.bench.opinions.send_back(desk["son"], finding, version, "")
    desk.bench.opinions.send_back(desk["son"], finding, version, "Đề nghị giải trình.")
    assert desk.bench.proposals.get(desk["ha"], finding).state == "tra_lai"
    with pytest.raises(RasoatError, match="RS-521"):
        speak(desk, finding, "long")
    desk.bench.proposals.save(desk["ha"], finding, 2, COMPLETE)
    desk.bench.proposals.submit(desk["minh"], finding, 3)
    board = desk.bench.opinions.board(desk["long"], finding)
    assert (board.round, board.opened, board.own) == (2, False, None)
    assert [one.round for one in board.history] == [1, 1, 1]
    for name in ("long", "nam", "phuong"):
        speak(desk, finding, name)
    assert desk.bench.findings.get(desk["ha"], finding).row.state == "thong_nhat"


def test_proposals_of_other_ministries_stay_hidden(desk: Desk) -> None:
    finding = submitted(desk)
    with pytest.raises(Forbidden):
        desk.bench.proposals.get(desk["lan"], finding)
    with pytest.raises(Forbidden):
        desk.bench.opinions.board(desk["lan"], finding)
    with pytest.raises(NotFound):
        desk.bench.opinions.board(desk["long"], 999)
