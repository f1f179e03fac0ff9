"""Bounds of «gần» and «rất gần»: as rare by chance with any model, however it spreads cosines."""

from __future__ import annotations

import numpy as np
import pytest

from models.nearness import LEARNED_HERE, by_chance


def crowded(count: int, common: float) -> np.ndarray:
    """Vectors that all share a direction, as those of E5 do: cosines gather around ``common``²."""
    noise = np.random.default_rng(1).normal(size=(count, 64))
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    shared = np.zeros(64)
    shared[0] = 1
    vectors = common * shared + np.sqrt(1 - common**2) * noise
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def share_above(vectors: np.ndarray, bound: float) -> float:
    cosines = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    return float((cosines >= bound).mean())


@pytest.mark.parametrize("common", [0.0, 0.5, 0.9])
def test_however_crowded_the_vectors_few_pairs_are_near_by_chance(common: float) -> None:
    vectors = crowded(2000, common)
    bounds = by_chance(vectors)
    assert bounds.near < bounds.very_near
    assert share_above(vectors, bounds.near) < 0.01
    assert share_above(vectors, bounds.very_near) < 0.001


def test_with_a_fixed_bound_everything_would_be_near() -> None:
    assert share_above(crowded(300, 0.9), LEARNED_HERE.near) == 1.0


def test_in_a_small_store_a_provision_still_has_neighbours() -> None:
    vectors = crowded(60, 0.9)
    assert share_above(vectors, by_chance(vectors).near) * 59 == pytest.approx(10, abs=1)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_of_too_few_nothing_is_concluded(count: int) -> None:
    assert by_chance(crowded(count, 0.5)) == LEARNED_HERE


def test_the_same_vectors_give_the_same_bounds() -> None:
    vectors = crowded(4000, 0.3)
    assert by_chance(vectors) == by_chance(vectors)
