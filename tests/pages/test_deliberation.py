"""Opinions compared and resolved, answered by the ministry, and a meeting, as people see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from review.records import (
    ConclusionInput,
    FindingFilter,
    MeetingInput,
    OpinionInput,
    Person,
    ProposalInput,
)
from review.workbench import Workbench
from tests.pages.conftest import Draw, texts

Of = Callable[[str], Person]


@pytest.fixture(scope="module")
def divided(bench: Workbench, person_of: Of) -> int:
    """A finding of Bộ Y tế on which the members disagree."""
    lan = person_of("phap.che.byt")
    row = bench.findings.queue(lan, FindingFilter(states=("goi_y",))).items[-2]
    bench.findings.confirm(lan, row.id, row.version)
    right = bench.proposals.get(lan, row.id).input.instrument
    entered = ProposalInput("BB", reason="Dữ liệu đã có.", instrument=right, lead_agency="BYT")
    bench.proposals.save(lan, row.id, 0, entered)
    bench.proposals.submit(lan, row.id, 1)
    for name, verdict in (
        ("tct.btp", "thong_nhat"),
        ("tct.bca", "khong"),
        ("tct.vpcp", "mot_phan"),
    ):
        opinion = OpinionInput(verdict, reason=f"Lý do của {name}")
        bench.opinions.give(person_of(name), row.id, opinion)
    return row.id


def test_the_resolver_writes_from_what_the_members_said(
    draw: Draw, bench: Workbench, person_of: Of, divided: int
) -> None:
    son = person_of("thuong.truc")
    app = draw(son, "y-kien", phat_hien=divided, muc="tat-ca")
    assert not app.exception
    reason = app.text_area(key=f"nhap:ket-luan:{divided}:1:reason").value
    assert "BCA: Lý do của tct.bca" in reason
    next(item for item in app.button if item.key == "ghi-ket-luan").click().run()
    written = bench.conclusions.rounds(son, divided)[0].conclusions[0]
    assert len(written.opinions) == 3


def test_the_queue_counts_experts_and_does_not_name_them_by_code(
    draw: Draw, bench: Workbench, person_of: Of, divided: int
) -> None:
    remark = OpinionInput("thong_nhat")
    bench.opinions.give(person_of("chuyen.gia"), divided, remark)
    app = draw(person_of("thuong.truc"), "y-kien", phat_hien=divided)
    row = next(item.label for item in app.button if item.key == f"hang-chon-{divided}")
    assert "cả ba, 1 chuyên gia" in row


@pytest.mark.parametrize("view", ["bang", "muc"])
def test_matrix_and_figures_are_drawn(draw: Draw, person_of: Of, divided: int, view: str) -> None:
    app = draw(person_of("thuong.truc"), "y-kien", so_sanh=view)
    assert not app.exception
    words = "Không thống nhất" if view == "bang" else "Gwet AC1"
    assert words in texts(app)


def test_the_ministry_reads_the_conclusion_and_answers(
    draw: Draw, bench: Workbench, person_of: Of, divided: int
) -> None:
    son, lan = person_of("thuong.truc"), person_of("phap.che.byt")
    seen = bench.conclusions.rounds(son, divided)[0].conclusions
    entered = ConclusionInput("conclude", "mot_phan", reason="Cần chuyển tiếp.")
    bench.conclusions.compose(son, divided, entered, seen[0].id if seen else None)
    version = bench.findings.get(son, divided).row.version
    bench.opinions.send_back(son, divided, version, "Đề nghị giải trình.")
    app = draw(lan, "de-xuat", phat_hien=divided, trang_thai="tat-ca")
    assert not app.exception
    assert "Cần chuyển tiếp." in texts(app)
    app.text_area(key=f"nhap:giai-trinh:{divided}:text").set_value("1. Câu mới.").run()
    next(item for item in app.button if item.key == "gui-giai-trinh").click().run()
    assert bench.thread.read(lan, divided)[-1].text == "1. Câu mới."


def test_a_meeting_is_held(draw: Draw, bench: Workbench, person_of: Of, divided: int) -> None:
    son = person_of("thuong.truc")
    campaign = bench.campaigns.list(son)[0].id
    entered = MeetingInput("Họp thử", date(2026, 11, 25), agencies=("BYT", "BXD"))
    view = bench.meetings.add(son, campaign, entered)
    app = draw(son, "cuoc-hop", hop=view.row.id, dot=campaign)
    assert not app.exception
    next(item for item in app.button if item.key == "hop-start").click().run()
    assert bench.meetings.get(son, view.row.id).row.state == "dang_hop"
    assert "hop-ghi-chung" in {item.key for item in app.button}
