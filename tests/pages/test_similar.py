"""«Điều khoản tương tự» on the review page, and the state of its index for the administrator."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from review.records import FindingFilter, JobView, Person, SimilarRow, SimilarState
from review.workbench import Workbench
from tests.pages.conftest import Draw, texts

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
JOB = JobView(1, "lap_chi_muc", "Lập chỉ mục", "dang_chay", 0, 9, "", None, "Vy", NOW, NOW, None)


def row(closeness: str, provision: int, finding: int | None, text: str = "b) Sổ.") -> SimilarRow:
    return SimilarRow(
        closeness=closeness,
        provision_id=provision,
        act_id=7,
        campaign_id=1,
        number="999/2019/TT-BXD",
        act_title="Văn bản bịa",
        agency="BXD",
        path="dieu-5/khoan-1",
        label="khoản 1 Điều 5",
        text=text,
        finding_id=finding,
        category="A1" if finding else "",
        severity=4 if finding else 0,
        state="loai_bo" if finding else "",
    )


@pytest.fixture
def section(
    bench: Workbench,
    person_of: Callable[[str], Person],
    draw: Draw,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., str]:
    """Draw the review page with these similar provisions; return the section's HTML."""

    def drawing(rows: list[SimilarRow], state: SimilarState | None = None, sisters: int = 0) -> str:
        monkeypatch.setattr(bench.similar, "look_ahead", lambda *_: True)
        monkeypatch.setattr(bench.similar, "of", lambda *_: rows)
        monkeypatch.setattr(bench.similar, "sisters", lambda *_: sisters)
        monkeypatch.setattr(bench.similar, "state", lambda *_: state)
        person = person_of("ra.soat.bxd")
        finding = bench.findings.queue(person, FindingFilter()).items[0]
        app = draw(person, "ra-soat", phat_hien=finding.id, trang_thai="tat-ca")
        assert not app.exception
        found = re.search(r"<h4>Điều khoản tương tự</h4>.*?</section>", texts(app), re.DOTALL)
        assert found, "mục «Điều khoản tương tự» phải có trên trang"
        return found.group()

    return drawing


def test_a_row_leads_to_its_finding_or_to_its_place_in_the_act(section: Callable[..., str]) -> None:
    html = section([row("cung", 1, 41), row("gan", 2, None)], sisters=1)
    assert re.search(r'href="/ra-soat\?dot=1&amp;phat_hien=41&amp;trang_thai=tat-ca"', html)
    assert re.search(r'href="/kho-van-ban\?van_ban=7&amp;vi_tri=dieu-5%2Fkhoan-1"', html)
    assert "cùng câu chữ" in html
    assert "Loại bỏ" in html or "Đã loại" in html


def test_text_of_acts_is_escaped(section: Callable[..., str]) -> None:
    html = section([row("gan", 1, None, text="<img src=x onerror=alert(1)>")])
    assert "<img" not in html
    assert "&lt;img" in html


def test_sisters_that_are_not_shown_are_counted(section: Callable[..., str]) -> None:
    assert "37 quy định cùng câu chữ; hiện 1." in section([row("cung", 1, 41)], sisters=37)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SimilarState("trong"), "Chưa có chỉ mục"),
        (SimilarState("trong", job=JOB), "Đang chuẩn bị"),
        (SimilarState("dang_doc", 9, NOW), "Đang chuẩn bị"),
        (SimilarState("hong", failure="Tệp hỏng."), "Tệp hỏng. Các phần khác"),
        (SimilarState("cu", 9, NOW, behind=1200), "chưa gồm 1.200 quy định"),
        (SimilarState("san_sang", 9, NOW), "Không thấy quy định nào"),
    ],
    ids=["nothing", "in work", "being read", "damaged", "behind", "none near"],
)
def test_without_rows_the_page_says_why(
    section: Callable[..., str], state: SimilarState, words: str
) -> None:
    assert words in section([], state)


def test_the_administrator_sees_the_state_and_may_rebuild(
    bench: Workbench,
    person_of: Callable[[str], Person],
    draw: Draw,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Person] = []
    monkeypatch.setattr(bench.similar, "state", lambda *_: SimilarState("cu", 1234, NOW, 0, 5))
    monkeypatch.setattr(bench.similar, "rebuild", asked.append)
    app = draw(person_of("quan.tri"), "quan-tri", muc="tuong-tu")
    assert "1.234 quy định, lập lúc 10:00 23/11/2026" in texts(app)
    next(item for item in app.button if item.key == "lap-chi-muc").click().run()
    assert asked == [person_of("quan.tri")]
