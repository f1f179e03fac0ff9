"""``rasoat load``: into a campaign, the same act once however it comes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document

from review.campaigns.campaign import CampaignInput
from review.settings import Settings
from review.workbench import Workbench
from tests.cli.conftest import Run

ACT = """BỘ NUÔI ONG
Số: 941/2021/TT-BNO
Hà Nội, ngày 05 tháng 4 năm 2021
THÔNG TƯ
Quy định về đăng ký đàn ong di cư
Điều 1. Hồ sơ đăng ký đàn ong
1. Người nuôi ong gửi hồ sơ đến cơ quan thú y, gồm:
a) Đơn đăng ký đàn ong theo mẫu;
b) Bản sao sổ hộ khẩu của chủ đàn ong.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành từ ngày 20 tháng 5 năm 2021.
"""


@pytest.fixture
def act(tmp_path: Path) -> Path:
    path = tmp_path / "dan-ong.txt"
    path.write_text(ACT, encoding="utf-8")
    return path


def _campaign(tmp_path: Path) -> None:
    workbench = Workbench.open(Settings(data_dir=tmp_path / "var"))
    try:
        operator = workbench.people.operator()
        workbench.campaigns.add(operator, CampaignInput("ONG", "Đợt ong", date(2026, 1, 1)))
    finally:
        workbench.close()


def test_without_a_campaign_the_reason_is_said(rasoat: Run, act: Path) -> None:
    done = rasoat("load", act)
    assert done.returncode == 1
    assert "RS-817" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_act_in_another_format_is_recognised_and_a_newer_text_is_a_version(
    rasoat: Run, act: Path, tmp_path: Path
) -> None:
    _campaign(tmp_path)
    document = Document()
    for line in ACT.splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "dan-ong.docx")
    newer = tmp_path / "dan-ong-moi.txt"
    newer.write_text(ACT.replace("Bản sao sổ hộ khẩu", "Số định danh"), encoding="utf-8")
    first, again, changed = (
        " ".join(rasoat("load", path).stderr.split())
        for path in (act, tmp_path / "dan-ong.docx", newer)
    )
    assert "RS-206" not in first
    assert "RS-612" in again  # word for word the same: nothing is stored twice
    assert " 1 khác, 0 chỉ có ở bản mới, 0 không còn" in changed
