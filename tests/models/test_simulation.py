"""Replays: measures on orders that can be counted by hand, and a learner that beats chance."""

from __future__ import annotations

import pytest

from models.rank import ASREVIEW, OURS, Candidate
from models.simulation import Curve, by_chance, by_learning, by_severity


def campaign(count: int = 200) -> tuple[list[Candidate], list[bool]]:
    """Every tenth suggestion asks for a book and is confirmed."""
    items = [
        Candidate(
            number,
            f"Người đề nghị nộp bản sao sổ hộ khẩu lần {number % 7}"
            if number % 10 == 0
            else f"Cơ quan thông báo bằng văn bản lần {number % 9}",
            severity=3 if number % 10 == 0 else 2,
            category="A1" if number % 10 == 0 else "F1",
        )
        for number in range(count)
    ]
    return items, [number % 10 == 0 for number in range(count)]


def test_the_measures_of_a_curve() -> None:
    curve = Curve("thử", 100, (1, 2, 3, 4, 50))
    assert curve.recall(10) == 0.8
    assert curve.read_for(0.8) == 4
    assert curve.read_for(0.95) == 50
    assert curve.wss() == pytest.approx(0.45)
    assert curve.last_find == 50
    assert curve.points()[0] == (0.0, 0.0)
    assert curve.points()[-1] == (1.0, 1.0)


def test_points_are_thinned_and_never_fall() -> None:
    points = Curve("thử", 5000, tuple(range(1, 5001, 3))).points()
    assert len(points) <= 210
    assert [found for _, found in points] == sorted(found for _, found in points)


@pytest.mark.parametrize("recipe", [ASREVIEW, OURS])
def test_a_learner_beats_chance(recipe) -> None:
    items, relevant = campaign()
    learned = by_learning(items, relevant, recipe, seed=1)
    chance = by_chance(items, relevant, seed=1)
    assert learned.wss() > chance.wss() + 0.3
    assert len(learned.places) == 20


def test_severity_alone_is_an_order_too() -> None:
    items, relevant = campaign()
    assert by_severity(items, relevant).last_find == 20


def test_the_same_seed_gives_the_same_replay() -> None:
    items, relevant = campaign(80)
    assert by_learning(items, relevant, OURS, 4) == by_learning(items, relevant, OURS, 4)


def test_a_replay_needs_something_to_find() -> None:
    items, _ = campaign(20)
    with pytest.raises(ValueError, match="something to find"):
        by_chance(items, [False] * 20, 1)
