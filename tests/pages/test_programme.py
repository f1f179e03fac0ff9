"""Thời hạn: each part is drawn, numbers lead to their rows, and a check without findings is calm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from review.records import CampaignView, Person
from review.records.programme import InstrumentFilter, InstrumentInput, ProjectInput, ProjectRow
from review.workbench import Workbench
from tests.pages.conftest import Draw, texts

ERROR = 'class="rs-notice rs-bad"'
DUE = date(2027, 3, 1)
PROJECT = ProjectInput("Thông tư <b>giả định</b> về bến đò", "thong-tu", "BXD", 2026)

PersonOf = Callable[[str], Person]


def campaign(bench: Workbench, person: Person, code: str = "2026") -> CampaignView:
    return next(one for one in bench.campaigns.list(person) if one.code == code)


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("", "phải sửa"),
        ("du-an", "Chưa có dự án nào trong chương trình."),
        ("lich", "Thứ Hai"),
        ("het-han", "Hết hiệu lực sau ngày"),
        ("kiem-lai", "903/2016/NĐ-CP"),
        ("thoi-gian", "Trình Ủy ban Thường vụ Quốc hội"),
    ],
)
def test_each_part_is_drawn(
    draw: Draw, person_of: PersonOf, bench: Workbench, part: str, shown: str
) -> None:
    person = person_of("phap.che.bxd")
    here = campaign(bench, person)
    if part == "kiem-lai":
        amending = next(
            act
            for act in bench.closing.amending_acts(person, here.id)
            if act.number == "914/2023/NĐ-CP"
        )
        bench.jobs.wait(bench.closing.start(person, amending.id).id, 60)
    app = draw(person, "chuong-trinh", muc=part, dot=here.id)
    assert not app.exception
    assert shown in texts(app)
    assert ERROR not in texts(app)


@pytest.fixture(scope="module")
def project(bench: Workbench, person_of: PersonOf) -> ProjectRow:
    """A project with two acts, in the campaign that no other test of pages looks at."""
    person = person_of("phap.che.bxd")
    here = campaign(bench, person, "2023").id
    due = [
        InstrumentInput(f"95{place}/2020/TT-BXD", "Thông tư", "Thông tư", "BXD", DUE)
        for place in range(2)
    ]
    bench.instruments.add(person, here, due)
    row = bench.projects.add(person, here, PROJECT)
    rows = bench.instruments.board(person, InstrumentFilter(here)).rows
    bench.instruments.bundle(person, row.id, [one.id for one in rows])
    return bench.projects.set_step(person, row.id, 1, "soan-thao", date(2026, 12, 1), None)


def test_the_countdown_leads_to_its_rows(
    draw: Draw, person_of: PersonOf, project: ProjectRow
) -> None:
    shown = texts(draw(person_of("lanh.dao"), "chuong-trinh", dot=project.campaign_id))
    assert "Đang xây dựng: 2" in shown
    assert "trang_thai=dang-lam" in shown
    assert f"du_an={project.id}" in shown
    assert "<b>giả định</b>" not in shown


@pytest.mark.parametrize("address", [{"trang_thai": "chua-lam"}, {"rui_ro": "qua-han"}])
def test_a_filter_without_rows_says_so(
    draw: Draw, person_of: PersonOf, project: ProjectRow, address: dict
) -> None:
    app = draw(person_of("lanh.dao"), "chuong-trinh", dot=project.campaign_id, **address)
    assert "Không có dòng nào hợp với bộ lọc." in texts(app)


@pytest.mark.parametrize("username", ["phap.che.bxd", "phap.che.byt", "lanh.dao", "quan.tri"])
def test_a_project_is_drawn_for_everybody_and_changed_by_its_ministry(
    draw: Draw, person_of: PersonOf, project: ProjectRow, username: str
) -> None:
    app = draw(
        person_of(username), "chuong-trinh", dot=project.campaign_id, muc="du-an", du_an=project.id
    )
    assert not app.exception
    assert "01/12/2026" in texts(app)
    assert "950/2020/TT-BXD" in texts(app)
    assert ERROR not in texts(app)
    changing = {button.key for button in app.button} & {"ghi-buoc", "luu-du-an"}
    assert bool(changing) == (username in ("phap.che.bxd", "quan.tri"))


def test_the_board_shows_the_project_at_its_step(
    draw: Draw, person_of: PersonOf, project: ProjectRow
) -> None:
    app = draw(person_of("tct.btp"), "chuong-trinh", dot=project.campaign_id, muc="du-an")
    assert "Soạn thảo: 01/12/2026" in texts(app)
    assert "2 văn bản phải sửa" in texts(app)


def test_the_month_of_the_address_is_shown(
    draw: Draw, person_of: PersonOf, project: ProjectRow
) -> None:
    app = draw(
        person_of("tct.btp"), "chuong-trinh", dot=project.campaign_id, muc="lich", thang="2027-03"
    )
    assert "Tháng 3/2027" in texts(app)
    assert "2 văn bản phải sửa" in texts(app)


def test_a_calendar_address_is_made_and_shown_once(
    draw: Draw, person_of: PersonOf, project: ProjectRow, bench: Workbench
) -> None:
    person = person_of("tct.bca")
    app = draw(person, "chuong-trinh", dot=project.campaign_id, muc="lich")
    app.button("tao-lich").click().run()
    assert "/lich/" in app.code[0].value
    assert bench.feeds.standing(person) is not None
    app.button("huy-lich").click().run()
    assert not app.code
    assert bench.feeds.standing(person) is None


def test_drafts_are_tried_on_the_page(draw: Draw, person_of: PersonOf, bench: Workbench) -> None:
    person = person_of("phap.che.byt")
    app = draw(
        person, "chuong-trinh", dot=campaign(bench, person).id, muc="kiem-lai", phan="du-thao"
    )
    app.text_area[0].set_value("Điều 1. Không sửa văn bản nào").run()
    app.button("thu-du-thao").click().run()
    bench.jobs.wait(bench.jobs.list(person, "kiem_lai")[0].id, 60)
    app = draw(
        person, "chuong-trinh", dot=campaign(bench, person).id, muc="kiem-lai", phan="du-thao"
    )
    assert "RS-588" in texts(app)


def test_an_act_is_given_to_another_project_on_the_page(
    draw: Draw, person_of: PersonOf, bench: Workbench, project: ProjectRow
) -> None:
    person = person_of("phap.che.bxd")
    app = draw(person, "chuong-trinh", dot=project.campaign_id)
    chosen = next(box for box in app.selectbox if box.label == "Dự án")
    chosen.set_value("").run()
    app.button("phan-cong-van-ban").click().run()
    assert bench.projects.get(person, project.id).instruments == 1
    chosen = next(box for box in app.selectbox if box.label == "Dự án")
    chosen.set_value(str(project.id)).run()
    app.button("phan-cong-van-ban").click().run()
    assert bench.projects.get(person, project.id).instruments == 2


def test_who_only_reads_is_offered_no_change_of_the_list(
    draw: Draw, person_of: PersonOf, project: ProjectRow
) -> None:
    app = draw(person_of("lanh.dao"), "chuong-trinh", dot=project.campaign_id)
    keys = {button.key for button in app.button}
    assert not keys & {"phan-cong-van-ban", "them-van-ban-sua", "lap-danh-sach", "ghi-qua-han"}


def test_an_act_is_added_by_hand(
    draw: Draw, person_of: PersonOf, bench: Workbench, project: ProjectRow
) -> None:
    person = person_of("phap.che.byt")
    app = draw(person, "chuong-trinh", dot=project.campaign_id)
    name = next(box for box in app.text_input if box.label.startswith("Thêm từng văn bản"))
    name.set_value("959/2020/TT-BYT").run()
    app.button("them-van-ban-sua").click().run()
    rows = bench.instruments.board(person, InstrumentFilter(project.campaign_id)).rows
    added = next(row for row in rows if row.input.number == "959/2020/TT-BYT")
    assert (added.input.agency, added.input.due) == ("BYT", date(2023, 7, 16))
