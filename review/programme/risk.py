"""Will it be late: usual durations of the steps still to do against the days that are left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from review.programme.step import EFFECT
from review.records.programme import Risk, StepView

LEVELS = {
    "xong": "Đã xong",
    "kip": "Kịp hạn",
    "sat": "Sát hạn",
    "nguy-co": "Nguy cơ trễ",
    "qua-han": "Quá hạn",
    "khong-han": "Không có hạn",
}
_SPARE = 14  # days to spare below which a project counts as close to its deadline
_WEEK = timedelta(days=7)


def assess(steps: Sequence[StepView], due: date | None, today: date) -> Risk:
    """Return the risk of steps that must end before the day ``due``.

    The last step is «có hiệu lực»: an issued act with a later day of effect is late as well.
    """
    left = [step for step in steps if not step.passed]
    effect = next((step for step in steps if step.code == EFFECT), None)
    needed = sum(step.days for step in left)
    if due is None:
        return Risk("xong" if not left else "khong-han", None, needed)
    days_left = (due - today).days
    if effect and effect.done:
        late = effect.done >= due
        return Risk("qua-han" if late else "xong", days_left, 0)
    if days_left <= 0:
        return Risk("qua-han", days_left, needed)
    slack = days_left - needed
    if slack < 0:
        return Risk("nguy-co", days_left, needed)
    return Risk("sat" if slack < _SPARE else "kip", days_left, needed)


def without_project(days: int, due: date, today: date) -> Risk:
    """Return the risk of an instrument nobody works on: all ``days`` are still to come."""
    steps = (StepView(EFFECT, "", days, None, None),)
    return assess(steps, due, today)


def falls_due(planned: date, today: date) -> bool:
    """Whether a planned day has passed or comes within seven days."""
    return planned <= today + _WEEK
