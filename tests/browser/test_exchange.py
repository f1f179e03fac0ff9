"""A table goes out as a job, comes back filled in while a colleague wrote too; an own list comes in.

What stands in the store is set up through the services; everything a ministry does with files is
done in the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlalchemy import select

from exports.excel.grid import HEAD_ROW
from review.records import FindingFilter, PageRequest, Person, ProposalInput
from review.settings import Settings
from review.store import tables as t
from review.workbench import Workbench
from tests.browser.desk import Desk
from tests.browser.server import RunningServer
from tests.browser.test_journey import JOB_SECONDS

MINISTRY, CODE = "phap.che.bxd", "BXD"
MINE, THEIRS = "Câu chữ của tôi, điền trong Excel.", "Câu chữ đồng nghiệp lưu sau khi xuất bảng."
REASON = "Dữ liệu đã có, điền trong Excel."

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def bench(server: RunningServer) -> Iterator[Workbench]:
    """The same store as the server's, for setting up and for looking at what came in."""
    opened = Workbench.open(Settings(mode="demo", data_dir=server.data_dir))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def person(bench: Workbench) -> Person:
    account = next(a for a in bench.people.demo_accounts() if a.username == MINISTRY)
    return bench.people.sign_in(account.username, account.password).person


@pytest.fixture(scope="module")
def proposed(bench: Workbench, person: Person) -> tuple[int, int]:
    """Two findings of the ministry in the campaign of the samples, with a proposal each."""
    campaign = bench.campaigns.list(person)[0].id
    wanted = FindingFilter(campaign_id=campaign, agency=CODE, states=("goi_y",))
    rows = bench.findings.queue(person, wanted, PageRequest(1, 50)).items[:2]
    for row in rows:
        bench.findings.confirm(person, row.id, row.version)
        save(bench, person, row.id, "Câu chữ khi xuất bảng.")
    first, second = (row.id for row in rows)
    return first, second


@pytest.fixture
def desk(new_page: Callable[[], Page], screenshots: Path | None) -> Iterator[Desk]:
    window = Desk(new_page(), screenshots)
    yield window
    window.no_complaints()


def save(bench: Workbench, person: Person, finding: int, text: str) -> None:
    seen = bench.proposals.get(person, finding)
    entered = ProposalInput("SĐ", new_text=text, reason="Theo Luật Cư trú.")
    bench.proposals.save(person, finding, seen.version, entered)


def exported(desk: Desk, document: str) -> bytes:
    """Build a document as a job on the page, and download it."""
    desk.open("xuat-bao-cao", tai_lieu=document, co_quan=CODE)
    desk.press("lap-tai-lieu")
    button = desk.keyed("tai-tai-lieu").get_by_role("button").first
    button.wait_for(timeout=JOB_SECONDS * 1000)
    desk.settle()
    with desk.page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def filled(table: bytes, cells: dict[int, dict[str, str]]) -> bytes:
    """Return the table as a ministry sends it back: by finding, new words under a heading."""
    book = load_workbook(BytesIO(table))
    page = book["BM-03"]
    places = {str(cell.value): cell.column for cell in page[HEAD_ROW] if cell.value}
    for row in page.iter_rows(min_row=HEAD_ROW + 1):
        number = page.cell(row[0].row, places["Mã phát hiện"]).value
        for heading, words in cells.get(number, {}).items():
            page.cell(row[0].row, places[heading]).value = words
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def send(desk: Desk, heading: str, uploader: str, name: str, content: bytes) -> None:
    """Unfold a part of the page and give it a file."""
    desk.page.get_by_text(heading, exact=True).click()
    desk.settle()
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    field = desk.starting(uploader).locator('input[type="file"]')
    field.set_input_files({"name": name, "mimeType": mime, "buffer": content})
    desk.settle()


def test_a_filled_table_comes_back_cell_by_cell_and_a_conflict_is_shown(
    desk: Desk, bench: Workbench, person: Person, proposed: tuple[int, int]
) -> None:
    clean, contested = proposed
    desk.sign_in(MINISTRY)
    table = exported(desk, "bang-bo")
    save(bench, person, contested, THEIRS)
    back = filled(table, {clean: {"Lý do": REASON}, contested: {"Nội dung sửa đổi cụ thể": MINE}})
    desk.open("xuat-bao-cao")
    send(desk, "Nhập lại bảng đã điền (BM-03)", "tep-nhap-lai", "bang-da-dien.xlsx", back)
    desk.shows("1 ô thay đổi, 1 ô vướng bản người khác đã lưu")
    desk.shows("Vướng với bản đã lưu sau khi xuất bảng")
    desk.keyed("ghi-nhap-lai").scroll_into_view_if_needed()
    desk.shoot("nhap-lai")
    assert bench.proposals.get(person, clean).input.reason != REASON  # looking writes nothing
    desk.press("ghi-nhap-lai")
    desk.shows("Đã ghi 1 ô của 1 phát hiện")
    desk.shoot("nhap-lai-xong")
    assert bench.proposals.get(person, clean).input.reason == REASON
    assert bench.proposals.get(person, contested).input.new_text == THEIRS
    with bench.store.read() as db:
        changes = db.execute(
            select(t.exchange_changes).where(t.exchange_changes.c.finding_id.in_(proposed))
        ).all()
        events = db.scalars(
            select(t.audit_events.c.row_id).where(t.audit_events.c.table_name == "exchange_changes")
        ).all()
    assert [(one.finding_id, one.field, one.new) for one in changes] == [(clean, "reason", REASON)]
    assert str(changes[0].id) in {str(row) for row in events}


def test_a_conflict_is_overwritten_only_when_somebody_ticks_it(
    desk: Desk, bench: Workbench, person: Person, proposed: tuple[int, int]
) -> None:
    _, contested = proposed
    desk.sign_in(MINISTRY)
    table = exported(desk, "bang-bo")
    before = bench.proposals.get(person, contested)
    save(bench, person, contested, f"{THEIRS} Lần hai.")
    back = filled(table, {contested: {"Nội dung sửa đổi cụ thể": MINE}})
    desk.open("xuat-bao-cao")
    send(desk, "Nhập lại bảng đã điền (BM-03)", "tep-nhap-lai", "bang-hai.xlsx", back)
    button = desk.keyed("ghi-nhap-lai").get_by_role("button")
    expect(button).to_be_disabled()
    grid = desk.starting("chon-vuong").locator(".dvn-scroller").first
    grid.click(position={"x": 30, "y": 52})  # the box in the first row
    desk.settle()
    expect(button).to_be_enabled()
    desk.shoot("nhap-lai-vuong")
    desk.press("ghi-nhap-lai")
    desk.shows("Đã ghi 1 ô của 1 phát hiện")
    after = bench.proposals.get(person, contested)
    assert after.input.new_text == MINE
    assert after.version == before.version + 2
    texts = [view.input.new_text for view in bench.proposals.history(person, contested)]
    assert f"{THEIRS} Lần hai." in texts  # superseded, not lost


def test_a_list_of_the_ministrys_own_becomes_findings(
    desk: Desk, bench: Workbench, person: Person
) -> None:
    campaign = bench.campaigns.list(person)[0].id
    with bench.store.read() as db:
        unit = db.execute(
            select(t.acts.c.number, t.provisions.c.id, t.provisions.c.label)
            .join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
            .outerjoin(t.findings, t.findings.c.provision_id == t.provisions.c.id)
            .where(
                t.acts.c.campaign_id == campaign,
                t.acts.c.agency == CODE,
                t.provisions.c.level == "khoan",
                t.provisions.c.path.like("dieu-%"),
                ~t.provisions.c.quoted,
                t.findings.c.id.is_(None),
            )
            .limit(1)
        ).one()
    book = Book()
    book.active.append(["TT", "Số hiệu văn bản", "Vị trí", "Ghi chú của vụ"])
    book.active.append([1, f"Văn bản số {unit.number}", unit.label, "Bộ tự rà thấy"])
    book.active.append([2, "999/2099/TT-XYZ", "Điều 1", ""])
    stream = BytesIO()
    book.save(stream)
    desk.sign_in(MINISTRY)
    desk.open("xuat-bao-cao")
    send(desk, "Nhập danh sách của bộ", "tep-danh-sach", "danh-sach.xlsx", stream.getvalue())
    desk.shows("2 dòng: 1 dòng tìm thấy quy định")
    desk.shows("không có văn bản này trong đợt")
    desk.starting("nhom-danh-sach").scroll_into_view_if_needed()
    desk.choose_starting("nhom-danh-sach", "A1")
    desk.shoot("danh-sach-cua-bo")
    desk.press("ghi-danh-sach")
    desk.shows("Đã ghi 1 phát hiện do người bổ sung")
    with bench.store.read() as db:
        added = db.execute(select(t.findings).where(t.findings.c.provision_id == unit.id)).one()
    assert (added.origin, added.category, added.state) == ("nguoi", "A1", "xac_nhan")
