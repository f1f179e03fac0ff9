"""One pass over everything: which provisions are worth a closer look, and for which literals.

A single automaton (Aho-Corasick) of the catalogue's anchors runs over the folded text of an act;
provisions without an anchor never reach a matcher, let alone spaCy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from models.catalogue import Catalogue
from models.passage import ActText

# What else ``str.isspace`` knows and ``corpus.text.clean`` leaves in place.
_OTHER_BLANKS = "\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"


def key_of(anchor: Sequence[str]) -> str:
    """Return the literal of an anchor that is looked for first: the longest is the rarest."""
    return max(anchor, key=len)


class Prefilter:
    """All anchors of a catalogue; ``literals[i]`` is the literal that answers call ``i``."""

    def __init__(self, catalogue: Catalogue) -> None:
        anchors = [anchor for row in catalogue.categories.values() for anchor in row.anchors]
        self.literals = sorted({key_of(anchor) for anchor in anchors})
        self._automaton = AhoCorasick(self.literals, implementation=Implementation.DFA)

    def literals_in(self, text: str) -> set[int]:
        """Return the indexes of the literals in folded ``text`` with single blanks."""
        return {hit[0] for hit in self._automaton.find_matches_as_indexes(text, overlapping=True)}

    def candidates(self, text: ActText) -> Iterator[tuple[int, set[int]]]:
        """Yield provisions with a literal in their own words, in order of their index.

        With each comes what ``literals_in`` says of its passage.
        """
        flat = text.folded
        for blank in _OTHER_BLANKS:
            if blank in flat:
                flat = flat.replace(blank, " ")
        found: dict[int, set[int]] = {}
        first = last = 0  # own words of the provision the last hit was in
        present: set[int] = set()
        for literal, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True):
            if not first <= start < last:
                index = text.provision_at(start)
                if index is None:
                    continue
                first, last = text.own_start(index), text.own_end(index)
                present = found.setdefault(index, set())
            if end <= last:
                present.add(literal)
        # Passages have single blanks, so a literal may stand across a run of them.
        run = flat.find("  ")
        while run >= 0:
            index = text.provision_at(run)
            if index is not None:
                found[index] = self.literals_in(text.folded_own(index))
                run = text.own_end(index) - 1
            run = flat.find("  ", run + 1)
        yield from sorted((index, present) for index, present in found.items() if present)
