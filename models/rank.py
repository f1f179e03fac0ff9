"""What to read next: the gravest suggestions first, and among equals what people tend to confirm.

The learner is ASReview's published recipe (ELAS u4): TF-IDF over single words and pairs with
sublinear counts, and a linear SVM (squared hinge loss, C = 0.11) in which all confirmed together
weigh 9.8 times as much as all rejected. It orders; it never hides a suggestion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.text import clean, fold

MIN_DECISIONS: Final = 10  # of each kind, before the learner has a say
_C: Final = 0.11
_BALANCE: Final = 9.8
_TOKEN: Final = r"(?u)[^\W_]+"  # syllables of one letter count too


@dataclass(frozen=True, slots=True)
class Candidate:
    """One suggestion: ``text`` is what the reader judges (stem and own words)."""

    id: int
    text: str
    severity: int  # M 0–4
    readiness: int = 0  # D 0–3


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ids in reading order, and the sentence that says how they were ordered."""

    order: tuple[int, ...]
    learned: bool
    message: str


def rank(candidates: Sequence[Candidate], decisions: Mapping[int, bool]) -> Ranking:
    """Order the undecided candidates; the same input gives the same order.

    ``decisions`` maps the ids of decided candidates (also in ``candidates``) to confirmed or not.
    With ``MIN_DECISIONS`` of both kinds, equals in severity are ordered by the learner, before
    that by data readiness; ties by id.
    """
    waiting = [item for item in candidates if item.id not in decisions]
    decided = sorted((item for item in candidates if item.id in decisions), key=lambda i: i.id)
    confirmed = sum(decisions[item.id] for item in decided)
    rejected = len(decided) - confirmed
    learned = bool(waiting) and min(confirmed, rejected) >= MIN_DECISIONS
    scores = _scores(waiting, decided, decisions) if learned else {}
    order = sorted(
        waiting,
        key=lambda item: (-item.severity, -scores.get(item.id, 0.0), -item.readiness, item.id),
    )
    message = (
        f"Xếp theo mức độ, rồi theo {confirmed} gợi ý đã xác nhận và {rejected} gợi ý đã loại."
        if learned
        else "Xếp theo mức độ, rồi theo mức sẵn sàng dữ liệu "
        f"(cần ít nhất {MIN_DECISIONS} xác nhận và {MIN_DECISIONS} loại để học thứ tự)."
    )
    return Ranking(tuple(item.id for item in order), learned, message)


def _scores(
    waiting: Sequence[Candidate], decided: Sequence[Candidate], decisions: Mapping[int, bool]
) -> dict[int, float]:
    """Return for each waiting id how much it looks like what was confirmed."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    labels = [decisions[item.id] for item in decided]
    confirmed = sum(labels)
    lighter = confirmed / (_BALANCE * (len(labels) - confirmed))
    weights = [1.0 if label else lighter for label in labels]
    scale = len(weights) / sum(weights)
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, token_pattern=_TOKEN, lowercase=False
    )
    known = vectorizer.fit_transform([_prepared(item) for item in decided])
    classifier = LinearSVC(C=_C, loss="squared_hinge", random_state=0).fit(
        known, labels, sample_weight=[weight * scale for weight in weights]
    )
    values = classifier.decision_function(
        vectorizer.transform([_prepared(item) for item in waiting])
    )
    # Rounded, so that the last bits of the arithmetic never decide an order.
    return {item.id: round(float(value), 9) for item, value in zip(waiting, values, strict=True)}


def _prepared(item: Candidate) -> str:
    return fold(clean(item.text).text)
