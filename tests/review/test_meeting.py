"""Meetings: agenda with disagreement first, live decisions, attendance, minutes, secrecy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden, NotFound
from review.records import (
    Attendee,
    CampaignInput,
    MeetingInput,
    MeetingView,
    OpinionInput,
    ProposalInput,
)
from tests.review.conftest import Desk, document

CALLED = MeetingInput("Họp nhóm Xây dựng", date(2026, 11, 25), agencies=("BXD", "BYT"))
AGAINST = OpinionInput("khong", reason="Chưa có dữ liệu.")
AGREE = OpinionInput("thong_nhat")


def put_forward(desk: Desk, number: str, reviewer: str, signer: str) -> list[int]:
    """Return three findings that a ministry has submitted."""
    line = "1. Nộp bản sao sổ hộ khẩu."
    desk.load(document(number, line, line, line), by=reviewer)
    rows = [row for row in desk.findings(reviewer) if row.number == number]
    for row in rows:
        desk.bench.findings.confirm(desk[reviewer], row.id, row.version)
        proposal = ProposalInput("BB", "", "Trái Luật Cư trú.", "Thông tư", row.agency)
        desk.bench.proposals.save(desk[reviewer], row.id, 0, proposal)
        desk.bench.proposals.submit(desk[signer], row.id, 1)
    return [row.id for row in rows]


def speak(desk: Desk, finding_id: int, *opinions: OpinionInput) -> None:
    for name, opinion in zip(("long", "nam", "phuong"), opinions, strict=False):
        desk.bench.opinions.give(desk[name], finding_id, opinion)


@pytest.fixture
def findings(desk: Desk) -> list[int]:
    """BXD: closed round, agreed, divided; BYT: all untouched."""
    found = put_forward(desk, "902/2019/TT-BXD", "ha", "minh")
    speak(desk, found[0], AGAINST)
    speak(desk, found[1], AGREE, AGREE, AGREE)
    speak(desk, found[2], AGREE, AGAINST, AGREE)
    return found + put_forward(desk, "903/2019/TT-BYT", "lan", "lan")


@pytest.fixture
def meeting(desk: Desk, findings: list[int]) -> MeetingView:
    return desk.bench.meetings.add(desk["cuong"], desk.campaign.id, CALLED)


def opened(desk: Desk, meeting: MeetingView) -> MeetingView:
    return desk.bench.meetings.start(desk["cuong"], meeting.row.id, meeting.row.version)


def agenda(meeting: MeetingView) -> list[int]:
    return [item.finding.id for item in meeting.agenda]


def test_the_agenda_puts_disagreement_first_and_leaves_out_what_is_agreed(
    meeting: MeetingView, findings: list[int]
) -> None:
    assert agenda(meeting) == [findings[2], findings[0], *findings[3:]]
    assert [item.divided for item in meeting.agenda] == [True, False, False, False, False]
    assert [item.position for item in meeting.agenda] == [1, 2, 3, 4, 5]


def test_only_opened_opinions_are_on_the_agenda(meeting: MeetingView) -> None:
    assert [one.member for one in meeting.agenda[0].opinions] == ["BTP", "BCA", "VPCP"]
    assert meeting.agenda[1].opinions == ()


def test_who_is_invited_is_listed_and_not_yet_present(meeting: MeetingView) -> None:
    parts = {(one.name, one.part, one.present) for one in meeting.attendance}
    assert ("Long", "thanh_vien", False) in parts
    assert ("Minh", "dai_bieu", False) in parts
    assert ("Ha", "dai_bieu", False) not in parts


def test_meetings_are_numbered_in_their_campaign(desk: Desk, meeting: MeetingView) -> None:
    second = desk.bench.meetings.add(desk["son"], desk.campaign.id, CALLED)
    assert (meeting.row.number, second.row.number) == (1, 2)
    listed = desk.bench.meetings.list(desk["binh"], desk.campaign.id)
    assert [row.number for row in listed] == [1, 2]


def test_a_sector_group_calls_its_agencies(desk: Desk) -> None:
    campaign = desk.campaign
    grouped = tuple(replace(part, sector_group="Nhóm 1") for part in campaign.agencies)
    desk.bench.campaigns.change(
        desk["vy"],
        campaign.id,
        campaign.version,
        CampaignInput(
            campaign.code, campaign.name, campaign.basis_date, campaign.deadline, agencies=grouped
        ),
    )
    view = desk.bench.meetings.add(
        desk["son"], campaign.id, MeetingInput("Họp", date(2026, 11, 25), "Nhóm 1")
    )
    assert view.row.input.agencies == ("BXD", "BYT")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": " "}, "thiếu tên"),
        ({"agencies": ()}, "chưa chọn cơ quan"),
        ({"begins": "8 giờ"}, "08:30"),
    ],
)
def test_an_incomplete_meeting_is_refused(desk: Desk, change: dict, words: str) -> None:
    with pytest.raises(RasoatError, match="RS-546") as refused:
        desk.bench.meetings.add(desk["son"], desk.campaign.id, replace(CALLED, **change))
    assert words in str(refused.value)


def test_the_order_is_the_secretary_s(desk: Desk, meeting: MeetingView) -> None:
    wanted = list(reversed(agenda(meeting)))[:3]
    after = desk.bench.meetings.arrange(desk["cuong"], meeting.row.id, 1, wanted)
    assert agenda(after) == wanted
    with pytest.raises(Conflict) as met:
        desk.bench.meetings.arrange(desk["son"], meeting.row.id, 1, wanted)
    assert met.value.who == "Cuong"


def test_filling_again_adds_what_came_and_puts_disagreement_first(
    desk: Desk, meeting: MeetingView, findings: list[int]
) -> None:
    speak(desk, findings[3], AGAINST, AGREE, AGREE)
    after = desk.bench.meetings.fill(desk["cuong"], meeting.row.id, 1)
    assert agenda(after)[:2] == [findings[2], findings[3]]


def test_only_submitted_findings_of_called_agencies_come_on_the_agenda(
    desk: Desk, meeting: MeetingView
) -> None:
    desk.load(document("912/2019/TT-BXD", "1. Nộp sổ hộ khẩu."))
    fresh = next(row for row in desk.findings() if row.state == "goi_y")
    with pytest.raises(RasoatError, match="RS-546"):
        desk.bench.meetings.arrange(desk["cuong"], meeting.row.id, 1, [*agenda(meeting), fresh.id])


def test_a_decided_finding_stays_on_the_agenda(desk: Desk, meeting: MeetingView) -> None:
    first, *rest = agenda(meeting)
    meeting = opened(desk, meeting)
    desk.bench.meetings.decide(desk["cuong"], meeting.row.id, first, "thong_nhat", "Thống nhất.")
    after = desk.bench.meetings.arrange(desk["cuong"], meeting.row.id, meeting.row.version, rest)
    assert agenda(after) == [*rest, first]


def test_decisions_are_rows_and_two_secretaries_are_told(desk: Desk, meeting: MeetingView) -> None:
    first = agenda(meeting)[0]
    meetings, number = desk.bench.meetings, opened(desk, meeting).row.id
    one = meetings.decide(desk["cuong"], number, first, "chua", "Báo cáo lại.", "BXD", date(2026, 12, 5))  # fmt: skip
    with pytest.raises(Conflict) as met:
        meetings.decide(desk["son"], number, first, "thong_nhat", "Thống nhất.")
    assert (met.value.who, met.value.theirs["text"]) == ("Cuong", "Báo cáo lại.")
    two = meetings.decide(desk["son"], number, first, "thong_nhat", "Thống nhất.", seen=one.id)
    assert meetings.get(desk["son"], number).agenda[0].decision == two


def test_nothing_is_decided_before_the_meeting_opens_or_off_its_agenda(
    desk: Desk, meeting: MeetingView, findings: list[int]
) -> None:
    meetings, number = desk.bench.meetings, meeting.row.id
    with pytest.raises(RasoatError, match="RS-540"):
        meetings.decide(desk["cuong"], number, agenda(meeting)[0], "chua", "")
    with pytest.raises(RasoatError, match="RS-540"):
        meetings.conclude(desk["cuong"], number, "Kết luận.")
    opened(desk, meeting)
    with pytest.raises(RasoatError, match="RS-548"):
        meetings.decide(desk["cuong"], number, findings[1], "chua", "")
    with pytest.raises(RasoatError, match="RS-546"):
        meetings.decide(desk["cuong"], number, agenda(meeting)[0], "la", "")


def closed(desk: Desk, meeting: MeetingView) -> MeetingView:
    meetings, number = desk.bench.meetings, meeting.row.id
    meeting = opened(desk, meeting)
    own, other = agenda(meeting)[0], agenda(meeting)[-1]
    meetings.decide(desk["cuong"], number, own, "chinh_ly", "Sửa câu chữ.", "BXD", date(2026, 12, 5))  # fmt: skip
    meetings.decide(desk["cuong"], number, other, "chua", "Việc riêng của Y tế.")
    guest = Attendee("Nguyễn Văn Khách", "BYT", "dai_bieu", "Phó Vụ trưởng")
    after = meetings.attend(
        desk["cuong"], number, meeting.row.version, [*meeting.attendance, guest]
    )
    meetings.conclude(desk["cuong"], number, "Các bộ hoàn thiện trước 05/12/2026.")
    return meetings.close(desk["cuong"], number, after.row.version)


def test_closing_needs_a_conclusion_and_somebody_present(desk: Desk, meeting: MeetingView) -> None:
    meeting = opened(desk, meeting)
    with pytest.raises(RasoatError, match="RS-549") as refused:
        desk.bench.meetings.close(desk["cuong"], meeting.row.id, meeting.row.version)
    assert "kết luận" in str(refused.value)
    assert "có mặt" in str(refused.value)


def test_a_closed_meeting_does_not_change(desk: Desk, meeting: MeetingView) -> None:
    done = closed(desk, meeting)
    meetings, number, version = desk.bench.meetings, done.row.id, done.row.version
    assert not done.editable
    for refused in (
        lambda: meetings.change(desk["cuong"], number, version, CALLED),
        lambda: meetings.arrange(desk["cuong"], number, version, agenda(done)),
        lambda: meetings.attend(desk["cuong"], number, version, []),
    ):
        with pytest.raises(RasoatError, match="RS-547"):
            refused()
    for refused in (
        lambda: meetings.start(desk["cuong"], number, version),
        lambda: meetings.close(desk["cuong"], number, version),
        lambda: meetings.conclude(desk["cuong"], number, "Khác."),
        lambda: meetings.decide(desk["cuong"], number, agenda(done)[0], "chua", ""),
    ):
        with pytest.raises(RasoatError, match="RS-540"):
            refused()


def test_minutes_hold_everything_the_documents_print(desk: Desk, meeting: MeetingView) -> None:
    done = closed(desk, meeting)
    minutes = desk.bench.meetings.minutes(desk["son"], done.row.id)
    assert (minutes.campaign_code, minutes.number, minutes.closed) == ("thu", 1, True)
    assert minutes.agencies == ("Bộ Xây dựng", "Bộ Y tế")
    assert [one.name for one in minutes.present] == ["Nguyễn Văn Khách"]
    assert len(minutes.absent) == len(meeting.attendance)
    first = minutes.items[0]
    assert (first.agency, first.text) == ("Bộ Xây dựng", "1. Nộp bản sao sổ hộ khẩu.")
    assert (first.handling, first.decision_name) == ("Bãi bỏ một phần", "Thống nhất, có chỉnh lý")
    assert [one.member for one in first.opinions] == ["BTP", "BCA", "VPCP"]
    assert [(one.agency, one.deadline) for one in minutes.charges] == [
        ("Bộ Xây dựng", date(2026, 12, 5))
    ]
    assert minutes.conclusion == "Các bộ hoàn thiện trước 05/12/2026."


def test_a_ministry_sees_its_own_part_and_that_only_once_it_is_closed(
    desk: Desk, meeting: MeetingView, findings: list[int]
) -> None:
    meetings = desk.bench.meetings
    for view in (meetings.get(desk["lan"], meeting.row.id),):
        assert agenda(view) == findings[3:]
        assert (view.attendance, view.conclusion, view.editable) == ((), None, False)
    done = closed(desk, meeting)
    view = meetings.get(desk["ha"], done.row.id)
    assert agenda(view) == [findings[2], findings[0]]
    assert view.agenda[0].decision.text == "Sửa câu chữ."
    assert view.conclusion.text == "Các bộ hoàn thiện trước 05/12/2026."
    assert "Việc riêng của Y tế" not in repr(view)
    assert "Việc riêng của Y tế" not in repr(meetings.minutes(desk["ha"], done.row.id))
    assert (view.row.items, view.row.decided) == (2, 1)


def test_a_ministry_that_is_not_called_knows_nothing_of_the_meeting(
    desk: Desk, findings: list[int]
) -> None:
    view = desk.bench.meetings.add(
        desk["son"], desk.campaign.id, replace(CALLED, agencies=("BXD",))
    )
    assert desk.bench.meetings.list(desk["lan"], desk.campaign.id) == []
    for read in (desk.bench.meetings.get, desk.bench.meetings.minutes):
        with pytest.raises(NotFound, match="RS-601"):
            read(desk["lan"], view.row.id)


@pytest.mark.parametrize("name", ["ha", "minh", "long", "dung", "binh", "giang", "vy"])
def test_only_the_secretariat_writes(desk: Desk, meeting: MeetingView, name: str) -> None:
    meetings, number = desk.bench.meetings, meeting.row.id
    for refused in (
        lambda: meetings.add(desk[name], desk.campaign.id, CALLED),
        lambda: meetings.change(desk[name], number, 1, CALLED),
        lambda: meetings.arrange(desk[name], number, 1, []),
        lambda: meetings.fill(desk[name], number, 1),
        lambda: meetings.attend(desk[name], number, 1, []),
        lambda: meetings.start(desk[name], number, 1),
        lambda: meetings.close(desk[name], number, 1),
        lambda: meetings.decide(desk[name], number, agenda(meeting)[0], "chua", ""),
        lambda: meetings.conclude(desk[name], number, "Kết luận."),
    ):
        with pytest.raises(Forbidden):
            refused()
