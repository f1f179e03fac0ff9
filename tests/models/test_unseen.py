"""Provisions read blind stay found: the targets of the screen, on units that are in no gold set."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import catalogue, evaluate
from tests.models import unseen

# group: (recall, precision) that the project promises on acts nobody has looked at
TARGETS = {
    "A": (1.00, 0.97),
    "B": (0.97, 0.92),
    "C": (0.97, 0.92),
    "D": (0.97, 0.92),
    "E": (0.97, 0.92),
    "F": (0.92, 0.85),
}


@pytest.fixture(scope="module")
def counts(shared: Path) -> evaluate.Evaluation:
    labels = [label for labels in unseen.rounds().values() for label in labels]
    return evaluate.counted(unseen.screened(labels, shared), "")


@pytest.mark.parametrize("group", TARGETS)
def test_what_blind_readers_found_is_found(group: str, counts: evaluate.Evaluation) -> None:
    recall, precision = TARGETS[group]
    score = counts.groups[group]
    assert score.hit >= recall * score.gold, counts.misses
    assert score.right >= precision * score.predicted, counts.alarms


def test_every_label_names_a_category_of_the_catalogue() -> None:
    known = set(catalogue.load().categories)
    for labels in unseen.rounds().values():
        for label in labels:
            assert label.expected | label.optional <= known, label.id


def test_every_round_tells_what_was_said_at_first() -> None:
    assert set(unseen.first_readings()) == set(unseen.rounds())
