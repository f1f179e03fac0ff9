"""Ministries end and merge: their acts go on under the successor, and nothing is stranded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from review.errors import Forbidden
from review.records import ActFilter, FindingFilter, Membership, SuccessionRow
from review.store import tables as t
from review.workbench import Workbench
from tests.review.conftest import NOW, PASSWORD, Desk, document

IN_2023 = datetime(2023, 6, 20, 3, 0, tzinfo=UTC)
TELECOM, PRESS, TRANSPORT = "907/2018/TT-BTTTT", "917/2019/TT-BTTTT", "918/2018/TT-BGTVT"


@pytest.fixture
def merged(desk: Desk) -> Desk:
    """Acts of 2023 with a decision on one of them; the clock then stands in 2026."""
    people = desk.bench.people
    desk.clock.now = IN_2023
    held = {
        "tu": Membership("phap_che_bo", "BTTTT"),
        "khanh": Membership("phap_che_bo", "BKHCN"),
        "van": Membership("phap_che_bo", "BVHTTDL"),
    }
    operator = people.operator()
    known = {person.username: person for person in people.list_people(operator)}
    for name, membership in held.items():
        # Tests on PostgreSQL share people: they are furnished once.
        desk.people[name] = known.get(f"{name}.thu") or people.create(
            operator, f"{name}.thu", name.title(), PASSWORD, (membership,)
        )
    desk.load(
        document(TELECOM, "1. Nộp sổ hộ khẩu.", title="Quy định về dịch vụ chuyển thư giả định"),
        document(PRESS, "1. Nộp sổ tạm trú.", title="Quy định cấp thẻ trong hoạt động xuất bản"),
        document(TRANSPORT, "1. Nộp sổ hộ khẩu."),
        by="son",
    )
    row = desk.findings("tu")[0]
    desk.bench.findings.confirm(desk["tu"], row.id, row.version, "Quyết định của năm 2023.")
    act = acts(desk, "tu")[TELECOM]
    desk.bench.assignments.assign(desk["tu"], [act.id], desk["tu"].id)
    desk.clock.now = NOW
    return desk


def acts(desk: Desk, name: str) -> dict:
    found = desk.bench.library.acts(desk[name], ActFilter(desk.campaign.id)).items
    return {row.number: row for row in found}


def test_acts_loaded_in_2023_belong_to_the_ministries_of_2023(merged: Desk) -> None:
    assert {number: row.agency for number, row in acts(merged, "son").items()} == {
        TELECOM: "BTTTT",
        PRESS: "BTTTT",
        TRANSPORT: "BGTVT",
    }
    assert acts(merged, "khanh") == {}


def test_what_waits_is_told_before_it_is_moved(merged: Desk) -> None:
    told = merged.bench.successions.waiting(merged["son"])
    assert [(row.agency, row.successor, row.acts) for row in told] == [
        ("BGTVT", "BXD", 1),
        ("BTTTT", "BKHCN", 1),
        ("BTTTT", "BVHTTDL", 1),
    ]
    assert isinstance(told[0], SuccessionRow)
    assert told[1].successor_name == "Bộ Khoa học và Công nghệ"
    with pytest.raises(Forbidden, match="RS-410"):
        merged.bench.successions.follow(merged["khanh"])


def test_work_goes_on_under_the_successor_and_keeps_name_and_decisions(merged: Desk) -> None:
    before = merged.bench.successions.waiting(merged["vy"])
    assert merged.bench.successions.follow(merged["vy"]) == before
    assert merged.bench.successions.follow(merged["vy"]) == []
    row = acts(merged, "khanh")[TELECOM]
    assert (row.agency, row.number) == ("BKHCN", TELECOM)
    with merged.store.read() as db:
        assert db.scalar(select(t.acts.c.issuer_code).where(t.acts.c.id == row.id)) == "BTTTT"
    finding = merged.findings("khanh", states=("xac_nhan",))[0]
    history = merged.bench.findings.get(merged["khanh"], finding.id).history
    assert [(one.person, one.note) for one in history] == [("Tu", "Quyết định của năm 2023.")]
    moved = merged.bench.findings.reopen(merged["khanh"], finding.id, finding.version)
    assert moved.row.state == "goi_y"


def test_the_press_goes_to_the_ministry_of_culture_by_its_field(merged: Desk) -> None:
    merged.bench.successions.follow(merged["vy"])
    assert set(acts(merged, "van")) == {PRESS}
    assert set(acts(merged, "khanh")) == {TELECOM}


def test_who_held_the_work_under_the_old_name_is_listed_and_relieved(merged: Desk) -> None:
    merged.bench.successions.follow(merged["vy"])
    stranded = merged.bench.handovers.stranded(merged["khanh"])
    assert [(row.person, row.agency, row.acts) for row in stranded] == [("Tu", "BKHCN", 1)]
    merged.bench.handovers.take_over(
        merged["khanh"], merged["tu"].id, "BKHCN", merged["khanh"].id, "Sáp nhập bộ."
    )
    assert merged.bench.handovers.stranded(merged["khanh"]) == []
    act = acts(merged, "khanh")[TELECOM]
    names = [row.person for row in merged.bench.assignments.history(merged["khanh"], act.id)]
    assert names == ["Khanh", "Tu"]


def test_opening_the_store_on_a_later_day_follows_by_itself(merged: Desk) -> None:
    opened = Workbench.open(merged.settings)
    try:
        assert opened.successions.waiting(opened.people.operator()) == []
        wanted = FindingFilter(campaign_id=merged.campaign.id, agency="BXD")
        found = opened.findings.queue(merged["minh"], wanted).items
        assert [row.number for row in found] == [TRANSPORT]
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("Quy định về hoạt động báo chí giả định", "BVHTTDL"),
        ("Thông tư quy định chi tiết về xuất bản phẩm giả định", "BVHTTDL"),
        ("Quy định trình tự đề xuất ban hành quy chuẩn giả định", "BKHCN"),
        ("Quy định về an toàn thông tin mạng giả định", "BCA"),
        ("Quy định về tần số giả định", "BKHCN"),
    ],
)
def test_the_field_in_the_title_routes_an_act_loaded_today(
    desk: Desk, title: str, agency: str
) -> None:
    line = desk.load(document(TELECOM, "1. Nộp sổ hộ khẩu.", title=title), by="son").lines[0]
    assert line.agency == agency
    told = [notice.code for notice in line.notices if notice.code == "RS-617"]
    assert told == ([] if agency == "BKHCN" else ["RS-617"])
