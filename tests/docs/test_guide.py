"""The Vietnamese user guide: complete where completeness can be checked."""

from __future__ import annotations

import re

import pytest

from tests.docs.error_table import GUIDE, ROOT, all_entries, documented


def test_every_error_code_is_in_the_guide() -> None:
    missing = set(all_entries()) - documented()
    assert missing == set(), "chạy python -m tests.docs.error_table"


def test_the_guide_names_no_code_that_does_not_exist() -> None:
    named = set(re.findall(r"RS-\d{3}", GUIDE.read_text(encoding="utf-8")))
    assert named - set(all_entries()) == set(), "chạy python -m tests.docs.error_table"


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", GUIDE.read_text(encoding="utf-8")))
def test_links_and_pictures_of_the_guide_exist(link: str) -> None:
    assert link.startswith("http") or (GUIDE.parent / link).is_file()


@pytest.mark.parametrize("heading", ["Khởi động", "Đăng nhập", "Nạp văn bản", "Rà soát", "Đề xuất", "Ý kiến", "Xuất báo cáo", "Quản trị", "không làm", "Mã lỗi"])  # fmt: skip
def test_the_guide_covers_every_step_of_the_work(heading: str) -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert any(heading in line for line in headings)


def test_the_guide_names_no_place_of_one_machine() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp)/", text)
