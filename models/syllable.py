"""A small embedding model learned from the loaded acts themselves: no download, no network.

Vietnamese words are one or two syllables long, so the pieces are syllables and the pairs that
stand together more often than chance («hộ khẩu», «thường trú»). A piece's vector is its row of the
truncated SVD of the TF-IDF matrix, times its idf; the mean of the vectors of a text then points
where latent semantic analysis would put the text. Dimensions are divided by the root of their
singular value: without that, the commonest phrases drown the paper a provision asks for.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from corpus.text import clean, fold
from models.errors import ERRORS

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

DIMENSION: Final = 384
MAX_TEXTS: Final = 100_000  # more texts change the model little and take the time
MAX_SYLLABLES: Final = 20_000
MAX_PAIRS: Final = 30_000
MIN_COUNT: Final = 2  # a syllable seen once is a slip or a name
MIN_PAIR_COUNT: Final = 5
MIN_COHESION: Final = 2.0  # log of (seen together / expected by chance)

# Each syllable carries both ends, so that no piece matches inside a longer syllable.
_START: Final = "▁"
_END: Final = "▂"
_UNKNOWN: Final = "<unk>"
_SYLLABLE: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SyllableModel:
    """The pieces with their log probabilities, and one vector (float32) for each."""

    pieces: tuple[tuple[str, float], ...]
    weights: np.ndarray  # (pieces, dimension)
    learned_from: int  # texts read


def tokenizer_of(pieces: Sequence[tuple[str, float]]) -> Any:
    """Return the ``tokenizers.Tokenizer`` that cuts a text into the likeliest pieces."""
    from tokenizers import Regex, Tokenizer, models, normalizers

    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=0))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), _END + _START),
            normalizers.Prepend(_START),
            normalizers.Replace(Regex(r"$"), _END),
        ]
    )
    return tokenizer


def syllables_of(piece: str) -> tuple[str, ...]:
    """Return the syllables a piece is made of: «▁hộ▂▁khẩu▂» → ("hộ", "khẩu")."""
    return tuple(_SYLLABLE.findall(piece.replace(_START, " ").replace(_END, " ")))


def prepare(text: str) -> str:
    """Return the form in which texts are learned and encoded: clean, lower case, one tone style."""
    return fold(clean(text).text)


def learn(texts: Sequence[str], dimension: int = DIMENSION) -> SyllableModel:
    """Learn pieces and vectors from ``texts``; the same texts give the same model.

    Of more than ``MAX_TEXTS`` texts every second, third … is read. Raises RS-331 where the texts
    hold too few different syllables to learn from.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    step = -(-len(texts) // MAX_TEXTS) or 1
    prepared = [prepare(text) for text in texts[::step]]
    pieces, parts = _pieces(prepared)
    if len(pieces) < 3 or len(prepared) < 2:
        raise ERRORS.error("RS-331", count=len(prepared))
    counts = _counts(tokenizer_of(pieces), prepared, len(pieces))
    # A pair also counts as its two syllables, so «hộ khẩu» stays near «hộ» and «khẩu».
    rows = [index for index, part in enumerate(parts) for _ in part]
    columns = [column for part in parts for column in part]
    expansion = csr_matrix(
        (np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(pieces), len(pieces))
    )
    expanded = counts @ expansion
    documents = np.bincount(expanded.indices, minlength=len(pieces))
    idf = (np.log((1 + len(prepared)) / (1 + documents)) + 1).astype(np.float32)
    idf[0] = 0.0  # unknown syllables say nothing
    weighted = normalize(expanded.multiply(idf).tocsr())
    svd = TruncatedSVD(
        min(dimension, len(pieces) - 1, len(prepared) - 1), n_iter=4, random_state=0
    ).fit(weighted)
    rows_of = svd.components_.T / np.sqrt(np.maximum(svd.singular_values_, 1e-6))
    weights = expansion @ (rows_of.astype(np.float32) * idf[:, None])
    return SyllableModel(pieces, np.ascontiguousarray(weights, dtype=np.float32), len(prepared))


def _pieces(
    prepared: Sequence[str],
) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[int, ...], ...]]:
    """Return pieces with log probabilities, and for each the indices it counts as."""
    syllables: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in prepared:
        found = _SYLLABLE.findall(text)
        syllables.update(found)
        pairs.update(pairwise(found))
    total = syllables.total()
    kept = [
        (syllable, count)
        for syllable, count in _most_common(syllables, MAX_SYLLABLES)
        if count >= MIN_COUNT
    ]
    pieces = [(_UNKNOWN, 0.0)]
    pieces += [(f"{_START}{syllable}{_END}", math.log(count / total)) for syllable, count in kept]
    index = {syllable: at for at, (syllable, _) in enumerate(kept, start=1)}
    parts: list[tuple[int, ...]] = [(at,) for at in range(len(pieces))]
    for (first, second), count in _most_common(pairs, MAX_PAIRS):
        if count < MIN_PAIR_COUNT or first not in index or second not in index:
            continue
        chance = syllables[first] * syllables[second] / total
        if math.log(count / chance) < MIN_COHESION:
            continue
        parts.append((len(pieces), index[first], index[second]))
        piece = f"{_START}{first}{_END}{_START}{second}{_END}"
        pieces.append((piece, math.log(count / total)))
    return tuple(pieces), tuple(parts)


def _most_common(counter: Counter[Any], limit: int) -> list[tuple[Any, int]]:
    """Return the commonest entries; ties in order of the entry, so that models repeat."""
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _counts(tokenizer: Any, prepared: Sequence[str], size: int) -> csr_matrix:
    import numpy as np
    from scipy.sparse import csr_matrix

    columns: list[np.ndarray] = []
    ends = [0]
    for start in range(0, len(prepared), 4096):
        for encoding in tokenizer.encode_batch_fast(prepared[start : start + 4096]):
            columns.append(np.asarray(encoding.ids, dtype=np.int32))
            ends.append(ends[-1] + len(columns[-1]))
    indices = np.concatenate(columns)
    matrix = csr_matrix(
        (np.ones(len(indices), dtype=np.float32), indices, np.asarray(ends)),
        shape=(len(prepared), size),
    )
    matrix.sum_duplicates()
    return matrix
