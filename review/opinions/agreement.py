"""How far raters agree: share, Cohen's κ by pair, Krippendorff's α, Gwet's AC1; raters may miss.

κ comes from scikit-learn. α and AC1 stand here: the libraries that have them are under the GPL
(``krippendorff``, Gwet's irrCAC) or pin old versions, and a ministry should be free to pass this
product on. α is nominal, after Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); AC1
after Gwet, Handbook of Inter-Rater Reliability (4th ed., 2014), ch. 2 and 5. The tests derive both
by hand. κ misleads where nearly all verdicts are the same, so AC1 and the raw share always stand
beside it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from sklearn.metrics import cohen_kappa_score

from review.records import Agreement, PairAgreement

Ratings = Sequence[Mapping[str, str]]  # one mapping rater → category per item

_FEW = 10  # fewer items than this say nothing about how raters agree
_LEVELS = ((0.8, "rất cao"), (0.6, "khá cao"), (0.4, "trung bình"), (0.2, "thấp"))


def measure(ratings: Ratings, raters: Sequence[str], categories: Sequence[str]) -> Agreement:
    """Return all figures over the items; None where a figure is not defined."""
    items = [{rater: row[rater] for rater in raters if rater in row} for row in ratings]
    items = [row for row in items if row]
    share = observed(items)
    ac1 = gwet_ac1(items, categories)
    compared = sum(len(row) > 1 for row in items)
    return Agreement(
        items=len(items),
        compared=compared,
        share=share,
        alpha=krippendorff_alpha(items),
        ac1=ac1,
        pairs=tuple(_pair(items, *pair, categories) for pair in combinations(raters, 2)),
        meaning=meaning(compared, share, ac1),
    )


def observed(items: Ratings) -> float | None:
    """Return the mean share of agreeing pairs over items with two or more ratings."""
    shares = []
    for row in items:
        given = len(row)
        if given > 1:
            counts = Counter(row.values()).values()
            shares.append(sum(n * (n - 1) for n in counts) / (given * (given - 1)))
    return sum(shares) / len(shares) if shares else None


def gwet_ac1(items: Ratings, categories: Sequence[str]) -> float | None:
    """Return Gwet's AC1; items with one rating count for chance agreement only."""
    share = observed(items)
    if share is None or len(categories) < 2:
        return None
    prevalence = dict.fromkeys(categories, 0.0)
    for row in items:
        for category, count in Counter(row.values()).items():
            prevalence[category] += count / len(row) / len(items)
    chance = sum(p * (1 - p) for p in prevalence.values()) / (len(categories) - 1)
    return (share - chance) / (1 - chance)


def krippendorff_alpha(items: Ratings) -> float | None:
    """Return nominal α; None where fewer than two categories occur (it is not defined)."""
    paired = [Counter(row.values()) for row in items if len(row) > 1]
    totals = sum(paired, Counter())
    if len(totals) < 2:
        return None
    given = totals.total()
    # The diagonal of the coincidence matrix: agreeing pairs, each item weighing its ratings.
    same = sum(count * (count - 1) / (row.total() - 1) for row in paired for count in row.values())
    expected = sum(count * (count - 1) for count in totals.values()) / (given - 1)
    return 1 - (given - same) / (given - expected)


def _pair(items: Ratings, first: str, second: str, categories: Sequence[str]) -> PairAgreement:
    both = [row for row in items if first in row and second in row]
    ones, others = [row[first] for row in both], [row[second] for row in both]
    same = sum(a == b for a, b in zip(ones, others, strict=True))
    kappa = None
    # Where both always said the same one thing, chance explains all and κ is not defined.
    if len({*ones, *others}) > 1:
        value = float(cohen_kappa_score(ones, others, labels=list(categories)))
        kappa = None if math.isnan(value) else value
    return PairAgreement(first, second, len(both), same / len(both) if both else None, kappa)


def meaning(compared: int, share: float | None, ac1: float | None) -> str:
    """Return one plain sentence on the figures."""
    if share is None or ac1 is None:
        return "Chưa có quy định nào được từ hai thành viên cho ý kiến độc lập nên chưa tính được."
    percent = f"{100 * share:.0f}%"
    if compared < _FEW:
        return (
            f"Hai thành viên bất kỳ cùng ý kiến ở {percent} số lần so sánh, nhưng mới có "
            f"{compared} quy định nên chưa đủ để kết luận."
        )
    level = next((name for least, name in _LEVELS if ac1 >= least), "rất thấp")
    return (
        f"Hai thành viên bất kỳ cùng ý kiến ở {percent} số lần so sánh; "
        f"trừ phần trùng nhau do ngẫu nhiên, mức thống nhất {level}."
    )
