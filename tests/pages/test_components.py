"""Numbers, dates, labels, the tree of an act, and the state in the address."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from review.components import formats, jobs, links, severity, tree
from review.components.filters import names_of
from review.components.provision import paragraph, short_label
from review.records import FindingFilter, JobView, ProvisionView


@pytest.mark.parametrize(
    ("value", "expected"), [(0, "0"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567")]
)
def test_numbers_have_points_between_thousands(value: int, expected: str) -> None:
    assert formats.number(value) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 8, "12,5%"), (1, 2, "50%"), (0, 0, "0%"), (8, 8, "100%")]
)
def test_shares_have_a_decimal_comma(part: int, whole: int, expected: str) -> None:
    assert formats.percent(part, whole) == expected


def test_times_are_shown_in_vietnamese_time() -> None:
    assert formats.moment(datetime(2026, 11, 23, 17, 30, tzinfo=UTC)) == "00:30 24/11/2026"
    assert formats.clock(datetime(2026, 11, 23, 3, 41, tzinfo=UTC)) == "10:41"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("28/02/2027", date(2027, 2, 28)), (" 1/3/2027 ", date(2027, 3, 1)), ("", None)],
)
def test_dates_are_read_as_people_type_them(text: str, expected: date | None) -> None:
    assert formats.read_day(text) == expected


@pytest.mark.parametrize("text", ["31/02/2027", "2027-02-28", "28/02/27", "mai"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the message is the caller's)
        formats.read_day(text)


def test_markdown_in_act_text_stays_text_in_labels() -> None:
    assert formats.markdown("**x** [a](b) :red[c]") == (r"\*\*x\*\* \[a\]\(b\) \:red\[c\]")


def test_long_texts_are_cut_at_a_word() -> None:
    assert formats.shorten("Hồ sơ gồm đơn và bản sao", 12) == "Hồ sơ gồm…"


@pytest.mark.parametrize("level", [4, 3, 2, 1, 0])
def test_severity_has_label_shape_and_class(level: int) -> None:
    page = severity.badge(level, suggested=True)
    assert severity.SHAPES[level] in page
    assert f"Gợi ý M{level}" in page
    assert f"rs-sev-{level}" in page


def test_shapes_tell_all_levels_apart() -> None:
    assert len(set(severity.SHAPES.values())) == len(severity.SHAPES)


def unit(number: int, level: str, text: str, parent: int | None = None) -> ProvisionView:
    path = f"dieu-{number}"
    return ProvisionView(
        number, path, level, f"Điều {number}", "", text, 0, len(text), parent, 0, number
    )


def test_long_acts_are_cut_into_parts_before_an_article() -> None:
    units = [unit(1, "dieu", "x" * 60), unit(2, "khoan", "y" * 60), unit(3, "dieu", "z" * 60)]
    found = [[p.id for p in part.units] for part in tree.parts(units, limit=50)]
    assert found == [[1, 2], [3]]


def test_an_annex_of_one_long_table_is_cut_within() -> None:
    lines = [unit(number, "doan", "x") for number in range(tree.PART_UNITS + 1)]
    assert [len(part.units) for part in tree.parts(lines)] == [tree.PART_UNITS, 1]


def test_a_part_can_begin_with_any_article() -> None:
    units = [unit(1, "dieu", "x" * 60), unit(2, "dieu", "y"), unit(3, "dieu", "z" * 60)]
    found = tree.parts(units, limit=70)
    assert tree.part_of(found, "dieu-2") == 1
    assert tree.from_unit(found[0], "dieu-2").units[0].id == 2
    assert tree.part_of(found, "dieu-9") is None


def test_an_act_without_provisions_has_no_part() -> None:
    assert tree.parts([]) == []


def test_act_text_is_escaped_in_its_paragraph() -> None:
    page = paragraph(unit(1, "khoan", "1. <img src=x onerror=alert(1)>"), [])
    assert "<img" not in page


@pytest.mark.parametrize(
    ("level", "label", "expected"),
    [
        ("diem", "điểm a khoản 2 Điều 5", "điểm a"),
        ("khoan", "khoản 2 Điều 5", "khoản 2"),
        ("dieu", "Điều 5", "Điều 5"),
    ],
)
def test_breadcrumb_shows_each_unit_once(level: str, label: str, expected: str) -> None:
    view = ProvisionView(1, "p", level, label, "", "", 0, 0, None, 0, 1)
    assert short_label(view) == expected


def test_addresses_leave_out_what_is_empty_and_escape_the_rest() -> None:
    assert links.address("ra-soat", muc_do=4, tu_khoa="", nhom=None) == "/ra-soat?muc_do=4"
    page = links.anchor("ra-soat", "<b>", tu_khoa='"><script>')
    assert "<script>" not in page
    assert "&lt;b&gt;" in page


def test_figures_lead_to_the_rows_they_count() -> None:
    names = links.named(names_of(FindingFilter(campaign_id=2, agency="BYT", states=("goi_y",))))
    assert names == {"dot": "2", "co_quan": "BYT", "trang_thai": "goi_y"}


def job(**values: object) -> JobView:
    start = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    return JobView(
        **{
            "id": 1, "kind": "nap", "title": "Nạp 4 tệp", "state": "dang_chay", "done": 1,
            "total": 4, "message": "a.docx", "result": None, "person": "", "created_at": start,
            "started_at": start, "finished_at": None, **values,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (10, "Nạp 4 tệp · 1/4 · a.docx · còn khoảng 30 giây"),
        (60, "Nạp 4 tệp · 1/4 · a.docx · còn khoảng 3 phút"),
    ],
)
def test_progress_tells_count_and_time_left(seconds: int, expected: str) -> None:
    now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC) + timedelta(seconds=seconds)
    assert jobs.progress_line(job(), now) == expected
