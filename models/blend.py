"""Blending two lists of neighbours, one by words and one by meaning, into one order.

Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009): scores of the two are not comparable,
places are. A provision counts for each list with ``weight / (k + place)``.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, TypeVar

# Chosen on related-article links of one half of the acts (``tests.benchmarks.search tune``); the
# paper's 60 did no better.
K: Final = 20
WORDS: Final = 1.0
MEANING: Final = 0.7

Id = TypeVar("Id", bound=Hashable)


def fuse(lists: Sequence[tuple[Sequence[Id], float]], k: int = K) -> list[Id]:
    """Return the ids of all lists, best first; ties in the order of the first list they stand in.

    Each list is best first, with the weight of its vote.
    """
    scores: dict[Id, float] = {}
    for ids, weight in lists:
        for place, number in enumerate(ids, 1):
            scores[number] = scores.get(number, 0.0) + weight / (k + place)
    return sorted(scores, key=lambda number: -scores[number])  # stable
