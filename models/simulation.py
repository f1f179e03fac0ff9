"""Replaying a finished campaign: how early each order of reading would have found what was there.

Measures as in ASReview Insights: recall after reading n; WSS@95 (work saved over sampling at 95 %
recall, Cohen et al. 2006): the share not read when 95 % were found, minus 5 %; and how much was
read until the last find.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from models.rank import Candidate, Learner, Recipe, before_learning

Report = Callable[[int, int], None]  # read, total

_POINTS: Final = 200  # of a curve: enough for a screen
_ROUNDS: Final = 60  # times a learner learns anew in one replay, denser at the beginning


@dataclass(frozen=True, slots=True)
class Curve:
    """What one order found: ``places`` are the numbers read at each find, ascending."""

    name: str
    total: int
    places: tuple[int, ...]

    def recall(self, read: int) -> float:
        """Return the share found after reading ``read``."""
        return sum(place <= read for place in self.places) / len(self.places)

    def read_for(self, share: float) -> int:
        """Return how many must be read to find this share."""
        needed = max(1, -int(-share * len(self.places) // 1))
        return self.places[needed - 1]

    def wss(self, share: float = 0.95) -> float:
        """Return the work saved over sampling at this recall."""
        return (self.total - self.read_for(share)) / self.total - (1 - share)

    @property
    def last_find(self) -> int:
        """How many were read when the last one was found."""
        return self.places[-1]

    def points(self) -> list[tuple[float, float]]:
        """Return the curve as shares read and found, thinned for a screen."""
        steps = range(0, self.total + 1, max(1, self.total // _POINTS))
        found, points = 0, []
        for read in (*steps, self.total):
            while found < len(self.places) and self.places[found] <= read:
                found += 1
            points.append((read / self.total, found / len(self.places)))
        return points


def by_chance(candidates: Sequence[Candidate], relevant: Sequence[bool], seed: int) -> Curve:
    """Replay reading in random order."""
    order = list(range(len(candidates)))
    random.Random(seed).shuffle(order)
    return _curve("Ngẫu nhiên", order, relevant)


def by_severity(candidates: Sequence[Candidate], relevant: Sequence[bool]) -> Curve:
    """Replay reading by severity and data readiness, without learning."""
    order = sorted(range(len(candidates)), key=lambda place: before_learning(candidates[place]))
    return _curve("Theo mức độ", order, relevant)


def by_learning(
    candidates: Sequence[Candidate],
    relevant: Sequence[bool],
    recipe: Recipe,
    seed: int,
    report: Report | None = None,
) -> Curve:
    """Replay reading in the order of a learner that learns anew as decisions come in.

    Until it has seen both kinds it reads by severity where the recipe knows it, else at random.
    """
    total = len(candidates)
    learner = Learner(candidates, recipe)
    start = list(range(total))
    random.Random(seed).shuffle(start)
    if recipe.beyond_words:
        start.sort(key=lambda place: before_learning(candidates[place])[:2])
    order: list[int] = []
    read = [False] * total
    while len(order) < total:
        labels = [relevant[place] for place in order]
        if any(labels) and not all(labels):
            scores = learner.scores(order, labels)
            queue = sorted(
                (place for place in start if not read[place]), key=lambda place: -scores[place]
            )
        else:
            queue = [place for place in start if not read[place]]
        for place in queue[: _batch(len(order), total)]:
            read[place] = True
            order.append(place)
        if report:
            report(len(order), total)
    return _curve(recipe.name, order, relevant)


def _batch(done: int, total: int) -> int:
    """Return how many are read until the learner learns anew: few at first, more later."""
    return max(1, min(done // 8, total // _ROUNDS))


def _curve(name: str, order: Sequence[int], relevant: Sequence[bool]) -> Curve:
    places = tuple(number for number, place in enumerate(order, 1) if relevant[place])
    if not places:
        raise ValueError("a replay needs something to find")
    return Curve(name, len(order), places)
