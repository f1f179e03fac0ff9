"""The piece of a provision that shows why it was found, with what to mark in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.text import clean, fold, unaccent
from review.store.search import Token
from review.store.search.words import SYLLABLE

LENGTH: Final = 260  # characters
_LEAD: Final = 60  # characters shown before the first word that is marked


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words of a provision; ``marks`` are offsets into ``text``."""

    text: str
    marks: tuple[tuple[int, int], ...]
    cut: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Found:
    """Where the tokens stand in a text, and how well they keep together."""

    runs: tuple[tuple[int, int, int], ...]  # start, end, tokens
    closeness: float  # share of neighbouring tokens that also stand side by side, 0 … 1

    def whole_forms(self, text: str, tokens: int) -> set[str]:
        """Return how ``text``, in which this was found, spells all ``tokens`` side by side."""
        return {
            " ".join(SYLLABLE.findall(fold(text[start:end])))
            for start, end, count in self.runs
            if count == tokens
        }


def show(text: str, tokens: Sequence[Token]) -> Snippet:
    """Return the stretch of ``text`` where most of ``tokens`` stand together."""
    words = " ".join(clean(text).text.split())
    marks = [(start, end) for start, end, _ in find(words, tokens).runs]
    start, end = _window(words, marks)
    shown = words[start:end]
    inside = tuple((a - start, b - start) for a, b in marks if start <= a and b <= end)
    return Snippet(shown, inside, (start > 0, end < len(words)))


def find(text: str, tokens: Sequence[Token]) -> Found:
    """Find ``tokens`` in clean ``text``: runs in the order they were typed, else single words."""
    folded = fold(text)
    plain = unaccent(folded)
    exact = {token.word for token in tokens if token.exact}
    loose = {token.word for token in tokens if not token.exact}
    after = {(one.word, other.word) for one, other in pairwise(tokens)}
    runs: list[list[int]] = []
    seen: set[tuple[str, str]] = set()
    before, end_before = "", -2
    for match in SYLLABLE.finditer(folded):
        start, end = match.span()
        word = match[0] if match[0] in exact else plain[start:end]
        if word not in exact and word not in loose:
            before = ""
            continue
        if before and (before, word) in after and start - end_before <= 3:
            seen.add((before, word))
            runs[-1][1:] = [end, runs[-1][2] + 1]
        else:
            runs.append([start, end, 1])
        before, end_before = word, end
    longest = max((run[2] for run in runs), default=0)
    kept = [(a, b, count) for a, b, count in runs if count > 1 or longest == 1]
    return Found(tuple(kept), len(seen) / len(after) if after else 1.0)


def _window(words: str, marks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the bounds of the piece with most marked characters, cut at blanks."""
    if len(words) <= LENGTH:
        return 0, len(words)
    best, most = 0, -1
    starts = [start for start, _ in marks]
    for index, start in enumerate(starts):
        last = bisect_right(starts, start + LENGTH - 2 * _LEAD)
        weight = sum(end - begin for begin, end in marks[index:last])
        if weight > most:
            best, most = start, weight
    start = max(0, best - _LEAD)
    if start:
        start = words.find(" ", start) + 1
    end = start + LENGTH
    if end < len(words):
        end = words.rfind(" ", start + 1, end)
        end = end if end > start else start + LENGTH
    return start, min(end, len(words))
