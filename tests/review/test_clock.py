"""Days are those of Viet Nam, wherever the machine stands; nothing but one module asks the machine."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.review.conftest import Desk

ROOT = Path(__file__).parent.parent.parent
CLOCK = "review/clock.py"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 30, 16, 59, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_the_day_begins_at_midnight_in_viet_nam(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date
) -> None:
    monkeypatch.setattr(desk.store, "clock", lambda: moment)
    assert desk.bench.today() == day


def test_no_screen_and_no_service_asks_the_machine_for_its_day() -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ("review", "exports", "models")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if path != ROOT / CLOCK
        and isinstance(node, ast.Attribute)
        and node.attr == "today"
        and isinstance(node.value, ast.Name)
        and node.value.id in {"date", "datetime"}
    ]
    assert asked == []
