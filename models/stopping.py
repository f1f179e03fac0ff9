"""When to stop reading: three rules, each a figure with the sentence that says what it means.

None of them stops anybody. The statistical one is Callaghan and Müller-Hansen's (2020): the last
stretch of the reading is taken as a sample without replacement of what was then left, and asked how
likely it would be if recall were below the target; the least likely stretch counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TARGET: Final = 0.95  # recall
LEVEL: Final = 0.05  # probability below which «recall is under the target» is given up
IN_A_ROW: Final = 50  # rejected one after the other


@dataclass(frozen=True, slots=True)
class Stopping:
    """Where reading stands. ``probability`` is that of recall below ``TARGET`` (0 … 1)."""

    total: int
    read: int
    found: int
    in_a_row: int  # rejected since the last find
    probability: float

    @property
    def row_needed(self) -> int:
        """How many rejected in a row are enough: a tenth of all, at most ``IN_A_ROW``."""
        return min(IN_A_ROW, max(1, self.total // 10))

    @property
    def by_row(self) -> bool:
        """Whether enough were rejected in a row."""
        return self.in_a_row >= self.row_needed

    @property
    def by_probability(self) -> bool:
        """Whether recall below the target has become unlikely."""
        return self.found > 0 and self.probability < LEVEL


def judge(confirmed: Sequence[bool], total: int) -> Stopping:
    """Judge the decisions so far, in the order they were made, out of ``total`` suggestions."""
    in_a_row = 0
    for right in reversed(confirmed):
        if right:
            break
        in_a_row += 1
    return Stopping(
        total, len(confirmed), sum(confirmed), in_a_row, probability_below(confirmed, total)
    )


def probability_below(confirmed: Sequence[bool], total: int, target: float = TARGET) -> float:
    """Return how likely the decisions so far would be with recall below ``target`` (0 … 1).

    1 before anything was found; 0 when everything has been read.
    """
    import numpy as np
    from scipy.stats import hypergeom

    read, found = len(confirmed), sum(confirmed)
    if read >= total:
        return 0.0
    if not found:
        return 1.0
    seen = np.concatenate([[0], np.cumsum(confirmed)])  # finds before each start of a stretch
    starts = np.arange(read)
    left = total - starts
    drawn = read - starts
    in_stretch = found - seen[starts]
    # The fewest problems left at the start of the stretch with which the target would be missed.
    missing = np.floor(found / target - seen[starts]).astype(int) + 1
    possible = np.minimum(missing, left)
    return float(hypergeom.cdf(in_stretch, left, possible, drawn).min())
