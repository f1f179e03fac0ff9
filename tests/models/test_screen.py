"""What the screen promises whatever the wording: exact quotes, reasons, order, tolerance."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict

import pytest

from corpus.records import RawDocument
from corpus.structure import parse_act
from models import catalogue
from models.requirement import Example
from models.screen import SUSPECT_BADGE, Screener
from tests.models.acts import AS_OF, act_of

STEM = "1. Hồ sơ gồm:"


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener()


def categories(screener: Screener, **example: str) -> set[str]:
    act, index = act_of(Example(**example))
    found = screener.screen(act, AS_OF).findings
    return {finding.category for finding in found if finding.provision == index}


def codes(screener: Screener, **example: str) -> dict[str, str]:
    act, index = act_of(Example(**example))
    result = screener.screen(act, AS_OF)
    return {row.category: row.code for row in result.suppressed if row.provision == index}


@pytest.mark.parametrize(
    "text",
    [
        "b) Bản sao sổ hộ khẩu;",
        unicodedata.normalize("NFD", "b) Bản sao sổ hộ khẩu;"),
        "b) Bản sao sổ\u200b hộ khẩu;",
        "b) Bản sao SỔ HỘ KHẨU;",
        "b) Bản sao sổ  hộ\u00a0khẩu;",
        "b) Bản sao so hộ khẩu;",
        "b) Bản sao sổ hộ khâu;",
        "b) Bản sao sồ hộ khẩu;",
    ],
)
def test_book_is_found_however_it_is_spelt(screener: Screener, text: str) -> None:
    assert categories(screener, stem=STEM, text=text) == {"A1"}


@pytest.mark.parametrize(
    ("text", "suspect"),
    [("b) Sổ hộ khẩu;", False), ("b) So hộ khẩu;", True), ("b) Sổ hộ khấu;", True)],
)
def test_slip_of_recognition_is_marked(screener: Screener, text: str, suspect: bool) -> None:
    act, _ = act_of(Example(stem=STEM, text=text))
    (finding,) = screener.screen(act, AS_OF).findings
    assert (SUSPECT_BADGE in finding.badges) is suspect


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ({"stem": STEM, "text": "b) Bản sao có chứng thực giấy khai sinh;"}, {"D1", "F2"}),
        ({"stem": STEM, "text": "b) Bản sao hợp lệ giấy khai sinh;"}, {"D1"}),
        ({"text": "3. Hồ sơ lập thành 03 bộ, nộp trực tiếp tại Sở."}, {"F4", "F6"}),
        (
            {"stem": STEM, "text": "a) Sơ yếu lý lịch có xác nhận của UBND cấp xã nơi cư trú;"},
            {"B3", "E9"},
        ),
        (
            {"stem": STEM, "text": "c) Giấy giới thiệu và bản sao chứng minh nhân dân;"},
            {"C1", "F10"},
        ),
    ],
)
def test_one_leaf_may_hold_several_findings(
    screener: Screener, example: dict[str, str], expected: set[str]
) -> None:
    assert categories(screener, **example) == expected


def test_category_is_entered_once_for_all_its_papers(screener: Screener) -> None:
    text = "b) Bản sao thẻ căn cước, chứng minh nhân dân hoặc giấy tờ tùy thân khác;"
    act, _ = act_of(Example(stem=STEM, text=text))
    assert [f.category for f in screener.screen(act, AS_OF).findings] == ["C1"]


@pytest.mark.parametrize(
    ("text", "category", "severity"),
    [
        ("b) Bản sao sổ hộ khẩu;", "A1", 4),
        ("b) Bản sao sổ hộ khẩu hoặc giấy khai sinh;", "A3", 3),
        ("b) Bản sao hộ khẩu (ở nơi chưa có hộ khẩu thì thay bằng đơn);", "A1", 3),
        ("b) Bản sao giấy khai sinh;", "D1", 3),
        ("b) 02 ảnh màu cỡ 4 cm x 6 cm;", "C4", 2),
        ("b) Bản sao giấy chứng nhận quyền sử dụng đất;", "E6", 3),
        ("b) Bản sao giấy chứng nhận quyền sử dụng đất để làm nhà ở;", "E6", 3),
        ("b) Giấy chứng nhận quyền sử dụng đất hoặc hợp đồng thuê bãi để nuôi vịt;", "E6", 3),
        ("b) Bản sao giấy chứng nhận quyền sử dụng đất để nuôi vịt;", "E6", 2),
        ("b) Giấy tờ chứng minh quyền sử dụng đất, quyền sở hữu kho ướp muối;", "E6", 2),
    ],
)
def test_severity_follows_the_guide(
    screener: Screener, text: str, category: str, severity: int
) -> None:
    act, _ = act_of(Example(stem=STEM, text=text))
    found = {f.category: f.severity for f in screener.screen(act, AS_OF).findings}
    assert found[category] == severity


def test_land_other_than_homes_is_graver_once_its_database_is_complete() -> None:
    text = "b) Bản sao giấy chứng nhận quyền sử dụng đất để nuôi vịt;"
    act, _ = act_of(Example(stem=STEM, text=text))
    complete = catalogue.load(changes="sources: {DD: {readiness: 3}}")
    (finding,) = Screener(complete).screen(act, AS_OF).findings
    assert (finding.severity, finding.readiness) == (3, 3)


@pytest.mark.parametrize(
    ("after", "channel"),
    [
        ("2. Sở trả lời trong 05 ngày.", {"F5"}),
        ("2. Tổ chức có thể gửi hồ sơ trực tuyến qua Cổng Dịch vụ công.", set()),
        ("2. Kết quả được đăng trên trang thông tin điện tử của Sở.", {"F5"}),
    ],
)
def test_electronic_way_counts_anywhere_in_the_dieu(
    screener: Screener, after: str, channel: set[str]
) -> None:
    text = "1. Tổ chức gửi 01 bộ hồ sơ trực tiếp hoặc qua đường bưu điện đến Sở."
    assert categories(screener, text=text, after=after) == channel


def test_paper_stays_a_finding_beside_an_electronic_way(screener: Screener) -> None:
    text = "1. Nộp trực tuyến hoặc trực tiếp, kèm theo bản sao giấy khai sinh."
    assert categories(screener, text=text) == {"D1"}


@pytest.mark.parametrize(
    "text",
    [
        "b) Bản sao sổ\u00ad hộ khẩu;",
        unicodedata.normalize("NFD", "b) Giấy  khai sinh;"),
        "b) Sổ\nhộ khẩu;",
    ],
)
def test_quote_and_trace_spans_are_stretches_of_the_source(screener: Screener, text: str) -> None:
    act, _ = act_of(Example(stem=STEM, text=text))
    source = act.raw.text
    (finding,) = screener.screen(act, AS_OF).findings
    assert source[finding.start : finding.end] == finding.quote
    spans = [step.span for step in finding.trace if step.span]
    assert spans
    assert all(0 <= span.start < span.end <= len(source) for span in spans)


def test_trace_goes_through_the_steps_in_order(screener: Screener) -> None:
    act, _ = act_of(Example(stem=STEM, text="b) Sổ hộ khẩu;"))
    (finding,) = screener.screen(act, AS_OF).findings
    steps = [step.step for step in finding.trace]
    assert steps == ["trigger", "modality", "exemption", "validity", "basis", "source", "severity"]
    assert finding.trace[0].outcome.startswith("Từ ngữ gợi ý: «Sổ hộ khẩu»")
    assert "hồ sơ gồm:" in finding.trace[1].outcome


def test_basis_not_yet_in_force_is_not_cited(screener: Screener) -> None:
    act, _ = act_of(Example(stem=STEM, text="b) Bản sao giấy khai sinh;"))
    (today,) = screener.screen(act, AS_OF).findings
    (earlier,) = screener.screen(act, AS_OF.replace(year=2023)).findings
    assert "66.7/2025/NQ-CP" in {basis.number for basis in today.bases}
    assert "66.7/2025/NQ-CP" not in {basis.number for basis in earlier.bases}


def test_screening_twice_says_the_same(screener: Screener) -> None:
    act, _ = act_of(
        Example(stem=STEM, text="b) Bản sao có chứng thực sổ hộ khẩu và giấy khai sinh;")
    )
    first, second = (Screener().screen(act, AS_OF), screener.screen(act, AS_OF))
    assert asdict(first) == asdict(second)


@pytest.mark.parametrize(
    ("example", "category", "code"),
    [
        ({"number": "35/2014/TT-BCA", "stem": STEM, "text": "b) Sổ hộ khẩu;"}, "A1", "N11"),
        (
            {"number": "92/2015/QH13", "text": "2. Bản sao có chứng thực giấy khai sinh."},
            "D1",
            "N17",
        ),
        ({"text": "4. Nội dung “và sổ hộ khẩu” được bãi bỏ theo khoản 1 Điều 2."}, "A1", "N03"),
        ({"heading": "Xử lý nợ", "stem": STEM, "text": "b) Giấy chứng tử;"}, "D4", "N10"),
        ({"stem": STEM, "text": "b) Bản sao giấy khai sinh do nước ngoài cấp;"}, "D1", "N21"),
    ],
)
def test_look_alike_is_kept_with_its_code(
    screener: Screener, example: dict[str, str], category: str, code: str
) -> None:
    assert codes(screener, **example)[category] == code
    assert category not in categories(screener, **example)


@pytest.mark.parametrize(
    ("number", "mark"),
    [("68/2020/QH14", "đã đối chiếu"), ("66/2023/TT-BCA", "theo trí nhớ"),
     ("62/2021/NĐ-CP", "theo trí nhớ"), ("81/2006/QH11", "chưa đối chiếu")],
)  # fmt: skip
def test_a_look_alike_named_by_number_shows_its_evidence(number: str, mark: str) -> None:
    act, index = act_of(Example(number=number, stem="1. Hồ sơ gồm:", text="b) Sổ hộ khẩu;"))
    (hit,) = (s for s in Screener().screen(act, AS_OF).suppressed if s.provision == index)
    assert hit.code == "N11"
    assert f"Nhận theo số hiệu ({mark})" in hit.trace[-1].outcome


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("Hồ sơ gồm có:", True),
        ("Giấy tờ phải nộp gồm:", True),
        ("Cơ quan tiếp nhận thực hiện:", False),
        ("Hồ sơ nộp tại Sở Tư pháp.", False),
    ],
)
def test_a_paragraph_of_its_own_opens_the_list_below_it(before: str, found: bool) -> None:
    text = (
        "NGHỊ ĐỊNH\nĐiều 4. Đăng ký hoạt động\n1. Người đạt yêu cầu làm thủ tục tại Sở Tư pháp.\n"
        f"{before}\na) Đơn đề nghị;\nb) Phiếu lý lịch tư pháp;\n"
    )
    act = parse_act(RawDocument("a.txt", "text", text))
    found_categories = {f.category for f in Screener().screen(act, AS_OF).findings}
    assert ("E1" in found_categories) is found


def test_numbered_lines_of_a_form_are_items_of_the_list_above_them() -> None:
    text = (
        "THÔNG TƯ\nĐiều 1. Biểu mẫu\n1. Ban hành biểu mẫu.\nPhụ lục\nMẫu số 01\n"
        "ĐƠN ĐỀ NGHỊ CẤP LẠI\nKính gửi: Sở Y tế\nHồ sơ đề nghị cấp lại gồm:\n"
        "1. Đơn đề nghị.\n2. Phiếu kết quả kiểm nghiệm.\n3. Giấy khai sinh của người đề nghị.\n"
    )
    act = parse_act(RawDocument("a.txt", "text", text))
    found = [f for f in Screener().screen(act, AS_OF).findings if f.category == "D1"]
    assert [f.text for f in found] == ["3. Giấy khai sinh của người đề nghị."]
