"""Figures of agreement against published examples, missing raters, and where they are undefined."""

from __future__ import annotations

import pytest

from review.opinions.agreement import gwet_ac1, krippendorff_alpha, meaning, measure, observed

# The «C» data of Krippendorff's works as the R package irr ships it in the example of kripp.alpha;
# four raters, twelve units, seven ratings missing.
PUBLISHED = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . .",
    "C": ". 3 3 3 2 3 4 2 2 5 1 3",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
CATEGORIES = tuple("12345")


def items() -> list[dict[str, str]]:
    rows = {rater: text.split() for rater, text in PUBLISHED.items()}
    return [
        {rater: row[unit] for rater, row in rows.items() if row[unit] != "."} for unit in range(12)
    ]


def test_published_example_with_missing_ratings() -> None:
    """Derived by hand, because the printed figures (0.743, 0.775) show three digits only.

    Eleven units have two or more ratings, 40 in all. Agreeing pairs by unit, as a share: 1 ½ 1 1 1
    0 1 ½ 1 1 1, together 9. Coincidences on the diagonal: 3 2 4 4 4 0 4 2 4 3 2, together 32.
    Ratings by category: 9 13 10 5 3, so expected are (9·8 + 13·12 + 10·9 + 5·4 + 3·2) / 39 = 344/39.
    Over all twelve units the categories have the shares 3, 3¼, 3½, 1¼ and 1 twelfths.
    """
    assert observed(items()) == pytest.approx(9 / 11)
    alpha = 1 - (40 - 32) / (40 - 344 / 39)
    assert krippendorff_alpha(items()) == pytest.approx(alpha) == pytest.approx(0.743, abs=5e-4)
    shares = [twelfths / 12 for twelfths in (3, 3.25, 3.5, 1.25, 1)]
    chance = sum(share * (1 - share) for share in shares) / 4
    ac1 = (9 / 11 - chance) / (1 - chance)
    assert gwet_ac1(items(), CATEGORIES) == pytest.approx(ac1) == pytest.approx(0.775, abs=5e-4)


def test_agreement_by_chance_gives_nearly_no_alpha() -> None:
    """Two raters, every pair of values once; slightly above 0, as α corrects for small samples."""
    rows = [{"A": a, "B": b} for a in "12" for b in "12"]
    # 8 ratings, 4 of each: diagonal 1+1+1+1 = 4, expected (4·3 + 4·3) / 7 = 24/7.
    assert krippendorff_alpha(rows) == pytest.approx(1 - (8 - 4) / (8 - 24 / 7))


def test_cohen_s_kappa_of_a_textbook_table() -> None:
    """Two readers on 50 proposals: 20 and 15 the same, 5 and 10 not: κ = 0.40."""
    table = [("1", "1")] * 20 + [("1", "2")] * 5 + [("2", "1")] * 10 + [("2", "2")] * 15
    figures = measure([{"A": a, "B": b} for a, b in table], ("A", "B"), ("1", "2"))
    pair = figures.pairs[0]
    assert (pair.items, pair.share) == (50, pytest.approx(0.7))
    assert pair.kappa == pytest.approx(0.40)


def test_counts_say_what_was_compared() -> None:
    figures = measure([{"A": "1"}, {"A": "1", "B": "1"}, {}], ("A", "B"), ("1", "2"))
    assert (figures.items, figures.compared) == (2, 1)


def test_what_is_not_defined_is_none() -> None:
    same = measure([{"A": "1", "B": "1"}] * 12, ("A", "B"), ("1", "2"))
    assert (same.share, same.alpha, same.pairs[0].kappa, same.ac1) == (1.0, None, None, 1.0)
    nothing = measure([], ("A", "B"), ("1", "2"))
    assert (nothing.share, nothing.alpha, nothing.ac1, nothing.pairs[0].share) == (None,) * 4


@pytest.mark.parametrize(
    ("compared", "share", "ac1", "words"),
    [
        (0, None, None, "chưa tính được"),
        (3, 1.0, 1.0, "chưa đủ để kết luận"),
        (40, 0.9, 0.85, "rất cao"),
        (40, 0.7, 0.61, "khá cao"),
        (40, 0.5, 0.1, "rất thấp"),
    ],
)
def test_a_sentence_a_lawyer_understands(
    compared: int, share: float | None, ac1: float | None, words: str
) -> None:
    assert words in meaning(compared, share, ac1)
