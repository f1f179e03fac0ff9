"""From agreed proposals to an issued act: one provision is closed, the other comes back.

The agreed proposals are written through the services, as ``test_journey`` makes them by hand;
everything after that is pressed, typed and read in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from corpus.reading import read_bytes
from review.records import FindingFilter, OpinionInput, PageRequest, ProposalInput
from review.settings import Settings
from review.workbench import Workbench
from tests.browser.desk import Desk
from tests.browser.server import RunningServer

LAWYER, OTHER = "phap.che.bxd", "phap.che.byt"  # demo accounts
MEMBERS = ("tct.btp", "tct.bca", "tct.vpcp")
BOOK, SHOWN = "điểm b khoản 1 Điều 2", "khoản 2 Điều 2"
PROJECT = "Thông tư sửa quy định về phao bến giả định"
JOB_SECONDS = 90

CIRCULAR = """VĂN BẢN GIẢ ĐỊNH – DÙNG ĐỂ MINH HỌA
BỘ XÂY DỰNG
Số: 970/2021/TT-BXD
Hà Nội, ngày 05 tháng 5 năm 2021

THÔNG TƯ
Quy định việc đăng ký phao bến trên kênh nhỏ

Điều 1. Phạm vi điều chỉnh
Thông tư này quy định hồ sơ đăng ký phao bến trên kênh nhỏ.
Điều 2. Hồ sơ đăng ký
1. Hồ sơ gồm:
a) Đơn đề nghị đăng ký;
b) Bản sao sổ hộ khẩu của chủ phao;
c) Sơ đồ vị trí phao.
2. Khi nhận giấy đăng ký, chủ phao phải xuất trình sổ hộ khẩu.
Điều 3. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2021.
"""
DRAFT = """BỘ XÂY DỰNG
Số:     /2026/TT-BXD

THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 970/2021/TT-BXD

Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 970/2021/TT-BXD
1. Bãi bỏ điểm b khoản 1 Điều 2.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành từ ngày 16 tháng 11 năm 2026.
"""
ISSUED = DRAFT.replace(
    "Số:     /2026/TT-BXD\n", "Số: 971/2026/TT-BXD\nHà Nội, ngày 02 tháng 11 năm 2026\n"
).replace(
    "1. Bãi bỏ điểm b khoản 1 Điều 2.\n",
    "1. Bãi bỏ điểm b khoản 1 Điều 2.\n"
    "2. Sửa đổi khoản 2 Điều 2 như sau:\n"
    "“2. Khi nhận giấy đăng ký, chủ phao phải nộp bản sao sổ hộ khẩu.”.\n",
)

pytestmark = pytest.mark.xdist_group("browser")


@dataclass
class Agreed:
    """The campaign, and the agreed findings by label."""

    campaign: int
    findings: dict[str, int]
    project: int = 0


@pytest.fixture(scope="module")
def agreed(server: RunningServer) -> Agreed:
    """Two provisions of the circular whose proposals the task force has agreed to."""
    bench = Workbench.open(Settings(mode="demo", data_dir=server.data_dir))
    try:
        operator = bench.people.operator()
        people = {one.username: one for one in bench.people.list_people(operator)}
        lawyer = people[LAWYER]
        campaign = next(one.id for one in bench.campaigns.list(lawyer) if one.code == "2026")
        results = read_bytes("phao-ben.txt", CIRCULAR.encode())
        act = bench.library.load(lawyer, results, campaign).lines[0].act_id
        wanted = FindingFilter(campaign_id=campaign, act_id=act)
        rows = bench.findings.queue(lawyer, wanted, PageRequest()).items
        entered = ProposalInput("SĐ", "Bỏ giấy tờ.", "Dữ liệu đã có.", "Thông tư", "BXD")
        for row in rows:
            bench.findings.confirm(lawyer, row.id, row.version)
            saved = bench.proposals.save(lawyer, row.id, 0, entered)
            bench.proposals.submit(lawyer, row.id, saved.version)
            for member in MEMBERS:
                bench.opinions.give(people[member], row.id, OpinionInput("thong_nhat"))
        return Agreed(campaign, {row.label: row.id for row in rows})
    finally:
        bench.close()


@pytest.fixture
def desk(new_page: Callable[[], Page], screenshots: Path | None) -> Iterator[Desk]:
    """A window of the ministry's lawyer; its page ends without a complaint."""
    window = Desk(new_page(), screenshots)
    window.sign_in(LAWYER)
    yield window
    window.no_complaints()


def part(desk: Desk, agreed: Agreed, name: str, **more: object) -> None:
    desk.open("chuong-trinh", dot=agreed.campaign, muc=name, **more)


def test_the_lawyer_adds_a_project(desk: Desk, agreed: Agreed) -> None:
    part(desk, agreed, "du-an")
    desk.page.locator('[data-testid="stExpander"] summary').filter(has_text="Thêm dự án").click()
    desk.write(f"nhap:du-an-moi:{agreed.campaign}:title", PROJECT)
    desk.press("them-du-an")
    desk.shows(PROJECT)
    found = re.search(r"du_an=(\d+)", desk.page.url)
    assert found is not None
    agreed.project = int(found[1])


def test_the_agreed_provisions_go_into_the_project(desk: Desk, agreed: Agreed) -> None:
    part(desk, agreed, "du-an", du_an=agreed.project)
    for label in (BOOK, SHOWN):
        desk.choose(f"nhap:dua-vao:{agreed.project}:findings", f"970/2021/TT-BXD – {label}")
        desk.page.keyboard.press("Escape")  # the open list hides what stands beside it
    desk.press("dua-vao")
    desk.shows("Quy định dự án này xử lý (2)")
    assert (
        desk.page.get_by_text("Đưa vào chương trình").count()
        or desk.page.get_by_text("Đã đưa vào chương trình").count()
    )


def test_steps_are_dated_until_the_act_is_issued(desk: Desk, agreed: Agreed) -> None:
    part(desk, agreed, "du-an", du_an=agreed.project)
    form = f"nhap:buoc-du-an:{agreed.project}"
    for step, done in (("Soạn thảo", "01/9/2026"), ("Ban hành", "02/11/2026")):
        code = {"Soạn thảo": "soan-thao", "Ban hành": "ban-hanh"}[step]
        desk.choose(f"{form}:step", step)
        desk.write(f"{form}:done-{code}", done)
        desk.press("ghi-buoc")
    expect(desk.page.get_by_text("02/11/2026").first).to_be_visible()
    desk.shoot("chuong-trinh-du-an")


def test_a_day_that_is_none_is_refused_with_its_code(desk: Desk, agreed: Agreed) -> None:
    part(desk, agreed, "du-an", du_an=agreed.project)
    form = f"nhap:buoc-du-an:{agreed.project}"
    desk.write(f"{form}:planned-hieu-luc", "32/13/2026")
    desk.press("ghi-buoc")
    desk.shows("RS-591")
    desk.write(f"{form}:planned-hieu-luc", "16/11/2026")
    desk.press("ghi-buoc")


def test_a_draft_is_tried_before_issue(desk: Desk, agreed: Agreed) -> None:
    part(desk, agreed, "kiem-lai", phan="du-thao")
    desk.write(f"nhap:thu-du-thao:{agreed.campaign}:text", DRAFT)
    desk.press("thu-du-thao")
    expect(desk.page.get_by_text("Không còn yêu cầu").first).to_be_visible(
        timeout=1000 * JOB_SECONDS
    )
    desk.shows("Văn bản sửa đổi không động đến")
    desk.shoot("chuong-trinh-thu-du-thao")


def test_the_issued_act_closes_one_provision_and_sends_the_other_back(
    desk: Desk, agreed: Agreed, tmp_path: Path
) -> None:
    desk.open("kho-van-ban", dot=agreed.campaign)
    file = tmp_path / "thong-tu-sua-phao-ben.txt"
    file.write_text(ISSUED, encoding="utf-8")
    desk.hand_in(file)
    desk.press("nap")
    expect(desk.page.get_by_text("971/2026/TT-BXD").first).to_be_visible(timeout=1000 * JOB_SECONDS)
    part(desk, agreed, "kiem-lai")
    desk.choose("chon-van_ban", "971/2026/TT-BXD")
    desk.press("kiem-lai")
    expect(desk.page.get_by_text("Đã áp dụng 2 trên 2 thao tác").first).to_be_visible(
        timeout=1000 * JOB_SECONDS
    )
    desk.shoot("chuong-trinh-kiem-lai")
    desk.press(f"ghi-kiem-lai-{_target(desk)}")
    desk.shows("Kết quả đã ghi (2 quy định)")
    table = desk.page.locator("table.rs-versions").last
    book = table.locator("tr").filter(has_text=BOOK)
    expect(book).to_contain_text("Bản sao sổ hộ khẩu của chủ phao")
    expect(book).to_contain_text("(đã bãi bỏ)")
    shown = table.locator("tr").filter(has_text="khoản 2 Điều 2")
    expect(shown).to_contain_text("xuất trình sổ hộ khẩu")
    expect(shown).to_contain_text("nộp bản sao sổ hộ khẩu")
    expect(shown).to_contain_text("Còn đòi: «")
    desk.shoot("chuong-trinh-da-ghi")


def _target(desk: Desk) -> int:
    found = desk.starting("ghi-kiem-lai-").first.get_attribute("class") or ""
    number = re.search(r"ghi-kiem-lai-(\d+)", found)
    assert number is not None
    return int(number[1])


@pytest.mark.parametrize(
    ("label", "state", "note"),
    [(BOOK, "Đã xử lý xong", ""), (SHOWN, "Đã xác nhận", "Vẫn còn yêu cầu: 971/2026/TT-BXD")],
)
def test_the_project_shows_what_became_of_its_provisions(
    desk: Desk, agreed: Agreed, label: str, state: str, note: str
) -> None:
    part(desk, agreed, "du-an", du_an=agreed.project)
    row = desk.page.locator("tr").filter(has_text=f"970/2021/TT-BXD – {label}")
    expect(row).to_contain_text(state)
    desk.open(
        "ra-soat",
        dot=agreed.campaign,
        phat_hien=agreed.findings[label],
        trang_thai="tat-ca",
    )
    if note:
        expect(desk.page.get_by_text(note).first).to_be_attached()


def test_the_numbers_of_the_countdown_lead_to_their_rows(desk: Desk, agreed: Agreed) -> None:
    desk.open("chuong-trinh", dot=agreed.campaign)
    chip = desk.page.locator(".rs-counts a").filter(has_text="Đang xây dựng").first
    count = int(re.findall(r"\d+", chip.inner_text())[0])
    chip.click()
    desk.settle()
    assert "trang_thai=dang-lam" in desk.page.url
    desk.shows(f"{count} văn bản phải sửa")
    desk.shoot("chuong-trinh-dem-nguoc")


def test_what_lapses_lists_exactly_its_provisions(desk: Desk, agreed: Agreed) -> None:
    part(desk, agreed, "het-han")
    row = desk.page.locator("table.rs-table tr").filter(has_text="Bộ Y tế").first
    assert row.count() == 0  # another ministry's provisions
    own = desk.page.locator("table.rs-table tr").filter(has_text="Bộ Xây dựng").first
    count = own.locator("td").last.inner_text()
    own.get_by_role("link").first.click()
    desk.settle()
    desk.shows(f"Quy định phải áp dụng lại ({count})")
    desk.shoot("chuong-trinh-het-han")


def test_the_calendar_address_works_outside_until_it_is_withdrawn(
    desk: Desk, agreed: Agreed, new_page: Callable[[], Page]
) -> None:
    part(desk, agreed, "lich", thang="2026-11")
    desk.shows(PROJECT)
    desk.shoot("chuong-trinh-lich")
    desk.press("tao-lich")
    address = desk.page.locator('[data-testid="stCode"] code').inner_text().strip()
    outside = new_page().request  # no session there
    answer = outside.get(address)
    assert answer.status == 200
    names = [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.body()).walk("VEVENT")]
    assert f"Ban hành: {PROJECT}" in names
    desk.press("huy-lich")
    assert outside.get(address).status == 404


def test_another_ministry_reads_the_project_but_not_its_provisions(
    new_page: Callable[[], Page], agreed: Agreed
) -> None:
    other = Desk(new_page())
    other.sign_in(OTHER)
    part(other, agreed, "du-an", du_an=agreed.project)
    other.shows(PROJECT)
    assert other.page.get_by_text("970/2021/TT-BXD").count() == 0
    assert other.starting("ghi-buoc").count() == 0
    other.no_complaints()
