"""Lists in a real browser: an annex in, matched, explained and given back; sources; savings.

One journey in steps that follow each other; a broken step stops those after it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

SECRETARIAT, LAWYER = "thuong.truc", "phap.che.bxd"
COLUMNS = ("Phụ lục", "STT", "Tên thủ tục", "Giấy tờ", "CSDL", "Chủ quản", "Văn bản", "Điều khoản")
ROWS = (
    ("I", "1", "Cấp phù hiệu", "Giấy đăng ký xe", "CSDL đăng ký phương tiện", "Bộ Công an",
     "Nghị định số 903/2016/NĐ-CP", "điểm b khoản 1 Điều 4"),
    ("I", "2", "Cấp phù hiệu", "Đơn", "Kho thẻ giả định", "Bộ Công an",
     "Nghị định số 903/2016/NĐ-CP", "điểm a khoản 1 Điều 4"),
    ("I", "3", "Cấp phù hiệu", "Ảnh", "CSDL dân cư", "Bộ Công an",
     "Nghị định số 996/2024/NĐ-CP", "khoản 1 Điều 2"),
)  # fmt: skip
JOB_MS = 90_000

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def desk(new_page: Callable[[], Page], screenshots: Path | None) -> Iterator[Desk]:
    """A window whose page ends without a complaint."""
    window = Desk(new_page(), screenshots)
    yield window
    window.no_complaints()


@pytest.fixture(scope="module")
def annex(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("phu-luc") / "phu-luc-thu.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *ROWS])
    return file


def table(desk: Desk, place: int = -1) -> str:
    """The words of a table of the page, by default the last."""
    tables = desk.page.locator("table.rs-table")
    return tables.nth(tables.count() - 1 if place < 0 else place).inner_text()


def fetched(desk: Desk, key: str) -> bytes:
    """What the browser saves when a download button is pressed."""
    with desk.page.expect_download() as download:
        desk.keyed(key).get_by_role("button").first.click()
    return Path(download.value.path()).read_bytes()


def test_an_annex_is_uploaded_and_matched(desk: Desk, annex: Path) -> None:
    desk.sign_in(SECRETARIAT)
    desk.open("phu-luc")
    desk.hand_in(annex, "tep-phu-luc")
    desk.press("nap-phu-luc")
    again = desk.keyed("nap-tiep")
    again.wait_for(timeout=JOB_MS)
    desk.shows("Đã đối chiếu «phu-luc-thu.csv»: 3 dòng.")
    desk.press("nap-tiep")
    shown = table(desk)
    assert "điểm b khoản 1 Điều 4" in shown
    for state in ("Khớp, chưa có gợi ý", "Chưa có văn bản"):
        assert state in shown
    desk.shoot("phu-luc")


def test_a_match_leads_to_its_suggestion(desk: Desk) -> None:
    desk.sign_in(SECRETARIAT)
    desk.open("phu-luc", trang_thai="khop", phu_luc="I")
    desk.page.locator("table.rs-table").last.get_by_text(re.compile(r"^gợi ý \d+")).first.click()
    desk.settle()
    assert "/ra-soat" in desk.page.url
    desk.shows("903/2016/NĐ-CP")


def test_an_unknown_name_is_explained_and_the_list_matched_again(desk: Desk) -> None:
    desk.sign_in(SECRETARIAT)
    desk.open("phu-luc", muc="ten-goi")
    desk.shows("Kho thẻ giả định")
    desk.write("nhap:ten-goi:said", "Kho thẻ giả định")
    desk.choose("nhap:ten-goi:means-csdl", "CC ·")
    desk.page.keyboard.press("Escape")
    desk.press("luu-ten-goi")
    desk.shows("Mọi tên trong phụ lục đều đã nhận ra.")
    desk.shoot("ten-goi")
    desk.open("phu-luc")
    desk.press("doi-chieu-lai")
    desk.keyed("nap-tiep").wait_for(timeout=JOB_MS)
    desk.press("nap-tiep")
    assert "bằng dữ liệu: CC" in table(desk)


def test_the_list_is_given_back_in_its_own_columns(desk: Desk) -> None:
    desk.sign_in(LAWYER)
    desk.open("phu-luc")
    book = load_workbook(io.BytesIO(fetched(desk, "tai-phu-luc")))
    page = book.worksheets[0]
    head = [cell.value for cell in page[5]]
    assert tuple(head[: len(COLUMNS)]) == COLUMNS
    assert tuple(str(cell.value) for cell in page[6][: len(COLUMNS)]) == ROWS[0]
    state = head.index("Kết quả đối chiếu")
    assert [page.cell(row, state + 1).value for row in (6, 7, 8)] == [
        "Khớp",
        "Khớp, chưa có gợi ý",
        "Chưa có văn bản",
    ]
    rows = list(csv.reader(io.StringIO(fetched(desk, "tai-phu-luc-csv").decode("utf-8-sig"))))
    assert tuple(rows[1][: len(COLUMNS)]) == ROWS[0]


def test_a_ministry_loads_no_annex(desk: Desk) -> None:
    desk.sign_in(LAWYER)
    desk.open("phu-luc")
    assert desk.keyed("nap-phu-luc").count() == 0
    assert desk.keyed("doi-chieu-lai").count() == 0


def test_what_if_lists_the_provisions_it_counts(desk: Desk) -> None:
    desk.sign_in(SECRETARIAT)
    desk.open("nguon-dien-tu", muc="tinh-thu", nguon="VB")
    said = desk.page.locator(".rs-notice").first.inner_text()
    counted = re.search(r"(\d+) quy định chuyển từ M2 sang M3", said)
    assert counted, said
    assert len(table(desk, 0).splitlines()) - 1 == int(counted[1])
    desk.shoot("tinh-thu")


def test_a_figure_is_recorded_and_stays(desk: Desk) -> None:
    desk.sign_in(SECRETARIAT)
    desk.open("nguon-dien-tu", muc="so-lieu", nguon="DD")
    desk.page.locator('[data-testid="stExpander"] summary').first.click()
    desk.settle()
    for field, words in (
        ("name", "Thửa đất đã số hóa"),
        ("value", "12,5"),
        ("unit", "triệu"),
        ("on", "01/10/2026"),
        ("document", "Báo cáo giả định"),
    ):
        desk.write(f"nhap:so-lieu-nguon:DD:{field}", words)
    desk.choose("nhap:so-lieu-nguon:DD:readiness", "D3")
    desk.press("ghi-so-lieu")
    shown = table(desk)
    for words in ("Thửa đất đã số hóa", "12,5 triệu", "D3", "Hoàng Văn Sơn"):
        assert words in shown
    desk.open("nguon-dien-tu")
    desk.shows("từ 01/10/2026")


def test_a_wrong_figure_is_refused_with_its_code(desk: Desk) -> None:
    desk.sign_in(SECRETARIAT)
    desk.open("nguon-dien-tu", muc="so-lieu", nguon="SK")
    desk.page.locator('[data-testid="stExpander"] summary').first.click()
    desk.settle()
    desk.write("nhap:so-lieu-nguon:SK:name", "Sổ đã lập")
    desk.write("nhap:so-lieu-nguon:SK:value", "nhiều")
    desk.press("ghi-so-lieu")
    desk.shows("RS-599")


def test_a_volume_makes_an_estimate(desk: Desk) -> None:
    desk.sign_in(LAWYER)
    desk.open("uoc-tinh", muc="chua-nhap")
    desk.page.locator("table.rs-table a").first.click()
    desk.settle()
    number = desk.finding()
    desk.write(f"nhap:uoc-tinh:{number}:volume", "1.200")
    desk.write(f"nhap:uoc-tinh:{number}:phi-ban-sao", "2.000")
    desk.write(f"nhap:uoc-tinh:{number}:ban-sao", "1")
    desk.press("luu-uoc-tinh")
    desk.shows("2.400.000 đ")
    desk.shoot("uoc-tinh")
    book = load_workbook(io.BytesIO(_estimate(desk)))
    volumes = [row[5].value for row in book["UT-01"].iter_rows(min_row=6)]
    assert 1200 in volumes


def _estimate(desk: Desk) -> bytes:
    desk.open("uoc-tinh")
    return fetched(desk, "tai-uoc-tinh")


def test_a_procedure_shows_its_papers_and_takes_a_decision(desk: Desk) -> None:
    desk.sign_in("phap.che.byt")
    desk.open("thu-tuc")
    desk.page.locator("table.rs-table a").first.click()
    desk.settle()
    assert "E3" in table(desk, 0)  # the health-insurance card of the dossier
    number = re.search(r"thu_tuc=(\d+)", desk.page.url)
    assert number
    desk.write(f"nhap:cong-bo:{number[1]}:decision", "77/QĐ-BYT")
    desk.write(f"nhap:cong-bo:{number[1]}:published", "02/11/2026")
    desk.choose(f"nhap:cong-bo:{number[1]}:uses_data", "Có")
    desk.press("luu-cong-bo")
    expect(desk.page.locator(".rs-evidence.rs-ev-v").first).to_have_text("Đủ")
    desk.shoot("thu-tuc")


def test_a_task_takes_a_new_figure(desk: Desk) -> None:
    desk.sign_in(SECRETARIAT)
    desk.open("nhiem-vu")
    desk.starting("hang-nhiem-vu-").get_by_role("button").first.click()
    desk.settle()
    task = re.search(r"nhiem_vu=(\d+)", desk.page.url)
    assert task
    desk.page.locator('[data-testid="stExpander"] summary').filter(has_text="Ghi số liệu").click()
    desk.settle()
    for field, words in (
        ("name", "Địa phương số hóa"),
        ("value", "34"),
        ("unit", "tỉnh"),
        ("document", "Báo cáo giả định"),
    ):
        desk.write(f"nhap:so-lieu-nhiem-vu:{task[1]}:{field}", words)
    desk.press("ghi-so-lieu-nhiem-vu")
    assert "34 tỉnh" in table(desk)
    desk.shoot("nhiem-vu")
