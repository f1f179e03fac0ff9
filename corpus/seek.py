"""A phrase looked for in a unit: in any spelling and spacing, and nearly if not exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from corpus.text import clean, fold

_TOKEN = re.compile(r"\w+|[^\w\s]")
# Amending acts leave out or misspell a word now and then («Ủy ban nhân cấp xã»).
_SHORTEST = 8  # words of a phrase that may be found nearly
_ALIKE = 0.93  # share of words in common


@dataclass(frozen=True, slots=True)
class Found:
    """Half-open spans of the phrase; ``exact`` is False for a near match."""

    spans: tuple[tuple[int, int], ...]
    exact: bool = True


def find_phrase(source: str, phrase: str) -> Found:
    """Return every place of ``phrase`` in ``source``, or else the one nearly like it."""
    cleaned = clean(source)
    text = fold(cleaned.text)
    words = _TOKEN.findall(fold(clean(phrase).text))
    if not words:
        return Found(())
    spans = [match.span() for match in _pattern(words).finditer(text)]
    exact = bool(spans)
    if not spans and len(words) >= _SHORTEST:
        spans = _nearly(text, words)
    return Found(tuple(cleaned.source_span(*span) for span in spans), exact)


def _pattern(words: list[str]) -> re.Pattern[str]:
    pieces = [re.escape(words[0])]
    for before, word in pairwise(words):
        both = before[-1].isalnum() and word[0].isalnum()
        pieces.append((r"\s+" if both else r"\s*") + re.escape(word))
    start = r"(?<!\w)" if words[0][0].isalnum() else ""
    end = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return re.compile(start + "".join(pieces) + end)


def _nearly(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return the stretch that begins and ends like ``words`` and shares nearly all of them."""
    tokens = list(_TOKEN.finditer(text))
    best, span = 0.0, (0, 0)
    for first, token in enumerate(tokens):
        if token.group() != words[0]:
            continue
        for length in range(len(words) - 2, len(words) + 3):
            last = first + length - 1
            if last >= len(tokens) or tokens[last].group() != words[-1]:
                continue
            stretch = [item.group() for item in tokens[first : last + 1]]
            ratio = SequenceMatcher(None, words, stretch, autojunk=False).ratio()
            if ratio > best:
                best, span = ratio, (token.start(), tokens[last].end())
    return [span] if best >= _ALIKE else []
