"""How much may have been missed: the share of problems in a random sample of unflagged provisions.

«Elusion» is that share; its exact interval is Clopper and Pearson's (1934), which never covers
less than it says. None found in 300 read leaves at most 1,2 % at 95 % (the rule of three says 1 %
for the one-sided bound).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Elusion:
    """A sample of ``read`` provisions out of ``population`` unflagged ones, ``hits`` of them bad.

    Shares are 0 … 1; ``low`` and ``high`` bound the share at ``CONFIDENCE``.
    """

    read: int
    hits: int
    population: int
    found: int  # confirmed findings, for the recall
    share: float
    low: float
    high: float

    @property
    def missed(self) -> tuple[int, int, int]:
        """Unflagged provisions with a problem: lowest, likeliest and highest number."""
        return (
            max(self.hits, round(self.low * self.population)),
            max(self.hits, round(self.share * self.population)),
            max(self.hits, round(self.high * self.population)),
        )

    @property
    def recall(self) -> tuple[float, float, float] | None:
        """Share of all problems that were found: lowest, likeliest, highest; None of nothing."""
        low, likely, high = self.missed
        if not self.found:
            return None
        return tuple(self.found / (self.found + missed) for missed in (high, likely, low))  # type: ignore[return-value]


def estimate(read: int, hits: int, population: int, found: int) -> Elusion | None:
    """Return the estimate with its exact interval; None before anything was read."""
    from scipy.stats import binomtest

    if not read:
        return None
    interval = binomtest(hits, read).proportion_ci(CONFIDENCE, method="exact")
    return Elusion(
        read, hits, population, found, hits / read, float(interval.low), float(interval.high)
    )
