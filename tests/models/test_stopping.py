"""Stopping rules: what they say at the ends, and that more reading without a find helps."""

from __future__ import annotations

import random

from models.stopping import judge, probability_below


def test_before_anything_is_found_nothing_is_known() -> None:
    assert probability_below([], 100) == 1.0
    assert probability_below([False] * 20, 100) == 1.0
    assert not judge([False] * 20, 100).by_probability


def test_when_everything_is_read_nothing_is_left() -> None:
    assert probability_below([True] * 5 + [False] * 5, 10) == 0.0


def test_the_longer_nothing_is_found_the_less_likely_something_is_left() -> None:
    finds = [True] * 20
    values = [probability_below(finds + [False] * n, 1000) for n in (10, 100, 400, 850)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.05 > values[-1]


def test_it_seldom_stops_too_early_when_reading_at_random() -> None:
    """At 5 % it may be wrong once in twenty; with forty replays more than six would be strange."""
    early = 0
    for seed in range(40):
        labels = [True] * 30 + [False] * 270
        random.Random(seed).shuffle(labels)
        for read in range(10, 300, 10):
            if probability_below(labels[:read], 300) < 0.05:
                early += sum(labels[:read]) < 0.95 * 30
                break
    assert early <= 6


def test_rejections_in_a_row_count_from_the_last_find() -> None:
    found = judge([False] * 9 + [True] + [False] * 4, 1000)
    assert (found.read, found.found, found.in_a_row, found.by_row) == (14, 1, 4, False)
    assert judge([True] + [False] * 50, 1000).by_row
    assert judge([True] + [False] * 3, 30).by_row
