"""The share missed, with its exact interval: known values, and nothing claimed without reading."""

from __future__ import annotations

import pytest

from models.elusion import estimate


@pytest.mark.parametrize(
    ("hits", "read", "low", "high"),
    [
        (0, 300, 0.0, 0.0122),  # 1 − 0,025^(1/300)
        (1, 100, 0.0003, 0.0545),
        (5, 100, 0.0164, 0.1128),
        (10, 10, 0.6915, 1.0),
    ],
)
def test_the_interval_is_clopper_and_pearsons(
    hits: int, read: int, low: float, high: float
) -> None:
    found = estimate(read, hits, 10_000, 50)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_nothing_is_claimed_before_anything_was_read() -> None:
    assert estimate(0, 0, 10_000, 50) is None


def test_what_was_seen_is_the_least_that_was_missed() -> None:
    found = estimate(60, 3, 20, 50)
    assert found is not None
    assert found.missed[0] == 3


def test_recall_runs_from_the_most_missed_to_the_least() -> None:
    found = estimate(100, 1, 1000, 90)
    assert found is not None
    assert found.missed == (1, 10, 54)
    assert found.recall == pytest.approx((90 / 144, 0.9, 90 / 91))
    assert estimate(100, 1, 1000, 0).recall is None
