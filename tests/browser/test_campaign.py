"""A whole campaign with six people at six windows, all signed in at once: from a file to minutes.

The reviewer loads and triages, the legal department signs and sends the report, BTP, BCA and VPCP
speak without seeing each other, the secretariat holds the meeting, concludes and sends back, the
ministry answers, and they agree. Steps follow each other; a broken one stops those after it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser import acts
from tests.browser.conftest import VIEWPORT
from tests.browser.desk import Desk
from tests.browser.server import RunningServer

REVIEWER, LEAD, SECRETARIAT = "ra.soat.bxd", "phap.che.bxd", "thuong.truc"
BTP, BCA, VPCP = "tct.btp", "tct.bca", "tct.vpcp"
CODE, ISSUER = "BXD", "Bộ Xây dựng"
NUMBER = acts.NUMBER.format(code=CODE)
NEW_TEXT = "b) Số định danh cá nhân của người giữ phao tiêu;"
TAKEN_UP = "b) Số định danh cá nhân; cơ quan tiếp nhận tự tra cứu nơi cư trú;"
REASON = "Nơi cư trú có trong dữ liệu dân cư."
OBJECTION = "Chưa nói ai tra cứu khi mất kết nối."
IN_PART = "Cần câu chữ cho trường hợp không tra cứu được."
CONCLUDED = "Tổ công tác đề nghị nêu rõ cơ quan tra cứu."
MEETING = "Bộ Xây dựng chỉnh câu chữ trong 5 ngày."
JOB_SECONDS = 240
STEP_SECONDS = 60

pytestmark = pytest.mark.xdist_group("browser")


class Office:
    """Everybody's windows; they stay open, so all are signed in at the same time."""

    def __init__(self, browser: Browser, server: RunningServer, shots: Path | None) -> None:
        self._browser, self._server, self._shots = browser, server, shots
        self._contexts: list[BrowserContext] = []
        self._desks: dict[str, Desk] = {}
        self.finding = 0

    def __getitem__(self, username: str) -> Desk:
        if username not in self._desks:
            context = self._browser.new_context(
                viewport=VIEWPORT, base_url=self._server.url, locale="vi-VN", accept_downloads=True
            )
            self._contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(60_000)
            desk = Desk(page, self._shots)
            desk.sign_in(username)
            self._desks[username] = desk
        return self._desks[username]

    def __len__(self) -> int:
        return len(self._desks)

    def value(self, query: str, *values: object) -> object:
        with closing(sqlite3.connect(self._server.data_dir / "rasoat.db")) as db:
            row = db.execute(query, values).fetchone()
        assert row is not None, query
        return row[0]

    def becomes(self, wanted: object, query: str, *values: object) -> None:
        """Wait until the store says so: a click on a busy machine takes its time."""
        until = time.monotonic() + STEP_SECONDS
        while (found := self.value(query, *values)) != wanted and time.monotonic() < until:
            time.sleep(0.2)
        assert found == wanted

    def comes_to(self, state: str) -> None:
        self.becomes(state, "SELECT state FROM findings WHERE id = ?", self.finding)

    def close(self) -> None:
        for desk in self._desks.values():
            desk.no_complaints()
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="module")
def office(browser: Browser, server: RunningServer, screenshots: Path | None) -> Iterator[Office]:
    opened = Office(browser, server, screenshots)
    yield opened
    opened.close()


def test_the_reviewer_loads_the_act(office: Office, tmp_path: Path) -> None:
    office[REVIEWER].load(acts.word_file(tmp_path, CODE, ISSUER), NUMBER, JOB_SECONDS)
    office.finding = int(
        str(
            office.value(
                "SELECT f.id FROM findings f JOIN acts a ON a.id = f.act_id"
                " WHERE a.number = ? AND f.category = 'A1'",
                NUMBER,
            )
        )
    )


def test_the_reviewer_decides_and_proposes(office: Office) -> None:
    desk, one = office[REVIEWER], office.finding
    desk.open("ra-soat", phat_hien=one)
    desk.press("xac-nhan")
    office.comes_to("xac_nhan")
    desk.open("de-xuat", phat_hien=one)
    desk.propose(one, ISSUER, REASON, new_text=NEW_TEXT)
    office.comes_to("bo_de_xuat")


def test_the_legal_department_signs_and_sends_the_report(office: Office) -> None:
    desk = office[LEAD]
    desk.open("de-xuat", phat_hien=office.finding)
    desk.press("trinh-de-xuat")
    office.comes_to("trinh_tct")
    desk.open("bao-cao-bo", co_quan=CODE)
    desk.press("bao-cao-send")
    desk.shows("Đã nộp")
    desk.shoot("chien-dich-bao-cao-bo")


def give(office: Office, username: str, verdict: str, reason: str = "") -> Desk:
    desk = office[username]
    desk.open("y-kien", phat_hien=office.finding, muc="tat-ca")
    desk.speak(verdict)
    if reason:
        desk.write(f"nhap:y-kien:{office.finding}:1:reason", reason)
    desk.press("gui-y-kien")
    return desk


def test_members_speak_without_seeing_each_other(office: Office) -> None:
    give(office, BTP, "Thống nhất")
    give(office, BCA, "Thống nhất một phần", IN_PART)
    for username in (BTP, VPCP, SECRETARIAT):
        desk = office[username]
        desk.open("y-kien", phat_hien=office.finding, muc="tat-ca")
        assert IN_PART not in desk.page.locator("body").inner_text(), username
    office.comes_to("cho_y_kien")


def test_all_see_all_when_the_last_has_spoken(office: Office) -> None:
    give(office, VPCP, "Không thống nhất", OBJECTION)
    office.comes_to("co_y_kien_doc_lap")
    for username in (BTP, BCA, SECRETARIAT):
        desk = office[username]
        desk.open("y-kien", phat_hien=office.finding, muc="tat-ca")
        desk.shows(OBJECTION)
        desk.shows(IN_PART)
    desk.shoot("chien-dich-y-kien-mo")


def test_the_secretariat_holds_the_meeting(office: Office) -> None:
    desk = office[SECRETARIAT]
    meeting = office.value(
        "SELECT m.id FROM meetings m JOIN campaigns c ON c.id = m.campaign_id"
        " WHERE c.code = '2026' AND m.state = 'du_kien'"
    )
    desk.open("cuoc-hop", hop=meeting)
    desk.press("hop-sap")
    item = "SELECT count(*) FROM meeting_items WHERE meeting_id = ? AND finding_id = ?"
    office.becomes(1, item, meeting, office.finding)
    desk.press("hop-start")
    office.becomes("dang_hop", "SELECT state FROM meetings WHERE id = ?", meeting)
    desk.open("cuoc-hop", hop=meeting, phat_hien=office.finding)
    desk.shows(OBJECTION)
    desk.choose(f"nhap:hop-kl:{meeting}:{office.finding}:decision", "có chỉnh lý")
    desk.write(f"nhap:hop-kl:{meeting}:{office.finding}:text", MEETING)
    desk.press("hop-ghi")
    office.becomes(1, "SELECT count(*) FROM meeting_decisions WHERE meeting_id = ?", meeting)
    desk.write(f"nhap:hop-chung:{meeting}:text", "Các bộ hoàn thiện trước khi trình.")
    desk.press("hop-ghi-chung")
    office.becomes(1, "SELECT count(*) FROM meeting_conclusions WHERE meeting_id = ?", meeting)
    desk.choose(f"nhap:hop-mat:{meeting}:present", "Bộ Xây dựng")
    desk.page.keyboard.press("Escape")
    desk.settle()
    desk.press("hop-ghi-mat")
    present = "SELECT count(*) FROM meeting_attendance WHERE meeting_id = ? AND present"
    office.becomes(1, present, meeting)
    desk.settle()
    desk.shoot("chien-dich-hop")
    desk.press("hop-close")
    office.becomes("da_ket_thuc", "SELECT state FROM meetings WHERE id = ?", meeting)


def test_the_secretariat_concludes_and_sends_back(office: Office) -> None:
    desk, one = office[SECRETARIAT], office.finding
    desk.open("y-kien", phat_hien=one, muc="tat-ca")
    desk.write(f"nhap:ket-luan:{one}:1:reason", CONCLUDED)
    desk.choose(f"nhap:ket-luan:{one}:1:outcome", "tiếp tục trao đổi")
    desk.press("ghi-ket-luan")
    office.becomes(1, "SELECT count(*) FROM conclusions WHERE finding_id = ?", one)
    desk.settle()
    desk.page.get_by_role("button", name="Trả lại bộ").first.click()
    desk.write(f"nhap:tra-lai:{one}:reason", "Đề nghị tiếp thu hoặc giải trình.")
    desk.press("tra-lai")
    office.comes_to("tra_lai_bo")


def test_the_ministry_answers_and_they_agree(office: Office) -> None:
    lead, one = office[LEAD], office.finding
    lead.open("de-xuat", phat_hien=one)
    lead.shows(CONCLUDED)
    lead.write(f"nhap:giai-trinh:{one}:text", TAKEN_UP)
    lead.press("gui-giai-trinh")
    office.comes_to("bo_tiep_thu_giai_trinh")
    desk = office[SECRETARIAT]
    desk.open("y-kien", phat_hien=one, muc="tat-ca")
    desk.shows(TAKEN_UP)
    desk.choose(f"nhap:ket-luan:{one}:1:outcome", "Thống nhất với bộ")
    desk.press("ghi-ket-luan")
    office.comes_to("thong_nhat")
    desk.shoot("chien-dich-thong-nhat")


def test_the_report_is_received_and_the_documents_say_what_happened(office: Office) -> None:
    desk = office[SECRETARIAT]
    desk.open("bao-cao-bo", co_quan=CODE)
    desk.press("bao-cao-receive")
    desk.shows("Đã tiếp nhận")
    minutes = words_of(_export(desk, "bien-ban"))
    assert MEETING in minutes
    assert NUMBER in minutes
    together = words_of(_export(desk, "phieu-tong-hop-y-kien"))
    assert NUMBER in together
    assert len(office) == 6


def test_nothing_anybody_wrote_is_gone(office: Office) -> None:
    """Every step of six people is in the history of the finding, in its order."""
    with closing(sqlite3.connect(office._server.data_dir / "rasoat.db")) as db:
        steps = db.execute(
            "SELECT d.action, p.username FROM decisions d JOIN people p ON p.id = d.written_by"
            " WHERE d.finding_id = ? ORDER BY d.id",
            (office.finding,),
        ).fetchall()
    assert steps == [
        ("confirm", REVIEWER), ("propose", REVIEWER), ("submit", LEAD), ("speak", BTP),
        ("speak", BCA), ("speak", VPCP), ("conclude", SECRETARIAT), ("send_back", SECRETARIAT),
        ("answer", LEAD), ("agree", SECRETARIAT),
    ]  # fmt: skip
    desk = office[LEAD]
    desk.open("de-xuat", phat_hien=office.finding)
    desk.shows(CONCLUDED)
    desk.shows(TAKEN_UP)


def words_of(word: bytes) -> str:
    document = Document(BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _export(desk: Desk, document: str) -> bytes:
    desk.open("xuat-bao-cao", tai_lieu=document)
    desk.press("lap-tai-lieu")
    button = desk.keyed("tai-tai-lieu").get_by_role("button").first
    button.wait_for(timeout=JOB_SECONDS * 1000)
    desk.settle()
    expect(button).to_be_enabled()
    with desk.page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()
