"""What to read next: what people tend to confirm, learned from their decisions as they make them.

Two recipes over the same linear SVM (squared hinge loss):

* ``ASREVIEW``: ASReview's published default (ELAS u4), the base to beat: TF-IDF over single words
  and pairs with sublinear counts, C = 0.11, all confirmed together weigh 9.8 times all rejected;
* ``OURS``: the same, and what the screen knows besides the words: category, severity, data
  readiness, agency, kind of act, and the words of the quote for themselves.

It orders; it never hides a suggestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.text import clean, fold

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

MIN_DECISIONS: Final = 10  # of each kind, before the learner has a say
_C: Final = 0.11
_BALANCE: Final = 9.8
_TOKEN: Final = r"(?u)[^\W_]+"  # syllables of one letter count too
_QUOTE_WEIGHT: Final = 0.7  # of the quote's own words against those of the whole provision
_KNOWN_WEIGHT: Final = 0.2  # of each thing the screen knows besides the words


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a learner looks at."""

    name: str
    beyond_words: bool  # category, severity, agency … besides the words


ASREVIEW: Final = Recipe("ASReview (ELAS u4)", beyond_words=False)
OURS: Final = Recipe("Bàn rà soát 06", beyond_words=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One suggestion: ``text`` is what the reader judges (stem and own words)."""

    id: int
    text: str
    severity: int  # M 0–4
    readiness: int = 0  # D 0–3
    category: str = ""  # "A1"
    agency: str = ""
    kind: str = ""  # type of the act: "Thông tư"
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ids in reading order with their scores, and the sentence that says how they were ordered."""

    order: tuple[int, ...]
    scores: Mapping[int, float]
    learned: bool
    message: str


class Learner:
    """Scores for a fixed set of candidates; the words are counted once, decisions come and go."""

    def __init__(self, candidates: Sequence[Candidate], recipe: Recipe = OURS) -> None:
        self.candidates = candidates
        self.recipe = recipe
        self._features = _features(candidates, recipe)

    def scores(self, decided: Sequence[int], confirmed: Sequence[bool]) -> np.ndarray:
        """Return a score for each candidate, by its place; higher looks more like the confirmed.

        ``decided`` are places of candidates, of both kinds; the same input gives the same scores.
        """
        import numpy as np
        from sklearn.svm import LinearSVC

        labels = np.asarray(confirmed, dtype=bool)
        lighter = labels.sum() / (_BALANCE * (~labels).sum())
        weights = np.where(labels, 1.0, lighter)
        classifier = LinearSVC(C=_C, loss="squared_hinge", random_state=0).fit(
            self._features[list(decided)],
            labels,
            sample_weight=weights * len(weights) / weights.sum(),
        )
        # Rounded, so that the last bits of the arithmetic never decide an order.
        return np.round(classifier.decision_function(self._features), 9)


def before_learning(item: Candidate) -> tuple[int, int, int]:
    """Return the key of the order that needs no decisions: gravest, then readiest."""
    return (-item.severity, -item.readiness, item.id)


def rank(candidates: Sequence[Candidate], decisions: Mapping[int, bool]) -> Ranking:
    """Order the undecided candidates; the same input gives the same order.

    ``decisions`` maps the ids of decided candidates (also in ``candidates``) to confirmed or not.
    With ``MIN_DECISIONS`` of both kinds the learner orders, and severity is one of the things it
    looks at; before that, by severity and data readiness. Ties by these, then by id.
    """
    items = sorted(candidates, key=lambda item: item.id)
    waiting = [item for item in items if item.id not in decisions]
    places = [place for place, item in enumerate(items) if item.id in decisions]
    labels = [decisions[items[place].id] for place in places]
    confirmed, rejected = sum(labels), len(labels) - sum(labels)
    learned = bool(waiting) and min(confirmed, rejected) >= MIN_DECISIONS
    scores: dict[int, float] = {}
    if learned:
        values = Learner(items).scores(places, labels)
        scores = {
            item.id: float(value)
            for item, value in zip(items, values, strict=True)
            if item.id not in decisions
        }
    order = sorted(waiting, key=lambda item: (-scores.get(item.id, 0.0), *before_learning(item)))
    message = (
        f"Xếp theo {confirmed} gợi ý đã xác nhận và {rejected} gợi ý đã loại: "
        "giống những gợi ý được xác nhận thì lên trước."
        if learned
        else "Xếp theo mức độ, rồi theo mức sẵn sàng dữ liệu "
        f"(cần ít nhất {MIN_DECISIONS} xác nhận và {MIN_DECISIONS} loại để học thứ tự)."
    )
    return Ranking(tuple(item.id for item in order), scores, learned, message)


def _features(candidates: Sequence[Candidate], recipe: Recipe) -> csr_matrix:
    from scipy.sparse import csr_matrix, hstack

    words = _tf_idf([item.text for item in candidates], pairs=True)
    if not recipe.beyond_words:
        return words
    parts = [words, _known(candidates) * _KNOWN_WEIGHT]
    if any(item.quote for item in candidates):
        parts.append(_tf_idf([item.quote for item in candidates], pairs=True) * _QUOTE_WEIGHT)
    return csr_matrix(hstack(parts))


def _tf_idf(texts: Iterable[str], *, pairs: bool) -> csr_matrix:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2 if pairs else 1),
        sublinear_tf=True,
        token_pattern=_TOKEN,
        lowercase=False,
    )
    prepared = [fold(clean(text).text) for text in texts]
    if not any(text.strip() for text in prepared):
        prepared = [*prepared[:-1], "trống"]  # scikit-learn refuses a collection without words
    return vectorizer.fit_transform(prepared)


def _known(candidates: Sequence[Candidate]) -> csr_matrix:
    from sklearn.feature_extraction import DictVectorizer

    return DictVectorizer().fit_transform(
        {
            f"nhóm {item.category}": 1.0,
            f"mục {item.category[:1]}": 1.0,
            f"mức {item.severity}": 1.0,
            "mức": item.severity / 4,
            f"dữ liệu {item.readiness}": 1.0,
            f"cơ quan {item.agency}": 1.0,
            f"loại {item.kind}": 1.0,
        }
        for item in candidates
    )
