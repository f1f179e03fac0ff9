"""An invented decree that demands household books, and the decree that amends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from corpus.records import RawDocument
from corpus.structure import parse_act
from review.acts.library import Library, screen
from review.records import FindingRow, OpinionInput, ProposalInput
from tests.review.conftest import Desk

DECREE = """BỘ XÂY DỰNG
Số: 950/2020/TT-BXD
Hà Nội, ngày 05 tháng 5 năm 2020

THÔNG TƯ
Quy định về bến đò ngang giả định

Điều 1. Phạm vi
Thông tư này quy định việc đăng ký bến đò ngang.
Điều 2. Hồ sơ đăng ký
1. Hồ sơ gồm:
a) Đơn đề nghị đăng ký;
b) Bản sao sổ hộ khẩu của chủ bến;
c) Sơ đồ vị trí bến.
2. Khi nhận kết quả, chủ bến phải xuất trình sổ hộ khẩu.
3. Chủ bến ở tỉnh khác nộp thêm sổ tạm trú.
Điều 3. Hiệu lực
Thông tư này có hiệu lực từ ngày 01 tháng 7 năm 2020.
"""

# Clause 2 keeps the book in other words, clause 3 of the old text is not touched.
AMENDING = """BỘ XÂY DỰNG
Số: 951/2026/TT-BXD
Hà Nội, ngày 02 tháng 11 năm 2026

THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 950/2020/TT-BXD

Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 950/2020/TT-BXD
1. Bãi bỏ điểm b khoản 1 Điều 2.
2. Sửa đổi khoản 2 Điều 2 như sau:
“2. Khi nhận kết quả, chủ bến phải nộp bản sao sổ hộ khẩu.”.
Điều 2. Hiệu lực
Thông tư này có hiệu lực từ ngày 15 tháng 11 năm 2026.
"""

NEVER_LOADED = AMENDING.replace("950/2020", "959/2020").replace("951/2026", "952/2026")


def text(number: str, words: str) -> RawDocument:
    return RawDocument(f"{number}.txt", "text", words)


@pytest.fixture
def real(make_desk: Callable[..., Desk], desk_url: str) -> Desk:
    """A desk on the real pipeline."""
    desk = make_desk(desk_url)
    desk.bench.library = Library(desk.store, desk.bench.jobs, desk.settings, parse_act, screen)
    return desk


@dataclass
class Agreed:
    """Findings of the decree that the task force has agreed to, by label."""

    desk: Desk
    rows: dict[str, FindingRow]

    def state(self, label: str) -> str:
        return self.desk.bench.findings.get(self.desk["ha"], self.rows[label].id).row.state


PROPOSED = ProposalInput("SĐ", "Bỏ giấy tờ.", "Dữ liệu đã có.", "Thông tư", "BXD")


def agree(desk: Desk, finding_id: int) -> None:
    """Take a suggestion through confirmation, proposal and three agreeing opinions."""
    bench = desk.bench
    version = bench.findings.get(desk["ha"], finding_id).row.version
    bench.findings.confirm(desk["ha"], finding_id, version)
    saved = bench.proposals.save(desk["minh"], finding_id, 0, PROPOSED)
    bench.proposals.submit(desk["minh"], finding_id, saved.version)
    for name in ("long", "nam", "phuong"):
        bench.opinions.give(desk[name], finding_id, OpinionInput("thong_nhat"))


@pytest.fixture
def agreed(real: Desk) -> Agreed:
    real.load(text("950", DECREE))
    rows = {row.label: row for row in real.findings()}
    for row in rows.values():
        agree(real, row.id)
    return Agreed(real, rows)


TODAY = date(2026, 11, 23)
