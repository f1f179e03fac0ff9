"""Changes over the shipped catalogue: carried out, bounded, and precise about what is wrong."""

from __future__ import annotations

import pytest

from corpus.errors import RasoatError
from models import catalogue, overlay
from models.plain_wording import anchors_of, problem_of
from models.requirement import Example
from models.sample import try_out
from models.screen import Screener
from tests.models.acts import AS_OF

PIECES = catalogue.load().pieces


@pytest.mark.parametrize(
    "wording",
    [
        "biên bản họp xóm",
        "{ban_giay} biên bản họp xóm",
        r"biên bản (?: \w+){0,4} họp xóm",
        "giấy (?:xác nhận|chứng nhận) của trưởng xóm",
        "biên bản[^.;]{0,60} xóm",
        r"(?<=nộp )biên bản họp(?! \d)",
    ],
)
def test_wordings_of_the_catalogue_s_own_kind_are_taken(wording: str) -> None:
    assert problem_of(wording, PIECES) == ""


@pytest.mark.parametrize(
    ("wording", "why"),
    [
        ("", "trống"),
        ("a" * 300, "dài quá"),
        ("biên bản.*xóm", "không giới hạn"),
        ("(?:biên bản )+xóm", "không giới hạn"),
        ("(?:[^.]{0,20}biên){0,20}bản xóm", "khoảng lặp trong khoảng lặp"),
        ("biên bản[^.]{0,400}xóm", "quá 120"),
        ("biên bản[^.]{0,100}[^;]{0,100}[^,]{0,100}xóm", "quá nhiều"),
        ("(?:a|a|biên bản){0,12}họp xóm", "quá nhiều"),
        (r"(biên bản)\1", "không dùng"),
        ("(?P<own>biên bản)", "nhóm trong ngoặc"),
        ("(?i)biên bản", "nhóm trong ngoặc"),
        ("{khong_co} biên bản", "không có mảnh"),
        ("biên bản (họp", "sai ngoặc"),
        ("của", "cụm từ cố định"),
        (r"\w{1,9} \w{1,9}", "cụm từ cố định"),
        ("biên bản\nhọp xóm", "xuống dòng"),
    ],
)
def test_what_could_run_away_is_refused_with_the_reason(wording: str, why: str) -> None:
    assert why in problem_of(wording, PIECES)


def test_every_match_holds_an_anchor() -> None:
    assert anchors_of("{ban_giay} biên bản họp xóm", PIECES) == [" biên bản họp xóm"]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ("categories:\n  A1:\n    severity: 9", 3),
        ("categories:\n  A1:\n    severities: 3", 3),
        ("categories:\n  A1:\n    wording:\n      add:\n      - 'sổ.*'", 5),
        ("categories:\n  A1: {severity: 3}\n  A1: {severity: 2}", 3),
        ("categories:\n  Z9: {severity: 3}", 2),
        ("categories:\n  A1:\n    examples:\n      add:\n      - {text: 'x'}", 5),
        ("look_alikes:\n  N04:\n    rules:\n      add: [{scope: gan, cues: ['abcd']}]", 4),
        ("sources:\n  DC: {readiness: 7}", 2),
        ("sources:\n  ZZ: {readiness: 1}", 2),
        ("a: &x [1]\ncategories: *x", 2),
        ("categories:\n  A1: [\n", 3),
    ],
)
def test_the_wrong_line_is_named(changes: str, line: int) -> None:
    with pytest.raises(RasoatError, match="RS-305") as caught:
        catalogue.load(changes=changes)
    assert f"dòng {line}:" in str(caught.value)


def test_a_long_or_deep_file_is_refused() -> None:
    for changes in ("# " + "x" * 70_000, "categories: " + "[" * 20_000):
        with pytest.raises(RasoatError, match="RS-305"):
            catalogue.load(changes=changes)


def test_changes_reach_the_screen_and_leave_the_shipped_catalogue_alone() -> None:
    changes = (
        "categories: {B1: {wording: {add: ['Biên bản họp xóm']}, severity: 1}}\n"
        "look_alikes: {N04: {rules: {add: [{scope: clause, cues: ['theo lệ làng'],"
        " applies_to: [B1]}]}}}\n"
    )
    shipped, changed = catalogue.load(), catalogue.load(changes=changes)
    assert shipped.version != changed.version
    asked = Example(text="1. Người dân nộp biên bản họp xóm.")
    by_custom = Example(text="1. Người dân nộp biên bản họp xóm theo lệ làng.")
    found, _ = try_out(asked, Screener(changed), AS_OF)
    assert [(f.category, f.severity) for f in found.findings] == [("B1", 1)]
    aside, _ = try_out(by_custom, Screener(changed), AS_OF)
    assert [s.code for s in aside.suppressed] == ["N04"]
    assert try_out(asked, Screener(shipped), AS_OF)[0].findings == []


def test_an_entry_is_put_in_and_taken_out_again() -> None:
    entry = {"severity": 3}
    text = overlay.with_entry("", "categories", "A1", entry)
    assert overlay.entry_of(text, "categories", "A1") == entry
    assert overlay.with_entry(text, "categories", "A1", {}) == ""


def test_a_removal_without_its_object_is_told_and_no_error() -> None:
    changes = "categories: {A1: {wording: {remove: ['không có mẫu này']}}}"
    over = overlay.parse(changes, PIECES)
    assert [line for line, _ in overlay.missing(over, catalogue.load().entries)] == [1]
    assert catalogue.load(changes=changes).categories["A1"].wording
