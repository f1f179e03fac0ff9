"""Rank fusion: what both lists know comes first."""

from __future__ import annotations

from models.blend import fuse


def test_what_both_lists_hold_comes_before_what_one_holds() -> None:
    assert fuse([([1, 2, 3], 1.0), ([3, 4], 1.0)])[0] == 3


def test_a_heavier_list_decides_between_two_firsts() -> None:
    assert fuse([([1], 1.0), ([2], 0.5)]) == [1, 2]
    assert fuse([([1], 0.5), ([2], 1.0)]) == [2, 1]


def test_an_empty_list_changes_nothing() -> None:
    assert fuse([([3, 1, 2], 1.0), ([], 5.0)]) == [3, 1, 2]
    assert fuse([]) == []
