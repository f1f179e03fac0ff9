"""Whether what is left to do fits before the deadline, and the data the answer rests on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.datafile import DataFileError
from review.programme import saving, step
from review.programme.risk import assess, falls_due, without_project
from review.records.programme import StepView

TODAY = date(2026, 11, 23)
DUE = date(2027, 3, 1)  # 98 days later


def steps(days: tuple[int, ...], done: int = 0, effect: date | None = None) -> tuple[StepView, ...]:
    names = ["soan-thao", "ban-hanh", "hieu-luc"]
    return tuple(
        StepView(
            name,
            name,
            long,
            None,
            (effect if name == "hieu-luc" else TODAY) if place < done else None,
            place < done,
        )
        for place, (name, long) in enumerate(zip(names, days, strict=True))
    )


@pytest.mark.parametrize(
    ("given", "due", "level"),
    [
        (steps((10, 10, 45)), DUE, "kip"),
        (steps((30, 10, 45)), DUE, "sat"),
        (steps((50, 10, 45)), DUE, "nguy-co"),
        (steps((10, 10, 45)), TODAY, "qua-han"),
        (steps((10, 10, 45)), None, "khong-han"),
        (steps((10, 10, 45), 3, date(2027, 2, 1)), DUE, "xong"),
        (steps((10, 10, 45), 3, DUE), DUE, "qua-han"),
        (steps((10, 10, 45), 3, date(2027, 2, 1)), None, "xong"),
    ],
)
def test_level(given: tuple[StepView, ...], due: date | None, level: str) -> None:
    assert assess(given, due, TODAY).code == level


def test_only_steps_still_to_do_count() -> None:
    found = assess(steps((50, 10, 45), done=1), DUE, TODAY)
    assert (found.days_left, found.days_needed, found.slack) == (98, 55, 43)


def test_nobody_works_on_it_so_everything_is_still_to_come() -> None:
    assert without_project(120, DUE, TODAY).code == "nguy-co"


@pytest.mark.parametrize(("days", "due"), [(-3, True), (0, True), (7, True), (8, False)])
def test_what_falls_due_this_week(days: int, due: bool) -> None:
    assert falls_due(TODAY + timedelta(days=days), TODAY) is due


@pytest.mark.parametrize(
    ("act_type", "issuer", "kind"),
    [
        ("Luật", "", "luat"),
        ("Pháp lệnh", "", "phap-lenh"),
        ("Nghị định", "", "nghi-dinh"),
        ("Quyết định", "TTg", "qd-ttg"),
        ("Quyết định", "", "qd-ttg"),
        ("Quyết định", "BYT", "qd-bo"),
        ("Thông tư liên tịch", "", "thong-tu"),
        ("Công văn", "", ""),
    ],
)
def test_kind_of_project_that_amends_an_act(act_type: str, issuer: str, kind: str) -> None:
    assert step.plan().kind_for(act_type, issuer) == kind


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2023, "Chương trình xây dựng luật, pháp lệnh"),
        (2026, "Chương trình lập pháp hằng năm"),
        (1999, "Chương trình xây dựng luật, pháp lệnh"),
    ],
)
def test_the_programme_is_called_as_in_its_year(year: int, name: str) -> None:
    assert step.plan().programme(year).name == name


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("so_ngay: 60}", "so_ngay: lau}", 26),
        ("loai: [luat, phap-lenh], so_ngay: 60", "loai: [luat, la], so_ngay: 60", 26),
        ("cot: trinh,", "cot: la,", 36),
        ("tu_nam: 2009", "nam: 2009", 49),
    ],
)
def test_a_wrong_line_of_the_steps_is_named(tmp_path: Path, old: str, new: str, line: int) -> None:
    words = step.PATH.read_text(encoding="utf-8")
    path = tmp_path / "steps.yaml"
    path.write_text(words.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError, match=rf"dòng {line}\b"):
        step.load(path)


def test_a_wrong_line_of_the_assumptions_is_named(tmp_path: Path) -> None:
    words = saving.PATH.read_text(encoding="utf-8")
    path = tmp_path / "savings.yaml"
    path.write_text(words.replace("don_vi: giờ, gia_tri: 2", "don_vi: phút, gia_tri: 2"))
    with pytest.raises(DataFileError, match=r"dòng 11\b"):
        saving.load(path)
