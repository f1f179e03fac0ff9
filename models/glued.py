"""Syllables that a lost blank has run together: «Bảnsao», «sổhộ khẩu», «Bản saoGiấy khai sinh».

Only in the shadow copy that rules read, and only between syllables of the words of ``glued.yaml``:
no Vietnamese word holds these letters in a row, so nothing else can be cut.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation

from corpus.datafile import read_sections
from corpus.text import CleanText

_FILE = Path(__file__).with_suffix(".yaml")


def _words() -> Iterator[str]:
    for row in read_sections(_FILE, ("cum_tu",))["cum_tu"]:
        yield from row.words("chu")
        row.text("nhom")
        row.done()


def _touching() -> dict[str, int]:
    """Letters that meet where a blank is lost, with how many of them stand before it.

    The first letter is left out: it is written small or large.
    """
    found = {}
    for word in _words():
        syllables = word.split()
        for first, second in pairwise(syllables):
            for second_part in (second, second.capitalize()):
                found[first[1:] + second_part] = len(first) - 1
    return found


_BEFORE = _touching()
_LITERALS = sorted(_BEFORE)
_AUTOMATON = AhoCorasick(_LITERALS, implementation=Implementation.DFA)


def cut(clean: CleanText) -> CleanText:
    """Return ``clean`` with a blank where one was lost; its offsets lead back to the same source.

    The blank leads back to the letter behind it.
    """
    text = clean.text
    hits = _AUTOMATON.find_matches_as_indexes(text, overlapping=True)
    places = sorted({start + _BEFORE[_LITERALS[literal]] for literal, start, _ in hits})
    if not places:
        return clean
    source = clean.starts if clean.starts is not None else range(len(text) + 1)
    pieces, starts, done = [], array("l"), 0
    for place in places:
        pieces.append(text[done:place])
        starts.extend(source[done:place])
        starts.append(source[place])
        done = place
    pieces.append(text[done:])
    starts.extend(source[done:])
    return CleanText(" ".join(pieces), starts, clean.source_length)
