"""From which cosine two provisions count as near: every model spreads its cosines in its own way.

For the model learned here the bounds were read off labels (``tests.benchmarks.search near``).
In the whole codified law one pair in a thousand lies above the lower bound by chance and one in
ten thousand above the upper, so for another model the bounds are where as few pairs lie: E5 puts
any two texts above 0.7, which would make everything near.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np

_SHARE_NEAR: Final = 1e-3  # of all pairs of provisions
_SHARE_VERY_NEAR: Final = 1e-4
# In a small store that would leave nobody a neighbour: so many on average each may have.
_FEWEST_NEAR: Final = 10
_FEWEST_VERY_NEAR: Final = 1
_SAMPLE: Final = 3000  # provisions whose pairs are looked at
_SEED: Final = 6


@dataclass(frozen=True, slots=True)
class Nearness:
    """Cosines from which provisions are «gần» and «rất gần»."""

    near: float
    very_near: float


LEARNED_HERE: Final = Nearness(0.45, 0.75)


def by_chance(vectors: np.ndarray) -> Nearness:
    """Return the bounds for a model by the cosines of pairs of its L2-normalised ``vectors``."""
    import numpy as np

    total = len(vectors)
    if total < 3:
        return LEARNED_HERE
    chosen = np.random.default_rng(_SEED).choice(total, min(total, _SAMPLE), replace=False)
    some = vectors[chosen]
    cosines = (some @ some.T)[np.triu_indices(len(some), 1)]
    bounds = [
        float(np.quantile(cosines, 1 - min(0.5, max(share, fewest / (total - 1)))))
        for share, fewest in (
            (_SHARE_NEAR, _FEWEST_NEAR),
            (_SHARE_VERY_NEAR, _FEWEST_VERY_NEAR),
        )
    ]
    return Nearness(*bounds)
